import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addWorkingDays, daysBetween, shippedCalendar } from '../calendar.ts';
import { asIssued, LawSilent, type Policy, policyFor, requirePolicy } from './policy.ts';
import { shippedProvisions } from './shipped.ts';

const anshan = '210300';
const jiaozuo = '410811';

function summary(policy: Policy) {
  const { decisionWorkingDays, registrationPlaces, exit31, exit32 } = policy;
  return {
    days: [decisionWorkingDays?.value, decisionWorkingDays?.citation.clauseId],
    places: [registrationPlaces?.value.length, registrationPlaces?.citation.clauseId],
    exit31: [exit31?.value, exit31?.citation.clauseId],
    exit32: [exit32?.value, exit32?.citation.clauseId],
  };
}

const asAnshan = {
  days: [7, 'A21-3a'],
  places: [2, 'A21-1b'],
  exit31: ['ground', 'A21-5f'],
  exit32: ['ground', 'A21-5f'],
};
const as79 = {
  days: [3, 'M79-3a'],
  places: [4, 'M79-1a'],
  exit31: ['guarded', 'M79-4c'],
  exit32: ['guarded', 'M79-4c'],
};

describe('M79-16: the day before, the day, the day after 2020-07-31 in Anshan', () => {
  it.each([
    ['2020-07-30', asAnshan],
    ['2020-07-31', as79],
    ['2020-08-01', as79],
  ])('M79-16: on %s', (date, expected) => {
    for (const division of [anshan, '210381']) expect(summary(policyFor(division, date))).toEqual(expected);
  });

  it('M79-16: says what it displaced and by what', () => {
    expect(policyFor(anshan, '2020-07-30').displaced).toEqual([]);
    const displaced = policyFor(anshan, '2020-07-31').displaced;
    const days = displaced.find((aside) => aside.parameter === 'decisionWorkingDays');
    expect(days?.citation.clauseId).toBe('A21-3a');
    expect(days?.by.clauseId).toBe('M79-3a');
    expect(days?.reason).toBe(
      '已有规定与后出的上级规定不一致，按上级规定执行：鞍人社〔2020〕21号 三「7个工作日」，人社厅发〔2020〕79号 一(三)「3个工作日」。',
    );
  });

  it('M79-16: leaves standing what agrees, cited from the nearest document', () => {
    const policy = policyFor(anshan, '2021-01-01');
    expect(policy.lowerAge).toMatchObject({
      value: 16,
      citation: { clauseId: 'A21-1a', level: 'city', division: '2103' },
    });
    expect(policy.noticeExemptions?.citation.clauseId).toBe('A21-5d');
  });
});

describe('before a document takes effect', () => {
  it('the law is silent, and asking for it is an error that says so', () => {
    expect(policyFor(anshan, '2020-03-30')).toEqual({
      division: anshan,
      date: '2020-03-30',
      ignored: [],
      displaced: [],
    });
    expect(policyFor(anshan, '2020-03-31').decisionWorkingDays?.value).toBe(7);
    expect(policyFor(jiaozuo, '2020-07-30').decisionWorkingDays).toBeUndefined();
    expect(() => requirePolicy(policyFor(jiaozuo, '2020-07-30'), 'decisionWorkingDays')).toThrow(LawSilent);
    expect(() => requirePolicy(policyFor(jiaozuo, '2020-07-30'), 'decisionWorkingDays')).toThrow('审核办结期限');
  });

  it('M79-3a: Anshan had no day by which the first contact was due until 79号', () => {
    expect(policyFor(anshan, '2020-07-30').firstContactWorkingDays).toBeUndefined();
    expect(policyFor(anshan, '2020-07-31').firstContactWorkingDays?.value).toBe(5);
  });

  it('M79-9, M79-10a: statistics change in October 2020', () => {
    expect(policyFor(anshan, '2020-09-30').urbanBy).toMatchObject({
      value: 'residence',
      citation: { clauseId: 'A21-6a' },
    });
    expect(policyFor(anshan, '2020-10-01').urbanBy).toMatchObject({
      value: 'registration',
      citation: { clauseId: 'M79-10a' },
    });
    expect(policyFor(anshan, '2020-10-01').statisticsPeriod?.value).toEqual({ fromDay: 21, toDay: 20 });
  });
});

