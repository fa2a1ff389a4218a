import type { Context } from '../../context.ts';
import type { Handlers } from '../../platform/http.ts';
import { readDecisions, readExits, readFirstContacts, readForwarded } from './queries.ts';

/** The lists are indexes on the tables that own the due dates: no second store that could lag. */
export function worklistHandlers(context: Context): Handlers {
  return {
    getDecisionWorklist: ({ actor, query, now }) => readDecisions(context, actor, query, now),
    getForwardedWorklist: ({ actor, query, now }) => readForwarded(context, actor, query, now),
    getContactWorklist: ({ actor, query, now }) => readFirstContacts(context, actor, query, now),
    getExitWorklist: ({ actor, query, now }) => readExits(context, actor, query, now),
  };
}
