import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { matterForWorker, matterKinds, matterStateText, nextMatter, yuan } from '@yingdeng/rules/one-matter.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { dueState } from '../../platform/due.ts';
import type { Answer } from '../../platform/http.ts';
import { type MatterRow, matterHistory, mattersOf } from '../matter/index.ts';
import { cursorOf, keyOf, listRange } from '../worklist/index.ts';
import { type CaseRow, myCase, type OwedRow, owedMatters } from './bundle.sql.ts';
import { silentSystems } from './lines.ts';
import { difficultyFactsOf, offersFor } from './offers.ts';
import { caseFor, registeringOf } from './subject.ts';

type File = Answer<'getMatters'>;
type Page = Answer<'getMatterWorklist'>;

const registeringText = {
  open: '正在办理',
  registered: '已登记',
  refused: '不予登记',
  withdrawn: '本人撤回',
  duplicate: '按重复申请办结',
  handedOver: '已转外地办理',
  exited: '已退出',
} as const;

/** Registration and every part asked for with it (M79-5a): each with its own state, result and history. @throws AppError request.notFound */
export function readMatters(context: Context, actor: Actor, applicationId: string, now: Date): Promise<File> {
  return context.db.read(actor, async (tx) => {
    const file = await caseFor(tx, applicationId, 'matter.read');
    const [rows, history] = await Promise.all([
      tx.rows(mattersOf, file.tenant, file.id),
      tx.rows(matterHistory, file.tenant, file.id),
    ]);
    const registering = registeringOf(file);
    return {
      applicationId,
      registering,
      registeringText: registeringText[registering],
      matters: rows.map((row) => ({
        ...shown(row, file),
        history: history
          .filter((one) => one.sub_matter_id === row.id)
          .map((one) => ({ at: one.at.toISOString(), by: one.actor_name, text: one.text })),
      })),
      ...(file.allowance_from ? { allowance: allowanceOf(file, file.allowance_from) } : {}),
      offers: stillOffered(context, file, rows, now),
    };
  });
}

function allowanceOf(file: CaseRow, from: string): NonNullable<File['allowance']> {
  return {
    from,
    ...(file.allowance_to ? { to: file.allowance_to } : {}),
    ...(file.allowance_told_on ? { toldOn: file.allowance_told_on } : {}),
  };
}

/** What may still be asked for: offered here today, not under way, and the registration neither refused nor over. */
function stillOffered(context: Context, file: CaseRow, rows: readonly MatterRow[], now: Date): File['offers'] {
  const registering = registeringOf(file);
  if (registering !== 'open' && registering !== 'registered') return [];
  return offersFor(context, file.division, businessDate(now), difficultyFactsOf(file)).filter(
    ({ kind }) =>
      !rows.some(
        (row) =>
          row.kind === kind &&
          (row.state === 'asked' || row.state === 'forwarded' || (row.state === 'accepted' && !row.stopped_on)),
      ),
  );
}

function plainOf(row: MatterRow, file: CaseRow): string {
  return matterForWorker({
    kind: row.kind,
    state: row.state,
    registering: registeringOf(file),
    reason: row.stopped_on ? (row.stop_reason ?? '') : row.reason,
    outcome: row.outcome,
    months: row.months ?? undefined,
    monthlyFen: row.monthly_fen ?? undefined,
    from: row.holds_from ?? undefined,
    stoppedOn: row.stopped_on ?? undefined,
  });
}

