import { type MatchPoint, matchCautions, matchPoints, type Offer, type Seeker } from '@yingdeng/rules/matching.ts';
import { requirePolicy } from '@yingdeng/rules/provisions/policy.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { tenantsOf } from '../../platform/tenants.ts';
import { lineOf } from './fields.ts';
import { referralsOf } from './referral.sql.ts';
import { referralOf } from './referral-words.ts';
import { mySeeker, type SeekerRow, seekerOf } from './seeker.sql.ts';
import { seekerFrom, wishOf } from './seeker.ts';
import { type VacancyRow, vacanciesOf } from './vacancy.sql.ts';
import type { VacancyIndex } from './vacancy-index.ts';

/** What a person looks for, what fits, what was tried. */
export type Matching = Answer<'getMatches'>;

/** A reader of matches: the context, and this process's vacancies. */
export interface Matcher {
  readonly context: Context;
  readonly index: VacancyIndex;
}

/** The cities whose vacancies a person is offered: those of the person's province. */
export const citiesFor = (seeker: Seeker): readonly string[] => tenantsOf(`${seeker.division.slice(0, 2)}0000`);

const offerOf = (row: VacancyRow): Offer => ({
  occupation: row.occupation,
  division: row.work_division,
  place: row.work_place,
  wageFrom: row.wage_from,
  wageTo: row.wage_to,
  education: row.education,
  skill: row.skill,
});

/** The points of one vacancy for a person, as they are kept with a referral. */
export function pointsFor(matcher: Matcher, row: SeekerRow, vacancy: VacancyRow, now: Date): MatchPoint[] {
  const worth = requirePolicy(
    matcher.context.reference.policy(row.division, businessDate(now)),
    'matchingPoints',
  ).value;
  return matchPoints(seekerFrom(matcher.context.crypto, row).seeker, offerOf(vacancy), worth);
}

/**
 * The page of one search: the best vacancies, each with every point in words. Ranked over what this transaction sees; the ten best are
 * then read from the database and scored again by the rule, so that what is said is what stands there.
 */
export async function readMatching(
  matcher: Matcher,
  tx: Tx,
  row: SeekerRow,
  on: { now: Date; limit: number },
): Promise<Matching> {
  const { context, index } = matcher;
  const today = businessDate(on.now);
  const resolved = requirePolicy(context.reference.policy(row.division, today), 'matchingPoints');
  const known = seekerFrom(context.crypto, row);
  const { seeker } = known;
  const tenants = citiesFor(seeker);
  const referring = tx.rows(referralsOf, row.tenant, row.id);
  await index.refresh(tx, tenants);
  const ranking = index.rank(seeker, resolved.value, { tenants, today, limit: on.limit });
  const ids = ranking.best.map(({ id }) => id);
  const [vacancies, referrals] = await Promise.all([tx.rows(vacanciesOf, ids.map(tenantOfId), ids), referring]);
  const byId = new Map(vacancies.map((vacancy) => [vacancy.id, vacancy]));
  const open = new Set(referrals.filter(({ state }) => state === 'open').map(({ vacancy_id }) => vacancy_id));
  return {
    registrationId: row.id,
    open: row.status !== 'exited',
    wish: wishOf(known),
    matches: ids.flatMap((id) => {
      const vacancy = byId.get(id);
      if (!vacancy) return [];
      const offer = offerOf(vacancy);
      const points = matchPoints(seeker, offer, resolved.value);
      return [
        {
          vacancy: {
            ...lineOf(vacancy, today),
            workPlace: vacancy.work_place,
            telephone: vacancy.telephone,
            description: vacancy.description,
          },
          score: points.reduce((sum, point) => sum + point.points, 0),
          points,
          cautions: matchCautions(seeker, offer),
          referred: open.has(id),
        },
      ];
    }),
    looked: ranking.looked,
    valid: ranking.valid,
    referrals: referrals.map(referralOf),
    clause: citationOf(resolved.citation),
  };
}

const citationOf = ({ document, clause, clauseId }: { document: string; clause: string; clauseId: string }) => ({
  document,
  clause,
  clauseId,
});

/** The search of a registration in the actor's reach. @throws AppError request.notFound */
export async function getSeeker(tx: Tx, registrationId: string): Promise<SeekerRow> {
  const row = await tx.first(seekerOf, tenantOfId(registrationId), registrationId);
  if (!row) throw new AppError('request.notFound');
  return row;
}

/** The occupations a registered person looks for, as matching reads them (A21-4b). @throws AppError request.notFound */
export async function wishedOccupations(context: Context, tx: Tx, registrationId: string): Promise<readonly string[]> {
  return seekerFrom(context.crypto, await getSeeker(tx, registrationId)).seeker.wishes;
}

/** Matches of one registration for staff. @throws AppError request.notFound, law.silent */
export function readMatches(
  matcher: Matcher,
  actor: Actor,
  registrationId: string,
  on: { now: Date; limit: number },
): Promise<Matching> {
  return matcher.context.db.read(actor, async (tx) =>
    readMatching(matcher, tx, await getSeeker(tx, registrationId), on),
  );
}

/** The worker's own matches; none without a valid registration. */
export function readMyJobs(matcher: Matcher, actor: Actor, now: Date): Promise<Answer<'getMyJobs'>> {
  return matcher.context.db.read(actor, async (tx) => {
    const row = await tx.first(mySeeker, actor.person);
    return row ? { matching: await readMatching(matcher, tx, row, { now, limit: 10 }) } : {};
  });
}
