import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { sameBytes } from '../../platform/crypto.ts';
import { exitsToBuild, exitsToRebuild, holdRestored, putUploads, renewUploads } from './build.sql.ts';
import { countiesByTenant, type OfficeRange } from './places.ts';
import { type BuiltRecord, buildRecord } from './record.ts';

/** Rows read, made and written in one transaction. */
const PAGE = 4_000;
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
    for (let after: string | undefined = BEGINNING; after !== undefined; ) {
      const page = await buildPage(context, tenant, date, divisions, after);
      total.built += page.built;
      total.blocked += page.blocked;
      after = page.last;
    }
  }
  return total;
}

function buildPage(
  context: Context,
  tenant: string,
  date: PlainDate,
  divisions: readonly string[] | null,
  after: string,
): Promise<{ built: number; blocked: number; last: string | undefined }> {
  const today = businessDate(context.clock.now());
  return context.db.transaction(actor, async (tx) => {
    const sources = await tx.rows(exitsToBuild, tenant, date, divisions, after, PAGE);
    if (sources.length === 0) return { built: 0, blocked: 0, last: undefined };
    const records = sources.map((source) => buildRecord(context, source, today));
    const now = context.clock.now();
    const built = await tx.run(
      putUploads,
      tenant,
      date,
      now,
      records.map(({ exitId }) => exitId),
      records.map(({ office }) => office),
      records.map(({ division }) => division),
      records.map(({ serial }) => serial),
      records.map(({ state }) => state),
      records.map(({ sealed }) => sealed),
      records.map(({ digest }) => digest),
      records.map(({ faults }) => JSON.stringify(faults)),
    );
    const last = sources.length === PAGE ? sources.at(-1)?.id : undefined;
    return { built, blocked: records.filter(({ state }) => state === 'blocked').length, last };
  });
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
