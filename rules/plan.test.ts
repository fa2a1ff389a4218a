import { describe, expect, it } from 'vitest';
import { checkPlan, type GivenPlan, mostSteps, nextPlan, nextStep, stepStanding } from './plan.ts';
import { isRefusal } from './refusal.ts';
import { checkService, type GivenService } from './service.ts';

const today = '2026-11-20';
const plan: GivenPlan = {
  kind: 'ordinary',
  goal: '三个月内找到长白班工作',
  officer: 'a1',
  steps: [
    { whose: 'office', service: 'matching', what: '推荐三个附近的岗位', dueOn: '2026-12-04' },
    { whose: 'worker', service: 'matching', what: '每周去面试一次', dueOn: '2026-12-18' },
  ],
};
const check = (change: Partial<GivenPlan>, difficulty = false) =>
  checkPlan({ ...plan, ...change }, { today, difficulty });
const step = (change: object) => [{ ...plan.steps[0], ...change }, plan.steps[1]] as GivenPlan['steps'];

describe('a plan', () => {
  it('binds both sides', () => {
    expect(check({})).toBeNull();
    expect(check({ steps: plan.steps.slice(1) })?.message).toContain('没有机构要做的事');
  });
  it.each<[string, Partial<GivenPlan>, string]>([
    ['without a goal', { goal: '上班' }, '计划目标'],
    ['without an officer', { officer: '' }, '指定专人'],
    ['without steps', { steps: [] }, '至少要有一个步骤'],
    ['with too many steps', { steps: Array(mostSteps + 1).fill(plan.steps[0]) }, `最多${mostSteps}个`],
    ['with a step in the past', { steps: step({ dueOn: '2026-11-19' }) }, '第1步：期限不能早于今天'],
    ['with a step years away', { steps: step({ dueOn: '2027-11-22' }) }, '第1步：期限不能晚于2027-11-21'],
    ['with a service nobody knows', { steps: step({ service: 'magic' }) }, '第1步：请选服务项目'],
    ['with a step without words', { steps: step({ what: ' ' }) }, '第1步：请写明做什么'],
  ])('A21-4f: %s is refused', (_, change, words) => {
    expect(check(change)).toMatchObject({ code: 'service.faulty', clause: 'A21-4f' });
    expect(check(change)?.message).toContain(words);
  });
  it('A21-4f: recognised difficulty asks for the individual aid plan, and only it', () => {
    expect(check({}, true)?.message).toContain('个性化就业援助计划');
    expect(check({ kind: 'difficulty' }, true)).toBeNull();
    expect(check({ kind: 'difficulty' }, false)?.message).toContain('没有有效的就业困难人员认定');
  });
  it('is agreed once, and a closed one stays closed', () => {
    expect(nextPlan('draft', 'agree')).toBe('agreed');
    expect(isRefusal(nextPlan('agreed', 'agree'))).toBe(true);
    expect(nextPlan('agreed', 'renew')).toBe('closed');
    for (const action of ['agree', 'renew', 'close'] as const) expect(isRefusal(nextPlan('closed', action))).toBe(true);
  });
});

describe('a step', () => {
  const open = { status: 'open', whose: 'office' } as const;
  it('is finished with its result by who owes it, or by the officer in the worker’s place (A21-5a)', () => {
    expect(nextStep(open, 'finish', { side: 'office', text: '推荐了三家' })).toBe('done');
    expect(nextStep({ ...open, whose: 'worker' }, 'finish', { side: 'worker', text: '去过了' })).toBe('done');
    expect(nextStep({ ...open, whose: 'worker' }, 'finish', { side: 'office', text: '本人来电说去过了' })).toBe('done');
    expect(nextStep(open, 'finish', { side: 'office', text: ' ' })).toMatchObject({ clause: 'A21-5a' });
  });
  it('of the office is neither finished nor dropped by the worker', () => {
    expect(isRefusal(nextStep(open, 'finish', { side: 'worker', text: '好了' }))).toBe(true);
    expect(isRefusal(nextStep({ ...open, whose: 'worker' }, 'drop', { side: 'worker', text: '不想' }))).toBe(true);
    expect(nextStep(open, 'drop', { side: 'office', text: '单位停招' })).toBe('dropped');
  });
  it('that is settled stays so', () => {
    expect(isRefusal(nextStep({ status: 'done', whose: 'office' }, 'drop', { side: 'office', text: '误记' }))).toBe(
      true,
    );
  });
  it('M79-4c: late is a sign and no more', () => {
    expect(stepStanding({ status: 'open', dueOn: '2026-11-19' }, today)).toBe('late');
    expect(stepStanding({ status: 'open', dueOn: '2026-11-23' }, today)).toBe('near');
    expect(stepStanding({ status: 'open', dueOn: '2026-11-24' }, today)).toBe('open');
    expect(stepStanding({ status: 'done', dueOn: '2026-11-19' }, today)).toBe('settled');
  });
});

describe('a service record', () => {
  const given: GivenService = {
    kind: 'matching',
    content: '推荐某厂包装工，月薪3800元',
    result: 'done',
    outcome: '本人愿意去面试',
    on: today,
  };
  const fault = (change: Partial<GivenService>, deceasedOn?: string) =>
    checkService({ ...given, ...change }, { registeredOn: '2026-10-01', today, ...(deceasedOn ? { deceasedOn } : {}) });
  it('A21-4a, A21-5a: has content and result', () => {
    expect(fault({})).toBeNull();
    expect(fault({ content: '岗位' })).toMatchObject({ clause: 'A21-4a' });
    expect(fault({ outcome: '' })).toMatchObject({ clause: 'A21-5a' });
    expect(fault({ result: 'going', outcome: '' })).toBeNull();
    expect(fault({ result: 'declined', outcome: '' })?.message).toContain('不影响登记');
  });
  it('lies between registration and today, and not after a death', () => {
    expect(fault({ on: '2026-11-21' })?.message).toContain('不能晚于今天');
    expect(fault({ on: '2026-09-30' })?.message).toContain('不能早于登记日期');
    expect(fault({}, '2026-11-19')?.message).toContain('死亡');
  });
});
