import { codeText, exitSubReasonTables } from '@yingdeng/contract/code-tables.ts';
import { divisionName } from '@yingdeng/contract/divisions.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import {
  type ExitContext,
  type ExitEvidenceKind,
  type ExitProposal,
  exitEvidenceKinds,
  exitReasonRules,
  isExitReason,
  isGuarded,
} from '@yingdeng/rules/exit.ts';
import type { Parameter } from '@yingdeng/rules/provisions/parameters.ts';
import type { Policy } from '@yingdeng/rules/provisions/policy.ts';
import { afterQuietHours } from '@yingdeng/rules/quiet-hours.ts';
import type { Context } from '../../context.ts';
import { businessDate } from '../../platform/clock.ts';
import type { EvidencePiece, ExitRow, RegistrationRow } from './exit.sql.ts';

/** What is said for an exit, as it is stored. */
export type SaidForExit = Pick<
  ExitRow,
  'source' | 'reason' | 'sub_reason' | 'evidence' | 'exit_on' | 'remark' | 'proposed_at' | 'answer' | 'answer_due'
> & { proposed_by: string };

/**
 * The law and the calendar an exit is judged by. The law is that of the day of exit; 31 and 32 name no event of the
 * person's life, only the office's own finding, so theirs is that of today: a date put back does not lift the guard (M79-4c).
 */
export function exitContext(
  context: Context,
  registration: RegistrationRow,
  exit: Pick<ExitRow, 'reason' | 'exit_on'>,
  now: Date,
): ExitContext {
  const today = businessDate(now);
  const finding = isExitReason(exit.reason) && exitReasonRules[exit.reason].guardedBy !== undefined;
  const day = finding || exit.exit_on > today ? today : exit.exit_on;
  return {
    registeredOn: registration.registered_on,
    today,
    policy: context.reference.policy(registration.division, day),
    calendar: context.reference.calendar,
  };
}

/** The proposal as the rules take it. `reachedAt`: when the person was last spoken to. */
export function proposalOf(
  said: SaidForExit,
  law: ExitContext,
  registration: RegistrationRow,
  reachedAt: Date | null,
): ExitProposal {
  const proposedOn = businessDate(said.proposed_at);
  const rule = isExitReason(said.reason) ? exitReasonRules[said.reason] : undefined;
  const income = incomeOf([said.remark, ...said.evidence.map((piece) => piece.text)]);
  const guarded = isGuarded(said.reason, law.policy);
  return {
    reason: said.reason,
    ...(said.sub_reason ? { subReason: said.sub_reason } : {}),
    // A worker's own words are a ground only where the code itself has none (90).
    ...(said.source === 'worker' && !rule?.needsText ? {} : { text: said.remark }),
    exitOn: said.exit_on,
    source: said.source,
    proposedBy: said.proposed_by,
    evidence: said.evidence.flatMap((piece) =>
      isKind(piece.kind) ? [{ kind: piece.kind, source: piece.text, date: piece.date ?? proposedOn }] : [],
    ),
    ...(income ? { income: { ...income, standardOf: `${divisionName(registration.division)}${said.exit_on}` } } : {}),
    offers: said.evidence.flatMap(offerOf),
    attempts: said.evidence.flatMap(attemptOf),
    // On the day of registration the person was there: what came before it does not count.
    lastReachedOn: reachedAt ? businessDate(reachedAt) : registration.registered_on,
    ...(guarded && said.answer_due
      ? {
          lastChance: {
            sentOn: lastChanceSentOn(said.proposed_at, law.policy),
            answered: said.answer !== null || (reachedAt !== null && reachedAt > said.proposed_at),
          },
        }
      : {}),
  };
}

/** The day a last-chance notice written at an instant goes out: not at night. */
export function lastChanceSentOn(at: Date, policy: Policy): PlainDate {
  return businessDate(afterQuietHours(at, policy.quietHours?.value));
}

/** An offer that was refused: what was offered and the person's reason stand in one text; `suitable` is the finding on both. */
function offerOf(piece: EvidencePiece) {
  if (piece.kind !== 'serviceOffers' || !piece.date) return [];
  const found = piece.suitable === true;
  return [{ on: piece.date, service: piece.text, suitable: found, reasonGiven: piece.text, withoutGoodReason: found }];
}

const attemptMeans = ['telephone', 'message', 'visit'] as const;

function attemptOf(piece: EvidencePiece) {
  const means = attemptMeans.find((one) => one === piece.means);
  return piece.kind === 'contactAttempts' && piece.date && means ? [{ on: piece.date, means }] : [];
}

/** Monthly income and local minimum living standard in yuan, when a text says both (reason 13, A21-5e). */
export function incomeOf(texts: readonly string[]): { monthly: number; standard: number } | undefined {
  const text = texts.join('。').normalize('NFKC').replace(/[\s,]/g, '');
  const monthly = /月收入(?:为|是|约)?(\d+(?:\.\d+)?)元/.exec(text)?.[1];
  const standard = /(?:最低生活保障|低保)标准(?:为|是)?(\d+(?:\.\d+)?)元/.exec(text)?.[1];
  return monthly && standard ? { monthly: Number(monthly), standard: Number(standard) } : undefined;
}

function isKind(kind: string): kind is ExitEvidenceKind {
  return Object.hasOwn(exitEvidenceKinds, kind);
}

/** The reason in words, by its sub-reason where the code merges several. */
export function reasonTextOf(exit: Pick<ExitRow, 'reason' | 'sub_reason'>): string {
  const table = exitSubReasonTables[exit.reason];
  return (table && codeText(table, exit.sub_reason)) ?? codeText('exitReason', exit.reason) ?? exit.reason;
}

/** The provisions an exit stands on, as they are kept with it: `{parameter: {value, citation}}`. */
export function basisOf(policy: Policy, reason: string): string {
  const guardedBy = isExitReason(reason) ? exitReasonRules[reason].guardedBy : undefined;
  const used: Parameter[] = ['exitReasons', 'noticeExemptions'];
  if (guardedBy) {
    used.push(guardedBy);
    if (isGuarded(reason, policy)) used.push('guardedExit');
    else used.push(guardedBy === 'exit31' ? 'refusalsForExit31' : 'monthsForExit32');
  }
  return JSON.stringify(
    Object.fromEntries(
      used.flatMap((parameter) => {
        const resolved = policy[parameter];
        return resolved ? [[parameter, { value: resolved.value, citation: resolved.citation }]] : [];
      }),
    ),
  );
}
