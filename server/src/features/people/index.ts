import type { Context } from '../../context.ts';
import type { Handlers } from '../../platform/http.ts';
import { revealPerson } from './reveal.ts';
import { searchPeople } from './search.ts';

export { afterPrefix } from './question.ts';

/** Finding people, and opening what is masked. */
export function peopleHandlers(context: Context): Handlers {
  return {
    searchPeople: ({ actor, query, now }) => searchPeople(context, actor, query, now),
    revealPerson: ({ actor, params, body, now }) => revealPerson(context, actor, params.id, body.reason, now),
  };
}
