import { describe, expect, it } from 'vitest';
import {
  children,
  divisionExists,
  divisionName,
  divisionSet,
  ownName,
  provinceList,
  statisticsOnly,
  townshipPrefectures,
  townshipsOf,
} from './divisions.ts';

const codes = (list: readonly { code: string }[]) => list.map((each) => each.code);
const allCities = provinceList.flatMap((province) => children(province.code));
const allCounties = allCities.flatMap((city) => children(city.code));

describe('divisions', () => {
  it('has 34 provinces, 342 cities and 2,975 counties below them', () => {
    expect(provinceList).toHaveLength(34);
    expect(allCities).toHaveLength(342);
    // 2,978 in the source: three prefectures without counties stand there a second time as their own county.
    expect(allCounties).toHaveLength(2975);
    expect(children('441900')).toEqual([]);
  });

  it('keeps every code six digits, unique, under its parent, with a name', () => {
    const all = [...provinceList, ...allCities, ...allCounties];
    expect(new Set(codes(all)).size).toBe(all.length);
    for (const { code, name } of all) {
      expect(code).toMatch(/^\d{6}$/);
      expect(name).toMatch(/^[\u3400-\u9fff]+$/);
      expect(ownName(code)).toBe(name);
      expect(divisionExists(code)).toBe(true);
    }
  });

  it('knows the counties of Jiaozuo and Anshan', () => {
    expect(children('410800').map((each) => each.code.slice(4) + each.name)).toEqual([
      '02解放区',
      '03中站区',
      '04马村区',
      '11山阳区',
      '21修武县',
      '22博爱县',
      '23武陟县',
      '25温县',
      '71焦作城乡一体化示范区',
      '82沁阳市',
      '83孟州市',
    ]);
    expect(children('210300').map((each) => each.code.slice(4) + each.name)).toEqual([
      '02铁东区',
      '03铁西区',
      '04立山区',
      '11千山区',
      '21台安县',
      '23岫岩满族自治县',
      '81海城市',
    ]);
  });

  it('marks development zones as statistics only: 410871 has no code in GB/T 2260', () => {
    expect(statisticsOnly.has('410871')).toBe(true);
    expect(statisticsOnly.has('410811')).toBe(false);
    expect(statisticsOnly.size).toBe(130);
    for (const code of statisticsOnly) expect(divisionExists(code)).toBe(true);
  });

  it('has the townships of the two cities: Jiaozuo 112, Anshan 96', () => {
    const count = (city: string) => children(city).flatMap((county) => townshipsOf(county.code)).length;
    expect(townshipPrefectures).toEqual(['2103', '4108']);
    expect(count('410800')).toBe(112);
    expect(count('210300')).toBe(96);
    expect(townshipsOf('410871')).toHaveLength(6);
    expect(townshipsOf('410802')[0]).toEqual({ code: '410802001', name: '民生街道' });
    expect(townshipsOf('110101')).toEqual([]);
  });

  it.each([
    ['410802', '河南省焦作市解放区'],
    ['410800', '河南省焦作市'],
    ['410000', '河南省'],
    ['210323', '辽宁省鞍山市岫岩满族自治县'],
    ['110101', '北京市东城区'],
    ['500229', '重庆市城口县'],
    ['419001', '河南省济源市'],
    ['441900', '广东省东莞市'],
    ['620201', '甘肃省嘉峪关市'],
    ['810000', '香港特别行政区'],
    ['410802001', '河南省焦作市解放区民生街道'],
    ['410802999', '410802999'],
    ['999999', '999999'],
  ])('names %s %s', (code, name) => {
    expect(divisionName(code)).toBe(name);
  });

  it('refuses what is not a six-digit code of the list, property names of objects included', () => {
    for (const code of ['', '41080', '4108021', '４１０８０２', '999999', '410801', 'constru', 'toString', '410306']) {
      expect(divisionSet.has(code)).toBe(false);
      expect(children(code)).toEqual([]);
      expect(townshipsOf(code)).toEqual([]);
    }
  });
});
