import { ownName } from '@yingdeng/contract/divisions.ts';
import { type Denominator, denominatorFaults, rateWithBand } from '@yingdeng/rules/statistics/denominator.ts';
import {
  nextReport,
  type ReportAction,
  type ReportState,
  reportActions,
  reportStates,
} from '@yingdeng/rules/statistics/report-state.ts';
import { countyPage, type SealHead, wholePage } from '@yingdeng/rules/statistics/seal.ts';
import { figuresOf } from '@yingdeng/rules/statistics/sheet.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { newTenantId, sm3, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { once } from '../../platform/idempotency.ts';
import { allowed, lawful } from '../service/index.ts';
import { addBeside, countBeside, keepBeside, takeServices } from './beside.ts';
import { addParts, keepCounty, type LastStock, stockOf, sumParts, takeLists } from './cut.ts';
import { reportingMonth } from './month.ts';
import { levelOf, reportingDivisions, tenantOf } from './places.ts';
import {
  denominatorsOf,
  findReport,
  listHeadsOf,
  lockReport,
  markApproved,
  markChecked,
  markSealed,
  openReport,
  putAction,
  putDenominator,
  type ReportRow,
  reopen,
  revisionsOf,
  sealedOf,
} from './report.sql.ts';

/** A month of a division. */
export interface OfMonth {
  readonly division: string;
  readonly month: string;
}
/** A command on a report as it stood on the screen. */
export interface OnReport {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly now: Date;
  readonly reason?: string | undefined;
}

/**
 * Freezes and counts a month of a division, or adds it up from its parts. While nothing was checked it may be done again.
 * @throws AppError access.denied, report.notAllowed
 */
export async function prepareReport(context: Context, actor: Actor, of: OfMonth, now: Date): Promise<void> {
  if (levelOf(of.division) === 'county') return prepareCounties(context, actor, [of], now);
  mayPrepare(context, actor, of);
  await context.db.transaction(reachingNation(actor), async (tx) => {
    const row = await openedReport(context, tx, of, now);
    const next = mayCut(context, row, of, actor, now);
    const parts = await sumParts(context, tx, row, now);
    await keepBeside(tx, row, await addBeside(tx, parts));
    await acted(context, tx, row, 'cut', next, now);
  });
}

/**
 * Freezes and counts a month of some counties of one city, for which the ledger is read once. Each county is a transaction of its own: a kill
 * between two of them loses nothing.
 * @throws AppError access.denied, report.notAllowed
 */
export async function prepareCounties(
  context: Context,
  actor: Actor,
  of: readonly [OfMonth, ...OfMonth[]],
  now: Date,
): Promise<void> {
  for (const one of of) mayPrepare(context, actor, one);
  const [{ month: name, division: first }] = of;
  const month = reportingMonth(context, first, name);
  // Who has been transferred since is in another office's range now; the right was checked above.
  const far = reachingNation(actor);
  const { lasts, taken, services } = await context.db.snapshot(far, async (tx) => {
    const lasts = new Map<string, ReportRow | undefined>();
    const stocks = new Map<string, LastStock>();
    for (const { division } of of) {
      const [row] = await tx.rows(revisionsOf, tenantOf(division), division, name);
      mayCut(context, row, { division, month: name }, actor, now);
      const last = await tx.first(sealedOf, tenantOf(division), division, month.last);
      lasts.set(division, last);
      stocks.set(division, last && (await stockOf(tx, last)));
    }
    const [taken, services] = await Promise.all([
      takeLists(context, tx, month, stocks, 'sealed'),
      takeServices(tx, month, [...stocks.keys()]),
    ]);
    return { lasts, taken, services };
  });
  await Promise.all(
    [...taken].map(([division, one]) =>
      context.db.transaction(far, async (tx) => {
        const row = await openedReport(context, tx, { division, month: name }, now);
        const cut = mayCut(context, row, { division, month: name }, actor, now);
        const given = services.filter(({ office }) => office.startsWith(division));
        const lists = [...one.lists, ...given.map((list) => ({ kind: 'services' as const, ...list }))];
        await keepCounty(context, tx, row, { taken: { ...one, lists }, last: lasts.get(division) }, now);
        await keepBeside(tx, row, countBeside(lists, month));
        await acted(context, tx, row, 'cut', cut, now);
        await acted(context, tx, { ...row, state: cut }, 'compute', 'computed', now);
      }),
    ),
  );
}

