import type { Context } from '../../context.ts';
import type { Handlers } from '../../platform/http.ts';
import { assignWork, takeWork } from './assign.ts';
import { readColleagues } from './colleagues.ts';

export { accountsOf, type ColleagueRow, colleaguesOf } from './assign.sql.ts';
export { workingRoles } from './colleagues.ts';

/** The sharing out of work. */
export function deskHandlers(context: Context): Handlers {
  return {
    assignWork: ({ actor, body, key, now }) => assignWork(context, actor, { ...body, key, now }),
    takeWork: ({ actor, body, key, now }) => takeWork(context, actor, { ...body, key, now }),
    getColleagues: ({ actor }) => readColleagues(context, actor),
  };
}
