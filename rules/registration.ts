import type { PlainDate } from './calendar.ts';
import type { RegistrationPlace } from './provisions/parameters.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';

export const registrationStatuses = ['active', 'exitProposed', 'exited'] as const;
export type RegistrationStatus = (typeof registrationStatuses)[number];

export const registrationActions = ['proposeExit', 'rejectExit', 'exit', 'restore', 'correct', 'transfer'] as const;
export type RegistrationAction = (typeof registrationActions)[number];

export const registrationStatusText: Record<RegistrationStatus, string> = {
  active: '登记有效',
  exitProposed: '登记有效（退出核实中）',
  exited: '已退出',
};

/**
 * Every permitted transition. An exit under discussion leaves the registration valid: services and follow-ups go on. It is settled by the office
 * that raised it before the registration goes elsewhere, so that nobody is questioned by two offices.
 */
export const registrationTable: Record<RegistrationStatus, Partial<Record<RegistrationAction, RegistrationStatus>>> = {
  active: { proposeExit: 'exitProposed', correct: 'active', transfer: 'active' },
  exitProposed: { rejectExit: 'active', exit: 'exited', correct: 'exitProposed' },
  exited: { restore: 'active' },
};

/** One corrected field: both values are kept. */
export type Correction = { field: string; from: string; to: string };

export type RegistrationInputs = {
  proposeExit: Record<never, never>;
  rejectExit: { reason: string };
  exit: { on: PlainDate };
  /** `otherActive`: the number of another valid registration of the same person, wherever it is. */
  restore: { reason: string; otherActive?: string };
  correct: { corrections: readonly Correction[]; reason: string };
  /** Office codes; `place` is the place of registration that lies there, `places` the ones the law of that place and day permits. */
  transfer: {
    from: string;
    to: string;
    place: RegistrationPlace;
    places: readonly RegistrationPlace[];
    reason: string;
  };
};

export type RegistrationEffect =
  | { kind: 'record'; action: RegistrationAction; from: RegistrationStatus; to: RegistrationStatus; reason?: string }
  | { kind: 'releaseClaim' }
  | { kind: 'takeClaim' }
  | { kind: 'closeTasks' }
  | { kind: 'reopenTasks' }
  | { kind: 'keepCorrection'; corrections: readonly Correction[] }
  | { kind: 'moveTo'; office: string; place: RegistrationPlace }
  /** Another city: its office agrees first (rules/transfer-request.ts). */
  | { kind: 'askOffice'; office: string; place: RegistrationPlace };

export type NextRegistration = { status: RegistrationStatus; effects: RegistrationEffect[] };

const needsReason = (reason: string) =>
  reason.trim() === '' ? refuse('application.notAllowed', '请写明原因。') : undefined;

const rules: { [A in RegistrationAction]: (input: RegistrationInputs[A]) => Refusal | RegistrationEffect[] } = {
  proposeExit: () => [],
  rejectExit: ({ reason }) => needsReason(reason) ?? [],
  exit: () => [{ kind: 'releaseClaim' }, { kind: 'closeTasks' }],
  restore: ({ reason, otherActive }) =>
    otherActive === undefined
      ? (needsReason(reason) ?? [{ kind: 'takeClaim' }, { kind: 'reopenTasks' }])
      : refuse('registration.claimed', `此人已有有效的失业登记（${otherActive}），不能再恢复这一份。`),
  correct: ({ corrections, reason }) => {
    const real = corrections.filter((one) => one.from !== one.to);
    if (real.length === 0) return refuse('application.notAllowed', '没有要更正的内容。');
    return needsReason(reason) ?? [{ kind: 'keepCorrection', corrections: real }];
  },
  transfer: ({ from, to, place, places, reason }) => {
    if (from === to) return refuse('registration.notAllowed', '登记已经在这个机构，不用转移。');
    if (!places.includes(place))
      return refuse('registration.notAllowed', '按转入地当日的规定，不能在这一类地点登记。', 'M79-1a');
    const kind = from.slice(0, 4) === to.slice(0, 4) ? 'moveTo' : 'askOffice';
    return needsReason(reason) ?? [{ kind, office: to, place }];
  },
};

/** The next state of a registration and what to record, or a refusal; the same for one and for bulk. */
export function nextRegistration<A extends RegistrationAction>(
  state: { status: RegistrationStatus; changedBy?: string; changedAt?: string },
  action: A,
  input: RegistrationInputs[A],
): NextRegistration | Refusal {
  const status = registrationTable[state.status][action];
  if (status === undefined) {
    const who = `${state.changedBy === undefined ? '' : `由${state.changedBy}`}${state.changedAt === undefined ? '' : `于${state.changedAt}`}`;
    return refuse(
      'registration.changed',
      `这份登记已${who}变更（${registrationStatusText[state.status]}），请刷新后查看。`,
    );
  }
  const rule: (input: RegistrationInputs[A]) => Refusal | RegistrationEffect[] = rules[action];
  const effects = rule(input);
  if (isRefusal(effects)) return effects;
  const reason = 'reason' in input && typeof input.reason === 'string' ? { reason: input.reason } : {};
  return { status, effects: [{ kind: 'record', action, from: state.status, to: status, ...reason }, ...effects] };
}

/**
 * May a registration be opened for a person with these registrations? One valid registration at a time (A21-2d, domain §1.3); after an exit a new
 * registration is opened, always, and the old one stays as it was (domain R070).
 */
export function mayOpenRegistration(held: readonly { status: RegistrationStatus; number: string }[]): Refusal | null {
  const valid = held.find((one) => one.status !== 'exited');
  return valid === undefined
    ? null
    : refuse('registration.claimed', `此人已有有效的失业登记（${valid.number}），请按重复申请办结。`, 'A21-2d');
}
