export { cursorOf, keyOf } from './cursor.ts';
export { common } from './items.ts';
export {
  type ByPlace,
  contactedBefore,
  contactedElsewhere,
  contactsDue,
  dayOf,
  decidedBefore,
  decidedElsewhere,
  decisionsDue,
  keptContacts,
  keptDecisions,
  type WindowOf,
} from './kept.sql.ts';
export { countWorklists, daysOf, withLast } from './queries.ts';
export { type ListRange, listRange } from './range.ts';
export { worklistHandlers } from './routes.ts';
export type { PageOf } from './worklist.sql.ts';
