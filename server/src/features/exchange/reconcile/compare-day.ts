import { createHash } from 'node:crypto';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import {
  compareLists,
  type DifferenceKind,
  type ItemDifference,
  type OurItem,
  type RecordState,
  type TheirItem,
} from '@yingdeng/rules/exchange/differences.ts';
import type { ExitRecord } from '@yingdeng/rules/exit-record/index.ts';
import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { sm3 } from '../../../platform/crypto.ts';
import { contentText } from '../batch.ts';
import type { PlatformClient } from '../platform-client.ts';
import { recordText } from '../record.ts';
import {
  contentOf,
  exitsWithoutRecord,
  type Owner,
  ownersOf,
  recordsInOrder,
  recordsStuck,
  restoredAfterwards,
} from './compare.sql.ts';

/** Differences of one county and day that are listed person by person; beyond, they are only counted. */
export const LISTED = 300;
/** Our records a page; only serial, state and digest are read. */
const PAGE = 20_000;
/** The platform's items a page. */
const THEIR_PAGE = 5_000;
/** A record that has not left a day after it was made waits too long. */
const WAITS_HOURS = 24;

export const actor = systemActor('reconcile');

/** One county of one day. `divisions`: those whose exits are uploaded under it. */
export interface CountyDate {
  readonly tenant: string;
  readonly division: string;
  readonly divisions: readonly string[];
  readonly date: PlainDate;
}

