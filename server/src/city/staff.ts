import { createHash } from 'node:crypto';
import type { Role } from '@yingdeng/rules/access.ts';
import { pinyin } from 'pinyin-pro';
import { givenName, surname } from './names.ts';
import { type CityPlaces, communityOf, fullName, hasCommunity } from './places.ts';
import { Random } from './random.ts';

/** An institution of the synthetic city, as table `office` has it. */
export interface CityOffice {
  readonly code: string;
  readonly kind: 'city' | 'county' | 'street' | 'community';
  readonly name: string;
  readonly address: string;
  readonly telephone: string;
  readonly business: string;
  readonly responsiblePerson: string;
  /** Serves an urban area: all but the offices of rural townships. */
  readonly town: boolean;
}

/** An account of the synthetic city; passwords are set when it is loaded. */
export interface CityAccount {
  readonly index: number;
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly office: string;
}

/** Institutions and accounts. `clerksOf` gives those who do the work of an office, never empty for an office of the city. */
export interface CityStaff {
  readonly offices: readonly CityOffice[];
  readonly accounts: readonly CityAccount[];
  clerksOf(office: string): readonly CityAccount[];
}

/** Who works at each kind of office, and how many. */
const posts: Record<CityOffice['kind'], readonly (readonly [role: Role, user: string, count: number])[]> = {
  city: [
    ['clerk', 'clerk', 1],
    ['supervisor', 'supervisor', 1],
    ['statistician', 'statistician', 1],
    ['exchangeOfficer', 'exchange', 1],
    ['hotline', 'hotline', 2],
    ['surveyor', 'surveyor', 1],
    ['auditor', 'auditor', 1],
    ['administrator', 'admin', 1],
  ],
  county: [
    ['clerk', 'clerk', 3],
    ['supervisor', 'supervisor', 1],
  ],
  street: [['clerk', 'clerk', 1]],
  community: [['fieldWorker', 'field', 1]],
};

const business = '失业登记、职业介绍、职业指导、就业困难人员认定、就业政策咨询';

/** Lays out the institutions of a city: the city's, one a county, one a street or township, one community in each street. */
export function cityStaff(places: CityPlaces, seed: number): CityStaff {
  const random = new Random(seed, 3, Number(places.tenant));
  const offices: CityOffice[] = [];
  const accounts: CityAccount[] = [];
  const byOffice = new Map<string, CityAccount[]>();
  const usernames = new Set<string>();
  const person = () => surname(random) + givenName(random, random.chance(0.45) ? '1' : '2', random.between(1972, 1999));
  const add = (code: string, kind: CityOffice['kind'], name: string, address: string, user: string, town = true) => {
    // No area code is 0000: the numbers ring nowhere.
    const telephone = `0000-000${String(offices.length + 1).padStart(4, '0')}`;
    offices.push({ code, kind, name, address, telephone, business, responsiblePerson: person(), town });
    const here: CityAccount[] = [];
    for (const [role, post, count] of posts[kind]) {
      for (let i = 1; i <= count; i += 1) {
        const username = unused(usernames, `${user}.${post}${i}`);
        here.push({ index: accounts.length + here.length, username, name: person(), role, office: code });
      }
    }
    accounts.push(...here);
    byOffice.set(
      code,
      here.filter((account) => account.role === 'clerk'),
    );
  };
  add(
    places.code,
    'city',
    `${places.name}公共就业服务中心`,
    `${fullName(places.code)}人民路1号`,
    pinyinOf(places.name),
  );
  for (const county of places.counties) {
    const user = pinyinOf(county.name);
    add(county.code, 'county', `${county.name}公共就业服务中心`, `${fullName(county.code)}建设路1号`, user);
    for (const township of county.townships) {
      const street = `${user}.${pinyinOf(township.name)}`;
      const where = fullName(county.code) + township.name;
      add(township.code, 'street', `${township.name}公共就业服务站`, `${where}便民服务大厅`, street, township.urban);
      if (hasCommunity(township.name)) {
        add(
          communityOf(township.code),
          'community',
          `${township.name}第一社区公共就业服务点`,
          `${where}第一社区`,
          `${street}.shequ1`,
          township.urban,
        );
      }
    }
  }
  // A community's people visit; what is decided there is decided by its street.
  const clerksOf = (office: string) => byOffice.get(office.slice(0, 9)) ?? byOffice.get(office.slice(0, 6)) ?? [];
  return { offices, accounts, clerksOf };
}

/** 解放区 → jiefang: the name without what kind of place it is. */
function pinyinOf(name: string): string {
  const bare = name.replace(/(街道|满族自治县|自治县|风景区|工贸区|区|县|市|镇|乡)$/, '') || name;
  return pinyin(bare, { toneType: 'none', type: 'array', v: true })
    .join('')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

/** The name itself or, for the second of two that sound alike, with a number: usernames never repeat within a city. */
function unused(taken: Set<string>, wished: string): string {
  let name = wished;
  for (let i = 2; taken.has(name); i += 1) name = wished.replace(/(\.[^.]+)$/, `-${i}$1`);
  taken.add(name);
  return name;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The second factor of a demonstration account: the same on every machine, 160 bits in base32. Never for real accounts. */
export function demoTotpSecret(seed: number, username: string): string {
  const bytes = createHash('sha256').update(`yingdeng demo second factor ${seed} ${username}`).digest();
  return Array.from({ length: 32 }, (_, i) => BASE32[bytes[i]! & 31]).join('');
}
