import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedCalendar } from './calendar.ts';
import {
  checkExitProposal,
  type ExitContext,
  type ExitEvidenceKind,
  type ExitInputs,
  type ExitProposal,
  type ExitStatus,
  exitActions,
  exitReasonRules,
  exitReasons,
  exitStatuses,
  exitTable,
  isGuarded,
  type NextExit,
  nextExit,
  noticeAfterExit,
  proposeExit,
} from './exit.ts';
import { policyFor } from './provisions/policy.ts';
import { isRefusal, type Refusal } from './refusal.ts';

const policy = policyFor('410802', '2021-05-20');
const anshan = policyFor('210302', '2020-05-20');
const context: ExitContext = { registeredOn: '2020-09-30', today: '2021-05-20', policy, calendar: shippedCalendar };
const piece = (kind: ExitEvidenceKind) => ({ kind, source: '核实记录', date: '2021-05-18' });
const hired: ExitProposal = {
  reason: '11',
  exitOn: '2021-05-18',
  source: 'clerk',
  proposedBy: '经办一',
  evidence: [piece('workerStatement')],
};
const offers = ['2021-02-01', '2021-03-01', '2021-04-01'].map((on) => ({
  on,
  service: '推荐岗位',
  suitable: true,
  reasonGiven: '不想去',
  withoutGoodReason: true,
}));
const refuser: ExitProposal = { ...hired, reason: '31', evidence: [piece('serviceOffers')], offers };
const months = ['2020-11', '2020-12', '2021-01', '2021-02', '2021-03', '2021-04'];
const silent: ExitProposal = {
  ...hired,
  reason: '32',
  evidence: [piece('contactAttempts')],
  attempts: months.map((month, index) => ({ on: `${month}-10`, means: index === 0 ? 'visit' : 'telephone' })),
};
const warned = { lastChance: { sentOn: '2021-05-06', answered: false } };
const kinds = (result: unknown) => (result as { effects: { kind: string }[] }).effects.map((effect) => effect.kind);

describe('what an exit needs', () => {
  it('M79-4b: a plain exit with evidence may be proposed and confirmed by one clerk', () => {
    expect(proposeExit(hired, context)).toEqual({ status: 'proposed', effects: [] });
    const done = nextExit({ status: 'proposed' }, 'confirm', { proposal: hired, context, by: '经办一' });
    expect(done).toMatchObject({ status: 'confirmed' });
    expect(kinds(done)).toEqual(['record', 'endRegistration', 'queueUpload', 'message']);
  });

  it.each<[string, Partial<ExitProposal>, string]>([
    ['code 22, which does not exist', { reason: '22' }, '原因'],
    ['24 without its kind', { reason: '24' }, '哪一种'],
    ['12 without its kind', { reason: '12' }, '哪一种'],
    ['90 without text', { reason: '90' }, '写明'],
    ['13 without the income', { reason: '13' }, '月收入'],
    [
      '13 below the standard',
      { reason: '13', income: { monthly: 500, standard: 590, standardOf: '焦作市2021年' } },
      '低于',
    ],
    ['no evidence', { evidence: [] }, '依据'],
    ['evidence of something else', { evidence: [piece('deathFinding')] }, '依据'],
    ['a date to come', { exitOn: '2021-05-21' }, '今天'],
    ['a date before registration', { exitOn: '2020-09-29' }, '登记日期'],
    ['no date', { exitOn: '' }, '退出日期'],
  ])('M79X-3, M79X-4: %s is refused', (_, change, words) => {
    const refusal = checkExitProposal({ ...hired, ...change }, context);
    expect(refusal).toMatchObject({ code: expect.stringMatching(/^exit\./) });
    expect(refusal?.message).toContain(words);
  });

  it('M79-10a: an age is never a reason, not even as text under 90', () => {
    const refusal = checkExitProposal({ ...hired, reason: '90', text: '已达到法定退休年龄' }, context);
    expect(refusal).toMatchObject({ code: 'decision.forbiddenGround', supervisionEvent: { kind: 'forbiddenGround' } });
  });

  it('registration day and today are both possible exit days', () => {
    expect(checkExitProposal({ ...hired, exitOn: '2020-09-30' }, context)).toBeNull();
    expect(checkExitProposal({ ...hired, exitOn: '2021-05-20' }, context)).toBeNull();
  });
});

