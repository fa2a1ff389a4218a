import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Handlers } from '../../platform/http.ts';
import { reportToSupervision } from '../application/index.ts';
import { decide, propose, repair, sayOn } from './commands.ts';
import { readCredit, readCreditWorklist, readMyCredit } from './read.ts';

export { owedCredit } from './credit.sql.ts';

/** Credit in three levels with notice, hearing, objection, repair and expiry (A21-5c, A21-8a). */
export function creditHandlers(context: Context): Handlers {
  const told = async (actor: Actor, id: string, now: Date, message: string) => ({
    credit: await readCredit(context, actor, id, now),
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
    getCredit: ({ actor, params, now }) => readCredit(context, actor, params.id, now),
    proposeCredit: async ({ actor, params, body, key, now }) => {
      const on = { registrationId: params.id, key, now };
      await reporting(actor, { id: params.id, now }, propose(context, actor, on, body));
      return told(
        actor,
        params.id,
        now,
        body.cause === 'falseForm' ? '已作内部提示，本人会收到消息。' : '已告知本人，听取意见后由第二人决定。',
      );
    },
    decideCredit: async ({ actor, params, body, key, now }) => {
      const { version, ...given } = body;
      const on = { id: params.id, version, key, now };
      const registration = await reporting(actor, on, decide(context, actor, on, given));
      return told(actor, registration, now, '已决定，本人会收到消息；登记不受影响。');
    },
    repairCredit: async ({ actor, params, body, key, now }) => {
      const on = { id: params.id, version: body.version, key, now };
      const registration = await reporting(actor, on, repair(context, actor, on, body.text));
      return told(actor, registration, now, '已修复，本人会收到消息。');
    },
    getCreditWorklist: ({ actor, query }) => readCreditWorklist(context, actor, query),
    getMyCredit: ({ actor, now }) => readMyCredit(context, actor, now),
    sayOnMyCredit: async ({ actor, params, body, key, now }) => ({
      message: await sayOn(context, actor, { id: params.id, key, now }, body.text),
    }),
  };
}
