import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Handlers } from '../../platform/http.ts';
import { reportToSupervision } from '../application/index.ts';
import { askMatter, carryMatter, settleCheck, settleMatter, withdrawMatter } from './commands.ts';
import { readHandovers, settleHandoverBy } from './intake.ts';
import { offersFor } from './offers.ts';
import { readMatters, readMatterWorklist, readMyMatters } from './read.ts';
import type { OnMatter } from './subject.ts';

export { owedMatters } from './bundle.sql.ts';
export { takeOutcome } from './notices.ts';
export { workOnMatters } from './work.ts';

/** One matter (一件事, M79-5a): what is asked for with the registration, each part on its own way. */
export function bundleHandlers(context: Context): Handlers {
  const told = async (actor: Actor, application: string, now: Date, message: string) => ({
    file: await readMatters(context, actor, application, now),
    message,
  });
  const on = (call: { params: { id: string }; body: { version: number }; key: string; now: Date }): OnMatter => ({
    id: call.params.id,
    version: call.body.version,
    key: call.key,
    now: call.now,
  });
  /** A blocked text is told to supervision in a transaction of its own. */
  const reporting = async <T>(actor: Actor, at: { id: string; now: Date }, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      await reportToSupervision(context, actor, at, 'application', error);
      throw error;
    }
  };
  return {
    getOneMatter: async ({ query, now }) => ({
      offers: offersFor(context, query.division, businessDate(now), { disabled: query.disabled === 'true' }),
    }),
    getMatters: ({ actor, params, now }) => readMatters(context, actor, params.id, now),
    askMatter: async ({ actor, params, body, key, now }) => {
      const at = { applicationId: params.id, key, now };
      await reporting(actor, { id: params.id, now }, askMatter(context, actor, at, body));
      return told(actor, params.id, now, '已提出，登记办好后自动接着办。');
    },
    settleMatter: async (call) => {
      const { version: _, ...given } = call.body;
      const { application } = await settleMatter(context, call.actor, on(call), given);
      return told(call.actor, application, call.now, '已记录，登记和其他事项不受影响。');
    },
    carryMatter: async (call) => {
      const { application } = await carryMatter(context, call.actor, on(call), call.body.number);
      return told(call.actor, application, call.now, '已记下转送，等对方答复。');
    },
    withdrawMatter: async (call) => {
      const { application } = await withdrawMatter(context, call.actor, on(call), call.body.reason);
      return told(call.actor, application, call.now, '已记录本人不再需要。');
    },
    settleMatterCheck: async (call) => {
      const { application } = await settleCheck(context, call.actor, on(call), call.body.text);
      return told(call.actor, application, call.now, '已记录核实情况。');
    },
    getMatterWorklist: ({ actor, query, now }) => readMatterWorklist(context, actor, query, now),
    getBenefitHandovers: ({ actor }) => readHandovers(context, actor),
    settleBenefitHandover: async ({ actor, body, key, now }) => {
      await settleHandoverBy(context, actor, { key, now }, body);
      return { message: '已记录。' };
    },
    getMyMatters: ({ actor, now }) => readMyMatters(context, actor, now),
    askMyMatter: async ({ actor, params, body, key, now }) => {
      await askMatter(context, actor, { applicationId: params.id, key, now }, body);
      return { message: '已收到，不用再交材料。' };
    },
    withdrawMyMatter: async (call) => {
      await withdrawMatter(context, call.actor, on(call), '');
      return { message: '已撤回，失业登记不受影响。' };
    },
  };
}
