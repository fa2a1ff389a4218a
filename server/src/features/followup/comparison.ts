import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { checkComparison, type GivenComparison } from '@yingdeng/rules/comparison.ts';
import { lastDayOf, monthOf } from '@yingdeng/rules/contact.ts';
import { nextContactOn } from '@yingdeng/rules/contact-rhythm.ts';
import { serviceClasses } from '@yingdeng/rules/service-class.ts';
import { sources } from '@yingdeng/rules/verification.ts';
import type { Context } from '../../context.ts';
import { type Actor, systemActor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantIdFrom, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { type ListRange, listRange } from '../worklist/index.ts';
import {
  byNumbers,
  type ComparisonRow,
  coveredAtOnce,
  coverPage,
  finishRun,
  followIndex,
  lockSame,
  nextRun,
  putFound,
  putRun,
} from './comparison.sql.ts';
import { computeRhythm, undoRun } from './undo.ts';

const START = { on: '-infinity', id: '00000000-0000-0000-0000-000000000000' } as const;
const worker = systemActor('comparison');

/** What a recorded comparison did. */
export interface Compared {
  readonly month: string;
  /** Registrations whose month it covers now. */
  readonly covered: number;
  /** More wait: the job goes on, and so does the same call. */
  readonly left: boolean;
}

/**
 * Records that a comparison found no change for everybody of a range who is still owed a contact by the end of the data's month (A21-5b), except
 * the registrations it found something about: each of those gets a row and is contacted by a person. The comparison is one row a city; that it covers
 * somebody stands on the registration. A page is one transaction and one statement; what is interrupted or repeated goes on where it stopped and covers
 * nobody twice; who is named as changed only later is covered no longer. `most` bounds one call.
 * @throws AppError contact.incomplete for a source or day that is no follow-up, or a number that nobody here has
 */
export async function recordComparison(
  context: Context,
  actor: Actor,
  range: ListRange,
  given: GivenComparison & { readonly except: readonly string[] },
  most = Number.POSITIVE_INFINITY,
): Promise<Compared> {
  const now = context.clock.now();
  const fault = checkComparison(given, businessDate(now));
  if (fault) throw new AppError('contact.incomplete', { why: fault.message }, { clause: 'A21-5b' });
  const except = await idsOf(context, actor, range, given.except);
  let covered = 0;
  for (const part of partsOf(range)) {
    const run = await begin(
      context,
      actor,
      part,
      given,
      except.filter((id) => tenantOfId(id) === part.tenant),
    );
    const done = await cover(context, actor, part.divisions, run, most - covered);
    covered += done.covered;
    if (done.left) return { month: run.month, covered, left: true };
  }
  return { month: monthOf(given.asOf), covered, left: false };
}

/** Goes on with what a request left, covering or undoing; nothing left answers 0. */
export async function coverAndUndo(context: Context, signal: AbortSignal): Promise<number> {
  const run = await context.db.read(worker, (tx) => tx.first(nextRun));
  if (!run || signal.aborted) return 0;
  // A little at a time: whoever stops this process waits for one page.
  if (run.withdrawn_at) await undoRun(context, worker, run, Number.POSITIVE_INFINITY, signal);
  else await cover(context, worker, listRange(worker, run.office, 'contact.record').divisions, run, coveredAtOnce);
  return 1;
}

type Part = ListRange & { readonly tenant: string };

/** A range city by city: a run belongs to one. */
function partsOf(range: ListRange): readonly Part[] {
  const byTenant = Map.groupBy(range.divisions, (division) => division.slice(0, 4));
  if (byTenant.size === 1) return [...byTenant.keys()].map((tenant) => ({ ...range, tenant }));
  return [...byTenant].map(([tenant, divisions]) => ({
    tenant,
    divisions,
    lo: `${tenant}00`,
    hi: String(Number(`${tenant}00`) + 100),
  }));
}

async function idsOf(
  context: Context,
  actor: Actor,
  range: ListRange,
  numbers: readonly string[],
): Promise<readonly string[]> {
  if (numbers.length === 0) return [];
  const tenants = [...new Set(range.divisions.map((division) => division.slice(0, 4)))];
  const found = await context.db.read(actor, (tx) => tx.rows(byNumbers, tenants, numbers));
  const unknown = numbers.find((number) => !found.some((row) => row.number === number));
  // A slip of the pen must not cover the month of somebody who has found work.
  if (unknown !== undefined)
    throw new AppError('contact.incomplete', { why: `有变化的登记编号：辖区内没有“${unknown}”，请核对。` });
  return found.map((row) => row.id);
}

/** The run of this data for this range, begun or found again, with the registrations it shows changed. */
function begin(
  context: Context,
  actor: Actor,
  { tenant, lo, hi }: Part,
  given: GivenComparison,
  except: readonly string[],
): Promise<ComparisonRow> {
  const now = context.clock.now();
  const { source, asOf } = given;
  const against = `与${sources[source]}（${asOf}）比对`;
  // Data of an earlier day was true at noon of that day, not now.
  const at = asOf < businessDate(now) ? new Date(`${asOf}T12:00:00+08:00`) : now;
  return context.db.transaction(actor, async (tx) => {
    await tx.run(
      putRun,
      tenant,
      newTenantId(tenant, now),
      lo,
      hi,
      source,
      asOf,
      monthOf(asOf),
      at,
      `${against}，没有变化`,
      now,
      actor.kind === 'staff' ? actor.id : null,
      actor.name,
    );
    const run = await tx.first(lockSame, tenant, lo, source, asOf);
    if (!run) throw new Error('a run of comparison is neither written nor there');
    const found = except.filter((id) => !run.found.includes(id));
    if (found.length > 0) await keepFound(context, tx, run, found, `${against}，有变化，请联系本人核实`);
    return { ...run, found: [...run.found, ...found] };
  });
}

async function keepFound(context: Context, tx: Tx, run: ComparisonRow, found: readonly string[], note: string) {
  const { tenant, id } = run;
  const now = context.clock.now();
  const contacts = found.map((one) => tenantIdFrom(tenant, `comparison:${id}:${one}`));
  const uncovered = await tx.rows(putFound, tenant, id, found, contacts, note);
  await computeRhythm(
    context,
    tx,
    tenant,
    uncovered.map((row) => row.id),
  );
  await told(context, tx, run, now, { found: found.length });
}

async function told(context: Context, tx: Tx, run: ComparisonRow, now: Date, detail: object): Promise<void> {
  await audit(tx, context.crypto, now, {
    tenant: run.tenant,
    office: run.office,
    action: 'contact.record',
    subjectKind: 'comparison',
    subjectId: run.id,
    detail: { comparison: run.source, asOf: run.as_of, ...detail },
  });
}

/** Covers county by county until nobody is left, or `most` are covered. */
async function cover(
  context: Context,
  actor: Actor,
  divisions: readonly string[],
  run: ComparisonRow,
  most: number,
): Promise<{ covered: number; left: boolean }> {
  const { tenant, id } = run;
  const dueBy = lastDayOf(run.month);
  let covered = 0;
  for (const division of divisions) {
    let after: { on: string; id: string } = START;
    for (;;) {
      if (covered >= most) return { covered, left: true };
      const now = context.clock.now();
      const next = JSON.stringify(nextByClass(context, division, run, businessDate(now)));
      const from = after;
      const page = await context.db.transaction(actor, async (tx) => {
        await tx.run(followIndex);
        const row = await tx.first(
          coverPage,
          tenant,
          id,
          division,
          run.office,
          run.office_end,
          dueBy,
          run.as_of,
          run.found,
          from.on,
          from.id,
          run.at,
          run.month,
          next,
        );
        if (row && row.count > 0) await told(context, tx, run, now, { covered: row.count });
        return row;
      });
      covered += page?.count ?? 0;
      if (!page?.last_on || !page.last_id || page.count < coveredAtOnce) break;
      after = { on: page.last_on, id: page.last_id };
    }
  }
  await context.db.transaction(actor, (tx) => tx.run(finishRun, tenant, id, context.clock.now()));
  return { covered, left: false };
}

/** When the next contact is owed after the comparison, by class; '-' before the person is classed. */
function nextByClass(
  context: Context,
  division: string,
  run: ComparisonRow,
  today: PlainDate,
): Readonly<Record<string, PlainDate>> {
  const policy = context.reference.policy(division, today);
  const day = businessDate(run.at);
  // Whoever is covered was registered by the day of the data, so that day is the later one for all of them.
  const after = (serviceClass: keyof typeof serviceClasses | null) =>
    nextContactOn({ registeredOn: day, lastContactOn: day, class: serviceClass }, policy);
  return {
    '-': after(null),
    ...Object.fromEntries(
      (Object.keys(serviceClasses) as (keyof typeof serviceClasses)[]).map((one) => [one, after(one)]),
    ),
  };
}
