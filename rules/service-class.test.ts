import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyFor } from './provisions/policy.ts';
import type { Provision } from './provisions/provision.ts';
import { shippedProvisions } from './provisions/shipped.ts';
import { isRefusal } from './refusal.ts';
import {
  type ClassFacts,
  checkClass,
  computeClass,
  hindranceKinds,
  monthsOut,
  searchKinds,
  skillLevels,
  wishKinds,
} from './service-class.ts';

const policy = policyFor('410802', '2026-11-20');
const facts: ClassFacts = {
  skill: 'practised',
  years: 3,
  wish: 'employed',
  search: 'withHelp',
  hindrances: [],
  education: '71',
  disabled: false,
  difficulty: false,
  unemployedMonth: '2026-06',
  on: '2026-11-20',
};
const classOf = (change: Partial<ClassFacts>) => computeClass({ ...facts, ...change }, policy)?.class;
const any = (of: object) => fc.constantFrom(...Object.keys(of));
const anyFacts = fc.record({
  skill: any(skillLevels),
  years: fc.integer({ min: 0, max: 50 }),
  wish: any(wishKinds),
  search: any(searchKinds),
  hindrances: fc.subarray(Object.keys(hindranceKinds)),
  education: fc.constantFrom('11', '21', '31', '44', '61', '71', '81', '90'),
  disabled: fc.boolean(),
  difficulty: fc.boolean(),
  unemployedMonth: fc.constantFrom('2026-11', '2026-09', '2026-01', '2024-03'),
  on: fc.constant('2026-11-20'),
}) as fc.Arbitrary<ClassFacts>;

describe('the class of a registrant', () => {
  it.each<[string, Partial<ClassFacts>, string]>([
    ['a skilled person lately out of work', { skill: 'certified', years: 8, unemployedMonth: '2026-10' }, 'A'],
    ['an ordinary case', {}, 'B'],
    ['no skill, no experience, a year out of work', { skill: 'none', years: 0, unemployedMonth: '2025-11' }, 'C'],
    ['who wants to start a business', { wish: 'startUp' }, 'D'],
    ['recognised difficulty, whatever the points', { skill: 'certified', years: 9, difficulty: true }, 'C'],
    ['recognised difficulty that wants to start a business', { difficulty: true, wish: 'startUp' }, 'C'],
  ])('M79-3b, A21-4a: %s', (_, change, expected) => {
    expect(classOf(change)).toBe(expected);
  });

  it('M79-3b: the points it names add up to the total that decided', () => {
    fc.assert(
      fc.property(anyFacts, (one) => {
        const computed = computeClass(one, policy);
        expect(computed?.points.reduce((sum, point) => sum + point.points, 0)).toBe(computed?.total);
        expect(computed?.points.every(({ label, points }) => label !== '' && points !== 0)).toBe(true);
        if (!one.difficulty && one.wish !== 'startUp') {
          const { total = 0, class: name } = computed ?? {};
          expect(name).toBe(total >= 4 ? 'A' : total < -1 ? 'C' : 'B');
        }
      }),
    );
  });

  it('M79-3b: one more hindrance never makes a person count as stronger', () => {
    const order = { C: 0, B: 1, A: 2, D: 3 };
    fc.assert(
      fc.property(anyFacts, any(hindranceKinds), (one, more) => {
        fc.pre(!one.hindrances.includes(more as never));
        const before = computeClass(one, policy)?.class ?? 'B';
        const after = computeClass({ ...one, hindrances: [...one.hindrances, more as never] }, policy)?.class ?? 'B';
        expect(order[after]).toBeLessThanOrEqual(order[before]);
      }),
    );
  });

  it('points come from a provision: another place may weigh otherwise', () => {
    const own = shippedProvisions.find((one) => one.parameter === 'classBounds') as Provision<'classBounds'>;
    const local: Provision = {
      ...own,
      id: 'local',
      division: '4108',
      level: 'city',
      from: '2026-01-01',
      value: { strongFrom: 1, weakBelow: 0 },
    };
    const there = policyFor('410802', '2026-11-20', [...shippedProvisions, local]);
    expect(computeClass(facts, policy)?.class).toBe('B');
    expect(computeClass(facts, there)?.class).toBe('A');
    expect(computeClass(facts, there)?.citations.map(({ clauseId }) => clauseId)).toContain('M79-3b');
  });

  it('where no provision sets points there is no computed class', () => {
    expect(computeClass(facts, policyFor('210302', '2020-05-01'))).toBeUndefined();
  });

  it('counts whole months, and none for a month to come', () => {
    expect(monthsOut({ unemployedMonth: '2025-11', on: '2026-11-01' })).toBe(12);
    expect(monthsOut({ unemployedMonth: '2026-12', on: '2026-11-30' })).toBe(0);
  });
});

describe('a class that a clerk sets', () => {
  const computed = computeClass(facts, policy);
  it('stands without a word where it is the computed one', () => {
    expect(checkClass('B', computed, { reason: '', difficulty: false })).toBeNull();
  });
  it('M79-3b: needs a reason where it is another', () => {
    const refusal = checkClass('A', computed, { reason: ' ', difficulty: false });
    expect(isRefusal(refusal) && refusal.message).toContain('请写明理由');
    expect(checkClass('A', computed, { reason: '已有两家单位愿意录用', difficulty: false })).toBeNull();
  });
  it('needs a reason where nothing computes one', () => {
    expect(checkClass('B', undefined, { reason: '', difficulty: false })).toMatchObject({ clause: 'M79-3b' });
  });
  it('A21-4f: recognised difficulty stays C', () => {
    expect(checkClass('B', computed, { reason: '本人要求', difficulty: true })).toMatchObject({ clause: 'A21-4f' });
  });
});
