import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { roleNames } from '@yingdeng/rules/access.ts';
import type { City, Strangers } from './generate.ts';
import type { CityHistory } from './model.ts';
import type { CityPerson } from './people.ts';
import { type CityOffice, type CityStaff, demoTotpSecret } from './staff.ts';

/** A worker of the demonstration, offered on the stand-in identity provider's page. */
export interface DemoWorker {
  readonly name: string;
  readonly idNumber: string;
  readonly sex: string;
  readonly phone: string;
  readonly situation: string;
}

/** A member of staff of the demonstration. */
export interface DemoStaff {
  readonly name: string;
  readonly username: string;
  readonly password: string;
  readonly totpSecret: string;
  readonly role: string;
  readonly roleText: string;
  readonly office: string;
  readonly division: string;
}

/** The one password of every demonstration account. */
export const demoPassword = 'Yingdeng-2026';

const wanted = {
  open: '已提交申请，等待办理',
  active: '已登记，正在接受服务',
  exitPending: '已登记，退出核实中',
  exited: '已退出登记，可以再次申请',
} as const;

/** Chooses who stands for each situation: the first of the city that fits. */
class DemoCast {
  readonly #found = new Map<keyof typeof wanted, CityPerson>();

  /** Looks at a history; cheap, for it is asked of everybody. */
  offer({ situation, person, episodes }: CityHistory): void {
    if (!(situation in wanted) || this.#found.has(situation as keyof typeof wanted)) return;
    // Plain cases: one application, an ordinary number.
    if (episodes.length !== 1 || person.idNumber.length !== 18 || !/^[1-7]/.test(person.idNumber)) return;
    const [{ registration }] = episodes as [CityHistory['episodes'][number]];
    if (situation === 'active' && !registration?.contacts.some((contact) => contact.interview)) return;
    if (situation === 'exited' && registration?.exit?.reason !== '11') return;
    this.#found.set(situation as keyof typeof wanted, person);
  }

  /** Whether somebody stands for every situation. */
  get complete(): boolean {
    return this.#found.size === Object.keys(wanted).length;
  }

  /** The workers of the demonstration: those who never applied first. */
  workers(strangers: Strangers): DemoWorker[] {
    const known = (Object.keys(wanted) as (keyof typeof wanted)[]).flatMap((situation) => {
      const person = this.#found.get(situation);
      return person ? [demoWorker(person, wanted[situation])] : [];
    });
    return [
      demoWorker(strangers.adult, '从未申请，可以申请失业登记'),
      demoWorker(strangers.hongKong, '香港居民，持居住证，从未申请'),
      ...known,
      demoWorker(strangers.minor, '未满16周岁，不能登记'),
    ];
  }
}

/** The workers of a city's demonstration, drawn until every situation is found. */
export function demoWorkers(city: City): DemoWorker[] {
  const cast = new DemoCast();
  for (const history of city.histories()) {
    cast.offer(history);
    if (cast.complete) break;
  }
  return cast.workers(city.strangers);
}

function demoWorker(person: CityPerson, situation: string): DemoWorker {
  return { name: person.name, idNumber: person.idNumber, sex: person.sex, phone: person.mobile, situation };
}

/** Who of the staff is shown: two clerks of one county, so that one can be overtaken by the other, and one of each role. */
export function demoStaff(staff: CityStaff, seed: number, prefix: string): DemoStaff[] {
  const first = (kind: CityOffice['kind']) => staff.offices.find((office) => office.kind === kind);
  const [city, county, street, community] = [first('city'), first('county'), first('street'), first('community')];
  const posts = [
    [county, 'clerk', 2],
    [county, 'supervisor', 1],
    [street, 'clerk', 1],
    [community, 'fieldWorker', 1],
    [city, 'statistician', 1],
    [city, 'exchangeOfficer', 1],
    [city, 'hotline', 1],
    [city, 'auditor', 1],
    [city, 'administrator', 1],
  ] as const;
  return posts.flatMap(([office, role, count]) =>
    staff.accounts
      .filter((account) => account.office === office?.code && account.role === role)
      .slice(0, count)
      .map((account) => ({
        name: account.name,
        username: prefix + account.username,
        password: demoPassword,
        totpSecret: demoTotpSecret(seed, account.username),
        role,
        roleText: roleNames[role],
        office: office?.name ?? account.office,
        division: account.office,
      })),
  );
}

/** A referral that waits at civil affairs; `key`: the part it belongs to. */
export interface DemoReferral {
  readonly key: string;
  readonly number: string;
  readonly name: string;
  readonly idNumber: string;
  readonly division: string;
  readonly registration: string;
  readonly at: string;
}

interface Demo {
  readonly staff: readonly DemoStaff[];
  readonly workers: readonly DemoWorker[];
  readonly referrals: readonly DemoReferral[];
}

/**
 * Writes the file that stand-ins and the start-up greeting read, whole or not at all. Of a second city the staff joins that of the first, whose
 * workers are the ones shown.
 */
export function writeDemoFile(file: string, demo: Demo): void {
  mkdirSync(dirname(file), { recursive: true });
  const city = demo.staff[0]?.division.slice(0, 4);
  const before = readDemo(file);
  const others = before.staff.filter(({ division }) => division.slice(0, 4) !== city);
  const shown: Demo = {
    staff: [...others, ...demo.staff],
    workers: others.length > 0 ? before.workers : demo.workers,
    referrals: [...before.referrals.filter(({ division }) => division.slice(0, 4) !== city), ...demo.referrals],
  };
  writeFileSync(`${file}.new`, `${JSON.stringify(shown, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

const empty: Demo = { staff: [], workers: [], referrals: [] };

function readDemo(file: string): Demo {
  try {
    return { ...empty, ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<Demo>) };
  } catch {
    return empty;
  }
}
