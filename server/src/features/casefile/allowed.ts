import type { RouteName } from '@yingdeng/contract/routes/index.ts';
import { routes } from '@yingdeng/contract/routes/index.ts';
import { type Action, whyNot } from '@yingdeng/rules/access.ts';
import {
  type ApplicationAction,
  type ApplicationStatus,
  applicationTable,
  nextApplication,
} from '@yingdeng/rules/application.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { type Ground, groundRules } from '@yingdeng/rules/eligibility.ts';
import { type ExitAction, exitTable, nextExit } from '@yingdeng/rules/exit.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import { nextRegistration, registrationTable } from '@yingdeng/rules/registration.ts';
import type { Actor } from '../../platform/actor.ts';
import { dayAndTime } from '../../platform/words.ts';
import type { DuplicateRow, ExitRow, HeadRow, RegistrationRow } from './casefile.sql.ts';

/** What may be done now; when not, why and by which clause. `action` is the name of the route that does it. */
export interface Allowed {
  action: RouteName;
  allowed: boolean;
  why?: string;
  clause?: string;
}

type No = { why: string; clause?: string };

/** The registration goes on in another city. */
const MOVED: No = { why: '登记已转到外市，由那里的机构办理。', clause: 'M79-1a' };

const applicationActions = {
  recordCheck: 'recordCheck',
  registerApplication: 'register',
  refuseApplication: 'refuse',
  handOverApplication: 'handOver',
  closeDuplicate: 'closeAsDuplicate',
} as const satisfies Partial<Record<RouteName, ApplicationAction>>;

const exitActions = {
  confirmExit: 'confirm',
  reviewExit: 'review',
  rejectExit: 'reject',
  restoreExit: 'restore',
} as const satisfies Partial<Record<RouteName, ExitAction>>;

/** The facts of a case that decide what is possible. */
export interface CaseFacts {
  readonly head: Pick<HeadRow, 'status' | 'office' | 'decided_at' | 'decided_by_name'>;
  readonly registration: Pick<RegistrationRow, 'status' | 'office' | 'moved_to' | 'transfer_asked'> | undefined;
  readonly duplicates: readonly DuplicateRow[];
  /** Grounds a person established by a check that nobody settled since. */
  readonly established: readonly Ground[];
}

/** Every action of the application and the registration, for this actor. */
export function allowedOnCase(actor: Actor, facts: CaseFacts): Allowed[] {
  const { head, registration } = facts;
  const onApplication = Object.entries(applicationActions).map(([route, action]) =>
    entry(actor, route as RouteName, head.office, applicationRefusal(facts, action)),
  );
  const office = registration?.office ?? head.office;
  return [
    ...onApplication,
    entry(actor, 'recordContact', office, contactRefusal(registration)),
    entry(actor, 'proposeExit', office, proposalRefusal(registration)),
    entry(actor, 'transferRegistration', office, transferRefusal(registration)),
  ];
}

/** Every action of one exit, for this actor. */
export function allowedOnExit(actor: Actor, exit: ExitRow, today: PlainDate): Allowed[] {
  return Object.entries(exitActions).map(([route, action]) =>
    entry(actor, route as RouteName, exit.office, exitRefusal(actor, exit, action, today)),
  );
}

function entry(actor: Actor, route: RouteName, office: string, refusal: No | undefined): Allowed {
  const action = routes[route] as { action?: string };
  const denied = whyNot(actor.role, action.action as Action, {
    actorRange: { lo: actor.lo, hi: actor.hi },
    division: office,
  });
  // Who may never do it is told so, not what state the case would have to be in.
  const no = denied ? { why: denied } : refusal;
  return no ? { action: route, allowed: false, ...no } : { action: route, allowed: true };
}

