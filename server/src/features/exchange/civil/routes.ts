import type { Context } from '../../../context.ts';
import type { Handlers } from '../../../platform/http.ts';
import { readCivilExchange, readCivilFile, writeCivilFileNow } from './read.ts';

/** The monthly exchange of people with civil affairs (M79-5b). */
export function civilHandlers(context: Context): Handlers {
  return {
    getCivilExchange: ({ actor, now }) => readCivilExchange(context, actor, now),
    getCivilFile: ({ actor, params }) => readCivilFile(context, actor, params.id),
    writeCivilFile: ({ actor, body, now }) => writeCivilFileNow(context, actor, body.division, now),
  };
}
