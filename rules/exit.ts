import type { PlainDate } from './calendar.ts';
import {
  checkExitProposal,
  checkLastChance,
  type ExitContext,
  type ExitProposal,
  isGuarded,
  lastChanceUntil,
} from './exit-evidence.ts';
import { exitReasonRules, isExitReason, noticeAfterExit } from './exit-reasons.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';

export * from './exit-evidence.ts';
export * from './exit-reasons.ts';

export const exitStatuses = ['proposed', 'asked', 'awaitingReview', 'confirmed', 'rejected', 'restored'] as const;
export type ExitStatus = (typeof exitStatuses)[number];

export const exitActions = ['ask', 'recordAnswer', 'warn', 'confirm', 'review', 'reject', 'restore'] as const;
export type ExitAction = (typeof exitActions)[number];

export const exitStatusText: Record<ExitStatus, string> = {
  proposed: '待办理',
  asked: '已询问本人，等待答复',
  awaitingReview: '等待复核',
  confirmed: '已退出',
  rejected: '不予退出',
  restored: '已恢复登记',
};

/** Every permitted transition. A guarded `confirm` goes to the second person instead; so does nothing else. */
export const exitTable: Record<ExitStatus, Partial<Record<ExitAction, ExitStatus>>> = {
  proposed: { ask: 'asked', warn: 'proposed', confirm: 'confirmed', reject: 'rejected' },
  asked: { recordAnswer: 'proposed', reject: 'rejected' },
  awaitingReview: { review: 'confirmed', reject: 'rejected' },
  confirmed: { restore: 'restored' },
  rejected: {},
  restored: {},
};

export type WorkerAnswer = 'agrees' | 'disputes' | 'noAnswer';

/** `answer`: what the person said when asked; `confirmedBy`: who sent a guarded exit to review. */
export type ExitState = {
  status: ExitStatus;
  answer?: WorkerAnswer;
  confirmedBy?: string;
  changedBy?: string;
  changedAt?: string;
};

export type ExitInputs = {
  ask: { proposal: ExitProposal };
  recordAnswer: { answer: WorkerAnswer };
  /** Sends the last-chance notice of a guarded exit; its day is then part of the proposal. */
  warn: { proposal: ExitProposal; context: ExitContext };
  confirm: { proposal: ExitProposal; context: ExitContext; by: string };
  review: { proposal: ExitProposal; context: ExitContext; by: string };
  reject: { reason: string };
  /** `otherActive`: the number of another valid registration of the person. */
  restore: { reason: string; by: string; otherActive?: string };
};

export type ExitEffect =
  | { kind: 'record'; action: ExitAction; from: ExitStatus; to: ExitStatus }
  | {
      kind: 'message';
      template: 'exit.asked' | 'exit.lastChance' | 'exit.confirmed' | 'exit.rejected' | 'exit.restored';
    }
  | { kind: 'startLastChance'; on: PlainDate; until: PlainDate }
  | { kind: 'noNotice'; why: string; clause: string }
  | { kind: 'endRegistration'; on: PlainDate; reason: string; subReason?: string }
  | { kind: 'keepRegistration' }
  | { kind: 'queueUpload' }
  | { kind: 'reopenRegistration'; reason: string }
  /** The annex has no message that takes an exit back: a local record for the next talk with the platform (domain §9.7). */
  | { kind: 'localProcedure'; text: string };

export type NextExit = { status: ExitStatus; effects: ExitEffect[] };

/** A new proposal: its status and effects, or what it lacks. */
export function proposeExit(proposal: ExitProposal, context: ExitContext): NextExit | Refusal {
  return checkExitProposal(proposal, context) ?? { status: 'proposed', effects: [] };
}

type Rule<A extends ExitAction> = (input: ExitInputs[A], state: ExitState) => Refusal | ExitEffect[] | NextExit;