function applicationRefusal(facts: CaseFacts, action: ApplicationAction): No | undefined {
  const { status } = facts.head;
  if (status === 'handedOver') return { why: '这份申请已转外地办理，请由接收的机构办理。', clause: 'A21-7a' };
  const state = {
    status: status as ApplicationStatus,
    closedBy: facts.head.decided_by_name ?? undefined,
    closedAt: facts.head.decided_at ? dayAndTime(facts.head.decided_at) : undefined,
  };
  // The table refuses before it looks at any input, so an input of the right kind need not be at hand.
  if (applicationTable[state.status][action] === undefined) return no(nextApplication(state, action, {} as never));
  const claim = facts.duplicates.find((row) => row.kind === 'registration');
  if (action === 'closeAsDuplicate') {
    const existing = claim ? { kind: claim.kind, number: claim.number ?? claim.id } : undefined;
    return no(nextApplication(state, 'closeAsDuplicate', { existing }));
  }
  if (action === 'register' && claim)
    return { why: '此人已有有效的失业登记，请按重复申请办结。', clause: groundRules.alreadyRegistered.clause };
  const [ground] = facts.established;
  if (action === 'register' && ground)
    return {
      why: `已认定“${groundRules[ground].text}”，不能登记。认定有误的，请先更正核查结果。`,
      clause: groundRules[ground].clause,
    };
  if (action === 'refuse' && !ground && !claim)
    return { why: '没有已认定的不予登记情形。要不予登记，须先记录核查结果和依据。', clause: 'M79-2f' };
  return undefined;
}

function contactRefusal(registration: CaseFacts['registration']): No | undefined {
  if (!registration) return { why: '还没有登记，登记后再记录联系。' };
  if (registration.moved_to) return MOVED;
  return registration.status === 'exited' ? { why: '登记已退出，不再记录联系。' } : undefined;
}

function proposalRefusal(registration: CaseFacts['registration']): No | undefined {
  if (!registration) return { why: '还没有登记，不能提出退出。' };
  if (registration.moved_to) return MOVED;
  const { status } = registration;
  if (registrationTable[status].proposeExit) return undefined;
  if (status === 'exitProposed') return { why: '已有一份退出正在核实，请先处理那一份。' };
  return no(nextRegistration({ status }, 'proposeExit', {}));
}

function transferRefusal(registration: CaseFacts['registration']): No | undefined {
  if (!registration) return { why: '还没有登记，未办结的申请请用转办。', clause: 'A21-7a' };
  const { status } = registration;
  if (registration.moved_to) return MOVED;
  if (registration.transfer_asked) return { why: '已有一份转移请求在等答复，见“跨市转移”。' };
  if (registrationTable[status].transfer) return undefined;
  if (status === 'exitProposed') return { why: '有一份退出正在核实，办结后再转移。' };
  return no(nextRegistration({ status }, 'transfer', {} as never));
}

function exitRefusal(actor: Actor, exit: ExitRow, action: ExitAction, today: PlainDate): No | undefined {
  if (exit.status === 'asked' && action === 'confirm') {
    // Past its day a question counts as unanswered; the rules then ask for an investigation (A21-3b).
    if (exit.answer_due && today > exit.answer_due) return undefined;
    return { why: '正在等本人答复，答复前不能退出。期满没有答复的，由工作人员调查核实后再办理。', clause: 'H122-2d' };
  }
  const changed = exit.confirmed_at
    ? { changedBy: exit.confirmed_by_name ?? undefined, changedAt: dayAndTime(exit.confirmed_at) }
    : {};
  if (exitTable[exit.status][action] === undefined)
    return no(nextExit({ status: exit.status, ...changed }, action, {} as never));
  if (action === 'review' && (actor.id === exit.proposed_by || actor.id === exit.confirmed_by))
    return { why: '提出或者确认退出的人不能复核，请换一个人。', clause: 'M79-4c' };
  return undefined;
}

/** A rule's refusal in the shape of an answer. */
function no(outcome: unknown): No | undefined {
  if (!isRefusal(outcome)) return undefined;
  return { why: outcome.message, ...(outcome.clause ? { clause: outcome.clause } : {}) };
}
