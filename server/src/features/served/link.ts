import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { linkPage, linkPosition, linkSince, moveLink } from './served.sql.ts';

/** A registration is seen again for so long after its instant: its transaction may have ended later. */
const OVERLAP_MS = 15 * 60_000;
/** People of the lists looked at in one statement of the daily whole pass. */
const PAGE = 5_000;
const FIRST = { tenant: '', id: '00000000-0000-0000-0000-000000000000' } as const;
const actor = systemActor('served');

/**
 * The timed job: links who has registered since it last looked, however many, so that the tag stands with the registration (H122-3a). Once a day, and the
 * first time, everybody who is not linked is held against all registrations. Worklists and figures do not wait for it. @returns how many were linked
 */
export async function linkServed(context: Context, signal?: AbortSignal): Promise<number> {
  const now = context.clock.now();
  const today = businessDate(now);
  const before = await context.db.read(actor, (tx) => tx.first(linkPosition));
  if (!before || before.whole_on < today) {
    const linked = await linkAll(context, signal);
    if (!signal?.aborted) await context.db.transaction(actor, (tx) => tx.run(moveLink, now, today));
    return linked;
  }
  const since = new Date(before.position.getTime() - OVERLAP_MS);
  const divisions = [...new Set(context.reference.officesUnder('').map(({ code }) => code.slice(0, 6)))];
  return context.db.transaction(actor, async (tx) => {
    const rows = await tx.rows(linkSince, divisions, since);
    await tx.run(moveLink, now, before.whole_on);
    return rows.length;
  });
}

async function linkAll(context: Context, signal?: AbortSignal): Promise<number> {
  let linked = 0;
  let after: { tenant: string; id: string } = FIRST;
  while (!signal?.aborted) {
    const { tenant, id } = after;
    const page = await context.db.transaction(actor, (tx) => tx.first(linkPage, tenant, id, PAGE));
    if (!page) break;
    linked += page.linked;
    after = page;
  }
  return linked;
}
