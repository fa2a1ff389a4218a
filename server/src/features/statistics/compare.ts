import { eachMovement, idAt } from '@yingdeng/rules/statistics/standing.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import {
  type AskedRow,
  decisionUploads,
  dropDifferences,
  exitUploads,
  type Outcome,
  oldestAsked,
  putCompared,
  putDifferences,
  type Side,
  type SideCounts,
  type UploadRow,
} from './consistency.sql.ts';
import { keptLists, thaw } from './lists.ts';
import { reportingMonth } from './month.ts';
import { findReport, type ReportRow } from './report.sql.ts';
import { verifyLedger, verifyReport } from './verify.ts';

const actor = systemActor('comparisons');
/** So much of what a seal does not agree in is kept; the command names all. */
const FAULTS_KEPT = 20;
/** So many persons who differ are written by one statement. */
const WRITTEN_AT_ONCE = 5_000;

interface Difference {
  readonly registration: string;
  readonly text: string;
  readonly explained: boolean;
}
type Differences = Record<Side, Difference[]>;

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
 * Works off the comparison that has waited longest: one county, whatever its province. What was found takes the place of what was found before, in
 * one transaction; a kill leaves it waiting. What cannot be compared is kept with its reason and holds up no other.
 * @returns how many were worked off: one, or none when none waits
 */
export async function compareAsked(context: Context): Promise<number> {
  const asked = await context.db.read(actor, (tx) => tx.first(oldestAsked));
  if (!asked) return 0;
  const differences: Differences = { registers: [], exits: [], registrations: [] };
  try {
    const { report, sides } = await context.db.snapshot(actor, async (tx) => {
      const report = await tx.first(findReport, asked.tenant, asked.report_id);
      if (!report?.figures) throw new AppError('report.notAllowed', { why: '报表已退回，还没有重新算出数字。' });
      return { report, sides: await compareCounty(context, tx, report, differences) };
    });
    const outcome = report.digest ? { ...sides, seal: await recompute(context, report) } : sides;
    await keep(context, asked, outcome, differences);
  } catch (error) {
    context.log.warn({ report: asked.report_id, error: (error as Error).message }, 'report not compared');
    const why = error instanceof AppError ? error.message : '核对没有做完，请再试一次。';
    await context.db.transaction(actor, async (tx) => {
      if (await tx.first(putCompared, asked.tenant, asked.report_id, asked.asked_at, context.clock.now(), null, why))
        await tx.run(dropDifferences, asked.tenant, asked.report_id);
    });
  }
  return 1;
}

/** Recomputes a county's seal from its lists. @returns what does not agree, in words */
async function recompute(context: Context, report: ReportRow): Promise<string[]> {
  const [verified] = await verifyReport(context, report, { sealOnly: true });
  return (verified?.faults ?? []).slice(0, FAULTS_KEPT).map(({ text }) => text);
}

async function keep(context: Context, asked: AskedRow, outcome: Outcome, found: Differences): Promise<void> {
  const { tenant, report_id, asked_at } = asked;
  await context.db.transaction(actor, async (tx) => {
    const kept = await tx.first(
      putCompared,
      tenant,
      report_id,
      asked_at,
      context.clock.now(),
      JSON.stringify(outcome),
      null,
    );
    if (!kept) return;
    await tx.run(dropDifferences, tenant, report_id);
    for (const [side, all] of Object.entries(found) as [Side, Difference[]][])
      for (let from = 0; from < all.length; from += WRITTEN_AT_ONCE) {
        const some = all.slice(from, from + WRITTEN_AT_ONCE);
        await tx.run(
          putDifferences,
          tenant,
          report_id,
          kept.division,
          side,
          from,
          some.map(({ registration }) => registration),
          some.map(({ text }) => text),
          some.map(({ explained }) => explained),
        );
      }
  });
}

/** A county's lists beside the registers of today and what the platform has of its exits and decisions. */
async function compareCounty(context: Context, tx: Tx, report: ReportRow, to: Differences): Promise<SideCounts> {
  const { tenant, division } = report;
  const { opens, closes } = reportingMonth(context, division, report.month);
  const kept = await keptLists(tx, report, ['stock', 'movements', 'opening', 'besides']);
  const [gone, come] = [new Set<string>(), new Set<string>()];
  let stock = 0;
  for (const list of kept) {
    if (list.kind === 'stock') stock += list.persons;
    if (list.kind !== 'movements') continue;
    const records = thaw(list);
    eachMovement(records, ({ kind }, at) => {
      if (kind === 'exit') gone.add(idAt(records, at));
      if (kind === 'new') come.add(idAt(records, at));
    });
  }
  const today = await verifyLedger(context, tx, report, kept, (_, text, part) => {
    // The person is named beside it; the key of the row says nothing on a screen.
    if (part?.registration)
      to.registers.push({
        registration: part.registration,
        text: text.replace(`，登记${part.registration}`, ''),
        explained: part.explained === true,
      });
  });
  const exits = beside(gone, await tx.rows(exitUploads, tenant, division, opens, closes), to.exits);
  const registrations = beside(come, await tx.rows(decisionUploads, tenant, [...come]), to.registrations);
  const side = (name: Side, counted: number, there: number) => ({ counted, there, differing: to[name].length });
  return {
    registers: side('registers', stock, today),
    exits: side('exits', gone.size, exits),
    registrations: side('registrations', come.size, registrations),
  };
}

/** What the report counts beside what the platform has of it: neither more nor less. @returns how many the platform has */
function beside(counted: ReadonlySet<string>, uploads: readonly UploadRow[], to: Difference[]): number {
  const differ = (registration: string, text: string) => to.push({ registration, text, explained: false });
  let there = 0;
  // Of a registration that left twice within the period the exit that stands is the one the report counts.
  const standing = new Map<string, UploadRow>();
  for (const row of uploads) {
    if (row.state === 'accepted') there += 1;
    if (row.undone) {
      if (row.state === 'accepted') differ(row.registration_id, '平台已接收这份退出，本地期内已恢复登记，报表不计');
    } else standing.set(row.registration_id, row);
  }
  for (const registration of counted) {
    const state = standing.get(registration)?.state ?? 'none';
    if (state !== 'accepted') differ(registration, `报表已计，平台未接收：${notThere[state]}`);
  }
  for (const [registration, { state }] of standing)
    if (!counted.has(registration) && state === 'accepted') differ(registration, '平台已接收，报表没有计入');
  return there;
}
