import { describe, expect, it } from 'vitest';
import { shippedCalendar } from './calendar.ts';
import {
  type Contact,
  checkContact,
  checkInterview,
  contactCountsAs,
  firstContactDue,
  followUpDue,
  fulfilsFirstContact,
  fulfilsFollowUp,
  type Interview,
} from './contact.ts';
import { policyFor } from './provisions/policy.ts';

const spoken: Contact = { means: 'telephone', result: 'reached', on: '2020-10-09', by: '经办一', content: '仍在求职' };
const on = { registeredOn: '2020-09-30', today: '2020-10-12' };

describe('contact and attempt', () => {
  it.each([
    ['telephone', 'reached', 'contact'],
    ['telephone', 'noAnswer', 'attempt'],
    ['message', 'sent', 'attempt'],
    ['message', 'replied', 'contact'],
    ['visit', 'notHome', 'attempt'],
    ['selfReport', 'received', 'followUp'],
    ['comparison', 'compared', 'followUp'],
  ] as const)('M79-3a: %s ending in %s is a %s', (means, result, counts) => {
    expect(contactCountsAs(means, result)).toBe(counts);
    expect(fulfilsFirstContact({ means, result })).toBe(counts === 'contact');
    expect(fulfilsFollowUp({ means, result })).toBe(counts !== 'attempt');
  });

  it('A21-5a: a contact has date, means, person, result and content', () => {
    expect(checkContact(spoken, on)).toBeNull();
    for (const bad of [
      { by: ' ' },
      { content: '' },
      { on: '2020-10-13' },
      { on: '2020-09-29' },
      { result: 'sent' as const },
    ])
      expect(checkContact({ ...spoken, ...bad }, on)).toMatchObject({ code: 'contact.incomplete' });
    expect(checkContact({ ...spoken, result: 'noAnswer', content: '' }, on)).toBeNull();
  });
});

describe('the interview', () => {
  const whole: Interview = {
    reason: '合同期满',
    skills: '会计',
    wishes: '文员',
    lists: { policies: '3', services: '2', institutions: '5' },
    toldLaterServices: true,
    toldExitConditions: true,
  };

  it('A21-4b, A21-4c: closes with three facts, three list versions and the exit conditions told', () => {
    expect(checkInterview(whole)).toBeNull();
  });

  it.each<[string, Partial<Interview>, string]>([
    ['失业原因', { reason: '' }, 'A21-4b'],
    ['技能水平', { skills: ' ' }, 'A21-4b'],
    ['就业意愿', { wishes: '' }, 'A21-4b'],
    ['政策清单', { lists: { services: '2', institutions: '5' } }, 'A21-4c'],
    ['机构清单', { lists: { services: '2', policies: '5' } }, 'A21-4c'],
    ['注销条件', { toldExitConditions: false }, 'A21-4b'],
  ])('without %s it stays open', (words, change, clause) => {
    const refusal = checkInterview({ ...whole, ...change });
    expect(refusal?.message).toContain(words);
    expect(refusal?.clause).toBe(clause);
  });
});

describe('due days', () => {
  it('M79-3a, H122-2f: registered Wed 2020-09-30, first contact by 2020-10-14', () => {
    const due = firstContactDue('2020-09-30', policyFor('410802', '2020-09-30'), shippedCalendar);
    expect(due?.due).toBe('2020-10-14');
    expect(due?.citation.document).toMatch(/79号|122号/);
  });

  it('A21-4a: Anshan as issued sets no day', () => {
    expect(firstContactDue('2020-05-06', policyFor('210302', '2020-05-06'), shippedCalendar)).toBeUndefined();
  });

  it.each([
    [undefined, '2020-09-30', '2020-10-05', { month: '2020-10', due: '2020-10-31', missed: [] }],
    ['2020-09', '2020-09-30', '2020-10-05', { month: '2020-10', due: '2020-10-31', missed: [] }],
    ['2020-10', '2020-09-30', '2020-10-05', { month: '2020-11', due: '2020-11-30', missed: [] }],
    ['2020-10', '2020-09-30', '2021-01-05', { month: '2021-01', due: '2021-01-31', missed: ['2020-11', '2020-12'] }],
    [undefined, '2020-01-31', '2020-02-10', { month: '2020-02', due: '2020-02-29', missed: [] }],
  ])('M79-4a, A21-5b: last %s, registered %s, today %s', (last, registered, today, expected) => {
    expect(followUpDue(last, registered, today)).toEqual(expected);
  });
});
