import { divisionRange } from '@yingdeng/rules/access.ts';
import { addDays } from '@yingdeng/rules/calendar.ts';
import { lastDayOf } from '@yingdeng/rules/contact.ts';
import { addPyramid, countPyramid, type Pyramid } from '@yingdeng/rules/statistics/pyramid.ts';
import {
  addServices,
  countServices,
  type ServiceFact,
  type ServiceFigures,
} from '@yingdeng/rules/statistics/service-sheet.ts';
import { dayNumber } from '@yingdeng/rules/statistics/sheet.ts';
import type { Context } from '../../context.ts';
import type { Tx } from '../../platform/database.ts';
import { coverage } from '../followup/index.ts';
import { keptContacts, keptDecisions } from '../worklist/index.ts';
import { type BesideRow, besideOf, peopleServed, putBeside, servicesGiven } from './beside.sql.ts';
import { addParts } from './cut.ts';
import type { KindList } from './lists.ts';
import { monthAfter, type ReportingMonth, reportingMonth } from './month.ts';
import { levelOf } from './places.ts';
import type { ReportRow } from './report.sql.ts';

type ByOffice<Value> = Record<string, Value>;

/** The last calendar month that is over at the end of a period: what follow-up is counted over (M79-4a). */
export const fullMonthOf = ({ to }: ReportingMonth): string => monthAfter(to.slice(0, 7), -1);

/**
 * Counts what stands beside a report's sheet and keeps it with the report: services of the period from the registers, by the same statements as
 * supervision and follow-up show them; the stock by age and sex from its frozen lists. Of a whole, by part.
 */
export async function keepBeside(
  context: Context,
  tx: Tx,
  row: ReportRow,
  lists: readonly KindList[] = [],
): Promise<void> {
  const { services, ages } =
    levelOf(row.division) === 'county' ? await ofCounty(context, tx, row, lists) : await ofParts(context, tx, row);
  await tx.run(putBeside, row.tenant, row.id, JSON.stringify(services), JSON.stringify(ages));
}

async function ofCounty(context: Context, tx: Tx, row: ReportRow, lists: readonly KindList[]) {
  const month = reportingMonth(context, row.division, row.month);
  const ages: ByOffice<Pyramid> = {};
  for (const { kind, office, list } of lists)
    if (kind === 'stock') countPyramid(entry(ages, office), list, dayNumber(month.to));
  const services: ByOffice<ServiceFigures> = {};
  for (const [office, facts] of Map.groupBy(await factsOf(tx, row.division, month), (fact) => fact.office))
    services[office] = countServices(facts);
  return { services, ages };
}

/** What happened in a county in a period, office by office. */
async function factsOf(tx: Tx, division: string, month: ReportingMonth): Promise<(ServiceFact & { office: string })[]> {
  const { lo, hi } = divisionRange(division);
  const range = [[division], lo, hi] as const;
  const window = [...range, month.from, addDays(month.to, 1)] as const;
  const full = fullMonthOf(month);
  const [decisions, contacts, months, services, people] = await Promise.all([
    tx.rows(keptDecisions, ...window),
    tx.rows(keptContacts, ...window),
    tx.rows(coverage, ...range, full, `${full}-01`, lastDayOf(full)),
    tx.rows(servicesGiven, division, month.from, month.to),
    tx.rows(peopleServed, division, month.from, month.to),
  ]);
  const halves = (what: ServiceFact['what'], office: string, whole: number, kept: number) => [
    { what, office, kept: true, kind: '', count: kept },
    { what, office, kept: false, kind: '', count: whole - kept },
  ];
  return [
    ...decisions.flatMap(({ office, due, kept }) => halves('decision', office, due, kept)),
    ...contacts.flatMap(({ office, due, kept }) => halves('contact', office, due, kept)),
    ...months.flatMap(({ office, registered, seen }) => halves('month', office, registered, seen)),
    ...services.map(({ office, kind, count }) => ({ what: 'service' as const, office, kept: true, kind, count })),
    ...people.map(({ office, count }) => ({ what: 'person' as const, office, kept: true, kind: '', count })),
  ];
}

/** Of a city or province: what its parts' newest reports say. */
async function ofParts(context: Context, tx: Tx, row: ReportRow) {
  const { parts } = await addParts(context, tx, row.division, row.month);
  const services: ByOffice<ServiceFigures> = {};
  const ages: ByOffice<Pyramid> = {};
  for (const part of parts) {
    const beside = await tx.first(besideOf, part.tenant, part.id);
    services[part.division] = servicesIn(beside, '');
    ages[part.division] = agesIn(beside, '');
  }
  return { services, ages };
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

function entry(of: ByOffice<Pyramid>, office: string): Pyramid {
  const found = of[office] ?? {};
  of[office] = found;
  return found;
}