/** @throws AppError access.denied, report.notAllowed where no report is made */
function mayPrepare(context: Context, actor: Actor, { division }: OfMonth): void {
  allowed(actor, 'statistics.prepare', division);
  if (!reportingDivisions(context).has(division))
    throw new AppError('report.notAllowed', { why: `${ownName(division)}没有设机构，不单独编报。` });
}

/** The state after its lists were frozen. Counted already, but not yet looked at: they may be taken anew, and the history says so. */
function mayCut(
  context: Context,
  row: ReportRow | undefined,
  { division, month }: OfMonth,
  actor: Actor,
  now: Date,
): ReportState {
  const over = reportingMonth(context, division, month).closes <= now;
  const from = row === undefined || row.state === 'computed' ? 'open' : row.state;
  return lawful(nextReport(from, 'cut', { over, failing: [], by: actor.id, last: 'sealed' }));
}

/** The newest revision, opened when there is none. */
async function openedReport(context: Context, tx: Tx, { division, month }: OfMonth, now: Date): Promise<ReportRow> {
  const tenant = tenantOf(division);
  const [there] = await tx.rows(revisionsOf, tenant, division, month);
  if (there) return locked(tx, there.id);
  const { from, to, due } = reportingMonth(context, division, month);
  const id = newTenantId(tenant, now);
  await tx.run(openReport, tenant, id, division, month, 1, from, to, due ?? null, null, null);
  const [opened] = await tx.rows(revisionsOf, tenant, division, month);
  if (!opened) throw new AppError('access.denied', { why: '不在您的辖区。' });
  return locked(tx, opened.id);
}

/** A report to be changed. A sealed one cannot be locked, for nobody may change it; it is only read, and refuses every step but a restatement. */
async function locked(tx: Tx, id: string): Promise<ReportRow> {
  const key = [tenantOfId(id), id] as const;
  const row = (await tx.first(lockReport, ...key)) ?? (await tx.first(findReport, ...key));
  if (!row) throw new AppError('request.notFound');
  return row;
}

/** History and audit of a step. */
async function acted(
  context: Context,
  tx: Tx,
  row: ReportRow,
  action: ReportAction | 'restate',
  to: string,
  now: Date,
  reason = '',
): Promise<void> {
  const { tenant, id, division } = row;
  const { kind, id: actorId, name } = tx.actor;
  await tx.run(
    putAction,
    tenant,
    newTenantId(tenant, now),
    id,
    division,
    action,
    row.state,
    to,
    now,
    kind === 'staff' ? actorId : null,
    name,
    reason,
  );
  await audit(tx, context.crypto, now, {
    tenant,
    office: division,
    action: action === 'approve' ? 'statistics.approve' : 'statistics.prepare',
    subjectKind: 'report',
    subjectId: id,
    reason,
    detail: { month: row.month, revision: row.revision, action, to },
  });
}

/** Runs one step on a report that is still as it was on the screen. */
async function onReport(
  context: Context,
  actor: Actor,
  on: OnReport,
  action: ReportAction | 'restate',
  work: (tx: Tx, row: ReportRow) => Promise<string>,
): Promise<void> {
  const request = [on.id, on.version, action, on.reason ?? ''];
  await once(context.db, actor, { route: 'actOnReport', key: on.key, request, now: on.now }, async (tx) => {
    const row = await locked(tx, on.id);
    // Whoever approves may also give back.
    const approves = action === 'approve' || actor.role === 'supervisor';
    allowed(actor, approves ? 'statistics.approve' : 'statistics.prepare', row.division);
    if (row.version !== on.version) throw new AppError('report.notAllowed', { why: '报表刚有变动，请刷新后再办。' });
    const to = await work(tx, row);
    await acted(context, tx, row, action, to, on.now, on.reason?.trim() ?? '');
    return row.id;
  });
}

