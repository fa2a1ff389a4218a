import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Handlers } from '../../platform/http.ts';
import { reportToSupervision } from '../application/index.ts';
import { acceptSupport, settle } from './commands.ts';
import { readMySupport, readSupport, readSupportWorklist } from './read.ts';

/** Support policies: found from the person's facts, applied for in the same visit (A21-4g, M79-3b). */
export function supportHandlers(context: Context): Handlers {
  const told = async (actor: Actor, id: string, now: Date, message: string) => ({
    support: await readSupport(context, actor, id, now),
    message,
  });
  const reporting = async <T>(actor: Actor, on: { id: string; now: Date }, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      await reportToSupervision(context, actor, on, 'registration', error);
      throw error;
    }
  };
  return {
    getSupport: ({ actor, params, now }) => readSupport(context, actor, params.id, now),
    acceptSupport: async ({ actor, params, body, key, now }) => {
      const on = { registrationId: params.id, key, now };
      const { loan, ...rest } = body;
      const given = { ...rest, ...(loan ? { loan } : {}) };
      await reporting(actor, { id: params.id, now }, acceptSupport(context, actor, on, given));
      return told(actor, params.id, now, '已受理，接下来转交。');
    },
    settleSupport: async ({ actor, params, body, key, now }) => {
      const { version, ...given } = body;
      const on = { id: params.id, version, key, now };
      const { registration, message } = await reporting(actor, on, settle(context, actor, on, given));
      return told(actor, registration, now, message);
    },
    getSupportWorklist: ({ actor, query, now }) => readSupportWorklist(context, actor, query, now),
    getMySupport: ({ actor, now }) => readMySupport(context, actor, now),
  };
}
