import type { Citation } from '@yingdeng/contract/route.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';

type Days = 'decisionWorkingDays' | 'firstContactWorkingDays';

/**
 * Number of days and clause of a due date: as stored with the case, since the law of its day stays with it. A row that came
 * from an older system without its basis gets that of the law in force on the day.
 */
export function citedDays(
  context: Context,
  basis: unknown,
  parameter: Days,
  division: string,
  on: PlainDate,
): { workingDays?: number; citation: Citation } {
  const stored = (basis as Partial<Record<Days, { value?: number; citation?: Citation }>> | null)?.[parameter];
  const found = stored?.citation ? stored : context.reference.policy(division, on)[parameter];
  if (!found?.citation) return { citation: { document: '', clause: '', clauseId: '' } };
  const { document, clause, clauseId } = found.citation;
  return {
    ...(found.value === undefined ? {} : { workingDays: found.value }),
    citation: { document, clause, clauseId },
  };
}
