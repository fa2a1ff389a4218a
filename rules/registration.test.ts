import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal, type Refusal } from './refusal.ts';
import {
  mayOpenRegistration,
  type NextRegistration,
  nextRegistration,
  type RegistrationInputs,
  type RegistrationStatus,
  registrationActions,
  registrationStatuses,
  registrationTable,
} from './registration.ts';

const good: RegistrationInputs = {
  proposeExit: {},
  rejectExit: { reason: '本人仍未就业' },
  exit: { on: '2020-10-12' },
  restore: { reason: '比对信息有误' },
  correct: { corrections: [{ field: 'mobile', from: '1', to: '2' }], reason: '本人更换号码' },
  transfer: {
    from: '410802',
    to: '410811',
    place: 'residence',
    places: ['household', 'residence'],
    reason: '本人搬家',
  },
};

describe('registration: states × actions', () => {
  it('M79-6a: follows the table for every pair', () => {
    for (const status of registrationStatuses)
      for (const action of registrationActions) {
        const result = nextRegistration({ status }, action, good[action]);
        const next = registrationTable[status][action];
        if (next === undefined) expect(isRefusal(result), `${status} ${action}`).toBe(true);
        else expect(result).toMatchObject({ status: next });
      }
  });

  it('no state is a dead end: whatever happened, a person ends registered again or can be', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...registrationActions), { maxLength: 20 }), (steps) => {
        let status: RegistrationStatus = 'active';
        for (const action of steps) {
          const result: NextRegistration | Refusal = nextRegistration({ status }, action, good[action]);
          if (!isRefusal(result)) status = result.status;
        }
        const held = [{ status, number: '1' }];
        if (status === 'exited') {
          expect(mayOpenRegistration(held)).toBeNull();
          expect(isRefusal(nextRegistration({ status }, 'restore', good.restore))).toBe(false);
        } else
          expect(
            isRefusal(nextRegistration({ status }, status === 'active' ? 'proposeExit' : 'exit', { on: '2020-10-12' })),
          ).toBe(false);
      }),
    );
  });

  it('A21-2d: one valid registration per person; an exit proposed is still valid', () => {
    expect(mayOpenRegistration([{ status: 'exitProposed', number: '410802200928000001' }])).toMatchObject({
      code: 'registration.claimed',
    });
    expect(mayOpenRegistration([])).toBeNull();
  });

  it('a restored registration takes the claim again, unless the person registered anew', () => {
    expect(nextRegistration({ status: 'exited' }, 'restore', good.restore)).toMatchObject({
      effects: [{ kind: 'record', reason: '比对信息有误' }, { kind: 'takeClaim' }, { kind: 'reopenTasks' }],
    });
    expect(nextRegistration({ status: 'exited' }, 'restore', { reason: '误办', otherActive: '1' })).toMatchObject({
      code: 'registration.claimed',
    });
  });

  it('a correction keeps both values and a reason', () => {
    expect(
      nextRegistration({ status: 'active' }, 'correct', {
        corrections: [{ field: 'name', from: 'a', to: 'a' }],
        reason: 'x',
      }),
    ).toMatchObject({ refused: true });
    expect(nextRegistration({ status: 'active' }, 'correct', { ...good.correct, reason: ' ' })).toMatchObject({
      refused: true,
    });
    expect(nextRegistration({ status: 'active' }, 'correct', good.correct)).toMatchObject({
      effects: [{ kind: 'record' }, { kind: 'keepCorrection', corrections: good.correct.corrections }],
    });
  });

  it('M79-1a: within the city it moves at once, to another city the office there is asked; moving ends nothing', () => {
    for (const [to, kind] of [
      ['410811', 'moveTo'],
      ['210302', 'askOffice'],
    ])
      expect(nextRegistration({ status: 'active' }, 'transfer', { ...good.transfer, to: to as string })).toMatchObject({
        status: 'active',
        effects: [{ kind: 'record' }, { kind, office: to, place: 'residence' }],
      });
    expect(
      nextRegistration({ status: 'active' }, 'transfer', { ...good.transfer, to: '210302', place: 'insurance' }),
    ).toMatchObject({ refused: true, clause: 'M79-1a' });
  });

  it('a stale page is told who changed what', () => {
    const refusal = nextRegistration(
      { status: 'exited', changedBy: '王芳', changedAt: '10:15' },
      'transfer',
      good.transfer,
    );
    expect(refusal).toMatchObject({ code: 'registration.changed', message: expect.stringContaining('王芳于10:15') });
  });
});
