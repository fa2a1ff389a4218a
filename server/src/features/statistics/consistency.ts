import { ownName } from '@yingdeng/contract/divisions.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { sameBytes, sm3 } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { allowed } from '../service/index.ts';
import { type OfMonth, sealPage } from './act.ts';
import { askComparison, type ComparedRow, comparisonsOf, differencesFrom, type Side } from './consistency.sql.ts';
import { levelOf, partsOf, tenantOf } from './places.ts';
import { personsOf, revisionsOf } from './report.sql.ts';

const PAGE = 50;

type Consistency = Answer<'getReportConsistency'>;

const sideTexts: Readonly<Record<Side, readonly [text: string, clause: string]>> = {
  registers: ['报表名册与现在的登记记录', 'A21-6b'],
  exits: ['报表退出与全国平台已接收的退出', 'M79-8a'],
  registrations: ['报表新登记与全国平台已接收的审核结果', 'M79-7a'],
};

const sideNames = Object.keys(sideTexts) as Side[];

/** The counted reports of the counties at and below a division, each with its comparison. */
async function countiesOf(tx: Tx, { division, month }: OfMonth): Promise<ComparedRow[]> {
  const stem = stemOf(division);
  const rows = await tx.rows(comparisonsOf, month, stem, `${stem}:`);
  return rows.filter((row) => levelOf(row.division) === 'county');
}

/** The digits every division below begins with. */
const stemOf = (division: string): string =>
  ({ province: division.slice(0, 2), city: division.slice(0, 4), county: division })[levelOf(division)];

/**
 * A report beside the registers and what the national platform accepted, as its counties were last compared: the sums of a whole, and what lies
 * directly below it (H122-3e, A21-6b). @throws AppError access.denied
 */
export async function readConsistency(context: Context, actor: Actor, of: OfMonth): Promise<Consistency> {
  allowed(actor, 'statistics.read', of.division);
  const { counties, own: whole } = await context.db.read(actor, async (tx) => ({
    counties: await countiesOf(tx, of),
    own: levelOf(of.division) === 'county' ? undefined : await ownSeal(context, tx, of),
  }));
  const done = counties.filter(({ state }) => state === 'done');
  const instants = counties.flatMap(({ done_at }) => (done_at ? [done_at.getTime()] : []));
  const [own] = levelOf(of.division) === 'county' ? counties : [];
  return {
    name: ownName(of.division) ?? of.division,
    ...standing(counties),
    ...(instants.length > 0 ? { since: new Date(Math.min(...instants)).toISOString() } : {}),
    sides: sideNames.map((side) => {
      const sum = { counted: 0, there: 0, differing: 0 };
      for (const { sides } of done)
        for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += sides?.[side][name] ?? 0;
      const [text, clause] = sideTexts[side];
      return { side, text, clause, ...sum };
    }),
    parts:
      levelOf(of.division) === 'county'
        ? []
        : partsOf(context, of.division).map((division) => {
            const mine = counties.filter((row) => row.division.startsWith(stemOf(division)));
            const failed = mine.find(({ why }) => why);
            return {
              division,
              name: ownName(division) ?? division,
              ...standing(mine),
              differing: sideNames
                .flatMap((side) => mine.map(({ sides }) => sides?.[side].differing ?? 0))
                .reduce((sum, differing) => sum + differing, 0),
              ...(failed?.why ? { why: failed.why } : {}),
            };
          }),
    ...(own?.why ? { why: own.why } : {}),
    ...sealOf(done, whole),
  };
}

/** The seals of the counties as the job recomputed them, and that of a whole: how many, and what does not agree. */
function sealOf(done: readonly ComparedRow[], whole: readonly string[] | undefined): Pick<Consistency, 'seal'> {
  const sealed = done.filter(({ sides }) => sides?.seal);
  const faults = sealed.flatMap(({ division, sides }) =>
    (sides?.seal ?? []).map((text) => `${ownName(division) ?? division}：${text}`),
  );
  const reports = sealed.length + (whole ? 1 : 0);
  return reports === 0 ? {} : { seal: { reports, faults: [...(whole ?? []), ...faults] } };
}

