import { sql } from '../../platform/sql.ts';

export interface TemplateVersionRow {
  template: string;
  division: string;
  version: number;
  body: string | null;
  valid_from: string;
  reason: string;
  author: string;
  created_at: Date;
}

/** Versions of one place, newest first: some dozens at most; the table is small and kept in memory by the database. */
export const versionsOfPlace = sql<TemplateVersionRow, [division: string]>(
  'notice.versionsOfPlace',
  `select template, division, version, body, valid_from, reason, author, created_at from message_template
   where division = $1 order by template, version desc`,
);

/** Primary key: of two administrators who publish the same version one is told. */
export const addTemplateVersion = sql<
  Record<string, never>,
  [
    template: string,
    division: string,
    version: number,
    body: string | null,
    from: string,
    reason: string,
    authorId: string,
    author: string,
    now: Date,
  ]
>(
  'notice.addTemplateVersion',
  `insert into message_template (template, division, version, body, valid_from, reason, author_id, author, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
