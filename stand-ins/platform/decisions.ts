import { asObject, textOf } from '../common/server.ts';
import { shanghaiDayOf, shanghaiIso } from '../common/time.ts';
import { sm3 } from './batches.ts';
import { isDivision } from './code-tables.ts';
import type { Fault } from './exit-record.ts';
import type { Decision, Holdings } from './holdings.ts';

export const OUTCOMES: Readonly<Record<string, string>> = {
  registered: '已登记',
  refused: '不予登记',
  withdrawn: '本人撤回',
  duplicate: '重复申请',
  handedOver: '已转办',
};

interface DecisionResult {
  applicationNumber?: string;
  AAB301?: string;
  serial?: string;
  result: 'accepted' | 'returned';
  duplicate?: boolean;
  /** proof that this result was received; the same result has the same one */
  receipt?: string;
  faults: Fault[];
}

/**
 * Receives results of review (clause M79-7a). The same result again is harmless; another result for the same case
 * replaces it only when it was decided later, as a transfer or a correction is.
 */
export async function receiveDecisions(
  holdings: Holdings,
  items: readonly unknown[],
  rejectAll: boolean,
): Promise<DecisionResult[]> {
  const results = items.map((item) => receiveOne(holdings, asObject(item), rejectAll));
  await holdings.settled();
  return results;
}

function receiveOne(holdings: Holdings, item: Record<string, unknown>, rejectAll: boolean): DecisionResult {
  const applicationNumber = textOf(item, 'applicationNumber') || undefined;
  const AAB301 = textOf(item, 'AAB301') || undefined;
  const serial = textOf(item, 'serial') || undefined;
  const who = { applicationNumber, AAB301, serial };
  const faults = rejectAll
    ? [{ field: '', rule: 'control-reject-all', message: '平台退回全部记录（演示故障）' }]
    : judgeDecision(holdings, item, who);
  if (faults.length > 0) return { ...who, result: 'returned', faults };

  const decision: Decision = {
    key: applicationNumber ?? `${AAB301}-${serial}`,
    ...who,
    outcome: textOf(item, 'outcome'),
    decidedAt: textOf(item, 'decidedAt'),
    reason: textOf(item, 'reason') || undefined,
    registrationNumber: textOf(item, 'registrationNumber') || undefined,
    receivedAt: shanghaiIso(),
  };
  const before = holdings.decisions.get(decision.key);
  const receipt = receiptOf(decision);
  if (before && sameDecision(before, decision))
    return { ...who, result: 'accepted', duplicate: true, receipt, faults: [] };
  if (before && new Date(decision.decidedAt) <= new Date(before.decidedAt)) {
    const message = '平台已有同一申请的不同结果，且不早于本次结果';
    return { ...who, result: 'returned', faults: [{ field: 'decidedAt', rule: 'decision-older', message }] };
  }
  // Kept in memory in this turn; the caller waits once for the whole upload to be on the disk.
  holdings.addDecision(decision).catch(() => {});
  return { ...who, result: 'accepted', receipt, faults: [] };
}

/** A number made of what was received, so that the same result is receipted alike. */
function receiptOf({ key, outcome, decidedAt, reason, registrationNumber }: Decision): string {
  const content = JSON.stringify([key, outcome, new Date(decidedAt).getTime(), reason, registrationNumber]);
  return `JG${sm3(content).slice(0, 20).toUpperCase()}`;
}

function judgeDecision(
  holdings: Holdings,
  item: Record<string, unknown>,
  who: { applicationNumber?: string; AAB301?: string; serial?: string },
): Fault[] {
  const faults: Fault[] = [];
  const fault = (field: string, rule: string, message: string): void => {
    faults.push({ field, rule: `decision-${rule}`, message });
  };
  if (who.applicationNumber) {
    if (!holdings.applications.has(who.applicationNumber)) fault('applicationNumber', 'unknown', '没有这个申请编号');
  } else if (!who.AAB301 || !who.serial) {
    fault('applicationNumber', 'key', '应填申请编号，或行政区划代码和本地系统流水号');
  } else if (!isDivision(who.AAB301)) {
    fault('AAB301', 'division', '不在行政区划代码表中');
  }
  const outcome = textOf(item, 'outcome');
  if (!Object.hasOwn(OUTCOMES, outcome)) fault('outcome', 'outcome', '审核结果不在代码表中');
  if (!shanghaiDayOf(textOf(item, 'decidedAt'))) fault('decidedAt', 'time', '审核时间应为带时区的日期时间');
  if (outcome === 'refused' && textOf(item, 'reason').trim() === '') fault('reason', 'reason', '不予登记应说明理由');
  return faults;
}

function sameDecision(a: Decision, b: Decision): boolean {
  return (
    a.outcome === b.outcome &&
    new Date(a.decidedAt).getTime() === new Date(b.decidedAt).getTime() &&
    a.reason === b.reason &&
    a.registrationNumber === b.registrationNumber
  );
}
