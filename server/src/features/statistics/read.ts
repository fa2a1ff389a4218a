import { divisionName, ownName } from '@yingdeng/contract/divisions.ts';
import { can } from '@yingdeng/rules/access.ts';
import type { SpecialGroup } from '@yingdeng/rules/provisions/parameters.ts';
import { LawSilent } from '@yingdeng/rules/provisions/policy.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import { servedGroups } from '@yingdeng/rules/served.ts';
import {
  type Denominator,
  denominatorKinds,
  denominatorWarning,
  rateWithBand,
} from '@yingdeng/rules/statistics/denominator.ts';
import { employmentCount, employmentCountNames } from '@yingdeng/rules/statistics/employment-counts.ts';
import { nextReport, reportStates } from '@yingdeng/rules/statistics/report-state.ts';
import type { ListKind } from '@yingdeng/rules/statistics/seal.ts';
import { type Figures, figuresOf, keepFigures, sheetContext } from '@yingdeng/rules/statistics/sheet.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { dueState } from '../../platform/due.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { allowed } from '../service/index.ts';
import { actionText, type OfMonth } from './act.ts';
import { besideOf } from './beside.sql.ts';
import { agesIn, fullMonthOf, servicesIn } from './beside.ts';
import { type CutBasis, countLists } from './cut.ts';
import { keptLists, thaw } from './lists.ts';
import { lastClosedMonth, monthAfter, reportingMonth } from './month.ts';
import { divisionsIn, levelOf, partsOf, tenantOf } from './places.ts';
import {
  actionsOf,
  type DenominatorRow,
  denominatorsOf,
  findReport,
  listHeadsOf,
  type ReportRow,
  reportsOfMonth,
  revisionsOf,
} from './report.sql.ts';

type Sheet = Answer<'getReport'>;
type Head = Sheet['head'];

/** So many months back are offered. */
const MONTHS = 24;

function headOf(context: Context, of: OfMonth, row: ReportRow | undefined, now: Date): Head {
  const { due, closes } = reportingMonth(context, of.division, of.month);
  const closing = row?.figures ? figuresOf(row.figures).closing.all.count : undefined;
  const state = row?.state ?? 'open';
  const rate = row?.rate as { rate?: Head['rate'] } | null | undefined;
  return {
    ...(row ? { id: row.id } : {}),
    division: of.division,
    name: ownName(of.division) ?? of.division,
    title: divisionName(of.division),
    level: levelOf(of.division),
    month: of.month,
    revision: row?.revision ?? 1,
    state,
    // Given back or restated: the month is over, its lists are not taken.
    stateText: state === 'open' && closes <= now ? '待截取' : reportStates[state],
    ...(due === undefined
      ? {}
      : {
          due: {
            on: due,
            state: state === 'sealed' ? ('met' as const) : dueState(due, businessDate(now), context.reference.calendar),
          },
        }),
    ...(closing === undefined ? {} : { closing }),
    ...(rate?.rate ? { rate: rate.rate } : {}),
    failing: (row?.checks ?? []).filter(({ holds }) => !holds).length,
  };
}

/** The last month that is over, or why there is none. @throws AppError report.notAllowed before October 2020 */
function closedMonth(context: Context, actor: Actor, now: Date): string {
  try {
    return lastClosedMonth(context, divisionOf(actor), now);
  } catch (error) {
    if (error instanceof LawSilent)
      throw new AppError('report.notAllowed', { why: '2020年10月以前没有按月编报的规定。' });
    throw error;
  }
}
const divisionOf = (actor: Actor): string => (actor.office || '000000').slice(0, 6);

/** Reports of a month in the actor's range, parts before wholes. */
export async function readReports(
  context: Context,
  actor: Actor,
  asked: string | undefined,
  now: Date,
): Promise<Answer<'getReports'>> {
  const latest = closedMonth(context, actor, now);
  const month = asked ?? latest;
  const divisions = divisionsIn(context, actor);
  const rows = await context.db.read(actor, (tx) => tx.rows(reportsOfMonth, month, actor.lo.slice(0, 6), actor.hi));
  return {
    month,
    months: Array.from({ length: MONTHS }, (_, back) => monthAfter(latest, 1 - back)).filter((one) =>
      isReported(context, divisionOf(actor), one),
    ),
    items: divisions.map((division) =>
      headOf(
        context,
        { division, month },
        rows.find((row) => row.division === division),
        now,
      ),
    ),
  };
}

