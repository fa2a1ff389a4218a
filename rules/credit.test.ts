import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedCalendar } from './calendar.ts';
import {
  answerDue,
  type CreditStanding,
  checkCredit,
  creditCovers,
  creditExpired,
  creditExpires,
  creditHold,
  creditLevel,
} from './credit.ts';
import { policyFor, requirePolicy } from './provisions/policy.ts';

const limits = requirePolicy(policyFor('210302', '2026-11-26'), 'creditLimits').value;
const level = (cause: 'fraud' | 'overclaim', yuan: number, months = 0, refuses = false) =>
  creditLevel({ cause, yuan, months, refuses }, limits);

describe('the level', () => {
  it('A21-8a: a false form alone is an internal note and never more, whatever else is said', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.boolean(), (yuan, months, refuses) => {
        expect(creditLevel({ cause: 'falseForm', yuan, months, refuses }, limits)).toBe('note');
      }),
    );
  });
  it('A21-5c: fraud is serious above the threshold, or when the money is not given back', () => {
    expect(level('fraud', 10_000)).toBe('record');
    expect(level('fraud', 10_001)).toBe('serious');
    expect(level('fraud', 500, 0, true)).toBe('serious');
  });
  it('A21-5c: over-claiming is serious only with refusal and above a threshold', () => {
    expect(level('overclaim', 50_000, 12)).toBe('record');
    expect(level('overclaim', 500, 6, true)).toBe('record');
    expect(level('overclaim', 500, 7, true)).toBe('serious');
    expect(level('overclaim', 10_001, 1, true)).toBe('serious');
  });
});

it('a proposal names its facts; a false form has no amount', () => {
  const fault = (part: object, evidence = '比对显示十月已参保') =>
    checkCredit({ cause: 'fraud', yuan: 800, months: 1, refuses: false, ...part }, evidence)?.message;
  expect(fault({})).toBeUndefined();
  expect(fault({}, '不实')).toContain('事实和证据');
  expect(fault({ yuan: 0 })).toContain('涉及金额');
  expect(fault({ months: -1 })).toContain('涉及月数');
  expect(fault({ cause: 'falseForm' })).toContain('不填金额');
});

it('times come from the provision', () => {
  expect(answerDue('2026-11-26', limits, shippedCalendar)).toBe('2026-12-03');
  expect(creditExpires('note', '2026-11-26', limits)).toBe('2027-11-25');
  expect(creditExpires('serious', '2026-11-26', limits)).toBe('2029-11-25');
});

it('A21-5c: expires by the day alone, on the day after its last one, and only while it is in force', () => {
  const expiresOn = creditExpires('note', '2026-11-26', limits);
  expect(creditExpired({ state: 'inForce', expiresOn }, '2027-11-25')).toBe(false);
  expect(creditExpired({ state: 'inForce', expiresOn }, '2027-11-26')).toBe(true);
  expect(creditExpired({ state: 'revoked', expiresOn }, '2027-11-26')).toBe(false);
  // A month without that day ends on its last one.
  expect(creditExpires('note', '2028-02-29', limits)).toBe('2029-02-27');
});

it('A21-5c, A21-8a: every threshold and time is the provision’s: with others everything comes out otherwise', () => {
  const other = { seriousYuan: 100, seriousMonths: 1, answerWorkingDays: 1, noteMonths: 1, recordMonths: 2 };
  expect(creditLevel({ cause: 'fraud', yuan: 101, months: 0, refuses: false }, other)).toBe('serious');
  expect(creditLevel({ cause: 'fraud', yuan: 100, months: 0, refuses: false }, other)).toBe('record');
  expect(creditLevel({ cause: 'overclaim', yuan: 1, months: 2, refuses: true }, other)).toBe('serious');
  expect(creditLevel({ cause: 'overclaim', yuan: 1, months: 1, refuses: true }, other)).toBe('record');
  expect(answerDue('2026-11-26', other, shippedCalendar)).toBe('2026-11-27');
  expect(creditExpires('note', '2026-11-26', other)).toBe('2026-12-25');
  expect(creditExpires('record', '2026-11-26', other)).toBe('2027-01-25');
});

it('A21-5c, A21-8a: only what the place puts on record', () => {
  expect(creditCovers('falseForm', ['falseForm'])).toBeNull();
  expect(creditCovers('fraud', ['falseForm'])).toMatchObject({ clause: 'A21-5c' });
  expect(creditCovers('overclaim', ['falselyObtainedBenefit'])).toBeNull();
  expect(creditCovers('falseForm', ['falselyObtainedBenefit'])).toMatchObject({ clause: 'A21-8a' });
});

describe('what may be done', () => {
  const noticed: CreditStanding = {
    state: 'noticed',
    level: 'record',
    answered: false,
    answerDue: '2026-12-03',
    objected: false,
    objectionAnswered: false,
    proposedBy: 'a',
  };
  const inForce: CreditStanding = { ...noticed, state: 'inForce', decidedBy: 'b' };
  const hold = (
    standing: CreditStanding,
    action: Parameters<typeof creditHold>[1],
    actor = 'b',
    today = '2026-11-27',
  ) => creditHold(standing, action, { actor, today })?.message;
  it('A21-5c: decided by a second person, after the answer or after its time', () => {
    expect(hold(noticed, 'decide')).toContain('2026-12-03前说明');
    expect(hold(noticed, 'decide', 'b', '2026-12-03')).toContain('前说明');
    expect(hold(noticed, 'decide', 'b', '2026-12-04')).toBeUndefined();
    expect(hold({ ...noticed, answered: true }, 'decide')).toBeUndefined();
    expect(hold({ ...noticed, answered: true }, 'decide', 'a')).toContain('第二人');
    expect(hold(inForce, 'decide')).toContain('不能再决定');
  });
  it('A21-5c: objected to once, and answered by somebody who has not decided', () => {
    expect(hold(noticed, 'object')).toContain('异议');
    expect(hold(inForce, 'object')).toBeUndefined();
    const objected = { ...inForce, objected: true };
    expect(hold(objected, 'object')).toContain('一次');
    expect(hold(objected, 'answerObjection', 'b')).toContain('由其他人');
    expect(hold(objected, 'answerObjection', 'c')).toBeUndefined();
    expect(hold({ ...objected, objectionAnswered: true }, 'answerObjection', 'c')).toContain('没有待答复');
  });
  it('A21-5c: what has expired is neither objected to nor repaired; an objection made before is still answered', () => {
    const until = { ...inForce, expiresOn: '2029-11-25' };
    for (const action of ['object', 'repair'] as const) {
      expect(hold(until, action, 'c', '2029-11-25')).toBeUndefined();
      expect(hold(until, action, 'c', '2029-11-26')).toContain('已于2029-11-25到期');
    }
    expect(hold({ ...until, objected: true }, 'answerObjection', 'c', '2030-01-01')).toBeUndefined();
  });
  it('repaired only while in force; answered only once before the decision', () => {
    expect(hold(inForce, 'repair')).toBeUndefined();
    expect(hold({ ...inForce, state: 'revoked' }, 'repair')).toContain('不用修复');
    expect(hold({ ...noticed, answered: true }, 'answer')).toContain('已经');
  });
});