describe('31 and 32', () => {
  it('M79-4c: guarded under 79号, a ground in Anshan as issued (A21-5f)', () => {
    expect([isGuarded('31', policy), isGuarded('32', policy), isGuarded('11', policy)]).toEqual([true, true, false]);
    expect([isGuarded('31', anshan), isGuarded('32', anshan)]).toEqual([false, false]);
    expect(isGuarded('31', policyFor('210302', '2020-08-03'))).toBe(true);
  });

  it.each<[string, Partial<ExitProposal>]>([
    ['two offers', { offers: offers.slice(1) }],
    ['three offers on two days', { offers: [offers[0]!, offers[0]!, offers[1]!] }],
    ['an unsuitable offer', { offers: [{ ...offers[0]!, suitable: false }, ...offers.slice(1)] }],
    ['a good reason', { offers: [{ ...offers[0]!, withoutGoodReason: false }, ...offers.slice(1)] }],
    ['no reason written down', { offers: [{ ...offers[0]!, reasonGiven: '' }, ...offers.slice(1)] }],
  ])('M79-4c, A21-5f: 31 with %s is blocked everywhere', (_, change) => {
    expect(checkExitProposal({ ...refuser, ...change }, context)?.clause).toBe('M79-4c');
    const there = { ...context, registeredOn: '2020-01-06', policy: anshan };
    expect(checkExitProposal({ ...refuser, ...change }, there)?.clause).toBe('A21-5f');
  });

  it.each<[string, Partial<ExitProposal>]>([
    ['five months', { attempts: silent.attempts!.slice(1) }],
    ['a month left out', { attempts: silent.attempts!.filter((one) => !one.on.startsWith('2021-01')) }],
    ['one means only', { attempts: silent.attempts!.map((one) => ({ ...one, means: 'telephone' })) }],
    ['someone reached in between', { lastReachedOn: '2020-12-15' }],
  ])('M79-4c: 32 with %s is blocked', (_, change) => {
    expect(checkExitProposal({ ...silent, ...change }, context)).toMatchObject({
      code: 'exit.incomplete',
      clause: 'M79-4c',
    });
    expect(checkExitProposal(silent, context)).toBeNull();
  });

  it('M79-4c: needs the last-chance notice, its days, silence, and a second person', () => {
    const by = '经办一';
    const confirm = (proposal: ExitProposal, today = context.today) =>
      nextExit({ status: 'proposed' }, 'confirm', { proposal, context: { ...context, today }, by });
    expect(confirm(refuser)).toMatchObject({ message: expect.stringContaining('最后一次告知') });
    expect(confirm({ ...refuser, exitOn: '2021-05-12', lastChance: warned.lastChance }, '2021-05-12')).toMatchObject({
      message: expect.stringContaining('期限到2021-05-12'),
    });
    expect(confirm({ ...refuser, lastChance: { ...warned.lastChance, answered: true } })).toMatchObject({
      refused: true,
    });
    const proposal = { ...refuser, ...warned };
    expect(confirm(proposal)).toMatchObject({ status: 'awaitingReview', effects: [{ kind: 'record' }] });
    const state = { status: 'awaitingReview', confirmedBy: '经办二' } as const;
    for (const same of ['经办一', '经办二'])
      expect(nextExit(state, 'review', { proposal, context, by: same })).toMatchObject({
        clause: 'M79-4c',
        supervisionEvent: { kind: 'selfReview' },
      });
    expect(nextExit(state, 'review', { proposal, context, by: '督导' })).toMatchObject({ status: 'confirmed' });
  });

  it('M79-4c: the last-chance notice is sent once, with its last day', () => {
    const warn = (proposal: ExitProposal) =>
      nextExit({ status: 'proposed' }, 'warn', { proposal, context: { ...context, today: '2021-05-06' } });
    const early = { ...refuser, exitOn: '2021-05-06' };
    expect(warn(early)).toMatchObject({
      status: 'proposed',
      effects: [
        { kind: 'record' },
        { kind: 'startLastChance', until: '2021-05-12' },
        { kind: 'message', template: 'exit.lastChance' },
      ],
    });
    expect(warn({ ...early, ...warned })).toMatchObject({ refused: true });
    expect(warn(hired)).toMatchObject({ refused: true });
  });

  it('A21-5f: Anshan as issued allows 31 with evidence and no second person', () => {
    const there = { ...context, registeredOn: '2020-01-06', policy: anshan };
    expect(
      nextExit({ status: 'proposed' }, 'confirm', { proposal: refuser, context: there, by: '经办一' }),
    ).toMatchObject({ status: 'confirmed' });
  });
});