function isReported(context: Context, division: string, month: string): boolean {
  try {
    reportingMonth(context, division, month);
    return true;
  } catch {
    return false;
  }
}

const denominatorOf = (row: DenominatorRow): Sheet['denominators'][number] => ({
  kind: row.kind,
  kindText: denominatorKinds[row.kind],
  value: row.value,
  asOf: row.as_of,
  source: row.source,
  method: row.method,
  uncertainty: Number(row.uncertainty),
  enteredAt: row.entered_at.toISOString(),
  enteredBy: row.entered_by_name,
});

/**
 * The sheet of a division and month; with `office` that of a street or village, counted from the same frozen lists; with `revision` an earlier one.
 * @throws AppError access.denied, request.notFound, report.notAllowed
 */
export async function readSheet(
  context: Context,
  actor: Actor,
  of: OfMonth & { revision?: number | undefined; office?: string | undefined },
  now: Date,
): Promise<Sheet> {
  allowed(actor, 'statistics.read', of.office ?? of.division);
  const month = monthOf(context, of);
  const tenant = tenantOf(of.division);
  const parts = levelOf(of.division) === 'county' ? [] : partsOf(context, of.division);
  return context.db.read(actor, async (tx) => {
    const revisions = await tx.rows(revisionsOf, tenant, of.division, of.month);
    const row = of.revision ? revisions.find(({ revision }) => revision === of.revision) : revisions[0];
    if (of.revision && !row) throw new AppError('request.notFound');
    const [history, heads, entered, below, replaced, beside] = await Promise.all([
      row ? tx.rows(actionsOf, tenant, row.id) : [],
      row ? tx.rows(listHeadsOf, tenant, row.id) : [],
      tx.rows(denominatorsOf, tenant, of.division, of.month),
      parts.length > 0 ? tx.rows(reportsOfMonth, of.month, actor.lo.slice(0, 6), actor.hi) : [],
      row?.replaces ? tx.first(findReport, tenant, row.replaces) : undefined,
      row?.figures ? tx.first(besideOf, tenant, row.id) : undefined,
    ]);
    const figures = row?.figures ? await figuresFor(context, tx, row, of.office) : undefined;
    const closing = figures?.closing.all.count ?? 0;
    const besides = Object.entries(row?.besides ?? {}).map(([group, count]) => ({
      group,
      groupText: servedGroups[group as SpecialGroup]?.text ?? group,
      count,
    }));
    const withBesides = closing + besides.reduce((sum, { count }) => sum + count, 0);
    const head = headOf(context, of, row, now);
    const denominators = entered.map(denominatorOf);
    const denominator = (row?.rate as { denominator?: Denominator } | null)?.denominator ?? denominators[0];
    const live = rateWithBand(closing, denominator);
    const wide = rateWithBand(withBesides, denominator);
    const basis = row?.basis as Partial<CutBasis> | undefined;
    return {
      head: { ...head, ...(live && row?.figures ? { rate: live } : {}) },
      period: { from: month.from, to: month.to, closes: month.closes.toISOString() },
      figures: figures ? (keepFigures(figures) as Sheet['figures']) : {},
      besides,
      withBesides,
      ...(beside?.services ? { services: servicesIn(beside, of.office ?? '') } : {}),
      servicesMonth: fullMonthOf(month),
      ages: agesIn(beside, of.office ?? '') as Sheet['ages'],
      employment: figures
        ? Object.fromEntries(employmentCountNames.map((name) => [name, employmentCount(name, figures) ?? null]))
        : {},
      checks: row?.checks ?? [],
      ...(denominator
        ? { denominator: denominators.find(({ value }) => value === denominator.value) ?? denominators[0] }
        : {}),
      denominators,
      warning: denominatorWarning,
      ...(wide && besides.length > 0 ? { rateBesides: wide } : {}),
      history: history.map(({ action, at, actor_name, reason }) => ({
        text: actionText(action),
        at: at.toISOString(),
        by: actor_name,
        reason,
      })),
      parts: parts.map((division) =>
        headOf(
          context,
          { division, month: of.month },
          below.find((one) => one.division === division),
          now,
        ),
      ),
      offices: heads
        .filter(({ kind }) => kind === 'stock')
        .map(({ office, persons }) => ({ office, name: context.reference.officeName(office), closing: persons })),
      allowed: of.office || (row && row.id !== revisions[0]?.id) ? [] : allowedSteps(actor, row, month.closes <= now),
      provisions: [...(basis?.provisions ?? [])],
      ...(row?.digest && row.page
        ? { seal: { digest: row.digest.toString('hex'), page: row.page, last: /^last (\w+)$/m.exec(row.page)?.[1] } }
        : {}),
      ...(replaced
        ? {
            replaces: {
              revision: replaced.revision,
              reason: row?.replaces_reason ?? '',
              digest: replaced.digest?.toString('hex') ?? '',
            },
          }
        : {}),
      revisions: revisions.map(({ id, revision, state }) => ({ id, revision, stateText: reportStates[state] })),
      version: row?.version ?? 0,
    };
  });
}

