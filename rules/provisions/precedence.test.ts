import { describe, expect, it } from 'vitest';
import type { Parameter, ParameterValues } from './parameters.ts';
import { policyFor } from './policy.ts';
import type { Level, Provision } from './provision.ts';

/** A made-up provision: a city that writes its own rule, a ministry that changes its mind. */
function provision<P extends Parameter>(
  id: string,
  level: Level,
  from: string,
  parameter: P,
  value: ParameterValues[P],
  to?: string,
): Provision {
  const division = { national: '', province: '41', city: '4108', county: '410811' }[level];
  const common = { document: id, documentTitle: id, clause: '一', clauseId: 'M79-3a' };
  return { id, level, division, from, to, parameter, value, ...common } as Provision;
}

const ministry = provision('ministry', 'national', '2020-07-31', 'decisionWorkingDays', 3);
const on = (date: string, ...provisions: Provision[]) => policyFor('410811', date, provisions);

describe('M79-16: earlier and later, higher and lower', () => {
  it('a later higher provision displaces an earlier lower one, also a stricter one', () => {
    const city = provision('city', 'city', '2020-01-01', 'decisionWorkingDays', 2);
    expect(on('2020-07-30', city, ministry).decisionWorkingDays?.value).toBe(2);
    const policy = on('2020-07-31', city, ministry);
    expect(policy.decisionWorkingDays?.citation.provisionId).toBe('ministry');
    expect(policy.displaced.map((aside) => aside.citation.provisionId)).toEqual(['city']);
  });

  it('a later local provision may be stricter on the office', () => {
    const city = provision('city', 'city', '2021-01-01', 'decisionWorkingDays', 2);
    expect(on('2020-12-31', ministry, city).decisionWorkingDays?.value).toBe(3);
    expect(on('2021-01-01', ministry, city).decisionWorkingDays).toMatchObject({
      value: 2,
      citation: { provisionId: 'city' },
    });
  });

  it('a later local provision that gives the office more time is ignored, with the reason', () => {
    const city = provision('city', 'city', '2021-01-01', 'decisionWorkingDays', 10);
    const policy = on('2021-01-01', ministry, city);
    expect(policy.decisionWorkingDays?.citation.provisionId).toBe('ministry');
    expect(policy.ignored).toHaveLength(1);
    expect(policy.ignored[0]).toMatchObject({
      parameter: 'decisionWorkingDays',
      citation: { provisionId: 'city' },
      by: { provisionId: 'ministry' },
    });
    expect(policy.ignored[0]?.reason).toContain('「10个工作日」');
  });

  it.each<[string, Provision, Provision]>([
    [
      'fewer places to register',
      provision('ministry', 'national', '2020-07-31', 'registrationPlaces', [
        'household',
        'residence',
        'employment',
        'insurance',
      ]),
      provision('city', 'city', '2021-01-01', 'registrationPlaces', ['household']),
    ],
    [
      'silence as a ground for exit',
      provision('ministry', 'national', '2020-07-31', 'exit32', 'guarded'),
      provision('city', 'city', '2021-01-01', 'exit32', 'ground'),
    ],
    [
      'an exit at retirement age',
      provision('ministry', 'national', '2020-07-31', 'exitReasons', ['11', '21']),
      provision('city', 'city', '2021-01-01', 'exitReasons', ['11', '21', '22']),
    ],
    [
      'a starting age of 18',
      provision('ministry', 'national', '2020-07-31', 'lowerAge', 16),
      provision('city', 'city', '2021-01-01', 'lowerAge', 18),
    ],
    [
      'more people who are not told',
      provision('ministry', 'national', '2020-07-31', 'noticeExemptions', ['dead']),
      provision('city', 'city', '2021-01-01', 'noticeExemptions', ['dead', 'unreachable']),
    ],
    [
      'fewer refusals before an exit',
      provision('ministry', 'national', '2020-07-31', 'refusalsForExit31', 3),
      provision('city', 'city', '2021-01-01', 'refusalsForExit31', 1),
    ],
  ])('a later local provision may not be harder on the worker: %s', (_, higher, lower) => {
    const policy = on('2021-01-01', lower, higher);
    expect(policy[higher.parameter]?.citation.provisionId).toBe('ministry');
    expect(policy.ignored.map((aside) => aside.citation.provisionId)).toEqual(['city']);
  });

  it('the nearest of several that may stand governs, and a county is held to its city', () => {
    const province = provision('province', 'province', '2020-07-31', 'decisionWorkingDays', 3);
    const city = provision('city', 'city', '2021-01-01', 'decisionWorkingDays', 2);
    const county = provision('county', 'county', '2021-06-01', 'decisionWorkingDays', 3);
    expect(on('2020-08-01', ministry, province).decisionWorkingDays?.citation.provisionId).toBe('province');
    const policy = on('2021-06-01', ministry, province, city, county);
    expect(policy.decisionWorkingDays?.citation.provisionId).toBe('city');
    expect(policy.ignored.map((aside) => aside.by.provisionId)).toEqual(['city']);
    expect(policyFor('410822', '2021-06-01', [ministry, province, city, county]).ignored).toEqual([]);
  });

  it('an authority may change its own provision either way, above what is required of it', () => {
    const strict = provision('first', 'city', '2021-01-01', 'decisionWorkingDays', 1);
    const laxer = provision('second', 'city', '2022-01-01', 'decisionWorkingDays', 2);
    expect(on('2021-12-31', ministry, strict, laxer).decisionWorkingDays?.value).toBe(1);
    expect(on('2022-01-01', laxer, strict, ministry).decisionWorkingDays?.value).toBe(2);
  });

  it('a provision with an end is in force on its last day and not after', () => {
    const city = provision('city', 'city', '2021-01-01', 'decisionWorkingDays', 1, '2021-06-30');
    expect(on('2021-06-30', ministry, city).decisionWorkingDays?.value).toBe(1);
    expect(on('2021-07-01', ministry, city).decisionWorkingDays?.value).toBe(3);
    expect(on('2021-06-30', city).decisionWorkingDays?.citation.to).toBe('2021-06-30');
  });

  it('another city is not touched', () => {
    const city = provision('city', 'city', '2021-01-01', 'decisionWorkingDays', 1);
    expect(policyFor('410702', '2021-06-01', [ministry, city]).decisionWorkingDays?.value).toBe(3);
  });

  it('adding a provision changes no answer about an earlier day', () => {
    const later = provision('later', 'national', '2026-01-01', 'decisionWorkingDays', 2);
    expect(on('2025-12-31', ministry, later)).toEqual(on('2025-12-31', ministry));
    expect(on('2026-01-01', ministry, later).decisionWorkingDays?.value).toBe(2);
  });
});
