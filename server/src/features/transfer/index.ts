import type { Context } from '../../context.ts';
import type { Handlers } from '../../platform/http.ts';
import { reportToSupervision } from '../application/index.ts';
import { transferRegistration } from './transfer.ts';

/** A valid registration goes to another office of the city (M79-1a). */
export function transferHandlers(context: Context): Handlers {
  return {
    transferRegistration: async ({ actor, params, body, key, now }) => {
      const { version, ...to } = body;
      const on = { id: params.id, version, key, now };
      try {
        const officeName = context.reference.officeName(await transferRegistration(context, actor, on, to));
        return { officeName, message: `已转到${officeName}，已告知本人。登记编号、登记日期和各项期限不变。` };
      } catch (error) {
        await reportToSupervision(context, actor, on, 'registration', error);
        throw error;
      }
    },
  };
}
