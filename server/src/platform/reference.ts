import { divisionName, ownName } from '@yingdeng/contract/divisions.ts';
import {
  addDays,
  type Calendar,
  isWorkingDay,
  type PlainDate,
  shippedCalendar,
  weekday,
} from '@yingdeng/rules/calendar.ts';
import type { TemplateVersion } from '@yingdeng/rules/messages/versions.ts';
import { type Policy, policyFor } from '@yingdeng/rules/provisions/policy.ts';
import type { Provision } from '@yingdeng/rules/provisions/provision.ts';
import { shippedProvisions } from '@yingdeng/rules/provisions/shipped.ts';
import { systemActor } from './actor.ts';
import { canonicalJson } from './audit.ts';
import { sm3 } from './crypto.ts';
import type { Database } from './database.ts';
import {
  allDays,
  allOffices,
  allProvisions,
  allTemplates,
  insertDay,
  insertProvision,
  type OfficeRow,
  type ProvisionRow,
  type TemplateRow,
} from './reference.sql.ts';

/**
 * Provisions, calendar and organisation as this process knows them. They change a few times a year and are read by every
 * request, so they are kept in memory; whoever changes one calls `refresh`, other processes follow within half a minute.
 */
export class Reference {
  #provisions: readonly Provision[] = [];
  #policies = new Map<string, Policy>();
  #calendar: Calendar = shippedCalendar;
  #offices = new Map<string, OfficeRow>();
  #templates = new Map<string, TemplateVersion[]>();

  /**
   * Writes what is shipped and not there yet: into an empty database everything, into one of before what the program has learnt of the law since,
   * beside what was written then. Provisions an administrator entered stay as they are.
   */
  async seed(db: Database, now: Date): Promise<void> {
    await db.transaction(systemActor('seed'), async (tx) => {
      const known = new Map((await tx.rows(allProvisions)).map((row) => [row.id, digestOf(provisionOf(row))]));
      for (const p of shippedProvisions) {
        const digest = digestOf(p);
        const before = known.get(p.id);
        if (before !== digest) {
          void tx.run(
            insertProvision,
            before === undefined ? p.id : `${p.id}~${digest}`,
            p.parameter,
            JSON.stringify(p.value),
            p.division,
            p.level,
            p.document,
            p.documentTitle,
            p.clause,
            p.clauseId,
            p.from,
            p.to ?? null,
            p.note ?? '',
            now,
          );
        }
      }
      if ((await tx.rows(allDays)).length === 0) {
        for (let day = shippedCalendar.from; day <= shippedCalendar.to; day = addDays(day, 1)) {
          const name = shippedCalendar.off[day] ?? shippedCalendar.work[day] ?? '';
          void tx.run(insertDay, day, isWorkingDay(day, shippedCalendar), name, '国务院办公厅节假日安排');
        }
      }
    });
  }

  /** Reads the tables again. */
  async refresh(db: Database): Promise<void> {
    const [provisions, days, offices, templates] = await db.read(systemActor('reference'), (tx) =>
      Promise.all([tx.rows(allProvisions), tx.rows(allDays), tx.rows(allOffices), tx.rows(allTemplates)]),
    );
    this.#provisions = provisions.map(provisionOf);
    this.#policies.clear();
    if (days.length > 0) this.#calendar = calendarOf(days);
    this.#offices = new Map(offices.map((office) => [office.code, office]));
    this.#templates = Map.groupBy(templates.map(versionOf), ({ division }) => division);
  }

  /** The law in force at a division on a day, each parameter with its citation. */
  policy(division: string, on: PlainDate): Policy {
    const key = `${division}:${on}`;
    let policy = this.#policies.get(key);
    if (!policy) {
      if (this.#policies.size > 5000) this.#policies.clear();
      policy = policyFor(division, on, this.#provisions);
      this.#policies.set(key, policy);
    }
    return policy;
  }

  get provisions(): readonly Provision[] {
    return this.#provisions;
  }

  get calendar(): Calendar {
    return this.#calendar;
  }

  /** The own texts of messages of one place, every version; usually none. */
  readonly templatesOf = (division: string): readonly TemplateVersion[] => this.#templates.get(division) ?? [];

  /** An office, or undefined when no such office is kept. */
  office(code: string): OfficeRow | undefined {
    return this.#offices.get(code);
  }

  /** Name of an office; of a place without an own office, the division's name. */
  officeName(code: string): string {
    return this.#offices.get(code)?.name ?? divisionName(code.slice(0, 6)) ?? code;
  }

  /** Offices whose code begins with a prefix, in order of code. */
  officesUnder(prefix: string): OfficeRow[] {
    return [...this.#offices.values()].filter((office) => office.code.startsWith(prefix));
  }

  /** The same for whoever sits in another city: counties of two cities may have one name. */
  officeNameFromAfar(code: string): string {
    const city = ownName(`${code.slice(0, 4)}00`) ?? '';
    const name = this.officeName(code);
    return name.includes(city) ? name : `${city}${name}`;
  }

  /** The office that receives applications for a county: the county's own. */
  receivingOffice(division: string): string {
    return division;
  }
}

/** A row as the rules have it. */
export const provisionOf = (row: ProvisionRow): Provision =>
  ({
    id: row.id,
    parameter: row.parameter,
    value: row.value,
    division: row.division,
    level: row.level,
    document: row.document,
    documentTitle: row.document_title,
    clause: row.clause,
    clauseId: row.clause_id,
    from: row.valid_from,
    ...(row.valid_to ? { to: row.valid_to } : {}),
    ...(row.note ? { note: row.note } : {}),
  }) as Provision;

/** Tells one wording of a provision from another. */
function digestOf(provision: Provision): string {
  const { to = '', note = '', ...rest } = provision;
  return sm3(canonicalJson({ ...rest, to, note }))
    .toString('hex')
    .slice(0, 16);
}

function versionOf({ template, division, version, body, valid_from }: TemplateRow): TemplateVersion {
  return { template: template as TemplateVersion['template'], division, version, text: body, from: valid_from };
}

function calendarOf(days: { day: PlainDate; working: boolean; name: string }[]): Calendar {
  const off: Record<PlainDate, string> = {};
  const work: Record<PlainDate, string> = {};
  for (const { day, working, name } of days) {
    const weekend = weekday(day) === 0 || weekday(day) === 6;
    if (weekend && working) work[day] = name;
    else if (!working && (!weekend || name)) off[day] = name;
  }
  return { from: days[0]!.day, to: days.at(-1)!.day, off, work };
}
