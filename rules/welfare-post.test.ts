import { describe, expect, it } from 'vitest';
import { policyFor, requirePolicy } from './provisions/policy.ts';
import { isRefusal } from './refusal.ts';
import {
  checkDue,
  checkLeaving,
  checkOnDuty,
  checkPost,
  firstCheckDue,
  missedMonths,
  placementEnds,
} from './welfare-post.ts';

const limits = requirePolicy(policyFor('410802', '2026-11-26'), 'welfareLimits').value;
const on = { today: '2026-11-26', registeredOn: '2026-03-01', daysBefore: 0, limits };
const ends = (given: object, more: object = {}) =>
  placementEnds({ startsOn: '2026-11-20', pensionSource: '', ...given }, { ...on, ...more });
const why = (outcome: unknown) => (isRefusal(outcome) ? outcome.message : outcome);

describe('how long a placement may run', () => {
  it('A21-4f: thirty-six months from the start, the last day included', () => {
    expect(ends({})).toBe('2029-11-19');
    expect(ends({ startsOn: '2026-11-26' })).toBe('2029-11-25');
  });
  it('A21-4f: earlier posts count, and nothing is left after thirty-six months of them', () => {
    expect(ends({}, { daysBefore: 365 })).toBe('2028-11-19');
    expect(why(ends({}, { daysBefore: 1096 }))).toContain('已满36个月');
  });
  it('A21-4f: longer only near the pension, up to the day before it, and with a source', () => {
    const near = { pensionOn: '2031-05-01', pensionSource: '比对出生日期和退休年龄表' };
    expect(ends(near, { daysBefore: 1096 })).toBe('2031-04-30');
    expect(why(ends({ ...near, pensionSource: '' }))).toContain('怎样核实');
    expect(why(ends({ ...near, pensionOn: '2031-11-21' }))).toContain('超过5年');
    expect(why(ends({ ...near, pensionOn: '2026-11-20' }))).toContain('晚于上岗');
  });
  it('a start in the future or before the registration is refused', () => {
    expect(why(ends({ startsOn: '2026-11-27' }))).toContain('不能晚于今天');
    expect(why(ends({ startsOn: '2026-02-28' }))).toContain('不能早于登记');
  });
});

describe('the monthly on-duty check', () => {
  it('A21-4f: is owed by the end of the month of the start, then of each month after the last one', () => {
    expect(firstCheckDue('2026-11-20')).toBe('2026-11-30');
    expect(checkDue('2026-12', limits)).toBe('2027-01-31');
    expect(checkDue('2027-01', limits)).toBe('2027-02-28');
    expect(checkDue('2026-12', { ...limits, checkEveryMonths: 3 })).toBe('2027-03-31');
  });
  it('a month that is over without one is missed; the running month is not yet', () => {
    const missed = (checked: string[], to: string) => missedMonths('2026-08-10', to, new Set(checked), limits);
    expect(missed(['2026-09'], '2026-11-26')).toEqual(['2026-08', '2026-10']);
    expect(missed(['2026-08', '2026-09', '2026-10'], '2026-11-30')).toEqual([]);
    expect(missed(['2026-08', '2026-09', '2026-10'], '2026-12-01')).toEqual(['2026-11']);
  });
  it('names what is wrong with one', () => {
    const check = (given: object) =>
      checkOnDuty(
        { month: '2026-11', onDuty: true, means: 'visit', text: '', ...given },
        { today: '2026-11-26', startsOn: '2026-08-10' },
      )?.message;
    expect(check({})).toBeUndefined();
    expect(check({ month: '2026-12' })).toContain('晚于本月');
    expect(check({ month: '2026-07' })).toContain('早于上岗');
    expect(check({ month: '2026-13' })).toContain('应为年月');
    expect(check({ onDuty: false })).toContain('写明情况');
  });
});

it('a post names its employer, place, wage and number, each refused by name', () => {
  const good = {
    employer: '民生街道办事处',
    title: '社区保洁员',
    place: '民生街道',
    duties: '',
    wage: 1900,
    posts: 3,
    validTo: '2026-12-31',
  };
  const faulty = (part: object) => checkPost({ ...good, ...part }, '2026-11-26')?.message;
  expect(faulty({})).toBeUndefined();
  expect(faulty({ employer: ' ' })).toContain('用人单位');
  expect(faulty({ title: '' })).toContain('岗位名称');
  expect(faulty({ place: '' })).toContain('工作地点');
  expect(faulty({ wage: 0 })).toContain('月工资');
  expect(faulty({ posts: 1.5 })).toContain('岗位数');
  expect(faulty({ validTo: '2026-11-25' })).toContain('截止日期');
});

it('leaving lies between start and today, and says why where the reason does not', () => {
  const left = (on: string, reason: 'expired' | 'other', text = '') =>
    checkLeaving({ on, reason, text }, { today: '2026-11-26', startsOn: '2026-08-10' })?.message;
  expect(left('2026-11-26', 'expired')).toBeUndefined();
  expect(left('2026-11-27', 'expired')).toContain('晚于今天');
  expect(left('2026-08-09', 'expired')).toContain('早于上岗');
  expect(left('2026-11-26', 'other')).toContain('写明');
});
