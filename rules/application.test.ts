import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ApplicationAction,
  type ApplicationEffect,
  type ApplicationInputs,
  type ApplicationStatus,
  applicationActions,
  applicationStatuses,
  applicationTable,
  decisionDue,
  nextApplication,
} from './application.ts';
import { shippedCalendar } from './calendar.ts';
import type { DecisionFacts, Evidence, Ground } from './eligibility.ts';
import { policyFor } from './provisions/policy.ts';
import { isRefusal, type Refusal } from './refusal.ts';

const facts: DecisionFacts = {
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
const pension: Evidence = { kind: 'pensionFinding', source: '养老保险待遇', date: '2020-09-29' };

/** An input with which each action succeeds where the table has it. */
const good: ApplicationInputs = {
  save: {},
  submit: { channel: 'portal', submittedOn: '2020-09-28', faults: [], commitmentVersion: '2020-1', signed: true },
  recordCheck: { finding: { source: 'socialInsurance', says: 'silent', answeredAt: '2020-09-28T01:00:00Z' } },
  register: { facts },
  refuse: {
    facts: { ...facts, drawingPension: true },
    grounds: ['drawingPension'],
    evidence: [pension],
    explanation: '经核实。',
  },
  handOver: { from: '410811', to: '410802', places: ['410802', '210381'], reason: '申请人选择在常住地登记。' },
  withdraw: { byApplicant: true },
  closeAsDuplicate: { existing: { kind: 'registration', number: '410802202009280001' } },
};

function go(status: ApplicationStatus, action: ApplicationAction) {
  return nextApplication({ status }, action, good[action]);
}
function refused(result: unknown): Refusal {
  if (!isRefusal(result)) throw new Error('expected a refusal');
  return result;
}
function effects(result: ReturnType<typeof go>): ApplicationEffect[] {
  if (isRefusal(result)) throw new Error(result.message);
  return result.effects;
}
const kinds = (result: ReturnType<typeof go>) => effects(result).map((effect) => effect.kind);

describe('states × actions', () => {
  it('M79-6a: follows the table for every pair, and records every step', () => {
    for (const status of applicationStatuses)
      for (const action of applicationActions) {
        const result = go(status, action);
        const next = applicationTable[status][action];
        if (next === undefined) expect(isRefusal(result), `${status} ${action}`).toBe(true);
        else {
          expect(result).toMatchObject({ status: next });
          expect(effects(result)[0]).toEqual({ kind: 'record', action, from: status, to: next });
        }
      }
  });

  it('M79-3a: from submission every path ends in an outcome, and no state waits for papers', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...applicationActions), { maxLength: 30 }), (steps) => {
        let status: ApplicationStatus = 'draft';
        for (const action of steps) {
          const result = go(status, action);
          if (!isRefusal(result)) status = result.status;
        }
        if (status === 'draft') expect(isRefusal(go(status, 'submit'))).toBe(false);
        if (status === 'submitted') expect(isRefusal(go(status, 'register'))).toBe(false);
      }),
    );
  });

  it('the second of two clerks is told who was first and when', () => {
    const state = { status: 'registered', closedBy: '王芳', closedAt: '2020-09-29 10:15' } as const;
    const refusal = refused(nextApplication(state, 'register', good.register));
    expect(refusal.code).toBe('application.changed');
    expect(refusal.message).toContain('王芳');
    expect(refusal.message).toContain('2020-09-29 10:15');
  });
});

describe('submission', () => {
  it('A21-8a: a faulty form is refused at submission with each reason', () => {
    const refusal = refused(
      nextApplication({ status: 'draft' }, 'submit', {
        ...good.submit,
        faults: [{ field: 'name', message: '请填写姓名' }],
      }),
    );
    expect(refusal).toMatchObject({ code: 'form.faulty', clause: 'A21-8a' });
    expect(refusal.message).toContain('请填写姓名');
  });

  it('A21-2b: without the commitment shown and signed nothing is submitted', () => {
    for (const without of [{ commitmentVersion: undefined }, { signed: false }])
      expect(refused(nextApplication({ status: 'draft' }, 'submit', { ...good.submit, ...without })).code).toBe(
        'form.commitment',
      );
  });

  it('H122-2c: a platform case with a fault is taken, and its clock started at the worker’s submission', () => {
    const result = nextApplication({ status: 'draft' }, 'submit', {
      channel: 'platform',
      submittedOn: '2020-09-25',
      faults: [{ field: 'mobile', message: '手机号码不对' }],
      signed: false,
    });
    expect(effects(result)).toContainEqual({ kind: 'startClock', on: '2020-09-25' });
    expect(kinds(result)).toContain('mendForm');
  });
});

