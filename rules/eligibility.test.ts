import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { decide, nextApplication } from './application.ts';
import {
  type AllFacts,
  type DecisionFacts,
  decisionFacts,
  evidenceKinds,
  groundRules,
  grounds,
  groundsToRefuse,
  missingEvidence,
  reachesAgeOn,
} from './eligibility.ts';
import { forbiddenGrounds } from './forbidden-grounds.ts';
import { findClause } from './provisions/clauses.ts';

const clear: DecisionFacts = {
  identityEstablished: true,
  birthDate: '1985-03-12',
  appliedOn: '2020-09-28',
  lowerAge: 16,
  drawingPension: false,
  employed: false,
  inBusiness: false,
  incomeAboveMinimum: false,
  noCapacity: false,
  imprisoned: false,
  dead: false,
  alreadyRegistered: false,
};

const day = fc
  .date({ min: new Date('1940-01-01'), max: new Date('2008-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const rare = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
const anyFacts: fc.Arbitrary<AllFacts> = fc.record({
  identityEstablished: rare.map((no) => !no),
  birthDate: day,
  appliedOn: fc.constantFrom('2020-05-01', '2020-09-28', '2024-02-29'),
  lowerAge: fc.constant(16),
  drawingPension: rare,
  employed: rare,
  inBusiness: rare,
  incomeAboveMinimum: rare,
  noCapacity: rare,
  imprisoned: rare,
  dead: rare,
  alreadyRegistered: rare,
  insuredLocally: fc.boolean(),
  everInsured: fc.boolean(),
  flexiblyInsured: fc.boolean(),
  benefitEligible: fc.boolean(),
  wantsBenefit: fc.boolean(),
  papersComplete: fc.boolean(),
  householdDivision: fc.constantFrom('410802', '210381'),
  residenceDivision: fc.constantFrom('410802', '410811'),
  ruralHousehold: fc.boolean(),
});

/** The whole way of a decision as the server goes it: narrow, judge, apply. */
function decision(all: AllFacts) {
  const facts = decisionFacts(all);
  const verdict = decide(facts);
  if (verdict.outcome === 'register') return nextApplication({ status: 'submitted' }, 'register', { facts });
  const evidence = (Object.keys(evidenceKinds) as (keyof typeof evidenceKinds)[]).map((kind) => ({
    kind,
    source: '测试',
    date: '2020-09-29',
  }));
  return nextApplication({ status: 'submitted' }, 'refuse', {
    facts,
    grounds: verdict.grounds,
    evidence,
    explanation: '经核实。',
  });
}

describe('what a decision may look at', () => {
  it('M79-2d, M79-2e: flipping insured status or benefit eligibility never changes a decision', () => {
    fc.assert(
      fc.property(anyFacts, (all) => {
        const flipped: AllFacts = {
          ...all,
          insuredLocally: !all.insuredLocally,
          everInsured: !all.everInsured,
          flexiblyInsured: !all.flexiblyInsured,
          benefitEligible: !all.benefitEligible,
          wantsBenefit: !all.wantsBenefit,
        };
        expect(decision(flipped)).toEqual(decision(all));
      }),
      { numRuns: 10_000 },
    );
  });

  it('M79-2f, A21-7a: papers, household and residence never change a decision', () => {
    fc.assert(
      fc.property(anyFacts, (all) => {
        const elsewhere = {
          ...all,
          papersComplete: !all.papersComplete,
          householdDivision: '650102',
          ruralHousehold: !all.ruralHousehold,
        };
        expect(decision(elsewhere)).toEqual(decision(all));
      }),
      { numRuns: 2000 },
    );
  });

  it('M79-2d, M79-2e: the type of the facts has no place for insurance, benefit, papers or household', () => {
    type Banned =
      | 'insured'
      | 'insuredLocally'
      | 'everInsured'
      | 'flexiblyInsured'
      | 'benefitEligible'
      | 'wantsBenefit'
      | 'papersComplete'
      | 'householdDivision'
      | 'residenceDivision'
      | 'ruralHousehold';
    expectTypeOf<Extract<keyof DecisionFacts, Banned>>().toEqualTypeOf<never>();
    expect(Object.keys(decisionFacts({ ...clear, insuredLocally: true, benefitEligible: false }))).toEqual(
      Object.keys(clear),
    );
  });
});

describe('the closed list of grounds', () => {
  it('A21-1a: who meets the conditions is registered, rural household included', () => {
    expect(groundsToRefuse(decisionFacts({ ...clear, ruralHousehold: true }))).toEqual([]);
  });

  it.each([
    ['2004-09-29', '2020-09-28', ['underAge']],
    ['2004-09-28', '2020-09-28', []],
    ['2004-02-29', '2020-02-28', ['underAge']],
    ['2004-02-29', '2020-02-29', []],
  ])('A21-1a: born %s and applying on %s: %j', (birthDate, appliedOn, expected) => {
    expect(groundsToRefuse({ ...clear, birthDate, appliedOn })).toEqual(expected);
  });

  it('A21-1a: the day after 28 February counts for 29 February in a common year', () => {
    expect(reachesAgeOn('2084-02-29', 16)).toBe('2100-03-01');
  });

  it('M79-10a: 63 without a pension is no ground, 52 with one is', () => {
    expect(groundsToRefuse({ ...clear, birthDate: '1957-01-01' })).toEqual([]);
    expect(groundsToRefuse({ ...clear, birthDate: '1968-01-01', drawingPension: true })).toEqual(['drawingPension']);
  });

  it('M79-10a: no age above the lower one is ever a ground', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2004 }), (year) => {
        expect(groundsToRefuse({ ...clear, birthDate: `${year}-01-01` })).toEqual([]);
      }),
    );
  });

  it('every ground can stand, has a clause of the documents, evidence, and words that may be sent with a way on (M79-2f)', () => {
    const standing: Record<string, Partial<DecisionFacts>> = {
      identityNotEstablished: { identityEstablished: false },
      underAge: { birthDate: '2010-01-01' },
    };
    for (const ground of grounds) {
      const rule = groundRules[ground];
      expect(groundsToRefuse({ ...clear, ...(standing[ground] ?? { [ground]: true }) })).toEqual([ground]);
      expect(findClause(rule.clause), ground).toBeDefined();
      expect(rule.evidence.length).toBeGreaterThan(0);
      expect(rule.whatToDo).toContain('异议');
      expect(forbiddenGrounds(`${rule.text}。${rule.toWorker}${rule.whatToDo}`)).toEqual([]);
    }
  });

  it('A21-3b: a match with employment data alone is not evidence enough; the worker is asked', () => {
    const match = { kind: 'employmentFinding', source: '劳动用工备案', date: '2020-09-29' } as const;
    expect(missingEvidence('employed', [match])).toEqual([['workerStatement', 'investigation']]);
    expect(
      missingEvidence('employed', [match, { kind: 'workerStatement', source: '电话', date: '2020-09-29' }]),
    ).toEqual([]);
  });
});
