import { children, divisionName, ownName, statisticsOnly, townshipsOf } from '@yingdeng/contract/divisions.ts';
import { type Random, type Weighted, weights } from './random.ts';

/** A street, town or township of the city; `code` has nine digits. */
export interface Township {
  readonly code: string;
  readonly name: string;
  readonly urban: boolean;
}

/** A county of the city with what lies in it. */
export interface County {
  readonly code: string;
  readonly name: string;
  readonly townships: readonly Township[];
}

/** Whether a street has a community with an office of its own here, and that office's code. */
export const hasCommunity = (street: string): boolean => street.endsWith('街道');
export const communityOf = (street: string): string => `${street}001`;

/** An address of a person: the county's code, the rest as text, and the township where it is known. */
export interface Place {
  readonly division: string;
  readonly detail: string;
  readonly township?: Township;
}

/** The city as the generator sees it. */
export interface CityPlaces {
  /** Six digits ending in 00. */
  readonly code: string;
  /** First four digits. */
  readonly tenant: string;
  readonly name: string;
  readonly counties: readonly County[];
  readonly byPopulation: Weighted<County>;
}

/**
 * Reads a prefecture from the list of divisions. Development zones have no code of their own in the national standard:
 * their people belong to the counties beside them, so such zones are left out.
 * @throws when the code is not a prefecture with counties.
 */
export function cityPlaces(code: string): CityPlaces {
  const counties = children(code)
    .filter((county) => !statisticsOnly.has(county.code))
    .map((county) => ({
      ...county,
      townships: townshipsOf(county.code).map((township) => ({
        code: township.code,
        // Some entries repeat the county (博爱县清化镇街道).
        name: township.name.startsWith(county.name) ? township.name.slice(county.name.length) : township.name,
        urban: /街道$/.test(township.name) || (/镇$/.test(township.name) && Number(township.code.slice(-2)) < 2),
      })),
    }));
  if (!/^\d{4}00$/.test(code) || code.endsWith('0000') || counties.length === 0)
    throw new Error(`${code} 不是设有区县的地级行政区划`);
  // No census is shipped: a county weighs what its townships count, streets more than the rest.
  const weigh = (county: County) => county.townships.reduce((sum, each) => sum + (each.urban ? 2 : 1), 0) || 10;
  return {
    code,
    tenant: code.slice(0, 4),
    name: ownName(code) ?? code,
    counties,
    byPopulation: weights(...counties.map((county) => [county, weigh(county)] as const)),
  };
}

/** Invented road and estate names: plain words that fit any city. */
const roads = [
  '和平',
  '建设',
  '人民',
  '解放',
  '幸福',
  '胜利',
  '光明',
  '文化',
  '青年',
  '长安',
  '迎宾',
  '学府',
  '工业',
  '车站',
  '丰收',
  '新华',
  '友谊',
  '振兴',
];
const estates = [
  '阳光家园',
  '锦绣花园',
  '康乐小区',
  '翠竹苑',
  '安居小区',
  '书香名邸',
  '金色年华',
  '福源小区',
  '春晓苑',
  '工人新村',
  '惠民家园',
  '东方明珠',
];
const villages = ['前', '后', '东', '西', '南', '北', '大', '小'];
const villageNames = ['王庄', '李庄', '张庄', '赵庄', '刘庄', '陈庄', '杨村', '河湾', '柳园', '桃园', '岭上', '寺前'];

/** An invented address in a township; nobody lives there. */
export function addressIn(random: Random, county: County): Place {
  const township = county.townships.length > 0 ? pickTownship(random, county) : undefined;
  const street =
    township === undefined || township.urban
      ? `${random.pick(roads)}路${random.between(1, 320)}号${random.pick(estates)}${random.between(1, 36)}号楼${random.between(1, 4)}单元${random.between(1, 18)}0${random.between(1, 4)}室`
      : `${random.pick(villages)}${random.pick(villageNames)}村${random.between(1, 12)}组${random.between(1, 180)}号`;
  return { division: county.code, detail: `${township?.name ?? ''}${street}`, township };
}

/** An invented address in a county of another city, of which no townships are kept. */
export function addressElsewhere(random: Random, division: string): Place {
  return {
    division,
    detail: `${random.pick(roads)}路${random.between(1, 320)}号${random.pick(estates)}${random.between(1, 36)}号楼`,
  };
}

function pickTownship(random: Random, county: County): Township {
  // Streets hold about twice the people of a township.
  const township = random.pick(county.townships);
  return township.urban || random.chance(0.5) ? township : random.pick(county.townships);
}

/** Full name of a division for office names and addresses. */
export const fullName = divisionName;