/** @throws AppError report.notAllowed where no law asks for a report */
function monthOf(context: Context, { division, month }: OfMonth) {
  try {
    return reportingMonth(context, division, month);
  } catch (error) {
    if (error instanceof LawSilent)
      throw new AppError('report.notAllowed', { why: '2020年10月以前没有按月编报的规定。' });
    throw error;
  }
}

/** A report's figures; those of an office and what lies below it are counted anew from its lists. */
async function figuresFor(
  context: Context,
  tx: Tx,
  row: ReportRow,
  office: string | undefined,
): Promise<Figures | undefined> {
  if (!office || office === row.division) return figuresOf(row.figures ?? {});
  const month = reportingMonth(context, row.division, row.month);
  const on = sheetContext(row.division, month);
  const of = async (id: string, kinds: readonly ListKind[]) => {
    const kept = await keptLists(tx, { tenant: row.tenant, id }, kinds);
    return kept.filter((list) => list.office.startsWith(office)).map((list) => ({ ...list, list: thaw(list) }));
  };
  const own = await of(row.id, ['opening', 'stock', 'movements']);
  return countLists(own, on, row.last_id ? countLists(await of(row.last_id, ['stock']), on, undefined) : undefined);
}

/** What the actor may do with a report now, with the reason where a step of the own role is not to be had. */
function allowedSteps(actor: Actor, row: ReportRow | undefined, over: boolean): Sheet['allowed'] {
  const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: row?.division ?? divisionOf(actor) };
  const prepares = can(actor.role, 'statistics.prepare', scope);
  const approves = can(actor.role, 'statistics.approve', scope);
  const state = row?.state ?? 'open';
  const step = {
    over,
    failing: (row?.checks ?? []).filter(({ holds }) => !holds).map(({ text }) => text),
    checkedBy: row?.checked_by ?? undefined,
    by: actor.id,
    last: 'sealed' as const,
    reason: '退回',
  };
  const steps: { action: Sheet['allowed'][number]['action']; mine: boolean }[] = [
    { action: 'cut', mine: prepares && ['open', 'cut', 'computed'].includes(state) },
    { action: 'check', mine: prepares && state === 'computed' },
    { action: 'approve', mine: approves && state === 'checked' },
    { action: 'giveBack', mine: (prepares || approves) && ['checked', 'approved'].includes(state) },
    { action: 'seal', mine: prepares && state === 'approved' },
    { action: 'restate', mine: prepares && state === 'sealed' },
  ];
  return steps
    .filter(({ mine }) => mine)
    .map(({ action }) => {
      const from = action === 'cut' && state === 'computed' ? 'open' : state;
      const next = action === 'restate' ? state : nextReport(from, action, step);
      return { action, text: actionText(action), ...(isRefusal(next) ? { why: next.message } : {}) };
    });
}
