import { describe, expect, it } from 'vitest';
import { shippedCalendar } from './calendar.ts';
import { policyFor } from './provisions/policy.ts';
import { checkReferralOutcome, referralAskDue } from './referral.ts';

const on = { referredOn: '2026-11-10', today: '2026-11-26' };

describe('a referral', () => {
  it('A21-4d: is asked about after the provision’s working days', () => {
    expect(referralAskDue('2026-11-10', policyFor('410802', '2026-11-10'), shippedCalendar)).toMatchObject({
      due: '2026-11-24',
      workingDays: 10,
      citation: { clauseId: 'M79-3b' },
    });
    const anshan = referralAskDue('2020-07-10', policyFor('210302', '2020-07-10'), shippedCalendar);
    expect(anshan.citation.clauseId).toBe('A21-4d');
  });

  it.each([
    [{ result: 'hired', reason: '' }, '请填写上班日期。'],
    [{ result: 'hired', reason: '', startedOn: '2026-11-27' }, '上班日期不能晚于今天；还没有上班的，上班以后再记。'],
    [{ result: 'hired', reason: '', startedOn: '2026-11-09' }, '上班日期不能早于推荐日期。'],
    [{ result: 'notHired', reason: ' ' }, '请写明原因。'],
    [{ result: 'declined', reason: '' }, '请写明本人没有去的原因（本人的说法）。'],
  ] as const)('%j lacks something', (outcome, message) => {
    expect(checkReferralOutcome(outcome, on)).toMatchObject({ message });
  });

  it('M79-4c: a refusal counts as without good reason only when a person found the offer suitable', () => {
    const declined = { result: 'declined', reason: '离家太远' } as const;
    expect(checkReferralOutcome(declined, on)).toBeNull();
    expect(checkReferralOutcome({ ...declined, suitable: true, withoutGoodReason: true }, on)).toBeNull();
    expect(checkReferralOutcome({ ...declined, withoutGoodReason: true }, on)).toMatchObject({ clause: 'M79-4c' });
  });
});
