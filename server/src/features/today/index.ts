import type { Context } from '../../context.ts';
import type { Handlers } from '../../platform/http.ts';
import { countWorklists } from '../worklist/index.ts';
import { countLists } from './queries.ts';

/** What is due, late and waiting, over all lists of the office. */
export function todayHandlers(context: Context): Handlers {
  return {
    getToday: async ({ actor, now }) => {
      const [worklists, lists] = await Promise.all([
        countWorklists(context, actor, now),
        countLists(context, actor, now),
      ]);
      return { ...worklists, lists };
    },
  };
}
