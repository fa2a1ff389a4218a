import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { identityCheckDigit } from '@yingdeng/rules/identity-number.ts';
import { caseNumber } from '@yingdeng/rules/numbers.ts';
import type { Parameter } from '@yingdeng/rules/provisions/parameters.ts';
import { requirePolicy } from '@yingdeng/rules/provisions/policy.ts';
import type { Crypto } from '../platform/crypto.ts';
import type { CopyTable } from './city.sql.ts';
import type { CopyValue } from './copy-text.ts';
import type { CityLaw } from './deadlines.ts';
import type { CityHistory } from './model.ts';
import { givenName, surname } from './names.ts';
import type { CityProgrammes } from './programmes.ts';
import type { Random } from './random.ts';
import type { CityAccount, CityStaff } from './staff.ts';
import type { CityVacancy } from './vacancies.ts';

/** What rows are written with. */
export interface RowContext {
  readonly tenant: string;
  readonly seed: number;
  /** Exits handled later still wait for the platform: the days that every night reconciles again. */
  readonly uploadedUntil: string;
  readonly crypto: Crypto;
  readonly law: CityLaw;
  readonly staff: CityStaff;
  /** Last day of the history. */
  readonly asOf: PlainDate;
  readonly vacancies: readonly CityVacancy[];
  readonly programmes: CityProgrammes;
}

/** One person's rows in the making. */
export interface PersonRows {
  readonly context: RowContext;
  readonly random: Random;
  readonly history: CityHistory;
  readonly personId: string;
  readonly idHash: Buffer;
  /** Writes a row of a table. */
  add(table: CopyTable, ...values: CopyValue[]): void;
  /** A new id of this person's next row: ordered, carrying the tenant as every id does. */
  id(): string;
}

/** Version 8 of UUIDs: own content. */
const ID_KIND = '8c17';

/**
 * Id number `sequence` of the city: six bytes that ascend, so that keys are written side by side, a version, the tenant
 * (as `tenantOfId` reads it) and the seed.
 */
export function cityId(tenant: string, seed: number, sequence: number): string {
  const head = sequence.toString(16).padStart(12, '0');
  const middle = (0x8000 | Number(tenant)).toString(16);
  return `${head.slice(0, 8)}-${head.slice(8)}-${ID_KIND}-${middle}-${(seed % 2 ** 48).toString(16).padStart(12, '0')}`;
}

/** Id of an account of the city. */
export const accountId = (context: RowContext, account: CityAccount): string =>
  cityId(context.tenant, context.seed, account.index + 1);

/** Who at the office has this person's case. */
export function clerkOf(rows: PersonRows, office: string): CityAccount {
  const clerks = rows.context.staff.clerksOf(office);
  return clerks[rows.history.person.index % clerks.length]!;
}

/** Sixteen digits that no other case of its kind in the city has that day: the factor shares no divisor with the limit. */
export function drawNumber(rows: PersonRows, date: string, salt: number): string {
  const { history, context } = rows;
  return caseNumber(date, (history.person.index * 700_000_001 + context.seed * 7_907 + salt * 31) % 1_000_000_000);
}

/** What a case stands on: the parameter's value with its citation as JSON text, and the clause alone. */
export interface Basis {
  readonly text: string;
  readonly clause: string;
}

const bases = new WeakMap<object, Map<string, Basis>>();

/** The basis on some parameters, as cases store it; the same object for every case of a span without change of law. */
export function basisOf(
  rows: PersonRows,
  division: string,
  on: string,
  ...parameters: [Parameter, ...Parameter[]]
): Basis {
  const policy = rows.context.law.policy(division, on);
  const known = bases.get(policy) ?? new Map<string, Basis>();
  bases.set(policy, known);
  const before = known.get(parameters[0]);
  if (before) return before;
  const cited = parameters.map((parameter) => [parameter, requirePolicy(policy, parameter)] as const);
  const text = JSON.stringify(
    Object.fromEntries(cited.map(([name, { value, citation }]) => [name, { value, citation }])),
  );
  const basis = { text, clause: cited[0]![1].citation.clauseId };
  known.set(parameters[0], basis);
  return basis;
}

/** A list as PostgreSQL reads it; codes only, nothing that needs quotes. */
export const codeList = (codes: readonly string[]): string => `{${codes.join(',')}}`;

/** Somebody beside a person of the city, as another office's list or form names him or her. */
export interface Neighbour {
  readonly name: string;
  readonly sex: '1' | '2';
  readonly idNumber: string;
  readonly born: PlainDate;
}

/** Days and sequence numbers follow from the person's index: no two of one list are alike. */
export function neighbourOf({ history }: PersonRows, random: Random, division: string, since: PlainDate): Neighbour {
  const { index } = history.person;
  const sex = random.chance(0.5) ? '1' : '2';
  const born = addDays(since, Math.floor(index / 500) % 1500);
  const sequence = String((index % 500) * 2 + (sex === '1' ? 1 : 0)).padStart(3, '0');
  const first17 = `${division}${born.replaceAll('-', '')}${sequence}`;
  const name = surname(random) + givenName(random, sex, Number(born.slice(0, 4)));
  return { name, sex, born, idNumber: first17 + identityCheckDigit(first17) };
}
