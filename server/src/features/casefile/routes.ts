import type { Context } from '../../context.ts';
import { audit } from '../../platform/audit.ts';
import type { Handlers } from '../../platform/http.ts';
import { readCaseWithKeys } from './read.ts';

/** The case page. Opening one is a look that the worker can see. */
export function casefileHandlers(context: Context): Handlers {
  return {
    getApplicationCase: ({ actor, params, now }) =>
      context.db.transaction(actor, async (tx) => {
        const { file, tenant, office, personId } = await readCaseWithKeys(context, tx, params.id);
        await audit(tx, context.crypto, now, {
          tenant,
          office,
          action: 'look',
          subjectKind: 'application',
          subjectId: params.id,
          personId,
          reason: '办理业务',
        });
        return file;
      }),
  };
}
