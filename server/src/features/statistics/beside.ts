import { divisionRange } from '@yingdeng/rules/access.ts';
import { addDays } from '@yingdeng/rules/calendar.ts';
import { lastDayOf } from '@yingdeng/rules/contact.ts';
import { addPyramid, countPyramid, type Pyramid } from '@yingdeng/rules/statistics/pyramid.ts';
import { addServices, countServices, type ServiceFigures } from '@yingdeng/rules/statistics/service-sheet.ts';
import { dayNumber } from '@yingdeng/rules/statistics/sheet.ts';
import type { Tx } from '../../platform/database.ts';
import { type BesideRow, besideOf, putBeside } from './beside.sql.ts';
import type { KindList } from './lists.ts';
import { monthAfter, type ReportingMonth } from './month.ts';
import { listsOf, type OfficeList, recordsByOffice } from './records.ts';
import type { ReportRow } from './report.sql.ts';
import { contactRecords, decisionRecords, givenRecords, monthRecords } from './services.sql.ts';

type ByOffice<Value> = Record<string, Value>;

/** The last calendar month that is over at the end of a period: what follow-up is counted over (M79-4a). */
export const fullMonthOf = ({ to }: ReportingMonth): string => monthAfter(to.slice(0, 7), -1);

/** What was due and given in some counties of a city in a period, office by office. The transaction must be a snapshot. */
export async function takeServices(tx: Tx, month: ReportingMonth, divisions: readonly string[]): Promise<OfficeList[]> {
  const [first = ''] = divisions;
  const { lo, hi } = divisionRange(divisions.length === 1 ? first : `${first.slice(0, 4)}00`);
  const window = [divisions, lo, hi, month.from, addDays(month.to, 1)] as const;
  const full = fullMonthOf(month);
  const rows = await Promise.all([
    tx.fields(decisionRecords, ...window),
    tx.fields(contactRecords, ...window),
    tx.fields(monthRecords, divisions, lo, hi, full, `${full}-01`, lastDayOf(full)),
    tx.fields(givenRecords, divisions, month.from, month.to),
  ]);
  return listsOf(rows.flatMap((some) => recordsByOffice(some)));
}

/** What stands beside a sheet: services of the period, and the stock by age and sex; of a county by office, of a whole by part. */
export interface Beside {
  readonly services: ByOffice<ServiceFigures>;
  readonly ages: ByOffice<Pyramid>;
}

/** Counts what stands beside a county's sheet from its frozen lists. */
export function countBeside(lists: readonly KindList[], month: ReportingMonth): Beside {
  const [services, ages]: [ByOffice<ServiceFigures>, ByOffice<Pyramid>] = [{}, {}];
  for (const { kind, office, list } of lists) {
    if (kind === 'stock') countPyramid(entry(ages, office), list, dayNumber(month.to));
    if (kind === 'services') countServices(entry(services, office), list);
  }
  return { services, ages };
}

/** Adds up what stands beside a whole from the newest reports of its parts. */
export async function addBeside(tx: Tx, parts: readonly ReportRow[]): Promise<Beside> {
  const [services, ages]: [ByOffice<ServiceFigures>, ByOffice<Pyramid>] = [{}, {}];
  for (const part of parts) {
    const beside = await tx.first(besideOf, part.tenant, part.id);
    services[part.division] = servicesIn(beside, '');
    ages[part.division] = agesIn(beside, '');
  }
  return { services, ages };
}

/** Keeps what stands beside a sheet with its report. */
export async function keepBeside(tx: Tx, { tenant, id }: ReportRow, { services, ages }: Beside): Promise<void> {
  await tx.run(putBeside, tenant, id, JSON.stringify(services), JSON.stringify(ages));
}

/** The service sheet of a report, or of an office of it and what lies below. */
export function servicesIn(beside: BesideRow | undefined, office: string): ServiceFigures {
  const whole: ServiceFigures = {};
  for (const [at, figures] of Object.entries(beside?.services ?? {}))
    if (at.startsWith(office)) addServices(whole, figures);
  return whole;
}

/** The stock by age and sex, in the same way. */
export function agesIn(beside: BesideRow | undefined, office: string): Pyramid {
  const whole: Pyramid = {};
  for (const [at, ages] of Object.entries(beside?.ages ?? {})) if (at.startsWith(office)) addPyramid(whole, ages);
  return whole;
}

function entry<Value extends object>(of: ByOffice<Value>, office: string): Value {
  const found = of[office] ?? ({} as Value);
  of[office] = found;
  return found;
}
