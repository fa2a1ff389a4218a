import { divisionName } from '@yingdeng/contract/divisions.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { agrees } from '@yingdeng/rules/provisions/compare.ts';
import type { BackLoad } from '@yingdeng/rules/provisions/parameters.ts';
import { citationOf } from '@yingdeng/rules/provisions/provision.ts';
import type { Context } from '../../../context.ts';
import type { Actor } from '../../../platform/actor.ts';
import { audit } from '../../../platform/audit.ts';
import { businessDate } from '../../../platform/clock.ts';
import { newTenantId } from '../../../platform/crypto.ts';
import { dueState } from '../../../platform/due.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Answer } from '../../../platform/http.ts';
import { once } from '../../../platform/idempotency.ts';
import { tenantsOf } from '../places.ts';
import { transportOf } from '../transport.ts';
import { type LoadRow, loadsOf } from './backload.sql.ts';
import {
  type CountyFigures,
  countBenefit,
  countyFigures,
  type LoadBatchRow,
  loadBatches,
  openItems,
  putTold,
  toldOf,
} from './progress.sql.ts';

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
/** An upload the law wants, without how far it has come. */
type Target = Omit<Progress['targets'][number], 'due' | 'progress'>;
const BEGINNING = '00000000-0000-0000-0000-000000000000';

/** The uploads the law of a place wants, each with its clause: separate targets with separate days (M79-7b, M79-8b, H122-3c). */
export function targetsOf(context: Context, division: string): Target[] {
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
  const place = placeOf(context, actor);
  const [loads, figures, benefit, told] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.rows(loadsOf, tenants),
      tx.rows(countyFigures, tenants, actor.lo, actor.hi),
      tx.rows(countBenefit, tenants),
      tx.rows(toldOf, place.slice(0, 4), place),
    ]),
  );
  const runs = [...Map.groupBy(loads, ({ run }) => run).values()].map(loadOf);
  const apart = figures.reduce((sum, row) => sum + row.under_way + row.waiting + row.blocked + row.returned, 0);
  return {
    transport: transportOf(context),
    targets: targetsOf(context, place).map((target) => withProgress(context, target, { runs, apart, told })),
    since: sinceOf(context, place),
    loads: runs,
    counties: figures.map((row) =>
      countyOf(
        row,
        loads.filter(({ division }) => division === row.division),
        benefit.filter(({ division }) => division === row.division).reduce((sum, { count }) => sum + Number(count), 0),
      ),
    ),
  };
}

/**
 * How far a target has come: on the platform by the load that begins on its day, less what is not there yet; elsewhere as it was told. A
 * target that is reached keeps its day; one that is not is late once the day is over.
 */
function withProgress(
  context: Context,
  target: Target,
  { runs, apart, told }: { runs: Progress['loads']; apart: number; told: readonly ToldRow[] },
): Progress['targets'][number] {
  const load = runs.find((one) => one.since === target.since);
  const said = told.find((row) => row.to_system === target.to && row.by_on === target.by);
  const progress = target.connected
    ? load && { wanted: load.total, there: Math.max(0, Math.min(load.passed, load.total) - apart) }
    : said && { wanted: said.wanted, there: said.persons, asOf: said.as_of, by: said.told_by_name };
  const reached = progress !== undefined && progress.there >= progress.wanted;
  const today = businessDate(context.clock.now());
  const { calendar } = context.reference;
  return { ...target, due: reached ? 'met' : dueState(target.by, today, calendar), ...(progress ? { progress } : {}) };
}
type ToldRow = {
  to_system: string;
  by_on: string;
  wanted: number;
  persons: number;
  as_of: string;
  told_by_name: string;
};

/**
 * Takes down how far a target has come at a system without a connection. @throws AppError exchange.notAllowed naming what cannot be right
 */
export async function tellBackLoad(
  context: Context,
  actor: Actor,
  given: { to: BackLoad['to']; by: string; wanted: number; there: number; asOf: string },
  on: { key: string; now: Date },
): Promise<void> {
  const place = placeOf(context, actor);
  const target = targetsOf(context, place).find(({ to, by }) => to === given.to && by === given.by);
  const why = !target
    ? '本地没有这项上传任务。'
    : target.connected
      ? '这个系统已接通，进度由上传记录得出，不用填写。'
      : given.there > given.wanted
        ? '已办理人数：不能多于应办理人数。'
        : given.asOf > businessDate(on.now)
          ? '截至日期：不能晚于今天。'
          : undefined;
  if (why) throw new AppError('exchange.notAllowed', { why });
  const tenant = place.slice(0, 4);
  await once(context.db, actor, { route: 'tellBackLoad', key: on.key, request: given, now: on.now }, async (tx) => {
    const id = newTenantId(tenant, on.now);
    const { to, by, wanted, there, asOf } = given;
    await tx.run(putTold, tenant, id, place, to, by, wanted, there, asOf, on.now, actor.id, actor.name);
    await audit(tx, context.crypto, on.now, {
      tenant,
      office: place,
      action: 'exchange.backLoad',
      subjectKind: 'backLoad',
      subjectId: id,
      detail: given,
    });
    return id;
  });
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