describe('a comparison hit', () => {
  const hit: ExitProposal = {
    ...hired,
    source: 'comparison',
    proposedBy: '系统',
    evidence: [piece('employmentFinding')],
  };
  const confirm = (state: Parameters<typeof nextExit>[0], proposal = hit) =>
    nextExit(state, 'confirm', { proposal, context, by: '经办一' });

  it('H122-2d: asks the person first', () => {
    expect(confirm({ status: 'proposed' })).toMatchObject({ message: expect.stringContaining('先询问本人') });
    expect(kinds(nextExit({ status: 'proposed' }, 'ask', { proposal: hit }))).toEqual(['record', 'message']);
    expect(nextExit({ status: 'asked' }, 'recordAnswer', { answer: 'agrees' })).toMatchObject({ status: 'proposed' });
    expect(confirm({ status: 'proposed', answer: 'agrees' })).toMatchObject({ status: 'confirmed' });
  });

  it('A21-3b: an objection or silence needs an investigation', () => {
    for (const answer of ['disputes', 'noAnswer'] as const) {
      expect(confirm({ status: 'proposed', answer })).toMatchObject({ refused: true });
      expect(
        confirm({ status: 'proposed', answer }, { ...hit, evidence: [...hit.evidence, piece('investigation')] }),
      ).toMatchObject({ status: 'confirmed' });
    }
  });

  it('A21-5d: the dead are not asked and not told; a colleague looks first', () => {
    const death = { ...hit, reason: '26', evidence: [piece('deathFinding')] };
    expect(nextExit({ status: 'proposed' }, 'ask', { proposal: death })).toMatchObject({ refused: true });
    expect(confirm({ status: 'proposed' }, death)).toMatchObject({ refused: true });
    const looked = { ...death, evidence: [piece('deathFinding'), piece('familyStatement')] };
    expect(kinds(confirm({ status: 'proposed' }, looked))).toEqual([
      'record',
      'endRegistration',
      'queueUpload',
      'noNotice',
    ]);
  });
});

describe('notice after an exit', () => {
  it('A21-5d, M79-4b: everyone but the emigrated, imprisoned, dead and unreachable', () => {
    for (const law of [policy, anshan]) {
      const exempt = exitReasons.flatMap((reason) =>
        (reason === '24' ? ['study', 'service', 'emigration'] : [undefined])
          .filter((sub) => !noticeAfterExit(reason, sub, law).notify)
          .map((sub) => `${reason}${sub ?? ''}`),
      );
      expect(exempt).toEqual(['24emigration', '25', '26', '32']);
    }
    expect(noticeAfterExit('26', undefined, anshan).clause).toBe('A21-5d');
  });
});

describe('states × actions', () => {
  const good: ExitInputs = {
    ask: { proposal: hired },
    recordAnswer: { answer: 'agrees' },
    warn: { proposal: refuser, context },
    confirm: { proposal: hired, context, by: '经办一' },
    review: { proposal: hired, context, by: '督导' },
    reject: { reason: '本人仍未就业' },
    restore: { reason: '比对信息有误', by: '督导' },
  };

  it('M79X-1: follows the table for every pair', () => {
    for (const status of exitStatuses)
      for (const action of exitActions) {
        const next = exitTable[status][action];
        const result = nextExit({ status, changedBy: '王芳', changedAt: '10:15' }, action, good[action]);
        if (next === undefined)
          expect(result).toMatchObject({ code: 'exit.changed', message: expect.stringContaining('王芳于10:15') });
        else expect(result).toMatchObject({ status: next });
      }
  });

  it('no state is a dead end: every unfinished exit can be rejected, and a wrong one restored', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...exitActions), { maxLength: 12 }), (steps) => {
        let status: ExitStatus = 'proposed';
        for (const action of steps) {
          const result: NextExit | Refusal = nextExit({ status }, action, good[action]);
          if (!isRefusal(result)) status = result.status;
        }
        if (status === 'confirmed')
          expect(nextExit({ status }, 'restore', good.restore)).toMatchObject({ status: 'restored' });
        else if (status !== 'rejected' && status !== 'restored')
          expect(nextExit({ status }, 'reject', good.reject)).toMatchObject({ status: 'rejected' });
      }),
    );
  });

  it('a restored exit reopens the registration and leaves a local record, because the annex cannot take an exit back', () => {
    expect(kinds(nextExit({ status: 'confirmed' }, 'restore', good.restore))).toEqual([
      'record',
      'reopenRegistration',
      'localProcedure',
      'message',
    ]);
    expect(nextExit({ status: 'confirmed' }, 'restore', { ...good.restore, otherActive: '1' })).toMatchObject({
      code: 'registration.claimed',
    });
  });

  it('every reason of AJC00A has a rule', () => {
    expect(Object.keys(exitReasonRules).sort()).toEqual([...exitReasons].sort());
  });
});