/** A difference before it is kept. */
export interface Found {
  readonly kind: DifferenceKind;
  readonly serial: string;
  readonly office: string;
  readonly exitId?: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Everything found, the first of them in full. */
export interface FoundList {
  readonly listed: Found[];
  total: number;
}

/** SM3 over a line a record accepted by the platform, in order of the serial: what its own digest of the day is made of. */
export async function digestOfAccepted(context: Context, day: CountyDate): Promise<Buffer> {
  const hash = createHash('sm3');
  const pages = ourPages(context, day, ['accepted']);
  for (let after = ''; ; ) {
    const page = await pages(after);
    for (const { serial, digest } of page) hash.update(`${serial} ${digest}\n`, 'utf8');
    if (page.length === 0) return hash.digest();
    after = page.at(-1)?.serial ?? after;
  }
}

const everyState: readonly RecordState[] = ['waiting', 'blocked', 'sent', 'accepted', 'returned'];

function ourPages(context: Context, day: CountyDate, states: readonly RecordState[]) {
  return async (after: string): Promise<OurItem[]> => {
    const rows = await context.db.read(actor, (tx) =>
      tx.rows(recordsInOrder, day.tenant, day.date, day.division, states, after, PAGE),
    );
    return rows.map(({ serial, state, digest }) => ({ serial, state, digest: digest.toString('hex') }));
  };
}

/** What can be seen without the platform: exits without a record, records that do not move, exits taken back too late. */
export async function findOwn(
  context: Context,
  day: CountyDate,
  limits: { built: boolean; receiptMinutes: number },
  into: FoundList,
): Promise<void> {
  const now = context.clock.now().getTime();
  const builtBefore = new Date(now - WAITS_HOURS * 3_600_000);
  const sentBefore = new Date(now - limits.receiptMinutes * 60_000);
  const { tenant, date, division, divisions } = day;
  const [without, stuck, restored] = await context.db.read(actor, (tx) =>
    Promise.all([
      limits.built ? tx.rows(exitsWithoutRecord, tenant, date, divisions, LISTED) : [],
      tx.rows(recordsStuck, tenant, date, division, builtBefore, sentBefore, LISTED),
      tx.rows(restoredAfterwards, tenant, date, division, LISTED),
    ]),
  );
  for (const { exit_id, office, serial } of without) {
    add(into, { kind: 'noRecord', serial, office, exitId: exit_id, detail: {} });
  }
  for (const row of stuck) {
    const kind = row.state === 'sent' ? 'noReceipt' : 'waitingLong';
    add(into, { kind, ...ownerOf(row), detail: { since: row.since.toISOString(), ...batchOf(row) } });
  }
  for (const row of restored) {
    const detail = { ...(row.restored_at ? { since: row.restored_at.toISOString() } : {}), ...batchOf(row) };
    add(into, { kind: 'restoredThere', ...ownerOf(row), detail });
  }
}

/** Walks our records and the platform's list in step; called only where the two digests of the day differ. */
export async function findByItems(
  context: Context,
  platform: PlatformClient,
  day: CountyDate,
  into: FoundList,
): Promise<void> {
  const theirs = async (after: string): Promise<readonly TheirItem[]> =>
    (await platform.heldExits(day.division, day.date, after, THEIR_PAGE)).map(({ AAZ341, digest }) => ({
      serial: AAZ341,
      digest,
    }));
  const listed: ItemDifference[] = [];
  for await (const difference of compareLists(ourPages(context, day, everyState), theirs)) {
    if (saidAlready(into, difference)) continue;
    if (listed.length < LISTED) listed.push(difference);
    else into.total += 1;
  }
  if (listed.length === 0) return;
  const serials = listed.map(({ serial }) => serial);
  const owners = await context.db.read(actor, (tx) => tx.rows(ownersOf, day.tenant, day.division, serials));
  const contents = new Map<string, Promise<Map<string, string>>>();
  for (const difference of listed) {
    const owner = owners.find(({ serial }) => serial === difference.serial);
    const detail: Record<string, unknown> = {
      ...(difference.ours ? { ours: difference.ours.digest, state: difference.ours.state } : {}),
      ...(difference.theirs ? { theirs: difference.theirs.digest } : {}),
      ...(owner ? batchOf(owner) : {}),
      // The platform has it under this day, we under another.
      ...(owner && owner.date !== day.date ? { otherDay: owner.date } : {}),
    };
    if (difference.kind === 'otherDigest' && owner?.batch_id) {
      const id = owner.batch_id;
      let content = contents.get(id);
      if (!content) {
        content = sentDigests(context, day.tenant, id);
        contents.set(id, content);
      }
      detail.sentIsTheirs = (await content).get(difference.serial) === difference.theirs?.digest;
    }
    const whose = owner ? ownerOf(owner) : { serial: difference.serial, office: day.division };
    add(into, { kind: difference.kind, ...whose, detail });
  }
}

/** One person, one line: what was seen without the platform says more than that the platform has it, or no longer has it. */
function saidAlready(into: FoundList, { kind, serial }: ItemDifference): boolean {
  const known = into.listed.find((found) => found.serial === serial);
  if (!known) return false;
  if (known.kind === 'restoredThere' && kind === 'missingThere') {
    // Taken back here and gone there: nothing differs, and it must not be sent again.
    into.listed.splice(into.listed.indexOf(known), 1);
    into.total -= 1;
    return true;
  }
  return kind === 'acceptedThere' || kind === 'unknownHere';
}

/** Digests of the records in a batch as it was sent, by serial. */
async function sentDigests(context: Context, tenant: string, batch: string): Promise<Map<string, string>> {
  const row = await context.db.read(actor, (tx) => tx.first(contentOf, tenant, batch));
  const records = row ? (JSON.parse(contentText(context, row.content_sealed)) as ExitRecord[]) : [];
  return new Map(records.map((record) => [record.AAZ341 ?? '', sm3(recordText(record)).toString('hex')]));
}

export function add(into: FoundList, found: Found): void {
  into.total += 1;
  if (into.listed.length < LISTED) into.listed.push(found);
}

const ownerOf = ({ serial, office, exit_id }: Owner) => ({ serial, office, ...(exit_id ? { exitId: exit_id } : {}) });
const batchOf = ({ batch_id }: Owner) => (batch_id ? { batch: batch_id } : {});
