import { codeEntries, codeText, exitSubReasonTables, isCode } from '@yingdeng/contract/code-tables.ts';
import { addWorkingDays, type Calendar, isPlainDate, type PlainDate } from './calendar.ts';
import { monthOf, nextMonth } from './contact.ts';
import {
  type ExitEvidenceKind,
  type ExitReason,
  exitEvidenceKinds,
  exitReasonRules,
  isExitReason,
} from './exit-reasons.ts';
import { forbiddenGrounds } from './forbidden-grounds.ts';
import type { GuardedExit } from './provisions/parameters.ts';
import { type Policy, requirePolicy } from './provisions/policy.ts';
import { type Refusal, refuse } from './refusal.ts';

export type ExitSource = 'clerk' | 'worker' | 'comparison' | 'policy';
export type ExitEvidence = { kind: ExitEvidenceKind; source: string; date: PlainDate; note?: string };

/** One offer of a public employment service that was refused. `reasonGiven`: the person's own words. */
export type RefusedOffer = {
  on: PlainDate;
  service: string;
  suitable: boolean;
  reasonGiven: string;
  withoutGoodReason: boolean;
};

/** One attempt to reach the person that failed. */
export type FailedAttempt = { on: PlainDate; means: 'telephone' | 'message' | 'visit' };

/** Everything said for an exit. */
export type ExitProposal = {
  reason: string;
  subReason?: string;
  text?: string;
  exitOn: PlainDate;
  source: ExitSource;
  proposedBy: string;
  evidence: readonly ExitEvidence[];
  /** For 13: yuan a month, and the local standard with the place and day it is of. */
  income?: { monthly: number; standard: number; standardOf: string };
  offers?: readonly RefusedOffer[];
  attempts?: readonly FailedAttempt[];
  /** The last contact that succeeded, if any: months before it do not count. */
  lastReachedOn?: PlainDate;
  /** The last-chance notice; `answered` when the person came forward after it. */
  lastChance?: { sentOn: PlainDate; answered: boolean };
};

export type ExitContext = { registeredOn: PlainDate; today: PlainDate; policy: Policy; calendar: Calendar };

/** True when the exit needs the last-chance notice and a second person: 31 and 32 wherever the law does not make them a ground (M79-4c). */
export function isGuarded(reason: string, policy: Policy): boolean {
  if (!isExitReason(reason)) return false;
  const parameter = exitReasonRules[reason].guardedBy;
  return parameter !== undefined && policy[parameter]?.value !== 'ground';
}

const incomplete = (message: string, clause: string) => refuse('exit.incomplete', message, clause);

/** What an exit lacks before it may be proposed, or null. `context.policy` is that of the day of exit. */
export function checkExitProposal(proposal: ExitProposal, context: ExitContext): Refusal | null {
  const { reason, exitOn, text } = proposal;
  const { policy, registeredOn, today } = context;
  const lawful = requirePolicy(policy, 'exitReasons');
  if (!isExitReason(reason) || !lawful.value.includes(reason))
    return incomplete('退出原因不在规定的原因之内，请重新选择。', lawful.citation.clauseId);
  if (!isPlainDate(exitOn)) return incomplete('请填写退出日期。', 'M79X-3');
  if (exitOn > today) return incomplete('退出日期不能晚于今天。', 'M79X-3');
  if (exitOn < registeredOn) return incomplete(`退出日期不能早于登记日期${registeredOn}。`, 'M79X-3');
  const table = exitSubReasonTables[reason];
  if (table !== undefined && !isCode(table, proposal.subReason)) {
    const choices = codeEntries(table)
      .map(([, name]) => name)
      .join('、');
    return incomplete(`“${codeText('exitReason', reason)}”请选明是哪一种：${choices}。`, 'A21-5d');
  }
  const rule = exitReasonRules[reason];
  if (rule.needsText && !text?.trim()) return incomplete('退出原因为“其他”的，请写明具体情形。', 'M79X-4');
  const [hit] = forbiddenGrounds(text ?? '');
  if (hit !== undefined)
    return refuse(
      'decision.forbiddenGround',
      `文字中的“${hit.phrase}”不能作为退出理由：${hit.explanation}`,
      hit.clause,
      {
        kind: 'forbiddenGround',
        text: `退出失业登记的理由中含有“${hit.phrase}”，已拦截。`,
        clauses: [hit.clause],
      },
    );
  if (rule.needsIncome) {
    const { income } = proposal;
    if (income === undefined) return incomplete('请填写月收入和当地最低生活保障标准。', 'A21-5e');
    if (income.monthly < income.standard)
      return incomplete('月收入低于当地最低生活保障标准，登记仍然有效，不能退出。', 'A21-5e');
  }
  if (!proposal.evidence.some((piece) => rule.evidence.includes(piece.kind))) {
    const kinds = rule.evidence.map((kind) => exitEvidenceKinds[kind]).join('、');
    return incomplete(`还没有依据，请附上其中一种：${kinds}。`, 'M79-4b');
  }
  if (reason === '31') return checkRefusedOffers(proposal, policy);
  if (reason === '32') return checkOutOfReach(proposal, policy);
  return null;
}

