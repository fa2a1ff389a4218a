import { addDays, daysBetween, type PlainDate } from './calendar.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type ServiceKind, serviceKinds } from './service.ts';

/** `difficulty`: the individual aid plan of a person recognised as having difficulty (个性化就业援助计划, A21-4f). */
export const planKinds = { ordinary: '求职就业计划', difficulty: '个性化就业援助计划' } as const;
export type PlanKind = keyof typeof planKinds;

export const planStatusText = { draft: '待本人确认', agreed: '执行中', closed: '已结束' } as const;
export type PlanStatus = keyof typeof planStatusText;

export const stepStatusText = { open: '未完成', done: '已完成', dropped: '不再进行' } as const;
export type StepStatus = keyof typeof stepStatusText;

/** Who owes a step: a plan binds both sides. */
export const stepOwners = { office: '机构', worker: '本人' } as const;
export type StepOwner = keyof typeof stepOwners;

/** One step as it is written into a plan. */
export interface GivenStep {
  readonly whose: StepOwner;
  readonly service: ServiceKind;
  readonly what: string;
  readonly dueOn: PlainDate;
}
/** A plan as it is written. */
export interface GivenPlan {
  readonly kind: PlanKind;
  readonly goal: string;
  /** Account of the named officer (指定专人). */
  readonly officer: string;
  readonly steps: readonly GivenStep[];
}

/** Steps a plan may have; a longer one is nobody's plan. */
export const mostSteps = 12;
/** A plan looks a year ahead at most; then it is made anew. */
const FARTHEST_DAYS = 366;

/**
 * What is wrong with a plan before it is kept (A21-4f: officer, items and steps; mutual duties), or null. A plan without a single promise of the
 * office is refused: it would ask everything of the worker. `difficulty`: the person is recognised as having difficulty.
 */
export function checkPlan(plan: GivenPlan, on: { today: PlainDate; difficulty: boolean }): Refusal | null {
  const no = (why: string) => refuse('service.faulty', why, 'A21-4f');
  if (on.difficulty && plan.kind !== 'difficulty') return no('此人已认定为就业困难人员，请制定个性化就业援助计划。');
  if (!on.difficulty && plan.kind === 'difficulty')
    return no('此人没有有效的就业困难人员认定，请制定求职就业计划，或者先办理认定。');
  if (plan.goal.trim().length < 4) return no('请写明计划目标，如“三个月内找到就近的长白班工作”。');
  if (plan.officer === '') return no('请指定专人负责。');
  if (plan.steps.length === 0) return no('计划至少要有一个步骤。');
  if (plan.steps.length > mostSteps) return no(`步骤最多${mostSteps}个，请合并。`);
  if (!plan.steps.some(({ whose }) => whose === 'office'))
    return no('计划里没有机构要做的事。请写明机构提供什么服务。');
  for (const [index, step] of plan.steps.entries()) {
    const which = `第${index + 1}步`;
    if (!Object.hasOwn(serviceKinds, step.service)) return no(`${which}：请选服务项目。`);
    if (step.what.trim().length < 2) return no(`${which}：请写明做什么。`);
    if (step.dueOn < on.today) return no(`${which}：期限不能早于今天。`);
    if (daysBetween(on.today, step.dueOn) > FARTHEST_DAYS)
      return no(`${which}：期限不能晚于${addDays(on.today, FARTHEST_DAYS)}。`);
  }
  return null;
}

export type PlanAction = 'agree' | 'renew' | 'close';
export type StepAction = 'finish' | 'drop';

/** Which action leads where; what is absent is refused. A renewed plan takes the place of the earlier one, which is kept. */
export const planTable: Readonly<Record<PlanStatus, Partial<Record<PlanAction, PlanStatus>>>> = {
  draft: { agree: 'agreed', renew: 'closed', close: 'closed' },
  agreed: { renew: 'closed', close: 'closed' },
  closed: {},
};
export const stepTable: Readonly<Record<StepStatus, Partial<Record<StepAction, StepStatus>>>> = {
  open: { finish: 'done', drop: 'dropped' },
  done: {},
  dropped: {},
};

const planActionText: Readonly<Record<PlanAction, string>> = { agree: '确认', renew: '重新制定', close: '结束' };

/** The status after an action, or a refusal. */
export function nextPlan(status: PlanStatus, action: PlanAction): PlanStatus | Refusal {
  return (
    planTable[status][action] ??
    refuse('service.notAllowed', `计划${planStatusText[status]}，不能再${planActionText[action]}。`, 'A21-4f')
  );
}

/**
 * The status of a step after an action, or a refusal. Only who owes a step, or the officer in the worker's place, finishes it; a worker does not
 * drop what the office owes. A dropped step needs its reason, a finished one its result (A21-5a).
 */
export function nextStep(
  step: { status: StepStatus; whose: StepOwner },
  action: StepAction,
  by: { side: StepOwner; text: string },
): StepStatus | Refusal {
  const next = stepTable[step.status][action];
  if (!next) return refuse('service.notAllowed', `这一步${stepStatusText[step.status]}，请刷新后查看。`);
  if (by.side === 'worker' && step.whose !== 'worker')
    return refuse('service.notAllowed', '这一步由机构来做，做完后会告诉您。');
  if (by.side === 'worker' && action === 'drop')
    return refuse('service.notAllowed', '做不了的步骤请与负责您的工作人员说，由他（她）来调整。');
  if (by.text.trim() === '')
    return refuse('service.faulty', action === 'finish' ? '请写明结果。' : '请写明不再进行的原因。', 'A21-5a');
  return next;
}

/** Days before its day from which a step counts as near. */
export const STEP_NEAR_DAYS = 3;

/** How a step stands by its date: nothing but a sign; a step that is late ends nothing (M79-4c). */
export function stepStanding(
  step: { status: StepStatus; dueOn: PlainDate },
  today: PlainDate,
): 'settled' | 'open' | 'near' | 'late' {
  if (step.status !== 'open') return 'settled';
  if (step.dueOn < today) return 'late';
  return daysBetween(today, step.dueOn) <= STEP_NEAR_DAYS ? 'near' : 'open';
}