describe('the decision', () => {
  it('M79-7a, A21-3d: registering opens the registration, uploads at once and tells the worker', () => {
    expect(kinds(go('submitted', 'register'))).toEqual(['record', 'openRegistration', 'uploadDecision', 'message']);
  });

  it('A21-3b: every source silent, the case still completes', () => {
    expect(kinds(go('submitted', 'recordCheck'))).toEqual(['record']);
    expect(isRefusal(go('submitted', 'register'))).toBe(false);
  });

  it('A21-1a: what is established against a person cannot be registered over', () => {
    expect(
      refused(nextApplication({ status: 'submitted' }, 'register', { facts: { ...facts, drawingPension: true } }))
        .clause,
    ).toBe('A21-1a');
    expect(
      refused(nextApplication({ status: 'submitted' }, 'register', { facts: { ...facts, alreadyRegistered: true } }))
        .code,
    ).toBe('registration.claimed');
  });

  it.each<[string, Partial<ApplicationInputs['refuse']>, string]>([
    ['no ground at all', { grounds: [] }, 'decision.groundNotPermitted'],
    ['a ground outside the list', { grounds: ['notInsured' as Ground] }, 'decision.groundNotPermitted'],
    ['a ground that does not stand', { grounds: ['employed'] }, 'decision.groundNotPermitted'],
    ['a ground without evidence', { evidence: [] }, 'decision.groundNotPermitted'],
    ['材料不齐 typed as explanation', { explanation: '材料不齐' }, 'decision.forbiddenGround'],
    ['未参保 typed as explanation', { explanation: '且未参保' }, 'decision.forbiddenGround'],
  ])('M79-2f: refusing with %s is blocked', (_, change, code) => {
    expect(refused(nextApplication({ status: 'submitted' }, 'refuse', { ...good.refuse, ...change })).code).toBe(code);
  });

  it('M79-14: a blocked text reaches supervision with its clauses', () => {
    const refusal = refused(
      nextApplication({ status: 'submitted' }, 'refuse', { ...good.refuse, explanation: '缺离职证明，户籍不在本地' }),
    );
    expect(refusal.supervisionEvent).toMatchObject({
      kind: 'forbiddenGround',
      clauses: expect.arrayContaining(['M79-2b', 'A21-7a']),
    });
  });

  it('the dead are not written to', () => {
    const result = nextApplication({ status: 'submitted' }, 'refuse', {
      facts: { ...facts, dead: true },
      grounds: ['dead'],
      evidence: [
        { kind: 'deathFinding', source: '民政部门', date: '2020-09-29' },
        { kind: 'investigation', source: '社区', date: '2020-09-29' },
      ],
      explanation: '',
    });
    expect(kinds(result)).toEqual(['record', 'uploadDecision']);
  });
});

describe('hand-over, withdrawal, duplicate', () => {
  it('A21-7a: a case for another place is handed over; it stays in hand and the clock is not touched', () => {
    const result = go('submitted', 'handOver');
    expect(result).toMatchObject({ status: 'submitted' });
    expect(kinds(result)).toEqual(['record', 'moveTo', 'message']);
  });

  it('M79-1a: only to a place the applicant named, and never with 户籍不在本地', () => {
    const elsewhere = nextApplication({ status: 'submitted' }, 'handOver', { ...good.handOver, to: '110101' });
    expect(refused(elsewhere).clause).toBe('M79-1a');
    const words = nextApplication({ status: 'submitted' }, 'handOver', { ...good.handOver, reason: '户籍不在本地' });
    expect(refused(words)).toMatchObject({ code: 'decision.forbiddenGround', clause: 'A21-7a' });
  });

  it('M79-2f: nobody but the applicant withdraws', () => {
    expect(isRefusal(nextApplication({ status: 'submitted' }, 'withdraw', { byApplicant: false }))).toBe(true);
    expect(kinds(go('draft', 'withdraw'))).toEqual(['record']);
  });

  it('A21-2d: the second arrival of a person closes as a duplicate with a notice', () => {
    expect(effects(go('submitted', 'closeAsDuplicate'))).toContainEqual({
      kind: 'message',
      template: 'application.duplicate',
    });
    expect(isRefusal(nextApplication({ status: 'submitted' }, 'closeAsDuplicate', {}))).toBe(true);
  });
});

describe('the due date', () => {
  it.each([
    ['210300', '2020-05-01', '2020-05-13', 'A21-3a'],
    ['210300', '2020-09-28', '2020-10-09', 'M79-3a'],
    ['410802', '2020-09-25', '2020-09-29', 'M79-3a'],
  ])('in %s an application of %s is due on %s under %s', (division, submitted, due, clauseId) => {
    const result = decisionDue(submitted, policyFor(division, submitted), shippedCalendar);
    expect(result.due).toBe(due);
    expect(result.citation.clauseId).toBe(clauseId);
  });
});
