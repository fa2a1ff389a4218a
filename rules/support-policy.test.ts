import { describe, expect, it } from 'vitest';
import { shippedCalendar } from './calendar.ts';
import type { SupportPolicy } from './provisions/parameters.ts';
import { type Policy, policyFor } from './provisions/policy.ts';
import { isRefusal } from './refusal.ts';
import {
  checkLoan,
  judgePolicies,
  nextSupport,
  policyDue,
  type SupportFacts,
  supportTable,
  takeSupport,
} from './support-policy.ts';

const facts: SupportFacts = {
  registered: true,
  registeredOn: '2026-04-10',
  difficulty: false,
  disabled: false,
  startUp: false,
  graduate: false,
  on: '2026-11-26',
};
const law = policyFor('410802', '2026-11-26');
const withPolicies = (value: readonly SupportPolicy[]): Policy => ({
  ...law,
  supportPolicies: { ...law.supportPolicies!, value },
});
const judged = (name: string, more: Partial<SupportFacts> = {}) =>
  judgePolicies({ ...facts, ...more }, law).find((one) => one.name === name)!;

describe('what a person may be entitled to', () => {
  it('A21-4g, M79-3b: each condition is met, not met with the reason, or asked', () => {
    expect(judged('重点群体创业税收优惠')).toMatchObject({
      possible: true,
      conditions: [
        { text: '登记失业满6个月', stands: 'yes' },
        { text: '从事个体经营', stands: 'ask' },
      ],
    });
    const young = judged('重点群体创业税收优惠', { registeredOn: '2026-09-01' });
    expect(young.possible).toBe(false);
    expect(young.conditions[0]?.why).toContain('到2027-03-01满');
  });
  it.each([
    ['就业困难人员灵活就业社会保险补贴', { difficulty: true }],
    ['高校毕业生灵活就业社会保险补贴', { graduate: true }],
    ['创业培训补贴', { startUp: true }],
  ])('%s follows the fact and nothing else', (name, more) => {
    expect(judged(name).possible).toBe(false);
    expect(judged(name, more).possible).toBe(true);
  });
  it('conditions are data: a place’s own policy is judged without a line of code', () => {
    const own = withPolicies([
      {
        name: '残疾人自主创业扶持',
        grantedBy: '残联',
        conditions: [{ fact: 'disabled' }, { fact: 'registeredMonths', months: 3 }],
        workingDays: 10,
      },
    ]);
    expect(judgePolicies({ ...facts, disabled: true }, own)).toMatchObject([
      { name: '残疾人自主创业扶持', possible: true },
    ]);
    expect(policyDue('残疾人自主创业扶持', '2026-11-26', own, shippedCalendar)?.due).toBe('2026-12-10');
    expect(policyDue('创业培训补贴', '2026-11-26', law, shippedCalendar)).toBeUndefined();
  });
  it('an ended registration meets no condition of being registered', () => {
    expect(judged('职业培训补贴', { registered: false }).possible).toBe(false);
  });
});

it('A21-4e: a loan names amount, time and purpose within the caps; no other policy has one', () => {
  const most = { mostYuan: 300_000, mostYears: 3 };
  const fault = (part: object) => checkLoan({ yuan: 100_000, years: 2, purpose: '开店', ...part }, most)?.message;
  expect(fault({})).toBeUndefined();
  expect(fault({ yuan: 300_001 })).toContain('拟贷金额');
  expect(fault({ yuan: 1000.5 })).toContain('拟贷金额');
  expect(fault({ years: 4 })).toContain('期限');
  expect(fault({ purpose: ' ' })).toContain('用途');
  expect(checkLoan(undefined, most)?.message).toContain('拟贷金额');
  expect(checkLoan(undefined, undefined)).toBeNull();
  expect(checkLoan({ yuan: 1000, years: 1, purpose: '开店' }, undefined)?.message).toContain('不是贷款');
});

describe('an application', () => {
  const name = '重点群体创业税收优惠';
  const take = (answers: boolean[], note = '', more: Partial<SupportFacts> = {}) =>
    takeSupport({ policy: name, answers, note }, judged(name, more));
  it('keeps every condition as it stood, with the person’s answers', () => {
    expect(take([true])).toMatchObject([{ stands: 'yes' }, { stands: 'yes', why: '本人回答符合。' }]);
    expect(isRefusal(take([]))).toBe(true);
  });
  it('A21-4g: is taken all the same where a condition is not met, with the reason; the grantor decides', () => {
    expect(take([false])).toMatchObject({ code: 'service.faulty', clause: 'A21-4g' });
    expect(take([false], '本人说下月开业')).toMatchObject([{ stands: 'yes' }, { stands: 'no' }]);
    expect(take([true], '', { registeredOn: '2026-09-01' })).toMatchObject({ code: 'service.faulty' });
  });
  it('goes only where the table says, and every step has its words', () => {
    for (const [state, row] of Object.entries(supportTable))
      for (const action of ['forward', 'grant', 'refuse', 'withdraw'] as const) {
        const next = nextSupport(state as keyof typeof supportTable, action, '有说明');
        if (row[action]) expect(next).toBe(row[action]);
        else expect(next).toMatchObject({ code: 'service.notAllowed' });
      }
    expect(nextSupport('forwarded', 'refuse', ' ')).toMatchObject({ code: 'service.faulty' });
  });
  it('of a policy nobody lists is refused', () => {
    expect(takeSupport({ policy: '没有的', answers: [], note: '' }, undefined)).toMatchObject({
      code: 'service.faulty',
    });
  });
});
