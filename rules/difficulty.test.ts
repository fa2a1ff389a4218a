import { describe, expect, it } from 'vitest';
import { shippedCalendar } from './calendar.ts';
import {
  checkDifficulty,
  difficultyDue,
  difficultyHolds,
  judgeCategories,
  monthsAfter,
  nextDifficulty,
} from './difficulty.ts';
import { policyFor } from './provisions/policy.ts';
import { isRefusal } from './refusal.ts';

const policy = policyFor('410802', '2026-11-20');
const facts = { registeredOn: '2026-05-20', disabled: false, on: '2026-11-20' };
const fits = (change: object, on = policy) =>
  Object.fromEntries(judgeCategories({ ...facts, ...change }, on).map((one) => [one.name, one.fits]));

describe('the province’s table', () => {
  it('HN59-1: half a year registered counts from the very day, not a day before', () => {
    expect(fits({}).连续失业半年以上的人员).toBe('yes');
    expect(fits({ registeredOn: '2026-05-21' }).连续失业半年以上的人员).toBe('no');
  });
  it('HN09-43: before the table of 2015 it was a whole year', () => {
    const before = policyFor('410802', '2015-12-30');
    expect(fits({ on: '2015-12-30', registeredOn: '2015-05-20' }, before).连续失业一年以上的人员).toBe('no');
    expect(fits({ on: '2015-12-30', registeredOn: '2014-12-30' }, before).连续失业一年以上的人员).toBe('yes');
    const after = policyFor('410802', '2015-12-31');
    expect(Object.keys(fits({}, after))).toContain('连续失业半年以上的人员');
  });
  it('disability comes from the file; what data do not know is for a person to look at', () => {
    expect(fits({ disabled: true }).失业的残疾人).toBe('yes');
    expect(fits({}).失业的残疾人).toBe('no');
    expect(fits({}).城镇零就业家庭成员).toBe('byHand');
  });
  it('HN59-1: the second tier asks for an age on the day, by sex', () => {
    const tier = '特困人员：登记失业半年以上，女满45周岁、男满55周岁';
    const born = (bornOn: string, sex: string, more = {}) => fits({ bornOn, sex, ...more })[tier];
    expect(born('1981-11-20', '2')).toBe('yes');
    expect(born('1981-11-21', '2')).toBe('no');
    expect(born('1981-11-20', '1')).toBe('no');
    expect(born('1971-11-20', '1')).toBe('yes');
    // Old enough, but not registered for half a year; nobody knows the age of who has not applied.
    expect(born('1971-11-20', '1', { registeredOn: '2026-05-21' })).toBe('no');
    expect(fits({})[tier]).toBe('byHand');
    expect(born('1971-11-20', '9')).toBe('byHand');
    const zero = '特困人员：零就业家庭成员，女满40周岁、男满50周岁';
    expect(fits({ bornOn: '1986-11-20', sex: '2' })[zero]).toBe('byHand');
    expect(fits({ bornOn: '1986-11-21', sex: '2' })[zero]).toBe('no');
    expect(Object.keys(fits({}, policyFor('410802', '2015-12-30'))).some((name) => name.startsWith('特困'))).toBe(
      false,
    );
  });
  it('HN59-1, M79-5b: who is on the list of civil affairs need not be looked at; who is not may still belong to such a family', () => {
    const tier = '特困人员：低保家庭成员，女满40周岁、男满50周岁';
    const old = { bornOn: '1970-01-01', sex: '1' };
    expect(fits({ ...old, allowance: true })[tier]).toBe('yes');
    expect(fits({ ...old, allowance: false })[tier]).toBe('byHand');
    expect(fits({ ...old, bornOn: '1990-01-01', allowance: true })[tier]).toBe('no');
  });
  it('is silent in Liaoning until somebody enters its table', () => {
    expect(judgeCategories(facts, policyFor('210302', '2026-11-20'))).toEqual([]);
  });
  it('HN09-44: seven working days, over the National Day', () => {
    const due = difficultyDue('2020-09-28', policyFor('410802', '2020-09-28'), shippedCalendar);
    expect(due).toMatchObject({ due: '2020-10-14', citation: { clauseId: 'HN09-44' } });
  });
  it('holds a year less a day; months end where they end', () => {
    expect(difficultyHolds('2026-11-20', policy.difficultyMonths?.value ?? 0)).toEqual({
      from: '2026-11-20',
      to: '2027-11-19',
    });
    expect(monthsAfter('2026-08-31', 6)).toBe('2027-02-28');
    expect(monthsAfter('2023-08-31', 6)).toBe('2024-02-29');
  });
});

describe('a decision', () => {
  const judged = judgeCategories(facts, policy);
  const recognise = (category: string, verified = '') =>
    checkDifficulty({ recognise: true, category, verified }, judged)?.message;
  it('M79-5a: recognises by data without a word, by hand only with how it was verified', () => {
    expect(recognise('连续失业半年以上的人员')).toBeUndefined();
    expect(recognise('城镇零就业家庭成员')).toContain('怎样核实');
    expect(recognise('城镇零就业家庭成员', '入户了解，全家无人就业')).toBeUndefined();
    expect(recognise('失业的残疾人', '本人说的')).toContain('不符合');
    expect(recognise('大龄')).toContain('从本省');
  });
  it('against needs a reason', () => {
    expect(checkDifficulty({ recognise: false, reason: ' ' }, judged)?.message).toContain('理由');
    expect(checkDifficulty({ recognise: false, reason: '登记未满半年，没有其他情形' }, judged)).toBeNull();
  });
  it('is made once; a recognised one is checked again or withdrawn', () => {
    expect(nextDifficulty('applied', 'recognise')).toBe('recognised');
    expect(nextDifficulty('recognised', 'recheck')).toBe('recognised');
    expect(nextDifficulty('recognised', 'withdraw')).toBe('withdrawn');
    for (const state of ['refused', 'withdrawn'] as const)
      for (const action of ['recognise', 'refuse', 'recheck', 'withdraw'] as const)
        expect(isRefusal(nextDifficulty(state, action))).toBe(true);
    expect(isRefusal(nextDifficulty('recognised', 'refuse'))).toBe(true);
  });
});
