import { describe, expect, it } from 'vitest';
import { nextContactOn } from './contact-rhythm.ts';
import { policyFor } from './provisions/policy.ts';

const jiaozuo = policyFor('410802', '2026-11-20');
const registeredOn = '2026-09-07';

describe('the next contact owed', () => {
  it.each([
    // Before the first contact: the end of the month after that of registration.
    [undefined, undefined, '2026-10-31'],
    [undefined, 'C', '2026-10-31'],
    // Monthly classes: the end of the month that is owed next, on whatever day the last contact was.
    ['2026-11-03', 'A', '2026-12-31'],
    ['2026-11-30', 'B', '2026-12-31'],
    ['2026-12-31', 'D', '2027-01-31'],
    // A weaker class is contacted twice as often, within one month too.
    ['2026-11-03', 'C', '2026-11-18'],
    ['2026-11-20', 'C', '2026-12-05'],
    // Not classed yet: the month alone.
    ['2026-11-03', null, '2026-12-31'],
    // A contact sent later, from before the registration's own day, does not make the owed month an earlier one.
    ['2026-09-07', 'A', '2026-10-31'],
  ] as const)('M79-4a, A21-5b: last contact %s, class %s: by %s', (lastContactOn, serviceClass, due) => {
    expect(nextContactOn({ registeredOn, lastContactOn, class: serviceClass }, jiaozuo)).toBe(due);
  });

  it('A21-5b: where no clause sets a rhythm, the calendar month rules', () => {
    const anshan = policyFor('210302', '2020-05-01');
    expect(anshan.contactRhythmDays).toBeUndefined();
    expect(nextContactOn({ registeredOn: '2020-03-02', lastContactOn: '2020-04-07', class: 'C' }, anshan)).toBe(
      '2020-05-31',
    );
  });
});
