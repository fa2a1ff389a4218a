import { sources } from '@yingdeng/rules/verification.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Answer } from '../../platform/http.ts';
import { nextTimeCursor, readTimeCursor } from '../../platform/keyset.ts';
import { listRange } from '../worklist/index.ts';
import { type ComparisonRow, listRuns } from './comparison.sql.ts';

type Run = Answer<'getComparisons'>['items'][number];

/**
 * Comparisons recorded for a range of offices, newest first: who was compared with what, how many were covered, what was withdrawn and why (A21-5b).
 * @throws AppError access.denied for an office outside the range
 */
export async function readComparisons(
  context: Context,
  actor: Actor,
  query: { after?: string; limit: number; office?: string },
): Promise<Answer<'getComparisons'>> {
  const { divisions, lo, hi } = listRange(actor, query.office, 'contact.read');
  const tenants = [...new Set(divisions.map((division) => division.slice(0, 4)))];
  const { at, id } = readTimeCursor(query.after);
  const rows = await context.db.read(actor, (tx) => tx.rows(listRuns, tenants, lo, hi, at, id, query.limit + 1));
  const page = rows.slice(0, query.limit);
  const next =
    rows.length > page.length
      ? nextTimeCursor(
          page.map((row) => ({ at: row.recorded_at, id: row.id })),
          query.limit,
        )
      : undefined;
  return { items: page.map((row) => runOf(context, actor, row)), ...(next ? { next } : {}) };
}

function runOf(context: Context, actor: Actor, row: ComparisonRow): Run {
  return {
    id: row.id,
    sourceText: sources[row.source as keyof typeof sources] ?? row.source,
    asOf: row.as_of,
    month: row.month,
    officeName: context.reference.officeName(row.office),
    at: row.recorded_at.toISOString(),
    who: row.officer_name,
    covered: row.covered,
    found: row.found.length,
    running: row.finished_at === null || (row.withdrawn_at !== null && row.undone_at === null),
    mayWithdraw: row.withdrawn_at === null && row.office >= actor.lo && row.office_end <= actor.hi,
    ...(row.withdrawn_at
      ? {
          withdrawn: {
            at: row.withdrawn_at.toISOString(),
            who: row.withdrawn_by_name ?? '',
            reason: row.withdrawn_reason ?? '',
          },
        }
      : {}),
  };
}