/** A21-5f, M79-4c: dated, distinct, suitable offers, each refused without good reason. */
function checkRefusedOffers(proposal: ExitProposal, policy: Policy): Refusal | null {
  const guarded = guard('31', policy);
  const needed = guarded?.refusedOffers ?? requirePolicy(policy, 'refusalsForExit31').value;
  const clause = clauseOf('31', policy);
  const counted = (proposal.offers ?? []).filter(
    (offer) =>
      isPlainDate(offer.on) &&
      offer.on <= proposal.exitOn &&
      offer.suitable &&
      offer.withoutGoodReason &&
      offer.reasonGiven.trim() !== '' &&
      offer.service.trim() !== '',
  );
  const distinctDays = new Set(counted.map((offer) => offer.on)).size;
  if (distinctDays >= needed) return null;
  return incomplete(
    `需要${needed}次不同日期、合适的服务，并逐次记录服务内容、本人说明的理由和无正当理由的认定；现有${distinctDays}次。`,
    clause,
  );
}

/** A21-5f, M79-4c: six months in a row, each with an attempt, by different means where guarded, and none that succeeded. */
function checkOutOfReach(proposal: ExitProposal, policy: Policy): Refusal | null {
  const guarded = guard('32', policy);
  const months = guarded?.monthsOutOfReach ?? requirePolicy(policy, 'monthsForExit32').value;
  const clause = clauseOf('32', policy);
  const since = proposal.lastReachedOn ?? '';
  const attempts = (proposal.attempts ?? []).filter((attempt) => attempt.on > since && attempt.on <= proposal.exitOn);
  const perMonth = Map.groupBy(attempts, (attempt) => monthOf(attempt.on));
  const enough = [...perMonth]
    .filter(([, list]) => list.length >= (guarded?.attemptsPerMonth ?? 1))
    .map(([month]) => month);
  if (longestRun(enough) < months)
    return incomplete(
      `需要连续${months}个月、每个月都有联系记录而未能联系上；现有连续${longestRun(enough)}个月。`,
      clause,
    );
  const means = new Set(attempts.map((attempt) => attempt.means)).size;
  const different = guarded?.differentMeans ?? 1;
  return means >= different ? null : incomplete(`需要用过${different}种不同的联系方式；现有${means}种。`, clause);
}

function longestRun(months: readonly string[]): number {
  let longest = 0;
  let run = 0;
  let before = '';
  for (const month of months.toSorted()) {
    run = before !== '' && nextMonth(before) === month ? run + 1 : 1;
    longest = Math.max(longest, run);
    before = month;
  }
  return longest;
}

/** What the law asks of a guarded exit; undefined where 31 or 32 is a ground by itself. */
function guard(reason: ExitReason, policy: Policy): GuardedExit | undefined {
  return isGuarded(reason, policy) ? requirePolicy(policy, 'guardedExit').value : undefined;
}

function clauseOf(reason: '31' | '32', policy: Policy): string {
  return policy[exitReasonRules[reason].guardedBy ?? 'exit31']?.citation.clauseId ?? 'M79-4c';
}

/** Whether the last-chance notice of a guarded exit was sent, its days are over and nobody answered, or what is missing. */
export function checkLastChance(proposal: ExitProposal, context: ExitContext): Refusal | null {
  if (!isGuarded(proposal.reason, context.policy)) return null;
  const { value, citation } = requirePolicy(context.policy, 'guardedExit');
  const notice = proposal.lastChance;
  if (notice === undefined) return incomplete('还没有发出最后一次告知，不能退出。', citation.clauseId);
  if (notice.answered) return incomplete('本人已回应最后一次告知，不能据此退出，请继续提供服务。', citation.clauseId);
  const until = addWorkingDays(notice.sentOn, value.lastChanceWorkingDays, context.calendar);
  return context.today > until ? null : incomplete(`最后一次告知的期限到${until}，期满后才能退出。`, citation.clauseId);
}

/** The last day on which a person may still answer a last-chance notice. */
export function lastChanceUntil(sentOn: PlainDate, policy: Policy, calendar: Calendar): PlainDate {
  return addWorkingDays(sentOn, requirePolicy(policy, 'guardedExit').value.lastChanceWorkingDays, calendar);
}
