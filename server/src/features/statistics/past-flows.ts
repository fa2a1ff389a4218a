import type { Tx } from '../../platform/database.ts';
import type { ListRange } from '../worklist/index.ts';
import { tenantOf } from './places.ts';
import { type FlowRow, flowsSince } from './trend.sql.ts';

/** What moved in a range of places since some instants. */
export interface FlowAsked {
  readonly digits: number;
  readonly bounds: readonly Date[];
  readonly byReason: boolean;
}

/** Counts it until an instant; `tx` is the system's. */
export function flowsUntil(
  tx: Tx,
  { divisions, lo, hi }: ListRange,
  { digits, bounds, byReason }: FlowAsked,
  before: Date | 'infinity',
): Promise<FlowRow[]> {
  const tenants = [...new Set(divisions.map(tenantOf))];
  return tx.rows(flowsSince, divisions, lo, hi, digits, bounds, byReason, before, tenants);
}

/** What moved in months that are over changes only when somebody is transferred or history is loaded: it is counted again after so long. */
const KEPT_MS = 10 * 60_000;
/** Places remembered at most, the oldest let go. */
const MOST = 500;

/**
 * What moved between some closings in the past, remembered for a while: pages that are looked at again and again count only what is running
 * anew. Remembered by place, not by who asks: whoever may see a place sees the same counts of it.
 */
export class PastFlows {
  readonly #kept = new Map<string, { readonly until: number; readonly rows: readonly FlowRow[] }>();

  /** The flow of the stretches between `bounds`, the last of which ends the last of them. */
  async of(tx: Tx, range: ListRange, asked: FlowAsked, now: Date): Promise<readonly FlowRow[]> {
    const { digits, bounds, byReason } = asked;
    const end = bounds.at(-1);
    if (bounds.length < 2 || !end) return [];
    const key = [range.lo, range.hi, digits, byReason, ...bounds.map((bound) => bound.getTime())].join(' ');
    const known = this.#kept.get(key);
    if (known && known.until > now.getTime()) return known.rows;
    const rows = await flowsUntil(tx, range, asked, end);
    this.#kept.delete(key);
    this.#kept.set(key, { until: now.getTime() + KEPT_MS, rows });
    if (this.#kept.size > MOST) this.#kept.delete(this.#kept.keys().next().value ?? '');
    return rows;
  }
}