/**
 * The next step of a report: check, approve, give back, seal. @throws AppError access.denied, request.notFound, report.notAllowed
 */
export function stepReport(
  context: Context,
  actor: Actor,
  on: OnReport,
  action: 'check' | 'approve' | 'giveBack' | 'seal',
): Promise<void> {
  return onReport(context, actor, on, action, async (tx, row) => {
    const step = {
      over: true,
      failing: (row.checks ?? []).filter(({ holds }) => !holds).map(({ text }) => text),
      checkedBy: row.checked_by ?? undefined,
      by: actor.id,
      last: action === 'seal' ? await lastOf(context, tx, row) : 'sealed',
      reason: on.reason,
    };
    const next = lawful(nextReport(row.state, action, step));
    const { tenant, id } = row;
    if (action === 'check') await tx.run(markChecked, tenant, id, on.now, actor.id, actor.name);
    else if (action === 'approve') await tx.run(markApproved, tenant, id, on.now, actor.id, actor.name);
    else if (action === 'giveBack') await tx.run(reopen, tenant, id);
    else await seal(context, tx, row, actor, on.now);
    return next;
  });
}

/** How the month before stands, whose closing must be this report's opening. */
async function lastOf(context: Context, tx: Tx, row: ReportRow): Promise<'sealed' | 'open' | 'newer'> {
  const { last } = reportingMonth(context, row.division, row.month);
  const sealed = await tx.first(sealedOf, row.tenant, row.division, last);
  if (sealed) return sealed.id === row.last_id ? 'sealed' : 'newer';
  return (await tx.rows(revisionsOf, row.tenant, row.division, last)).length === 0 ? 'sealed' : 'open';
}

/** Seals: the page of digests and its own digest, with the rate of that moment. */
async function seal(context: Context, tx: Tx, row: ReportRow, actor: Actor, now: Date): Promise<void> {
  const page = await sealPage(context, tx, row);
  const rate = await rateOf(tx, row);
  await tx.run(markSealed, row.tenant, row.id, now, actor.name, rate ? JSON.stringify(rate) : null, page, sm3(page));
}

/** The page under a report's seal as its lists, or its parts, give it now. @throws AppError report.notAllowed when a part is not sealed */
export async function sealPage(context: Context, tx: Tx, row: ReportRow): Promise<string> {
  const last = row.last_id ? await tx.first(findReport, row.tenant, row.last_id) : undefined;
  const head: SealHead = {
    division: row.division,
    month: row.month,
    revision: row.revision,
    last: last?.digest?.toString('hex') ?? '',
  };
  if (levelOf(row.division) === 'county') {
    const lists = await tx.rows(listHeadsOf, row.tenant, row.id);
    return countyPage(
      head,
      lists.map(({ office, kind, persons, digest }) => ({ office, kind, persons, digest: digest.toString('hex') })),
    );
  }
  const { parts } = await addParts(context, tx, row.division, row.month);
  const open = parts.filter(({ digest }) => digest === null);
  if (open.length > 0)
    throw new AppError('report.notAllowed', {
      why: `${open.map(({ division }) => ownName(division)).join('、')}的报表还没有封存。`,
    });
  return wholePage(
    head,
    parts.map(({ division, digest, figures }) => ({
      division,
      persons: figuresOf(figures ?? {}).closing.all.count,
      digest: digest?.toString('hex') ?? '',
    })),
  );
}

