import { divisionRange } from '@yingdeng/rules/access.ts';
import type { Policy } from '@yingdeng/rules/provisions/policy.ts';
import { requirePolicy } from '@yingdeng/rules/provisions/policy.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { rankInSql } from './match.sql.ts';
import { citiesFor } from './matches.ts';
import { type SeekerRow, seekersPage } from './seeker.sql.ts';
import { seekerFrom } from './seeker.ts';
import { type Ranked, VacancyIndex } from './vacancy-index.ts';

/** The best vacancies of one registered person. */
export interface RankedPerson {
  readonly registrationNumber: string;
  readonly office: string;
  readonly best: readonly Ranked[];
}

const PAGE = 2_000;
const FIRST = '00000000-0000-0000-0000-000000000000';
/** People who look for the same in the same place get the same; so many different searches are remembered. */
const REMEMBERED = 200_000;
const actor = systemActor('matching');

/**
 * Ranks the vacancies for every valid registration of a division, page by page in key order; the next page is read while this one is ranked.
 * Each page asks first what changed, as a single question does. @throws LawSilent
 */
export async function* rankAll(
  context: Context,
  division: string,
  limit: number,
): AsyncGenerator<readonly RankedPerson[]> {
  const index = new VacancyIndex();
  const tenant = division.slice(0, 4);
  const { lo, hi } = divisionRange(division);
  const today = businessDate(context.clock.now());
  const known = new Map<string, readonly Ranked[]>();
  let generation = 0;
  const page = (after: string) =>
    context.db.read(actor, async (tx) => {
      const rows = await tx.rows(seekersPage, tenant, lo, hi, after, PAGE);
      const [first] = rows;
      if (first) await index.refresh(tx, citiesFor(seekerFrom(context.crypto, first).seeker));
      return rows;
    });
  const rank = (row: SeekerRow): readonly Ranked[] => {
    const { seeker } = seekerFrom(context.crypto, row);
    const key = JSON.stringify([row.division, seeker]);
    const before = known.get(key);
    if (before) return before;
    const worth = pointsAt(context.reference.policy(row.division, today));
    const { best } = index.rank(seeker, worth, { tenants: citiesFor(seeker), today, limit });
    if (known.size >= REMEMBERED) known.clear();
    known.set(key, best);
    return best;
  };
  for (let rows = await page(FIRST); rows.length > 0; ) {
    const last = rows.at(-1)!.id;
    const next = rows.length === PAGE ? page(last) : Promise.resolve([]);
    // What was remembered of other vacancies counts no more.
    if (index.generation !== generation) known.clear();
    generation = index.generation;
    yield rows.map((row) => ({ registrationNumber: row.number, office: row.office, best: rank(row) }));
    rows = await next;
  }
}

const pointsAt = (policy: Policy) => requirePolicy(policy, 'matchingPoints').value;

/** Ranks some people of a division in SQL as well, and says for how many the two differ: none, or something is wrong. */
export async function proveRanking(
  context: Context,
  division: string,
  people: number,
  limit: number,
): Promise<{ compared: number; different: number }> {
  const index = new VacancyIndex();
  const tenant = division.slice(0, 4);
  const { lo, hi } = divisionRange(division);
  const today = businessDate(context.clock.now());
  return context.db.read(actor, async (tx) => {
    const rows = await tx.rows(seekersPage, tenant, lo, hi, FIRST, people);
    let different = 0;
    for (const row of rows) {
      const { seeker } = seekerFrom(context.crypto, row);
      const tenants = citiesFor(seeker);
      const worth = pointsAt(context.reference.policy(row.division, today));
      await index.refresh(tx, tenants);
      const { best } = index.rank(seeker, worth, { tenants, today, limit });
      const inSql = await tx.rows(
        rankInSql,
        tenants,
        today,
        seeker.wishes,
        seeker.trained,
        seeker.division,
        seeker.wage ?? null,
        seeker.education,
        seeker.skill,
        JSON.stringify(worth),
        limit,
        seeker.town ?? null,
      );
      const alike =
        inSql.length === best.length &&
        inSql.every(({ id, score }, i) => best[i]?.id === id && best[i]?.score === score);
      if (!alike) different += 1;
    }
    return { compared: rows.length, different };
  });
}
