import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { loadFilesToWrite } from '../backload/backload.sql.ts';
import { findLoadBatch } from '../backload/deliver.ts';
import { findLoadLine } from '../backload/line.ts';
import { tenantsOf } from '../places.ts';
import { LOST_AFTER_MS } from './outbox-folder.ts';

/** Files of one turn; the next turn is seconds away. */
const TURN = 100;
/** A batch that has had no file for so long was left by a run that was killed, or was formed for a number that was taken. */
const LEFT_AFTER_MS = 60_000;

/**
 * Writes files of registrations that do not lie there, or that have been on their way so long that they must be lost;
 * also when the load itself is done (M79-7b). @throws DiskTrouble
 */
export async function writeRegistrationFiles(context: Context): Promise<void> {
  const line = findLoadLine(context);
  const before = (ms: number) => new Date(context.clock.now().getTime() - ms);
  const files = await context.db.read(systemActor('exchange-files'), (tx) =>
    tx.rows(loadFilesToWrite, tenantsOf(context), before(LOST_AFTER_MS), before(LEFT_AFTER_MS), TURN),
  );
  for (const { tenant, id } of files) {
    const batch = await findLoadBatch(context, tenant, id);
    if (batch) await line?.deliver(batch);
  }
}
