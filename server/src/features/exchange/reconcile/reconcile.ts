import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { differenceWords } from '@yingdeng/rules/exchange/differences.ts';
import type { Context } from '../../../context.ts';
import { businessDate } from '../../../platform/clock.ts';
import { newTenantId, sm3 } from '../../../platform/crypto.ts';
import type { Tx } from '../../../platform/database.ts';
import { lastDayToBuild, RECONCILED_DAYS } from '../days.ts';
import { LOST_AFTER_MS } from '../files/outbox-folder.ts';
import { countiesByTenant, type OfficeRange, uploadDivision } from '../places.ts';
import {
  findPlatform,
  type HeldDay,
  type PlatformClient,
  PlatformRefused,
  PlatformSilent,
} from '../platform-client.ts';
import { exitsByCounty, recordsByCounty, reportedCounties } from './compare.sql.ts';
import { actor, add, type CountyDate, digestOfAccepted, type FoundList, findByItems, findOwn } from './compare-day.ts';
import { openDifferences, putDifferences, putReconciliation, solveDifferences } from './store.sql.ts';

/** What a run compared. `notAnswered`: counties and days for which the platform said nothing. */
export interface ReconcileResult {
  readonly days: number;
  readonly equal: number;
  readonly differing: number;
  readonly notAnswered: number;
  readonly differences: number;
}

/** What is to be compared. Without dates: the ten days up to yesterday. */
export interface ReconcileWhat {
  readonly from?: PlainDate;
  readonly to?: PlainDate;
  readonly range?: OfficeRange;
  readonly signal?: AbortSignal;
}

/** What the platform answers for a city: by county and day, and by its own statistics. */
interface Theirs {
  readonly held: ReadonlyMap<string, HeldDay>;
  readonly counted: ReadonlyMap<string, { exitsAccepted: number; heartbeat: boolean }>;
}

/**
 * Compares our exits, what was sent and what the platform says it has, county by county and day by day (M79-8a, M79X-2): first one
 * digest a county and day, then item by item only where it differs. The result and every difference are kept; what is no longer found
 * is solved. Safe to repeat and to interrupt; memory does not grow with the day.
 */
export async function reconcile(context: Context, what: ReconcileWhat = {}): Promise<ReconcileResult> {
  const to = what.to ?? addDays(businessDate(context.clock.now()), -1);
  const from = what.from ?? addDays(to, 1 - RECONCILED_DAYS);
  const platform = findPlatform(context);
  const total = { days: 0, equal: 0, differing: 0, notAnswered: 0, differences: 0 };
  for (const [tenant, counties] of countiesByTenant(context, what.range)) {
    const places = Map.groupBy(counties, uploadDivision);
    const ours = await oursOf(context, tenant, from, to);
    // Counties whose institution is gone, or that never had one, may still have exits.
    if (!what.range) for (const division of ours.divisions) if (!places.has(division)) places.set(division, [division]);
    const theirs = platform && (await theirsOf(platform, tenant, [...places.keys()], from, to));
    for (let date = from; date <= to; date = addDays(date, 1)) {
      for (const [division, divisions] of places) {
        if (what.signal?.aborted) return total;
        const done = await compareCounty(context, { tenant, division, divisions, date }, ours, platform, theirs);
        total.days += 1;
        total.differences += done.found;
        if (done.outcome === 'equal') total.equal += 1;
        else if (done.outcome === 'differs') total.differing += 1;
        else total.notAnswered += 1;
      }
    }
  }
  return total;
}

interface Ours {
  readonly divisions: ReadonlySet<string>;
  records(division: string, date: PlainDate, state: string): number;
  exits(divisions: readonly string[], date: PlainDate): number;
  reported(division: string, date: PlainDate): boolean;
}

async function oursOf(context: Context, tenant: string, from: PlainDate, to: PlainDate): Promise<Ours> {
  const [records, exits, reported] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.rows(recordsByCounty, tenant, from, to),
      tx.rows(exitsByCounty, tenant, from, to),
      tx.rows(reportedCounties, tenant, from, to),
    ]),
  );
  const recordCounts = new Map(records.map((row) => [`${row.division} ${row.date} ${row.state}`, row.count]));
  const exitCounts = new Map(exits.map((row) => [`${row.division} ${row.date}`, row.count]));
  const told = new Set(reported.map((row) => `${row.division} ${row.date}`));
  return {
    divisions: new Set(records.map(({ division }) => division)),
    records: (division, date, state) => recordCounts.get(`${division} ${date} ${state}`) ?? 0,
    exits: (divisions, date) => divisions.reduce((sum, one) => sum + (exitCounts.get(`${one} ${date}`) ?? 0), 0),
    reported: (division, date) => told.has(`${division} ${date}`),
  };
}

/** Nothing when the platform gives no usable answer: then nothing is concluded from its silence. */
async function theirsOf(
  platform: PlatformClient,
  tenant: string,
  divisions: readonly string[],
  from: PlainDate,
  to: PlainDate,
): Promise<Theirs | undefined> {
  try {
    const held = await platform.heldDays(tenant, from, to);
    const counted = new Map<string, { exitsAccepted: number; heartbeat: boolean }>();
    for (const division of divisions) {
      for (const day of await platform.statistics(division, from, to)) counted.set(`${division} ${day.date}`, day);
    }
    return { held: new Map(held.map((day) => [`${day.AAB301} ${day.date}`, day])), counted };
  } catch (error) {
    if (error instanceof PlatformSilent || error instanceof PlatformRefused) return undefined;
    throw error;
  }
}

