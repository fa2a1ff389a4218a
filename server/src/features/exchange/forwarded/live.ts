import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { tenantOfId } from '../../../platform/crypto.ts';
import { caseById, caseOfPlatform } from './forwarded.sql.ts';

const actor = systemActor('forwarded');
/** A case is handed on a few times at most; a longer chain would be a circle. */
const MOST_MOVES = 20;

/** The case that stands for a number of the platform now. */
export interface LiveCase {
  readonly tenant: string;
  readonly id: string;
  readonly status: string;
}

/** The case of a number, followed to the city it was handed over to; undefined when there is none. */
export async function findLive(context: Context, tenant: string, number: string): Promise<LiveCase | undefined> {
  return context.db.read(actor, async (tx) => {
    let row = await tx.first(caseOfPlatform, tenant, number);
    for (let moves = 0; row?.status === 'handedOver' && row.moved_to && moves < MOST_MOVES; moves += 1) {
      row = await tx.first(caseById, tenantOfId(row.moved_to), row.moved_to);
    }
    return row && { tenant: tenantOfId(row.id), id: row.id, status: row.status };
  });
}
