import type { Context } from '../../context.ts';
import type { Handlers } from '../../platform/http.ts';
import { listRange } from '../worklist/index.ts';
import { type Compared, recordComparison } from './comparison.ts';
import { readFieldDay } from './field-day.ts';
import { readCoverage, readFollowUps, readMissing } from './list.ts';
import { readComparisons } from './runs.ts';
import { withdrawComparison } from './undo.ts';

export { coverAndUndo, recordComparison } from './comparison.ts';
export { registeredAllMonth } from './followup.sql.ts';

/** Registrations one request covers or computes anew; the job goes on with more. */
const MOST_AT_ONCE = 10_000;

const wordsOf = ({ covered, month, left }: Compared): string =>
  covered === 0
    ? '没有要覆盖的人：本次比对已经记录过，或者都已跟踪到。'
    : `${month.replace('-', '年')}月已计入${covered}人${left ? '，其余的正在后台计入。' : '。'}`;

/** Follow-up of the month: the list, its coverage, and what a field worker takes along. */
export function followUpHandlers(context: Context): Handlers {
  return {
    getFollowUps: ({ actor, query, now }) => readFollowUps(context, actor, query, now),
    getMissing: ({ actor, query, now }) => readMissing(context, actor, query, now),
    getCoverage: ({ actor, query, now }) => readCoverage(context, actor, query, now),
    recordComparison: async ({ actor, body }) => {
      const { office, ...given } = body;
      const done = await recordComparison(
        context,
        actor,
        listRange(actor, office, 'contact.record'),
        given,
        MOST_AT_ONCE,
      );
      return { ...done, message: wordsOf(done) };
    },
    getComparisons: ({ actor, query }) => readComparisons(context, actor, query),
    withdrawComparison: async ({ actor, params, body }) => {
      const { left } = await withdrawComparison(context, actor, params.id, body.reason, MOST_AT_ONCE);
      return { message: left ? '已撤销，正在后台恢复各人的跟踪期限。' : '已撤销，各人的跟踪期限已恢复。' };
    },
    getFieldDay: ({ actor, now }) => readFieldDay(context, actor, now),
  };
}
