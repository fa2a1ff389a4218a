import { sql } from './sql.ts';

export interface ProvisionRow {
  id: string;
  parameter: string;
  value: unknown;
  division: string;
  level: 'national' | 'province' | 'city' | 'county';
  document: string;
  document_title: string;
  clause: string;
  clause_id: string;
  valid_from: string;
  valid_to: string | null;
  note: string;
}

/**
 * A few hundred rows, read at start and every half minute. What was shipped anew under the same name (name~digest) takes the place of what was
 * shipped before, which stays written.
 */
export const allProvisions = sql<ProvisionRow>(
  'reference.provisions',
  `select distinct on (split_part(id, '~', 1)) split_part(id, '~', 1) as id, parameter, value, division, level, document, document_title, clause,
     clause_id, valid_from, valid_to, note
   from provision order by split_part(id, '~', 1), added_at desc, id desc`,
);

export const insertProvision = sql<
  Record<string, never>,
  [string, string, string, string, string, string, string, string, string, string, string | null, string, Date]
>(
  'reference.insertProvision',
  `insert into provision (id, parameter, value, division, level, document, document_title, clause, clause_id, valid_from,
     valid_to, note, added_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
   on conflict (id) do nothing`,
);

/** Every maintained day: 365 a year. */
export const allDays = sql<{ day: string; working: boolean; name: string }>(
  'reference.days',
  'select day, working, name from calendar_day order by day',
);

export const insertDay = sql<Record<string, never>, [string, boolean, string, string]>(
  'reference.insertDay',
  'insert into calendar_day (day, working, name, source) values ($1, $2, $3, $4) on conflict (day) do nothing',
);

export interface OfficeRow {
  code: string;
  kind: string;
  name: string;
  address: string;
  telephone: string;
  business: string;
  responsible_person: string;
  /** Serves an urban area (M79-10a). */
  town: boolean;
  open: boolean;
  /** Counts changes: two administrators on one office notice each other. */
  version: number;
}

/** Some hundreds a city, half a million in the nation. */
export const allOffices = sql<OfficeRow>(
  'reference.offices',
  'select code, kind, name, address, telephone, business, responsible_person, town, open, version from office order by code',
);

export interface TemplateRow {
  template: string;
  division: string;
  version: number;
  body: string | null;
  valid_from: string;
}

/** Texts of messages that offices wrote themselves: some hundreds in an installation, read at start and every half minute. */
export const allTemplates = sql<TemplateRow>(
  'reference.templates',
  'select template, division, version, body, valid_from from message_template order by division, template, version',
);