const rules: { [A in ExitAction]: Rule<A> } = {
  ask: ({ proposal }) =>
    isExitReason(proposal.reason) && exitReasonRules[proposal.reason].cannotAsk
      ? refuse('exit.notAllowed', '这种情形不向本人询问，请由工作人员核实。', 'A21-5d')
      : [{ kind: 'message', template: 'exit.asked' }],
  recordAnswer: () => [],
  warn: ({ proposal, context }) => {
    if (!isGuarded(proposal.reason, context.policy))
      return refuse('exit.notAllowed', '这种退出原因不需要最后一次告知。', 'M79-4c');
    if (proposal.lastChance !== undefined)
      return refuse('exit.notAllowed', `最后一次告知已于${proposal.lastChance.sentOn}发出。`, 'M79-4c');
    const until = lastChanceUntil(context.today, context.policy, context.calendar);
    return (
      checkExitProposal(proposal, context) ?? [
        { kind: 'startLastChance', on: context.today, until },
        { kind: 'message', template: 'exit.lastChance' },
      ]
    );
  },
  confirm: (input, state) => {
    const { proposal, context } = input;
    const fault =
      checkExitProposal(proposal, context) ?? checkAsked(proposal, state) ?? checkLastChance(proposal, context);
    if (fault !== null) return fault;
    return isGuarded(proposal.reason, context.policy)
      ? { status: 'awaitingReview', effects: [] }
      : ended(proposal, context);
  },
  review: ({ proposal, context, by }, state) => {
    if (by === proposal.proposedBy || by === state.confirmedBy)
      return refuse('exit.notAllowed', '提出或者确认退出的人不能复核，请换一个人。', 'M79-4c', {
        kind: 'selfReview',
        text: '有人试图复核自己提出的退出，已拦截。',
        clauses: ['M79-4c'],
      });
    return checkExitProposal(proposal, context) ?? checkLastChance(proposal, context) ?? ended(proposal, context);
  },
  reject: ({ reason }, state) => {
    if (reason.trim() === '') return refuse('exit.incomplete', '请写明不予退出的原因。');
    // Whoever was never asked about an exit is not troubled with its end.
    const knows = state.status === 'asked' || state.answer !== undefined;
    return [{ kind: 'keepRegistration' }, ...(knows ? [{ kind: 'message', template: 'exit.rejected' } as const] : [])];
  },
  restore: ({ reason, by, otherActive }) => {
    if (otherActive !== undefined)
      return refuse('registration.claimed', `此人已有有效的失业登记（${otherActive}），不能再恢复这一份。`);
    if (reason.trim() === '') return refuse('exit.incomplete', '请写明恢复登记的原因。');
    return [
      { kind: 'reopenRegistration', reason },
      {
        kind: 'localProcedure',
        text: `由${by}恢复登记：${reason}。全国平台没有撤回退出的接口，已在本地留存，待与平台核对。`,
      },
      { kind: 'message', template: 'exit.restored' },
    ];
  },
};

/** A comparison hit is a question before it is an exit (domain §5.11): employers may lag, and a name on a licence may be long out of business. */
function checkAsked(proposal: ExitProposal, state: ExitState): Refusal | null {
  if (!isExitReason(proposal.reason)) return null;
  const looked = proposal.evidence.some((piece) => piece.kind === 'investigation' || piece.kind === 'familyStatement');
  if (state.answer === 'disputes' && !looked)
    return refuse('exit.notAllowed', '本人有异议，须由工作人员调查核实后才能退出。', 'A21-3b');
  if (proposal.source !== 'comparison') return null;
  if (exitReasonRules[proposal.reason].cannotAsk)
    return looked ? null : refuse('exit.notAllowed', '比对结果须由工作人员核实后才能退出。', 'H122-2d');
  if (state.answer === undefined) return refuse('exit.notAllowed', '信息比对发现的情形，须先询问本人。', 'H122-2d');
  return state.answer === 'noAnswer' && !looked
    ? refuse('exit.notAllowed', '本人没有答复，须由工作人员调查核实后才能退出。', 'A21-3b')
    : null;
}

function ended(proposal: ExitProposal, context: ExitContext): ExitEffect[] {
  const { reason, subReason, exitOn } = proposal;
  if (!isExitReason(reason)) return [];
  const notice = noticeAfterExit(reason, subReason, context.policy);
  return [
    { kind: 'endRegistration', on: exitOn, reason, ...(subReason === undefined ? {} : { subReason }) },
    { kind: 'queueUpload' },
    notice.notify
      ? { kind: 'message', template: 'exit.confirmed' }
      : { kind: 'noNotice', why: notice.why, clause: notice.clause },
  ];
}

/** The next state of an exit and what to do in the same transaction, or a refusal; the same for one and for bulk. */
export function nextExit<A extends ExitAction>(state: ExitState, action: A, input: ExitInputs[A]): NextExit | Refusal {
  const listed = exitTable[state.status][action];
  if (listed === undefined) {
    const who = `${state.changedBy === undefined ? '' : `由${state.changedBy}`}${state.changedAt === undefined ? '' : `于${state.changedAt}`}`;
    return refuse('exit.changed', `这份退出已${who}处理（${exitStatusText[state.status]}），请刷新后查看。`);
  }
  const rule: Rule<A> = rules[action];
  const outcome = rule(input, state);
  if (isRefusal(outcome)) return outcome;
  const { status, effects } = Array.isArray(outcome) ? { status: listed, effects: outcome } : outcome;
  return { status, effects: [{ kind: 'record', action, from: state.status, to: status }, ...effects] };
}
