import { occupationName, occupationOf, occupations, occupationsLike } from '@yingdeng/contract/occupations.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  educationLevel,
  isCandidate,
  matchCautions,
  matchPoints,
  matchScore,
  type Offer,
  type Seeker,
  skillLevelOf,
  townOf,
  wageOf,
} from './matching.ts';
import { policyFor, requirePolicy } from './provisions/policy.ts';

const worth = requirePolicy(policyFor('410802', '2026-11-26'), 'matchingPoints').value;
const seeker: Seeker = {
  wishes: ['631', '402'],
  trained: ['618'],
  division: '410802',
  wage: 4000,
  education: 2,
  skill: 2,
};
const offer: Offer = {
  occupation: '631',
  division: '410802',
  place: '和平路',
  wageFrom: 4200,
  wageTo: 5000,
  education: 2,
  skill: 0,
};

describe('matching', () => {
  it('A21-4d, M79-3b: adds up named points, each with its reason', () => {
    expect(matchPoints(seeker, offer, worth)).toEqual([
      { name: 'wishFirst', points: 40, why: '正是您想找的工作' },
      { name: 'sameCounty', points: 20, why: '就在您住的县（市、区）' },
      { name: 'wageMet', points: 16, why: '工资达到您期望的4000元' },
      { name: 'educationMet', points: 10, why: '您的学历达到要求：高中、中专、技校' },
      { name: 'skillMet', points: 14, why: '不要求技能等级' },
    ]);
    expect(matchScore(seeker, offer, worth)).toBe(100);
  });

  it.each([
    [{ occupation: '402' }, 'wishOther'],
    [{ occupation: '618' }, 'trained'],
    [{ occupation: '605' }, 'related'],
    [{ division: '410803' }, 'sameCity'],
    [{ division: '410102' }, 'sameProvince'],
    [{ wageFrom: 3000, wageTo: 4000 }, 'wageWithin'],
  ] as [Partial<Offer>, string][])('%j earns %s', (change, name) => {
    expect(matchPoints(seeker, { ...offer, ...change }, worth).map((point) => point.name)).toContain(name);
  });

  it('M79-3b: the place is compared by street or town, county, city, province, each said for what it is', () => {
    const near = { ...seeker, town: '民生街道' };
    const placeOf = (change: Partial<Offer>, of: Seeker = near, points = worth) =>
      matchPoints(of, { ...offer, ...change }, points).find(({ name }) => name.startsWith('same'));
    const there = { place: '解放区民生街道和平路8号' };
    expect(placeOf(there)).toEqual({ name: 'sameTown', points: 24, why: '就在您住的民生街道' });
    expect(placeOf({})).toMatchObject({ name: 'sameCounty' });
    expect(placeOf(there, seeker)).toMatchObject({ name: 'sameCounty' });
    // A street of that name in another county is another street.
    expect(placeOf({ ...there, division: '410803' })).toMatchObject({
      name: 'sameCity',
      why: '在您住的城市的其他县（市、区）',
    });
    expect(placeOf({ division: '410102' })).toMatchObject({ name: 'sameProvince', why: '在本省的其他城市' });
    const { sameTown: _, ...before } = worth;
    expect(placeOf(there, near, before)).toMatchObject({ name: 'sameTown', points: worth.sameCounty });
  });

  it.each([
    ['民生街道和平路1号院2单元301室', '民生街道'],
    ['焦作市解放区民生街道和平路１号', '民生街道'],
    ['城关镇一街5号', '城关镇'],
    ['西张庄村', undefined],
    ['', undefined],
  ])('of 「%s」 matching reads 「%s」', (detail, town) => {
    expect(townOf(detail)).toBe(town);
  });

  it('says what is not met instead of hiding it', () => {
    expect(matchCautions(seeker, { ...offer, education: 4, skill: 3, wageFrom: 2000, wageTo: 3000 })).toEqual([
      '要求大学本科及以上学历',
      '要求高级工（三级）及以上技能',
      '工资低于期望的4000元',
    ]);
  });

  it('worth is the provision’s: points are never more than what it says, and at most one of a kind', () => {
    const codes = fc.constantFrom('631', '402', '618', '605', '401', '301');
    const places = fc.constantFrom('410802', '410803', '410102', '210302');
    const seekers = fc.record({
      wishes: fc.uniqueArray(codes, { maxLength: 3 }),
      trained: fc.uniqueArray(codes, { maxLength: 3 }),
      division: places,
      town: fc.constantFrom('民生街道', '城关镇'),
      wage: fc.integer({ min: 1000, max: 9000 }),
      education: fc.integer({ min: 0, max: 5 }),
      skill: fc.integer({ min: 0, max: 5 }),
    });
    const offers = fc.record({
      occupation: codes,
      division: places,
      place: fc.constantFrom('民生街道和平路', '城关镇', '某路'),
      wageFrom: fc.integer({ min: 1000, max: 9000 }),
      wageTo: fc.integer({ min: 1000, max: 9000 }),
      education: fc.integer({ min: 0, max: 5 }),
      skill: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(seekers, offers, (one, other) => {
        const points = matchPoints(one, other, worth);
        const kinds = points.map(({ name }) => name.replace(/^(wish.*|trained|related)$/, 'work').slice(0, 4));
        expect(new Set(kinds).size).toBe(kinds.length);
        for (const { name, points: given } of points) expect(given).toBe(worth[name]);
        // Whoever has more schooling or skill, or asks for less, never fits worse.
        const more = { ...one, education: 5, skill: 5, wage: 1 };
        expect(matchScore(more, other, worth)).toBeGreaterThanOrEqual(matchScore(one, other, worth));
      }),
    );
  });

  it('looks at the same major group in the province and at everything in the county', () => {
    expect(isCandidate(seeker, { ...offer, occupation: '301' })).toBe(true);
    expect(isCandidate(seeker, { ...offer, occupation: '301', division: '410803' })).toBe(false);
    expect(isCandidate(seeker, { ...offer, occupation: '605', division: '411002' })).toBe(true);
    expect(isCandidate(seeker, { ...offer, division: '210302' })).toBe(false);
  });
});

describe('what people write', () => {
  it('is read as an occupation, the longest word first', () => {
    expect(['叉车司机 五级', '货车司机', '普工', '中式烹调师 四级', '会计 助理级', '618'].map(occupationOf)).toEqual([
      '630',
      '402',
      '631',
      '403',
      '206',
      '618',
    ]);
    expect(occupationOf('随便什么都行')).toBeUndefined();
    expect(occupationName('618')).toBe('机械制造基础加工人员');
    expect(occupationsLike('焊').map(({ code }) => code)).toEqual(['618']);
    expect([...occupations.keys()].every((code) => /^[1-6]\d\d$/.test(code))).toBe(true);
  });

  it('is read as a wage, a skill level, an education', () => {
    expect(['月薪三千五以上的工厂岗位', '工资4500元左右', '三千也行', '越多越好', '2026年'].map(wageOf)).toEqual([
      3500,
      4500,
      3000,
      undefined,
      undefined,
    ]);
    expect([['焊工 四级', '电工 五级'], ['高级技师'], ['无'], []].map(skillLevelOf)).toEqual([2, 5, 0, 0]);
    expect(['11', '21', '31', '40', '61', '70', '81', ''].map(educationLevel)).toEqual([5, 4, 3, 2, 2, 1, 0, 0]);
  });
});
