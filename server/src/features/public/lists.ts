import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Answer } from '../../platform/http.ts';
import { institutionColumns, institutionsFor } from './institutions.ts';
import { mandatedColumns } from './lists.seed.ts';
import { type ListRow, listsInForce } from './public.sql.ts';

/** The order in which the clause names the lists. */
const order = ['policies', 'services', 'institutions'] as const;

/** Divisions whose lists may serve a county, nearest first: county, city, province, nation. */
const nearestFirst = (division: string): string[] => [
  ...new Set([division, `${division.slice(0, 4)}00`, `${division.slice(0, 2)}0000`, '000000']),
];

/** The three lists in the version in force nearest the place, with the columns the law of the place prints (A21-4c, M79-3b). */
export async function listsFor(context: Context, division: string, now: Date): Promise<Answer<'getLists'>> {
  const on = businessDate(now);
  const divisions = nearestFirst(division);
  const rows = await context.db.read(systemActor('lists'), (tx) => tx.rows(listsInForce, divisions, on));
  const rank = (row: ListRow) => divisions.indexOf(row.division);
  const law = context.reference.policy(division, on).listColumns?.value;
  return {
    lists: order.flatMap((list) => {
      const [row] = rows.filter((one) => one.list === list).sort((a, b) => rank(a) - rank(b));
      if (!row) return [];
      const columns: string[] = [...(law?.[list] ?? mandatedColumns[list])];
      // A place may print more columns than the clause asks for, never fewer; the database keeps no order of members.
      columns.push(...Object.keys(row.items[0] ?? {}).filter((column) => !columns.includes(column)));
      // Institutions are kept once, as offices; a version of the list only says since when it is published.
      const items =
        list === 'institutions' && row.items.length === 0
          ? institutionsFor(context, division).map((office) => institutionColumns(office, columns))
          : row.items.map((item) => Object.fromEntries(columns.map((column) => [column, item[column] ?? ''])));
      return { list, division: row.division, version: row.version, validFrom: row.valid_from, columns, items };
    }),
  };
}
