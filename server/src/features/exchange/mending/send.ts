import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { buildExits } from '../build.ts';
import { countiesByTenant, tenantsOf } from '../places.ts';
import { PlatformSilent } from '../platform-client.ts';
import { uploadExits } from '../send.ts';
import { findTransport } from '../transport.ts';
import { waitingDays } from './mending.sql.ts';

const actor = systemActor('mends');

/**
 * Sends mended records, county by county and day by day, without waiting for the night (M79X-2). Safe beside it: a record is in one
 * batch at a time. @returns 0: what is left over now is not there a moment later. @throws PlatformSilent so that the job pauses longer
 */
export async function sendMended(context: Context, signal?: AbortSignal): Promise<number> {
  const days = await context.db.read(actor, (tx) => tx.rows(waitingDays, tenantsOf(context)));
  let left = 0;
  for (const { date, office } of days) {
    if (signal?.aborted) break;
    const county = { lo: office, hi: `${office}:` };
    // A county without an institution of its own goes with all of that day.
    const range = countiesByTenant(context, county).size > 0 ? county : undefined;
    if (!findTransport(context)) await buildExits(context, date, { range });
    else left += (await uploadExits(context, date, { range, signal })).left;
  }
  if (left > 0) throw new PlatformSilent('the platform does not answer');
  return 0;
}
