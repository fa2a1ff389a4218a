import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applicationStatuses, nextApplication } from './application.ts';
import { grounds } from './eligibility.ts';
import { exitStatuses } from './exit.ts';
import { forbiddenGrounds } from './forbidden-grounds.ts';
import { isRefusal } from './refusal.ts';
import { mayOpenRegistration, registrationStatuses } from './registration.ts';
import { precedence, scenarios, statusForWorker, type WorkerFacts } from './status-for-worker.ts';

const today = '2020-10-08';
const date = fc.constantFrom('2020-10-01', '2020-10-08', '2020-10-14');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const anyFacts: fc.Arbitrary<WorkerFacts> = fc.record({
  today: fc.constant(today),
  application: maybe(
    fc.record({
      status: fc.constantFrom(...applicationStatuses),
      due: maybe(date),
      office: maybe(fc.constant('解放区公共就业服务中心')),
      handedOver: maybe(fc.boolean()),
      checking: maybe(fc.boolean()),
      grounds: maybe(fc.subarray([...grounds])),
    }),
  ),
  registration: maybe(
    fc.record({
      status: fc.constantFrom(...registrationStatuses),
      office: maybe(fc.constant('解放区公共就业服务中心')),
      firstContactDone: fc.boolean(),
      firstContactDue: maybe(date),
      attempts: maybe(fc.integer({ min: 0, max: 3 })),
      followUpDue: maybe(date),
      restored: maybe(fc.boolean()),
      exitedOn: maybe(date),
    }),
  ),
  exit: maybe(
    fc.record({
      status: fc.constantFrom(...exitStatuses),
      lastChanceUntil: maybe(date),
      answered: maybe(fc.boolean()),
    }),
  ),
});

const waiting = { status: 'active', firstContactDone: false } as const;
const served = { status: 'active', firstContactDone: true } as const;
const leaving = { status: 'exitProposed', firstContactDone: true } as const;

describe('the text for the worker', () => {
  it('M79-15: every combination of facts has one whole text, short, with a way on and no forbidden word', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const status = statusForWorker(facts);
        for (const part of [status.heading, status.whatHappened, status.whatYouDo, status.whatWeDo]) {
          expect(part.length).toBeGreaterThan(3);
          expect(part).not.toMatch(/undefined|NaN|null/);
        }
        expect(status.heading.length).toBeLessThan(25);
        expect(
          forbiddenGrounds([status.heading, status.whatHappened, status.whatYouDo, status.whatWeDo].join('。')),
        ).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('every scenario has one place in the order and is reached', () => {
    expect(precedence.toSorted()).toEqual([...scenarios].sort());
    const reached = new Set<string>();
    fc.assert(
      fc.property(anyFacts, (facts) => void reached.add(statusForWorker(facts).scenario)),
      { numRuns: 5000 },
    );
    expect([...reached].sort()).toEqual([...scenarios].sort());
  });

  it.each<[string, Omit<WorkerFacts, 'today'>]>([
    ['nothing', {}],
    ['draft', { application: { status: 'draft' } }],
    ['submitted', { application: { status: 'submitted', due: '2020-10-09' } }],
    ['handedOver', { application: { status: 'submitted', due: '2020-10-09', handedOver: true } }],
    ['checking', { application: { status: 'submitted', due: '2020-10-09', handedOver: true, checking: true } }],
    ['overdue', { application: { status: 'submitted', due: '2020-10-07', checking: true } }],
    ['submitted', { application: { status: 'submitted', due: today } }],
    ['refused', { application: { status: 'refused', grounds: ['employed'] } }],
    ['withdrawn', { application: { status: 'withdrawn' } }],
    ['duplicate', { application: { status: 'duplicate' } }],
    ['registered', { application: { status: 'duplicate' }, registration: served }],
    [
      'awaitingContact',
      { application: { status: 'registered' }, registration: { ...waiting, firstContactDue: '2020-10-14' } },
    ],
    ['notReached', { registration: { ...waiting, firstContactDue: '2020-10-14', attempts: 1 } }],
    ['contactOverdue', { registration: { ...waiting, firstContactDue: '2020-10-01', attempts: 1 } }],
    ['exitAsked', { registration: leaving, exit: { status: 'asked' } }],
    ['exitLastChance', { registration: leaving, exit: { status: 'proposed', lastChanceUntil: '2020-10-14' } }],
    [
      'exitInHand',
      { registration: leaving, exit: { status: 'proposed', lastChanceUntil: '2020-10-14', answered: true } },
    ],
    ['exitInHand', { registration: leaving, exit: { status: 'awaitingReview' } }],
    ['registered', { registration: served, exit: { status: 'rejected' } }],
    ['restored', { registration: { ...served, restored: true }, exit: { status: 'restored' } }],
    ['exited', { registration: { ...served, status: 'exited' }, application: { status: 'registered' } }],
    ['submitted', { registration: { ...served, status: 'exited' }, application: { status: 'submitted', due: today } }],
    ['draft', { registration: { ...served, status: 'exited' }, application: { status: 'draft' } }],
  ])('M79-6a: precedence gives %s', (scenario, facts) => {
    expect(statusForWorker({ today, ...facts }).scenario).toBe(scenario);
  });

  it('M79-3a: whatever is due says by when', () => {
    expect(statusForWorker({ today, application: { status: 'submitted', due: '2020-10-09' } })).toMatchObject({
      byWhen: '2020-10-09',
      whatWeDo: expect.stringContaining('2020年10月9日'),
    });
    expect(statusForWorker({ today, registration: { ...waiting, firstContactDue: '2020-10-14' } }).byWhen).toBe(
      '2020-10-14',
    );
  });

  it('M79-6a: the loop closes: after an exit the person may apply and be registered anew', () => {
    expect(mayOpenRegistration([{ status: 'exited', number: '410802200928000001' }])).toBeNull();
    const submitted = nextApplication({ status: 'draft' }, 'submit', {
      channel: 'portal',
      submittedOn: today,
      faults: [],
      commitmentVersion: '2020-79-1',
      signed: true,
    });
    expect(isRefusal(submitted)).toBe(false);
    expect(statusForWorker({ today, registration: { ...served, status: 'exited' } }).whatYouDo).toContain('重新申请');
  });
});
