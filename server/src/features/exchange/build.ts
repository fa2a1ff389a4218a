import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { sameBytes } from '../../platform/crypto.ts';
import { exitsToBuild, exitsToRebuild, holdRestored, putUploads, renewUploads } from './build.sql.ts';
import { countiesByTenant, type OfficeRange } from './places.ts';
import { type BuiltRecord, buildRecord } from './record.ts';

/** Rows read, made and written at once. */
const PAGE = 2_000;
const BEGINNING = '00000000-0000-0000-0000-000000000000';
const actor = systemActor('exits');

/** What a build found. */
export interface BuildResult {
  readonly built: number;
  readonly blocked: number;
  /** Records blocked or returned before that are now ready again. */
  readonly mended: number;
}

/** Shown with an exit that was taken back before it was sent. */
const restored = JSON.stringify([{ check: 'exit-restored', field: '', message: '登记已恢复，这条退出不再上传' }]);

/**
 * Makes the upload records of the exits handled on a business date: each passes the annex's checks and waits, or is held
 * back with its faults; a bad one stops nothing (M79-8a, M79X-3). Records blocked or returned before are made anew from the
 * file as it is now, under their old number. Safe to run again. `range` limits it to counties of a part of the organisation.
 */
export async function buildExits(context: Context, date: PlainDate, range?: OfficeRange): Promise<BuildResult> {
  const total = { built: 0, blocked: 0, mended: 0 };
  for (const [tenant, counties] of countiesByTenant(context, range)) {
    const divisions = range ? counties : null;
    await context.db.transaction(actor, (tx) => tx.run(holdRestored, tenant, date, restored));
    total.mended += await rebuildExits(context, tenant, date, divisions);
    const written = await buildPages(context, tenant, date, divisions);
    total.built += written.built;
    total.blocked += written.blocked;
  }
  return total;
}

/** Reads and makes a page while the one before is being written. */
async function buildPages(
  context: Context,
  tenant: string,
  date: PlainDate,
  divisions: readonly string[] | null,
): Promise<{ built: number; blocked: number }> {
  const today = businessDate(context.clock.now());
  const total = { built: 0, blocked: 0 };
  let writing: Promise<number> = Promise.resolve(0);
  for (let after = BEGINNING; ; ) {
    const from = after;
    const read = context.db.read(actor, (tx) => tx.rows(exitsToBuild, tenant, date, divisions, from, PAGE));
    const [sources, written] = await Promise.all([read, writing]);
    total.built += written;
    if (sources.length === 0) return total;
    const records = sources.map((source) => buildRecord(context, source, today));
    total.blocked += records.filter(({ state }) => state === 'blocked').length;
    writing = writePage(context, tenant, date, records);
    // Its error is thrown where it is awaited; until then it must not count as unhandled.
    writing.catch(() => {});
    after = sources.at(-1)?.id ?? after;
  }
}

function writePage(
  context: Context,
  tenant: string,
  date: PlainDate,
  records: readonly BuiltRecord[],
): Promise<number> {
  return context.db.transaction(actor, (tx) =>
    tx.run(
      putUploads,
      tenant,
      date,
      context.clock.now(),
      records.map(({ exitId }) => exitId),
      records.map(({ office }) => office),
      records.map(({ division }) => division),
      records.map(({ serial }) => serial),
      records.map(({ state }) => state),
      records.map(({ sealed }) => sealed),
      records.map(({ digest }) => digest),
      records.map(({ faults }) => JSON.stringify(faults)),
    ),
  );
}

/**
 * Makes the blocked and returned records of a day anew. A blocked one waits again when it passes now; a returned one when its
 * content has changed, since the same content would only come back. @returns how many wait again.
 */
export function rebuildExits(
  context: Context,
  tenant: string,
  date: PlainDate,
  divisions: readonly string[] | null = null,
): Promise<number> {
  const now = context.clock.now();
  return context.db.transaction(actor, async (tx) => {
    const sources = await tx.rows(exitsToRebuild, tenant, date, divisions);
    const renewed: BuiltRecord[] = [];
    for (const source of sources) {
      const record = buildRecord(context, source, businessDate(now));
      const changed = !sameBytes(record.digest, source.digest);
      if (changed || (source.state === 'blocked' && record.state === 'waiting')) renewed.push(record);
    }
    if (renewed.length === 0) return 0;
    await tx.run(
      renewUploads,
      tenant,
      now,
      renewed.map(({ exitId }) => exitId),
      renewed.map(({ state }) => state),
      renewed.map(({ sealed }) => sealed),
      renewed.map(({ digest }) => digest),
      renewed.map(({ faults }) => JSON.stringify(faults)),
    );
    return renewed.filter(({ state }) => state === 'waiting').length;
  });
}
