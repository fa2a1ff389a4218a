import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { employmentCount, employmentCounts } from './employment-counts.ts';
import { ordered } from './ordered.ts';
import { addPyramid, bandText, countPyramid, type Pyramid } from './pyramid.ts';
import {
  addServices,
  countServices,
  eachService,
  type ServiceFact,
  type ServiceFigures,
  serviceRecord,
  serviceRows,
  share,
} from './service-sheet.ts';
import { noFigures } from './sheet.ts';
import { blankStanding, idAt, recordOf } from './standing.ts';

const id = '41080000-0000-8000-8000-000000000000';
const record = (part: Partial<ReturnType<typeof blankStanding>>) =>
  recordOf({ registration: id, person: id }, { ...blankStanding(), ...part });
const sumOf = (ages: Pyramid) =>
  Object.values(ages).reduce((sum, band) => sum + (band ?? []).reduce((a, b) => a + b, 0), 0);

describe('M79-10a: the stock by age and sex', () => {
  it('on the birthday itself a year is full; 60 and above are one band; who has no day of birth stands apart', () => {
    const ages: Pyramid = {};
    const list = ordered(
      record({ bornOn: 20061120, sex: 'male' }),
      record({ bornOn: 20061121, sex: 'female' }),
      record({ bornOn: 19400101, sex: 'female' }),
      record({ bornOn: 0, sex: 'unknown' }),
    );
    countPyramid(ages, list, 20261120);
    expect(ages).toEqual({ 20: [1, 0, 0], 15: [0, 1, 0], 60: [0, 1, 0], unknown: [0, 0, 1] });
    expect(['15', '20', '60', 'unknown'].map(bandText)).toEqual(['16—19岁', '20—24岁', '60岁及以上', '年龄不详']);
  });
  it('everybody stands in one band, and the bands of parts add up', () => {
    const person = fc.record({
      bornOn: fc.oneof(
        fc.constant(0),
        fc.integer({ min: 1930, max: 2010 }).map((year) => year * 10_000 + 615),
      ),
      sex: fc.constantFrom('male' as const, 'female' as const, 'unknown' as const),
    });
    fc.assert(
      fc.property(fc.array(person), fc.array(person), (one, other) => {
        const parts = [one, other].map((people) => {
          const ages: Pyramid = {};
          countPyramid(ages, ordered(...people.map(record)), 20261120);
          return ages;
        });
        const whole: Pyramid = {};
        for (const part of parts) addPyramid(whole, part);
        const together: Pyramid = {};
        countPyramid(together, ordered(...[...one, ...other].map(record)), 20261120);
        expect(whole).toEqual(together);
        expect(sumOf(whole)).toBe(one.length + other.length);
      }),
    );
  });
});

describe('M79-3a, M79-4a, A21-4a: the service sheet', () => {
  const facts = (what: ServiceFact['what'], kept: boolean, count: number, part: Partial<ServiceFact> = {}) =>
    Array.from({ length: count }, () =>
      serviceRecord({ registration: id, person: id }, { what, kept, first: false, kind: undefined, on: 0, ...part }),
    );
  const records = [
    ...facts('decision', true, 8, { on: 20261103 }),
    ...facts('decision', false, 2),
    ...facts('contact', true, 5),
    ...facts('contact', false, 1),
    ...facts('month', true, 90),
    ...facts('month', false, 10),
    ...facts('service', true, 5, { kind: 'introduction', first: true }),
    ...facts('service', true, 1, { kind: 'introduction' }),
    ...facts('service', true, 2, { kind: 'training', first: true }),
    ...facts('service', true, 1, { kind: 'training' }),
  ];
  const counted = (some: readonly Uint8Array[]) => {
    const figures: ServiceFigures = {};
    countServices(figures, ordered(...some));
    return figures;
  };
  it('counts each row by its own predicate; what is nought is left out', () => {
    expect(counted(records)).toEqual({
      decisionsDue: 10,
      decisionsKept: 8,
      contactsDue: 6,
      contactsKept: 5,
      monthRegistered: 100,
      monthSeen: 90,
      served: 7,
      services: 9,
      'service-introduction': 6,
      'service-training': 3,
    });
    expect(serviceRows.decisionsKept.clause).toBe('M79-3a');
  });
  it('of parts add up', () => {
    const whole = counted(records.slice(0, 70));
    addServices(whole, counted(records.slice(70)));
    expect(whole).toEqual(counted(records));
  });
  it('a record says what it was written from, and is refused when it says nothing known', () => {
    const fact: ServiceFact = { what: 'service', kept: true, first: true, kind: 'other', on: 20261103 };
    const record = serviceRecord({ registration: id, person: id }, fact);
    const read: ServiceFact[] = [];
    eachService(record, (one, at) => read.push({ ...one }) && expect(idAt(record, at)).toBe(id));
    expect(read).toEqual([fact]);
    expect(() => eachService(record.with(35, 0), () => {})).toThrow(RangeError);
  });
  it('a share of nothing is none, and one decimal is rounded half up', () => {
    expect([share(0, 0), share(1, 3), share(1, 8), share(2, 2)]).toEqual([undefined, 33.3, 12.5, 100]);
  });
});

describe('M79X-4: columns of 人社统EP1', () => {
  it('back in work are the exits 11 to 14; what needs the register of employment is a dash with its reason', () => {
    const figures = noFigures();
    for (const [index, row] of (['exit11', 'exit12', 'exit13', 'exit14', 'exit21', 'exit90'] as const).entries()) {
      figures[row].all.count = 10 ** index;
      figures[row].difficulty.count = index;
    }
    expect(employmentCount('reemployed', figures)).toBe(1111);
    expect(employmentCount('difficultyEmployed', figures)).toBe(6);
    expect(employmentCount('newUrban', figures)).toBeUndefined();
    expect(employmentCounts.newUrban.lacking).toContain('就业登记');
  });
});
