import type { Context } from '../../context.ts';
import type { Handlers } from '../../platform/http.ts';
import { readFieldDay } from './field-day.ts';
import { readCoverage, readFollowUps, readMissing } from './list.ts';

/** Follow-up of the month: the list, its coverage, and what a field worker takes along. */
export function followUpHandlers(context: Context): Handlers {
  return {
    getFollowUps: ({ actor, query, now }) => readFollowUps(context, actor, query, now),
    getMissing: ({ actor, query, now }) => readMissing(context, actor, query, now),
    getCoverage: ({ actor, query, now }) => readCoverage(context, actor, query, now),
    getFieldDay: ({ actor, now }) => readFieldDay(context, actor, now),
  };
}