/** The rate of a report with the figure it stands on; undefined while nobody entered the urban employed. */
export async function rateOf(
  tx: Tx,
  row: ReportRow,
): Promise<{ rate: ReturnType<typeof rateWithBand>; denominator: Denominator } | undefined> {
  const [entered] = await tx.rows(denominatorsOf, row.tenant, row.division, row.month);
  if (!entered || !row.figures) return undefined;
  const denominator: Denominator = {
    kind: entered.kind,
    value: entered.value,
    asOf: entered.as_of,
    source: entered.source,
    method: entered.method,
    uncertainty: Number(entered.uncertainty),
  };
  return { rate: rateWithBand(figuresOf(row.figures).closing.all.count, denominator), denominator };
}

/**
 * Opens a new revision of a sealed report that names the old one and why; the old one stays as it is.
 * @throws AppError report.notAllowed when it is not sealed, when a later month is sealed on it, or without a reason
 */
export function restateReport(context: Context, actor: Actor, on: OnReport): Promise<void> {
  return onReport(context, actor, on, 'restate', async (tx, row) => {
    const reason = on.reason?.trim() ?? '';
    if (reason.length < 4) throw new AppError('report.notAllowed', { why: '重报理由：请写明哪里有误、为什么重报。' });
    if (row.state !== 'sealed')
      throw new AppError('report.notAllowed', { why: `报表${reportStates[row.state]}，没有封存，直接退回重算即可。` });
    const month = reportingMonth(context, row.division, row.month);
    if (await tx.first(sealedOf, row.tenant, row.division, month.next))
      throw new AppError(
        'report.notAllowed',
        {
          why: '下一期报表已经封存。以后发现的差错在当期更正，不再改已上报的各期。',
        },
        { clause: 'M79-9' },
      );
    const [newest] = await tx.rows(revisionsOf, row.tenant, row.division, row.month);
    if (newest?.id !== row.id) throw new AppError('report.notAllowed', { why: '这份报表已有更新的重报。' });
    const id = newTenantId(row.tenant, on.now);
    const { from, to, due } = month;
    const revision = row.revision + 1;
    await tx.run(openReport, row.tenant, id, row.division, row.month, revision, from, to, due ?? null, row.id, reason);
    return 'open';
  });
}

/** Enters the urban employed of a month. @throws AppError access.denied, report.notAllowed naming each field that is wrong */
export async function enterUrbanEmployed(
  context: Context,
  actor: Actor,
  of: OfMonth,
  given: Denominator,
  on: { key: string; now: Date },
): Promise<void> {
  allowed(actor, 'statistics.prepare', of.division);
  const faults = denominatorFaults(given, reportingMonth(context, of.division, of.month));
  if (faults.length > 0) throw new AppError('report.notAllowed', { why: faults.join('') });
  const tenant = tenantOf(of.division);
  const request = { route: 'enterUrbanEmployed', key: on.key, request: [of, given], now: on.now };
  await once(context.db, actor, request, async (tx) => {
    const [row] = await tx.rows(revisionsOf, tenant, of.division, of.month);
    if (row?.digest)
      throw new AppError('report.notAllowed', { why: '报表已封存，城镇从业人员数不再改；确需更正的，请重报。' });
    const id = newTenantId(tenant, on.now);
    const { kind, value, asOf, source, method, uncertainty } = given;
    await tx.run(
      putDenominator,
      tenant,
      id,
      of.division,
      of.month,
      kind,
      value,
      asOf,
      source.trim(),
      method.trim(),
      uncertainty,
      on.now,
      actor.id,
      actor.name,
    );
    await audit(tx, context.crypto, on.now, {
      tenant,
      office: of.division,
      action: 'statistics.prepare',
      subjectKind: 'urbanEmployed',
      subjectId: id,
      detail: { month: of.month, kind, value, asOf },
    });
    return id;
  });
}

/** What a step is called when it is done. */
export const stepMessages: Readonly<Record<string, string>> = {
  check: '已审核，等待另一人批准。',
  approve: '已批准，可以封存。',
  giveBack: '已退回，名册和数字将重新截取。',
  seal: '已封存并报送：名册和数字从此不变。',
  restate: '已新开一份重报，原报表保留。',
};
export const actionText = (action: string): string =>
  action === 'restate' ? '重报' : (reportActions[action as ReportAction] ?? action);
