import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkConsent,
  checkOutcome,
  endsBecause,
  type MatterKind,
  matterForWorker,
  matterKinds,
  matterTable,
  nextMatter,
  offeredMatters,
} from './one-matter.ts';
import { policyFor } from './provisions/policy.ts';
import { isRefusal } from './refusal.ts';

const kinds = Object.keys(matterKinds) as MatterKind[];
const offered = (division: string, on: string) => offeredMatters(policyFor(division, on)).map(({ kind }) => kind);

describe('what is offered', () => {
  it('M79-5a: the nation bundles benefit and recognition; H122-2e: Henan adds introduction; M79-5b: civil affairs', () => {
    expect(offered('410802', '2026-11-22')).toEqual(['introduction', 'benefit', 'difficulty', 'livingAllowance']);
    expect(offered('130102', '2026-11-22')).toEqual(['benefit', 'difficulty', 'livingAllowance']);
  });
  it('A21-4h: in Anshan, before the ministry spoke, the benefit alone', () => {
    expect(offered('210302', '2020-07-01')).toEqual(['benefit']);
  });
});

describe('states of a part', () => {
  it('no action leads from where the table names none', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.constantFrom('asked', 'forwarded', 'accepted', 'refused', 'withdrawn'),
        fc.constantFrom('forward', 'accept', 'refuse', 'withdraw'),
        (kind, state, action) => {
          const next = nextMatter(kind, state, action);
          expect(isRefusal(next)).toBe(matterTable[state][action] === undefined);
        },
      ),
    );
  });
  it('the other side may think again, but what was granted is not refused by a notice that comes late', () => {
    expect(nextMatter('benefit', 'refused', 'accept')).toBe('accepted');
    expect(nextMatter('benefit', 'accepted', 'refuse')).toMatchObject({ code: 'matter.notAllowed' });
  });
  it('what depends on the registration says so when it does not come about', () => {
    for (const kind of kinds) {
      expect(endsBecause(kind, 'refused')).toContain('没有办成');
      expect(endsBecause(kind, 'withdrawn')).toContain('撤回');
      expect(endsBecause(kind, 'open')).toBeUndefined();
      expect(endsBecause(kind, 'registered')).toBeUndefined();
    }
  });
});

describe('an outcome', () => {
  it('A21-4h: a granted benefit has months, 24 at most, and an amount', () => {
    const granted = { outcome: 'accepted', text: '', months: 12, monthlyFen: 152000 } as const;
    expect(checkOutcome('benefit', granted)).toBeNull();
    for (const months of [0, 25, 1.5]) expect(checkOutcome('benefit', { ...granted, months })).not.toBeNull();
    expect(checkOutcome('benefit', { ...granted, monthlyFen: 0 })?.message).toContain('每月金额');
  });
  it('a refusal has the reason as the other side said it; an introduction says what was introduced', () => {
    expect(checkOutcome('benefit', { outcome: 'refused', text: ' ' })?.message).toContain('原因');
    expect(checkOutcome('benefit', { outcome: 'refused', text: '缴费不满一年' })).toBeNull();
    expect(checkOutcome('introduction', { outcome: 'accepted', text: '好' })).not.toBeNull();
    expect(checkOutcome('livingAllowance', { outcome: 'accepted', text: '' })?.message).toContain('日期');
    expect(checkOutcome('difficulty', { outcome: 'accepted', text: '' })?.message).toContain('困难认定');
  });
  it('M79-5b: a referral needs the consent with day and way, and the own word; no paper', () => {
    const given = { on: '2026-11-20', how: 'telephone', said: '全家每月收入约八百元' };
    expect(checkConsent(given, '2026-11-22')).toBeNull();
    expect(checkConsent({ ...given, on: undefined }, '2026-11-22')?.message).toContain('同意');
    expect(checkConsent({ ...given, on: '2026-11-23' }, '2026-11-22')?.message).toContain('晚于今天');
    expect(checkConsent({ ...given, said: '' }, '2026-11-22')?.message).toContain('不用交证明');
  });
});

describe('what the worker reads', () => {
  const facts = { kind: 'benefit', registering: 'registered', reason: '', outcome: '' } as const;
  it('M79-2e: a refusal of the benefit says the reason and that the registration is not touched', () => {
    const text = matterForWorker({ ...facts, state: 'refused', reason: '缴费不满一年' });
    expect(text).toBe('失业保险经办机构答复，不能领取：缴费不满一年。您的失业登记和服务不受影响。');
  });
  it('an amount, a stop, and a registration that did not come about are said plainly', () => {
    const granted = { ...facts, state: 'accepted', months: 12, monthlyFen: 152050, from: '2026-12-01' } as const;
    expect(matterForWorker(granted)).toContain('可以领12个月，每月1520.5元，从2026年12月1日算起');
    expect(matterForWorker({ ...granted, stoppedOn: '2027-03-01', reason: '已重新就业' })).toContain('登记不受影响');
    expect(matterForWorker({ ...facts, registering: 'refused', state: 'asked' })).toContain('没有办成');
  });
});