async function compareCounty(
  context: Context,
  day: CountyDate,
  ours: Ours,
  platform: PlatformClient | undefined,
  theirs: Theirs | undefined,
): Promise<{ outcome: Outcome; found: number }> {
  const { division, date } = day;
  const found: FoundList = { listed: [], total: 0 };
  const built = date <= lastDayToBuild(context.clock.now());
  await findOwn(context, day, { built, receiptMinutes: receiptMinutes(context) }, found);
  const key = `${division} ${date.replaceAll('-', '')}`;
  const held = theirs?.held.get(key);
  const counted = theirs?.counted.get(key);
  let answered = theirs !== undefined;
  const accepted = ours.records(division, date, 'accepted');
  const digest = accepted === 0 ? sm3() : await digestOfAccepted(context, day);
  // Nothing accepted and nothing held: the digest of nothing on both sides.
  const same = held ? held.digest === digest.toString('hex') && held.count === accepted : accepted === 0;
  if (platform && theirs && !same) {
    try {
      await findByItems(context, platform, day, found);
    } catch (error) {
      if (!(error instanceof PlatformSilent || error instanceof PlatformRefused)) throw error;
      answered = false;
    }
  }
  if (answered) {
    const [listed, statistics] = [held?.count ?? 0, counted?.exitsAccepted ?? 0];
    const unreported = ours.reported(division, date) && counted?.heartbeat !== true;
    if (listed !== statistics || unreported) {
      const detail = { listed, counted: statistics, ...(unreported ? { unreported } : {}) };
      add(found, { kind: 'countsDiffer', serial: '', office: division, detail });
    }
  }
  const outcome: Outcome = found.total > 0 ? 'differs' : answered ? 'equal' : 'notAnswered';
  const figures = {
    exits: ours.exits(day.divisions, date),
    ...stateCounts(ours, day),
    platformCount: answered ? (held?.count ?? 0) : null,
    platformCounted: answered ? (counted?.exitsAccepted ?? 0) : null,
    digest,
    platformDigest: answered && held ? Buffer.from(held.digest, 'hex') : null,
  };
  await keep(context, day, figures, outcome, found, answered);
  return { outcome, found: found.total };
}

type Outcome = 'equal' | 'differs' | 'notAnswered';

/** What is carried by hand takes days: its receipt is missed when the file is held to be lost. */
const receiptMinutes = ({ config }: Context) =>
  config.platformFiles ? LOST_AFTER_MS / 60_000 : config.exchange.receiptMinutes;

function stateCounts(ours: Ours, { division, date }: CountyDate) {
  const count = (state: string) => ours.records(division, date, state);
  return {
    waiting: count('waiting'),
    blocked: count('blocked'),
    sent: count('sent'),
    accepted: count('accepted'),
    returned: count('returned'),
  };
}

interface Figures extends ReturnType<typeof stateCounts> {
  readonly exits: number;
  readonly platformCount: number | null;
  readonly platformCounted: number | null;
  readonly digest: Buffer;
  readonly platformDigest: Buffer | null;
}

function keep(
  context: Context,
  day: CountyDate,
  figures: Figures,
  outcome: Outcome,
  found: FoundList,
  answered: boolean,
): Promise<void> {
  const now = context.clock.now();
  const { tenant, division, date } = day;
  return context.db.transaction(actor, async (tx) => {
    void tx.run(
      putReconciliation,
      tenant,
      division,
      date,
      now,
      figures.exits,
      figures.waiting,
      figures.blocked,
      figures.sent,
      figures.accepted,
      figures.returned,
      figures.platformCount,
      figures.platformCounted,
      figures.digest,
      figures.platformDigest,
      outcome,
      found.total,
    );
    await keepDifferences(tx, day, found, answered, now);
  });
}

async function keepDifferences(
  tx: Tx,
  { tenant, division, date }: CountyDate,
  { listed, total }: FoundList,
  answered: boolean,
  now: Date,
): Promise<void> {
  const open = await tx.rows(openDifferences, tenant, division, date);
  const again = new Set(listed.map(({ kind, serial }) => `${kind} ${serial}`));
  // A list that was cut short, or a platform that said nothing, proves nothing about what it does not name.
  const whole = listed.length === total;
  const gone = open.filter(
    ({ kind, serial }) => whole && !again.has(`${kind} ${serial}`) && (answered || !differenceWords[kind].asksPlatform),
  );
  if (gone.length > 0) {
    const ids = gone.map(({ id }) => id);
    void tx.run(solveDifferences, tenant, now, ids);
  }
  if (listed.length === 0) return;
  await tx.run(
    putDifferences,
    tenant,
    division,
    date,
    now,
    listed.map(() => newTenantId(tenant, now)),
    listed.map(({ office }) => office),
    listed.map(({ kind }) => kind),
    listed.map(({ serial }) => serial),
    listed.map(({ exitId }) => exitId ?? null),
    listed.map(({ detail }) => JSON.stringify(detail)),
  );
}
