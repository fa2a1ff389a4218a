import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyFor } from './provisions/policy.ts';
import { countedBesides, groupServed, type ServedInput, servedFaults, servedGroupNames, tidyServed } from './served.ts';

const good: ServedInput = {
  name: '林晓雨',
  idNumber: '410802199003074528',
  mobile: '13800000000',
  place: '410802',
  from: '2026-07-01',
  to: '2026-12-31',
  note: '',
};
const on = { today: '2026-11-22', inRange: (place: string) => place.startsWith('410802') };
const faults = (change: Partial<ServedInput>) => servedFaults(tidyServed({ ...good, ...change }), on);

describe('a row of a list', () => {
  it('is good as it should be, also with blanks around and without what is optional', () => {
    expect(faults({})).toEqual([]);
    expect(
      faults({ name: ' 林晓雨 ', idNumber: ' 410802199003074528 ', mobile: '', from: '', to: '', note: '' }),
    ).toEqual([]);
  });
  it('says which field and why, and nothing of the person', () => {
    const all = faults({
      name: '',
      idNumber: '410802199003074529',
      mobile: '138',
      place: '410803',
      from: '七月',
      to: '',
    });
    expect(all.map((text) => text.split('：')[0])).toEqual([
      '姓名',
      '身份证件号码',
      '手机',
      '所属机构代码',
      '享受期限起',
    ]);
    expect(all.join()).not.toMatch(/410802199003074529|七月|138/);
    expect(faults({ from: '2026-12-01', to: '2026-11-01' })).toEqual(['享受期限止：早于享受期限起。']);
  });
});

describe('which groups', () => {
  it('M79-1b: all four are served everywhere since the ministry’s notice', () => {
    for (const group of servedGroupNames) expect(groupServed(policyFor('410802', '2026-11-22'), group)).toBeNull();
    expect(groupServed(policyFor('210302', '2020-07-01'), 'graduates')).toMatchObject({ clause: 'M79-1b' });
  });
  it('H122-3a: Henan counts three besides the registrants, the nation none', () => {
    const people = servedGroupNames.map((group) => ({ person: group, group, registered: false, ended: false }));
    expect(countedBesides(people, policyFor('410802', '2026-11-22'))).toBe(3);
    expect(countedBesides(people, policyFor('130102', '2026-11-22'))).toBe(0);
  });
  it('R091: who is registered, has ended, or stands on two lists is never counted twice', () => {
    const policy = policyFor('410802', '2026-11-22');
    const person = fc.record({
      person: fc.constantFrom('a', 'b', 'c', 'd'),
      group: fc.constantFrom(...servedGroupNames),
      registered: fc.boolean(),
      ended: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(person), (people) => {
        const expected = ['a', 'b', 'c', 'd'].filter((name) =>
          people.some((p) => p.person === name && p.group !== 'temporaryAllowance' && !p.registered && !p.ended),
        );
        expect(countedBesides(people, policy)).toBe(expected.length);
      }),
    );
  });
});