function shown(row: MatterRow, file: CaseRow): Omit<File['matters'][number], 'history'> {
  const benefit =
    row.months && row.monthly_fen
      ? { months: row.months, monthlyYuan: yuan(row.monthly_fen), ...(row.holds_from ? { from: row.holds_from } : {}) }
      : undefined;
  return {
    id: row.id,
    kind: row.kind,
    kindText: matterKinds[row.kind].text,
    state: row.state,
    stateText: matterStateText(row.kind, row.state),
    wish: row.wish,
    askedAt: row.asked_at.toISOString(),
    askedBy: row.asked_by_name,
    ...(row.forwarded_at ? { forwardedAt: row.forwarded_at.toISOString() } : {}),
    ...(row.external_number ? { externalNumber: row.external_number } : {}),
    ...(row.decided_at ? { decidedAt: row.decided_at.toISOString() } : {}),
    ...(row.decided_by_name ? { decidedBy: row.decided_by_name } : {}),
    ...(row.todo_due ? { dueOn: row.todo_due } : {}),
    outcome: row.outcome,
    reason: row.reason,
    ...(row.consented_on && row.consent_how ? { consent: { on: row.consented_on, how: row.consent_how } } : {}),
    ...(benefit ? { benefit } : {}),
    ...(row.stopped_on ? { stopped: { on: row.stopped_on, reason: row.stop_reason ?? '' } } : {}),
    ...(row.told_exit_on ? { toldExitOn: row.told_exit_on } : {}),
    ...(row.todo ? { todo: row.todo } : {}),
    plain: plainOf(row, file),
    version: row.version,
  };
}

/** Work of one stage in the range, earliest due first; and the outside systems that are silent. */
export async function readMatterWorklist(
  context: Context,
  actor: Actor,
  query: {
    after?: string | undefined;
    limit: number;
    office?: string | undefined;
    stage: 'introduce' | 'carry' | 'answer' | 'check';
  },
  now: Date,
): Promise<Page> {
  const today = businessDate(now);
  const { divisions, lo, hi } = listRange(actor, query.office, 'matter.read');
  const after = keyOf(query.after);
  const [rows, silent] = await Promise.all([
    context.db.read(actor, (tx) =>
      tx.rows(owedMatters, divisions, lo, hi, after.value, after.id, query.limit + 1, query.stage),
    ),
    silentSystems(context, actor),
  ]);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => itemOf(context, row, today)),
    ...(rows.length > items.length && last ? { next: cursorOf({ value: last.todo_due, id: last.id }) } : {}),
    silent,
  };
}

function itemOf(context: Context, row: OwedRow, today: string): Page['items'][number] {
  const { idNumber } = context.crypto.open<{ idNumber?: string }>(row.identity_sealed);
  return {
    id: row.id,
    applicationId: row.application_id,
    name: row.name,
    idMasked: maskIdentityNumber(idNumber ?? ''),
    officeName: context.reference.officeName(row.office),
    kindText: matterKinds[row.kind].text,
    // What is to be looked into is the stop, not that it was granted once.
    stateText: row.stopped_on
      ? `${row.stopped_on}停发${row.stop_reason ? `：${row.stop_reason}` : ''}`
      : matterStateText(row.kind, row.state),
    dueOn: row.todo_due,
    state: dueState(row.todo_due, today, context.reference.calendar),
  };
}

/** The worker's own parts, each in one plain sentence (H122-2e, M79-5a). */
export function readMyMatters(context: Context, actor: Actor, now: Date): Promise<Answer<'getMyMatters'>> {
  return context.db.read(actor, async (tx) => {
    const mine = await tx.first(myCase, actor.person);
    if (!mine) return { matters: [], offers: [] };
    const file = await caseFor(tx, mine.id, 'matter.read');
    const rows = await tx.rows(mattersOf, file.tenant, file.id);
    return {
      applicationId: file.id,
      matters: rows.map((row) => ({
        id: row.id,
        applicationId: row.application_id,
        kind: row.kind,
        kindText: matterKinds[row.kind].text,
        state: row.state,
        stateText: matterStateText(row.kind, row.state),
        plain: plainOf(row, file),
        ...(row.todo_due && row.kind === 'introduction' ? { dueOn: row.todo_due } : {}),
        mayWithdraw: !isRefusal(nextMatter(row.kind, row.state, 'withdraw')) && !row.subject_id,
        version: row.version,
      })),
      offers: stillOffered(context, file, rows, now),
    };
  });
}
