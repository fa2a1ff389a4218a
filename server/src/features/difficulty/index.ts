import type { DifficultyDecision } from '@yingdeng/rules/difficulty.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Handlers } from '../../platform/http.ts';
import { longDate } from '../../platform/words.ts';
import { reportToSupervision } from '../application/index.ts';
import { applyDifficulty, decideDifficulty, recheckDifficulty } from './commands.ts';
import { readDifficulty, readDifficultyWorklist, readMyDifficulty } from './read.ts';

export { applyDifficulty } from './commands.ts';
export { owedDecisions } from './difficulty.sql.ts';

/** Recognition of people who have difficulty finding work (A21-4f, M79-5a). */
export function difficultyHandlers(context: Context): Handlers {
  const told = async (actor: Actor, id: string, now: Date, message: string) => ({
    difficulty: await readDifficulty(context, actor, id, now),
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
    getDifficulty: ({ actor, params, now }) => readDifficulty(context, actor, params.id, now),
    applyDifficulty: async ({ actor, params, body, key, now }) => {
      await applyDifficulty(context, actor, { registrationId: params.id, key, now }, body.category);
      return told(actor, params.id, now, '已受理就业困难人员认定申请。');
    },
    decideDifficulty: async ({ actor, params, body, key, now }) => {
      const { version, ...decision } = body;
      const on = { id: params.id, version, key, now };
      const done = decideDifficulty(context, actor, on, decision as DifficultyDecision);
      const { registration } = await reporting(actor, on, done);
      return told(
        actor,
        registration,
        now,
        body.recognise
          ? '已认定，本人会收到消息。请指定专人并制定援助计划。'
          : '不予认定，本人会收到消息；登记不受影响。',
      );
    },
    recheckDifficulty: async ({ actor, params, body, key, now }) => {
      const { version, ...given } = body;
      const on = { id: params.id, version, key, now };
      const { registration } = await reporting(actor, on, recheckDifficulty(context, actor, on, given));
      return told(actor, registration, now, body.holds ? '已复核，继续有效。' : '已退出认定，本人会收到消息。');
    },
    getDifficultyWorklist: ({ actor, query, now }) => readDifficultyWorklist(context, actor, query, now),
    getMyDifficulty: ({ actor, now }) => readMyDifficulty(context, actor, now),
    applyMyDifficulty: async ({ actor, params, body, key, now }) => {
      const { due } = await applyDifficulty(context, actor, { registrationId: params.id, key, now }, body.category);
      return {
        ...(due ? { dueOn: due } : {}),
        message: due ? `已收到，最晚${longDate(due)}前办结，不用交材料。` : '已收到，工作人员会核实，不用交材料。',
      };
    },
  };
}