describe('the disagreements of the two notices', () => {
  const before = policyFor(anshan, '2020-05-01');
  const after = policyFor(jiaozuo, '2020-10-01');

  it('A21-3a, M79-3a: a case of 2020-09-28 is due 10-14 as issued and 10-09 under 79号', () => {
    const due = (policy: Policy) =>
      addWorkingDays('2020-09-28', requirePolicy(policy, 'decisionWorkingDays').value, shippedCalendar);
    expect(due(asIssued('鞍人社〔2020〕21号'))).toBe('2020-10-14');
    expect(due(policyFor(anshan, '2020-09-28'))).toBe('2020-10-09');
  });

  it('M79-3a, H122-2f: registered on 2020-09-30, the first contact is due 2020-10-14', () => {
    const contact = requirePolicy(policyFor(jiaozuo, '2020-09-30'), 'firstContactWorkingDays');
    expect(addWorkingDays('2020-09-30', contact.value, shippedCalendar)).toBe('2020-10-14');
    expect(contact.citation.clauseId).toBe('H122-2f');
  });

  it('A21-1b, M79-1a, H122-2a: the insurance place is not offered as issued, and is offered under 79号', () => {
    expect(before.registrationPlaces?.value).toEqual(['household', 'residence']);
    expect(after.registrationPlaces?.value).toContain('insurance');
    expect(after.registrationPlaces?.citation.clauseId).toBe('H122-2a');
  });

  it('H122-3a, M79-1b: Henan counts three groups, the ministry only has them served', () => {
    expect(after.groupsInStatistics?.value).toEqual(['graduates', 'unemploymentSubsidy', 'oneOffAllowance']);
    expect(policyFor(anshan, '2020-10-01').groupsInStatistics?.value).toEqual([]);
    expect(after.groupsServed?.value).toContain('temporaryAllowance');
  });

  it('A21-7a, M79-2f: in Anshan the forbidden grounds of both notices hold together', () => {
    const grounds = policyFor(anshan, '2020-08-01').forbiddenGrounds;
    expect(grounds?.value).toEqual([
      'householdApart',
      'householdElsewhere',
      'papersIncomplete',
      'uninsured',
      'benefitConditionsUnmet',
    ]);
    expect(grounds?.citations.map((citation) => citation.clauseId)).toEqual(['A21-7a', 'M79-2f']);
  });

  it('A21-4c, M79-3b: three lists in Anshan, also after 79号, which names two', () => {
    const lists = policyFor(anshan, '2020-08-01').listsHandedOver;
    expect(lists?.value).toEqual(['policies', 'services', 'institutions']);
    expect(lists?.citation.clauseId).toBe('A21-4c');
    expect(after.listsHandedOver?.value).toEqual(['services', 'policies']);
  });

  it('A21-7b, H122-4a, M79-13: each place names its hotlines', () => {
    expect(before.hotlines?.value).toEqual(['8890']);
    expect(policyFor(anshan, '2020-08-01').hotlines?.value).toEqual(['8890', '12333']);
    expect(after.hotlines?.value).toEqual(['12333']);
  });

  it('A21-5e, A21-5f, A21-5g, M79X-4: no placement exit as issued, twelve reasons and never 22 afterwards', () => {
    expect(before.exitReasons?.value).toEqual(['11', '12', '13', '21', '23', '24', '25', '26', '31', '32', '90']);
    expect(before.exitReasons?.citations.map((citation) => citation.clauseId)).toEqual(['A21-5e', 'A21-5f', 'A21-5g']);
    expect(after.exitReasons?.value).toHaveLength(12);
    expect(after.exitReasons?.value).not.toContain('22');
  });

  it('A21-5d: emigrants, prisoners, the dead and the unreachable need no notice, anywhere', () => {
    const four = ['emigrated', 'imprisoned', 'dead', 'unreachable'];
    expect(before.noticeExemptions?.value).toEqual(four);
    expect(after.noticeExemptions?.value).toEqual(four);
  });

  it('H122-3c, H122-3d, M79-7b, M79-8b: the one-off uploads stay separate targets, the nearer cleaning date governs', () => {
    expect(after.backLoads?.value.map((load) => [load.to, load.by])).toEqual([
      ['nationalPlatform', '2020-07-31'],
      ['nationalPlatform', '2020-09-30'],
      ['provincialSystem', '2020-08-05'],
    ]);
    expect(after.cleaningDoneBy?.value).toBe('2020-08-25');
  });

  it('M79-13: the notice reaches clerks within 10 working days', () => {
    const days = requirePolicy(policyFor(jiaozuo, '2020-07-31'), 'noticeReadWorkingDays').value;
    expect(addWorkingDays('2020-07-31', days, shippedCalendar)).toBe('2020-08-14');
  });
});

describe('asking', () => {
  it('refuses a code or a date that is none', () => {
    expect(() => policyFor('2103', '2020-05-01')).toThrow(RangeError);
    expect(() => policyFor(anshan, '2020-02-30')).toThrow(RangeError);
    expect(() => asIssued('某发〔2020〕1号')).toThrow(RangeError);
  });

  it('the order in which provisions are kept changes nothing', () => {
    const shuffled = fc.shuffledSubarray([...shippedProvisions], { minLength: shippedProvisions.length });
    fc.assert(
      fc.property(shuffled, fc.constantFrom('2020-05-01', '2020-07-31', '2021-01-01'), (provisions, date) => {
        for (const division of [anshan, jiaozuo]) {
          expect(policyFor(division, date, provisions)).toEqual(policyFor(division, date));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('every value stands on a provision in force there and then that says so', () => {
    const days = daysBetween('2020-01-01', '2022-12-31');
    const place = fc.constantFrom('000000', '210300', '210381', '410000', '410811', '310000');
    fc.assert(
      fc.property(place, fc.integer({ min: 0, max: days }), (division, offset) => {
        const date = addDays('2020-01-01', offset);
        const { division: _, date: __, ignored, displaced, ...values } = policyFor(division, date);
        expect(ignored).toEqual([]);
        expect(displaced.every((aside) => aside.by.from <= date)).toBe(true);
        for (const [parameter, resolved] of Object.entries(values)) {
          const provision = shippedProvisions.find((known) => known.id === resolved.citation.provisionId);
          expect(provision?.parameter).toBe(parameter);
          expect(resolved.citations[0]).toEqual(resolved.citation);
          expect(division.startsWith(resolved.citation.division) && resolved.citation.from <= date).toBe(true);
        }
      }),
    );
  });
});
