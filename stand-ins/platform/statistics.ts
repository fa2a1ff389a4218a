import { divisionPrefix } from './code-tables.ts';
import { decisionDay, type Holdings } from './holdings.ts';

/** What the platform counts for one day. */
interface DayCount {
  /** `YYYYMMDD` */
  date: string;
  exitsAccepted: number;
  /** items returned and not accepted since */
  exitsReturned: number;
  exitBatches: number;
  /** true when the day was reported at all, a zero-day report included */
  heartbeat: boolean;
  decisions: number;
  registrations: number;
}

/** The upload statistics a region may query (clause M79-7b), by the day each thing reports. Both ends included. */
export function uploadStatistics(
  holdings: Holdings,
  query: { division: string; from: string; to: string },
): { days: DayCount[]; totals: Omit<DayCount, 'date' | 'heartbeat'> & { heartbeatDays: number } } {
  const prefix = divisionPrefix(query.division);
  const days = new Map<string, DayCount>();
  const day = (date: string): DayCount | undefined => {
    if (date < query.from || date > query.to) return undefined;
    let count = days.get(date);
    if (!count) {
      count = {
        date,
        exitsAccepted: 0,
        exitsReturned: 0,
        exitBatches: 0,
        heartbeat: false,
        decisions: 0,
        registrations: 0,
      };
      days.set(date, count);
    }
    return count;
  };
  for (const batch of holdings.batches.values()) {
    const count = concerns(batch.division, prefix) ? day(batch.date) : undefined;
    if (!count || batch.kind !== 'exits') continue;
    count.heartbeat = true;
    count.exitBatches += 1;
    for (const item of batch.results) {
      const waiting = item.result === 'returned' && !holdings.exits.has(`${item.AAB301}+${item.AAZ341}`);
      if (waiting && item.AAB301.startsWith(prefix)) count.exitsReturned += 1;
    }
  }
  for (const held of holdings.exits.values()) {
    const count = held.AAB301.startsWith(prefix) ? day(held.date) : undefined;
    if (count) count.exitsAccepted += 1;
  }
  for (const held of holdings.registrations.values()) {
    const count = held.AAB301.startsWith(prefix) ? day(held.date) : undefined;
    if (count) count.registrations += 1;
  }
  for (const decision of holdings.decisions.values()) {
    const form = holdings.applications.get(decision.applicationNumber ?? '')?.form;
    const division = decision.AAB301 ?? (typeof form?.AAB301 === 'string' ? form.AAB301 : '');
    const count = division.startsWith(prefix) ? day(decisionDay(decision)) : undefined;
    if (count) count.decisions += 1;
  }
  const list = [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
  const sum = (pick: (count: DayCount) => number): number => list.reduce((total, count) => total + pick(count), 0);
  return {
    days: list,
    totals: {
      exitsAccepted: sum((count) => count.exitsAccepted),
      exitsReturned: sum((count) => count.exitsReturned),
      exitBatches: sum((count) => count.exitBatches),
      heartbeatDays: sum((count) => (count.heartbeat ? 1 : 0)),
      decisions: sum((count) => count.decisions),
      registrations: sum((count) => count.registrations),
    },
  };
}

/** A batch of a city concerns a query for the city and for its counties, and the other way round. */
function concerns(batchDivision: string, prefix: string): boolean {
  const own = divisionPrefix(batchDivision);
  return own.startsWith(prefix) || prefix.startsWith(own);
}