/** What does not agree in the seal of a city or province, which stands on the seals below it; undefined while it is not sealed. */
async function ownSeal(context: Context, tx: Tx, { division, month }: OfMonth): Promise<string[] | undefined> {
  const [row] = await tx.rows(revisionsOf, tenantOf(division), division, month);
  if (!row?.digest || !row.page) return undefined;
  const page = await sealPage(context, tx, row).catch(() => '');
  const whole = page === row.page && sameBytes(sm3(row.page), row.digest);
  return whole ? [] : ['本级封存页与所辖各地现在的封存不一致：所辖某地重报以后本级还没有重报，或者封存被改动过。'];
}

/** How many of some counties are compared, and how many wait. */
const standing = (counties: readonly ComparedRow[]) => ({
  of: counties.length,
  done: counties.filter(({ state }) => state === 'done').length,
  waiting: counties.filter(({ state }) => state === 'asked').length,
});

/**
 * Asks for the comparison of a county, or of every county below; the job works them off one by one. That it was asked for is recorded.
 * @throws AppError access.denied, report.notAllowed when nothing is counted yet
 */
export async function askConsistency(context: Context, actor: Actor, of: OfMonth, now: Date): Promise<Consistency> {
  allowed(actor, 'statistics.read', of.division);
  await context.db.transaction(actor, async (tx) => {
    const counties = await countiesOf(tx, of);
    if (counties.length === 0) throw new AppError('report.notAllowed', { why: '还没有算出数字，不能核对。' });
    for (const { tenant, id, division, cut_at } of counties)
      await tx.run(askComparison, tenant, id, division, cut_at, now, actor.id, actor.name);
    await audit(tx, context.crypto, now, {
      tenant: tenantOf(of.division),
      office: of.division,
      action: 'statistics.read',
      subjectKind: 'report',
      subjectId: counties.length === 1 ? (counties[0]?.id ?? '') : of.division,
      detail: { month: of.month, compare: counties.length },
    });
  });
  return readConsistency(context, actor, of);
}

/**
 * Who differs in a county's comparison, a page of one side; masked, and the look is recorded.
 * @throws AppError access.denied, request.notFound when the county was not compared
 */
export async function readDifferences(
  context: Context,
  actor: Actor,
  of: OfMonth & { side: Side; after: number },
  now: Date,
): Promise<Answer<'getReportDifferences'>> {
  allowed(actor, 'statistics.read', of.division);
  const { total, rows, tenant } = await context.db.transaction(actor, async (tx) => {
    const [county] = levelOf(of.division) === 'county' ? await countiesOf(tx, of) : [];
    if (!county?.sides) throw new AppError('request.notFound');
    const { tenant, id, sides } = county;
    const rows = await tx.rows(differencesFrom, tenant, id, of.side, of.after, PAGE);
    await audit(tx, context.crypto, now, {
      tenant,
      office: of.division,
      action: 'statistics.read',
      subjectKind: 'report',
      subjectId: id,
      detail: { month: of.month, consistency: of.side, from: of.after, shown: rows.length },
    });
    return { total: sides[of.side].differing, rows, tenant };
  });
  // Who has been transferred since lies in another office's range now; the right was checked above.
  const found = await context.db.read(reachingNation(actor), (tx) =>
    tx.rows(personsOf, tenant, [...new Set(rows.map(({ registration_id }) => registration_id))]),
  );
  const people = new Map(found.map((row) => [row.id, row]));
  const last = rows.at(-1)?.n ?? 0;
  return {
    total,
    items: rows.map(({ registration_id, text, explained }) => {
      const row = people.get(registration_id);
      return {
        registrationId: registration_id,
        name: row?.name ?? '',
        idMasked: row
          ? maskIdentityNumber(context.crypto.open<{ idNumber: string }>(row.identity_sealed).idNumber)
          : '',
        officeName: row ? context.reference.officeName(row.office) : '',
        text,
        explained,
      };
    }),
    ...(last > 0 && last < total ? { next: last } : {}),
  };
}
