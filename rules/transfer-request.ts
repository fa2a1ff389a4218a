// A transfer that two offices agree on (M79-1a): the one that holds the registration and the one the person goes to. Moving is no circumstance
// of exit (M79-4b), so the registration goes on with its number, day and clocks wherever it lies.
import type { PlainDate } from './calendar.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The office that holds the registration, and the one it is to go to. */
export const transferSides = ['from', 'to'] as const;
export type TransferSide = (typeof transferSides)[number];

export const transferRequestStates = ['asked', 'accepted', 'declined', 'withdrawn'] as const;
export type TransferRequestState = (typeof transferRequestStates)[number];

export const transferRequestText: Record<TransferRequestState, string> = {
  asked: '等对方答复',
  accepted: '已转移',
  declined: '已退回',
  withdrawn: '已撤回',
};

/**
 * The only grounds on which an office may decline, and which of the two: what the person wants, and where the four places of registration lie
 * (M79-1a). That household and residence differ is never one (A21-7a).
 */
export const declineGrounds = {
  notWished: { text: '与本人核实，本人不要求转移', clause: 'M79-1a', sides: ['from', 'to'] },
  notThere: {
    text: '与本人核实，户籍地、常住地、就业地、参保地都不在接收机构所在地',
    clause: 'M79-1a',
    sides: ['to'],
  },
  exitOpen: { text: '正在核实一份退出，办结前不转', clause: 'M79-4c', sides: ['from'] },
} as const satisfies Record<string, { text: string; clause: string; sides: readonly TransferSide[] }>;
export type DeclineGround = keyof typeof declineGrounds;

export const isDeclineGround = (text: string): text is DeclineGround => Object.hasOwn(declineGrounds, text);

/** The other of the two offices: the one that answers. */
export const answering = (asker: TransferSide): TransferSide => (asker === 'from' ? 'to' : 'from');

export const transferRequestActions = ['accept', 'decline', 'withdraw'] as const;
export type TransferRequestAction = (typeof transferRequestActions)[number];

/** A request as the rule needs it; `acting`: the offices of the two that the asker of this act works for. */
export interface TransferRequestOn {
  readonly state: TransferRequestState;
  readonly side: TransferSide;
  readonly dueOn: PlainDate;
  readonly today: PlainDate;
  readonly acting: readonly TransferSide[];
}

/**
 * The next state of a request, or a refusal. The other office answers; the one that asked may take it back. An office that holds a
 * registration and does not answer in time does not hold it up: the office the person stands before takes it over (A21-7a, M79-3a).
 */
export function nextTransferRequest(
  on: TransferRequestOn,
  action: TransferRequestAction,
  ground?: string,
): TransferRequestState | Refusal {
  const { state, side, dueOn, today, acting } = on;
  if (state !== 'asked')
    return refuse('registration.notAllowed', `这份请求${transferRequestText[state]}，请刷新后查看。`);
  const answers = acting.includes(answering(side));
  if (action === 'withdraw')
    return acting.includes(side) ? 'withdrawn' : refuse('registration.notAllowed', '只有发出请求的机构可以撤回。');
  if (action === 'accept') {
    if (answers || (side === 'to' && acting.includes('to') && today > dueOn)) return 'accepted';
    return refuse(
      'registration.notAllowed',
      side === 'to' ? `请等原机构答复，期限${dueOn}，过期未答复的可以直接接收。` : '请等接收机构答复。',
      'M79-3a',
    );
  }
  if (!answers) return refuse('registration.notAllowed', '由对方机构答复；不再需要的，请撤回。');
  if (ground === undefined || !isDeclineGround(ground) || !sidesOf(ground).includes(answering(side)))
    return refuse('registration.notAllowed', '请选择退回的情形。', 'A21-7a');
  return 'declined';
}

const sidesOf = (ground: DeclineGround): readonly TransferSide[] => declineGrounds[ground].sides;

/** Grounds a side may decline on. */
export const groundsOf = (side: TransferSide): DeclineGround[] =>
  (Object.keys(declineGrounds) as DeclineGround[]).filter((ground) => sidesOf(ground).includes(side));
