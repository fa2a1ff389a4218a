import { divisionName } from '@yingdeng/contract/divisions.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { agrees } from '@yingdeng/rules/provisions/compare.ts';
import type { BackLoad } from '@yingdeng/rules/provisions/parameters.ts';
import { citationOf } from '@yingdeng/rules/provisions/provision.ts';
import type { Context } from '../../../context.ts';
import type { Actor } from '../../../platform/actor.ts';
import { businessDate } from '../../../platform/clock.ts';
import type { Answer } from '../../../platform/http.ts';
import { tenantsOf } from '../places.ts';
import { transportOf } from '../transport.ts';
import {
  type CountyFigures,
  countBenefit,
  countyFigures,
  type LoadBatchRow,
  type LoadRow,
  loadBatches,
  loadsOf,
  openItems,
} from './backload.sql.ts';

type Progress = Answer<'getBackLoads'>;
type Items = Answer<'getBackLoadItems'>;
type Batches = Answer<'getBackLoadBatches'>;

const systems: Readonly<Record<BackLoad['to'], string>> = {
  nationalPlatform: '全国平台',
  provincialSystem: '省级系统',
};
const people: Readonly<Record<BackLoad['whom'][number], string>> = {
  registrations: '办理的失业登记',
  benefitRecipients: '领取失业保险待遇的人员',
  allValid: '全部有效的失业登记',
};
const BEGINNING = '00000000-0000-0000-0000-000000000000';

/** The uploads the law of a place wants, each with its clause: separate targets with separate days (M79-7b, M79-8b, H122-3c). */
export function targetsOf(context: Context, division: string): Progress['targets'] {
  const loads = context.reference.policy(division, businessDate(context.clock.now())).backLoads?.value ?? [];
  return loads.map((load) => {
    const provision = context.reference.provisions.find(
      ({ parameter, value }) => parameter === 'backLoads' && (value as BackLoad[]).some((one) => agrees(one, load)),
    );
    const { document, clause, clauseId } = provision
      ? citationOf(provision)
      : { document: '', clause: '', clauseId: '' };
    return {
      to: load.to,
      toText: systems[load.to],
      ...(load.since ? { since: load.since } : {}),
      by: load.by,
      whomText: load.whom.map((one) => people[one]).join('和'),
      citation: { document, clause, clauseId },
      connected: load.to === 'nationalPlatform' && transportOf(context) !== 'none',
    };
  });
}

/** The day a load begins with, as the law of a place says it for the national platform (M79-7b). */
export function sinceOf(context: Context, division: string): PlainDate {
  const targets = targetsOf(context, division);
  return (
    targets.find(({ to, since }) => to === 'nationalPlatform' && since)?.since ?? businessDate(context.clock.now())
  );
}

/** How far every load has come, and how the records of each county stand, within what the actor may see. */
export async function backLoads(context: Context, actor: Actor): Promise<Progress> {
  const tenants = tenantsOf(context, actor);
  const [loads, figures, benefit] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.rows(loadsOf, tenants),
      tx.rows(countyFigures, tenants, actor.lo, actor.hi),
      tx.rows(countBenefit, tenants),
    ]),
  );
  const place = placeOf(context, actor);
  return {
    transport: transportOf(context),
    targets: targetsOf(context, place),
    since: sinceOf(context, place),
    loads: [...Map.groupBy(loads, ({ run }) => run).values()].map(loadOf),
    counties: figures.map((row) =>
      countyOf(
        row,
        loads.filter(({ division }) => division === row.division),
        benefit.filter(({ division }) => division === row.division).reduce((sum, { count }) => sum + Number(count), 0),
      ),
    ),
  };
}

/** A place whose law counts for an actor: the own one, else the first city served. */
function placeOf(context: Context, actor: Actor): string {
  const own = actor.office.slice(0, 6);
  if (own && own !== '000000') return own;
  const [first] = tenantsOf(context, actor);
  return first ? `${first}00` : '000000';
}

/** A load over its counties: running while one runs. */
function loadOf(rows: readonly LoadRow[]): Progress['loads'][number] {
  const [first] = rows as readonly [LoadRow, ...LoadRow[]];
  const sum = (pick: (row: LoadRow) => number) => rows.reduce((all, row) => all + pick(row), 0);
  const state = (['running', 'paused'] as const).find((one) => rows.some((row) => row.state === one)) ?? 'done';
  const finished = rows.map(({ finished_at }) => finished_at?.getTime() ?? 0);
  return {
    run: first.run,
    ...(first.since ? { since: first.since } : {}),
    until: first.until,
    state,
    startedAt: first.started_at.toISOString(),
    startedBy: first.started_by_name,
    ...(state === 'done' ? { finishedAt: new Date(Math.max(...finished)).toISOString() } : {}),
    total: sum(({ total }) => total),
    passed: sum(({ passed }) => passed),
  };
}

function countyOf(row: CountyFigures, loads: readonly LoadRow[], benefit: number): Progress['counties'][number] {
  const [latest] = loads;
  return {
    division: row.division,
    name: divisionName(row.division),
    total: latest?.total ?? 0,
    passed: latest?.passed ?? 0,
    accepted: row.accepted,
    underWay: row.under_way,
    waiting: row.waiting,
    blocked: row.blocked,
    returned: row.returned,
    benefit,
  };
}

/** What the offices of the range have to mend. */
export async function backLoadItems(
  context: Context,
  actor: Actor,
  query: { after?: string; limit: number },
): Promise<Items> {
  const after = /^[0-9a-f-]{36}$/.test(query.after ?? '') ? (query.after ?? BEGINNING) : BEGINNING;
  const rows = await context.db.read(actor, (tx) => tx.rows(openItems, tenantsOf(context, actor), after, query.limit));
  const last = rows.length >= query.limit ? rows.at(-1) : undefined;
  return {
    items: rows.map((row) => ({
      registrationId: row.registration_id,
      applicationId: row.application_id,
      serial: row.serial,
      name: row.name ?? '',
      officeName: context.reference.officeName(row.office),
      registeredOn: row.registered_on,
      state: row.state,
      faults: row.faults,
      attempts: row.attempts,
      digest: row.digest.toString('hex'),
    })),
    ...(last ? { next: last.registration_id } : {}),
  };
}

/** Batches with digest and receipt, the latest first. */
export async function backLoadBatches(
  context: Context,
  actor: Actor,
  query: { after?: string; limit: number },
): Promise<Batches> {
  const [date = '9999-12-31', id = '~'] = /^\d{4}-\d{2}-\d{2} [\w-]{1,60}$/.test(query.after ?? '')
    ? (query.after ?? '').split(' ')
    : [];
  const rows = await context.db.read(actor, (tx) =>
    tx.rows(loadBatches, tenantsOf(context, actor), date, id, query.limit),
  );
  const last = rows.length >= query.limit ? rows.at(-1) : undefined;
  return { items: rows.map(batchOf), ...(last ? { next: `${last.business_date} ${last.id}` } : {}) };
}

function batchOf(row: LoadBatchRow): Batches['items'][number] {
  return {
    id: row.id,
    division: row.division,
    date: row.business_date,
    count: row.count,
    ...(row.accepted === null ? {} : { accepted: row.accepted }),
    digest: row.digest.toString('hex'),
    state: row.state,
    attempts: row.attempts,
    ...(row.receipt ? { receipt: row.receipt } : {}),
    ...(row.receipt_at ? { receiptAt: row.receipt_at.toISOString() } : {}),
  };
}
