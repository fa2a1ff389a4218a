import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { eachMovement, idsAt } from '@yingdeng/rules/statistics/standing.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { decisionUploads, exitUploads, type UploadRow } from './consistency.sql.ts';
import { addParts } from './cut.ts';
import { thaw } from './lists.ts';
import { reportingMonth } from './month.ts';
import { levelOf } from './places.ts';
import { findReport, listsOf, personsOf, type ReportRow } from './report.sql.ts';
import { verifyLedger } from './verify.ts';

const SHOWN = 200;

type Side = Answer<'getReportConsistency'>['sides'][number]['side'];
interface Difference {
  readonly side: Side;
  readonly tenant: string;
  readonly registration: string;
  readonly text: string;
  readonly explained: boolean;
}
interface Compared {
  readonly counted: Record<Side, number>;
  readonly there: Record<Side, number>;
  readonly differences: Difference[];
}

const sideTexts: Readonly<Record<Side, readonly [text: string, clause: string]>> = {
  registers: ['报表名册与现在的登记记录', 'A21-6b'],
  exits: ['报表退出与全国平台已接收的退出', 'M79-8a'],
  registrations: ['报表新登记与全国平台已接收的审核结果', 'M79-7a'],
};

/** What is not with the platform, in words; nothing of one that is. */
const notThere: Readonly<Record<UploadRow['state'], string>> = {
  none: '没有上传记录',
  waiting: '等待上传',
  blocked: '校验没有通过，等待更正',
  sent: '已发出，还没有收到回执',
  returned: '平台退回，等待更正',
  accepted: '',
};

/**
 * A counted report beside the registers of today and what the national platform accepted of its exits and registrations: how many on each side, and
 * every difference by person (H122-3e, A21-6b). A whole is compared part by part. The look is recorded.
 * @throws AppError request.notFound, report.notAllowed
 */
export async function readConsistency(
  context: Context,
  actor: Actor,
  id: string,
  now: Date,
): Promise<Answer<'getReportConsistency'>> {
  const report = await context.db.read(actor, (tx) => tx.first(findReport, tenantOfId(id), id));
  if (!report) throw new AppError('request.notFound');
  if (!report.figures) throw new AppError('report.notAllowed', { why: '还没有算出数字，不能核对。' });
  const compared: Compared = {
    counted: { registers: 0, exits: 0, registrations: 0 },
    there: { registers: 0, exits: 0, registrations: 0 },
    differences: [],
  };
  // Who has been transferred since lies in another office's range now; the right was checked by reading the report.
  const rows = await context.db.read(reachingNation(actor), async (tx) => {
    await compare(context, tx, report, compared);
    const shown = compared.differences.slice(0, SHOWN);
    const found = [...Map.groupBy(shown, ({ tenant }) => tenant)].map(([tenant, of]) =>
      tx.rows(personsOf, tenant, [...new Set(of.map(({ registration }) => registration))]),
    );
    return (await Promise.all(found)).flat();
  });
  await context.db.transaction(actor, (tx) =>
    audit(tx, context.crypto, now, {
      tenant: report.tenant,
      office: report.division,
      action: 'statistics.read',
      subjectKind: 'report',
      subjectId: id,
      detail: { consistency: report.month, shown: Math.min(SHOWN, compared.differences.length) },
    }),
  );
  const people = new Map(rows.map((row) => [row.id, row]));
  const sides = Object.entries(sideTexts) as [Side, (typeof sideTexts)[Side]][];
  return {
    sides: sides.map(([side, [text, clause]]) => ({
      side,
      text,
      clause,
      counted: compared.counted[side],
      there: compared.there[side],
      differing: compared.differences.filter((one) => one.side === side).length,
    })),
    items: compared.differences.slice(0, SHOWN).map(({ side, registration, text, explained }) => {
      const row = people.get(registration);
      return {
        side,
        registrationId: registration,
        name: row?.name ?? '',
        idMasked: row
          ? maskIdentityNumber(context.crypto.open<{ idNumber: string }>(row.identity_sealed).idNumber)
          : '',
        officeName: row ? context.reference.officeName(row.office) : '',
        text,
        explained,
      };
    }),
  };
}

async function compare(context: Context, tx: Tx, report: ReportRow, to: Compared): Promise<void> {
  if (levelOf(report.division) !== 'county') {
    const { parts } = await addParts(context, tx, report.division, report.month);
    for (const part of parts) await compare(context, tx, part, to);
    return;
  }
  const { tenant, division } = report;
  const { opens, closes } = reportingMonth(context, division, report.month);
  const kept = await tx.rows(listsOf, tenant, report.id, ['stock', 'movements', 'opening', 'besides']);
  const [gone, come] = [new Set<string>(), new Set<string>()];
  for (const list of kept) {
    if (list.kind === 'stock') to.counted.registers += list.persons;
    if (list.kind !== 'movements') continue;
    const lines = await thaw(list);
    eachMovement(lines, ({ kind }, line) => {
      const { registration } = idsAt(lines, line);
      if (kind === 'exit') gone.add(registration);
      if (kind === 'new') come.add(registration);
    });
  }
  const differ = (side: Side, registration: string, text: string, explained = false) =>
    to.differences.push({ side, tenant, registration, text, explained });
  to.there.registers += await verifyLedger(context, tx, report, kept, (_, text, part) => {
    // The person is named beside it; the key of the row says nothing on a screen.
    if (part?.registration)
      differ('registers', part.registration, text.replace(`，登记${part.registration}`, ''), part.explained === true);
  });
  const exits = await tx.rows(exitUploads, tenant, division, opens, closes);
  const decisions = await tx.rows(decisionUploads, tenant, [...come]);
  to.counted.exits += gone.size;
  to.counted.registrations += come.size;
  beside('exits', gone, exits, to, differ);
  beside('registrations', come, decisions, to, differ);
}

/** What the report counts beside what the platform has of it: neither more nor less. */
function beside(
  side: Side,
  counted: ReadonlySet<string>,
  uploads: readonly UploadRow[],
  to: Compared,
  differ: (side: Side, registration: string, text: string) => void,
): void {
  // Of a registration that left twice within the period the exit that stands is the one the report counts.
  const standing = new Map<string, UploadRow>();
  for (const row of uploads) {
    if (row.state === 'accepted') to.there[side] += 1;
    if (row.undone) {
      if (row.state === 'accepted')
        differ(side, row.registration_id, '平台已接收这份退出，本地期内已恢复登记，报表不计');
    } else standing.set(row.registration_id, row);
  }
  for (const registration of counted) {
    const state = standing.get(registration)?.state ?? 'none';
    if (state !== 'accepted') differ(side, registration, `报表已计，平台未接收：${notThere[state]}`);
  }
  for (const [registration, { state }] of standing)
    if (!counted.has(registration) && state === 'accepted') differ(side, registration, '平台已接收，报表没有计入');
}
