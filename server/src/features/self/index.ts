import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Handlers } from '../../platform/http.ts';
import { reportToSupervision } from '../application/index.ts';
import { recordMonthReport } from '../contact/index.ts';
import { correct } from './correction.ts';
import { readCorrections, readMyContactData, readStaffCorrections, revealCorrection } from './corrections-read.ts';
import { readMyMonth } from './month.ts';
import { answerObjection, readMyObjections, readObjections, submitObjection } from './objection.ts';
import { settleCorrection } from './settle.ts';

/** What a worker does after registration, and what staff do about it. */
export function selfHandlers(context: Context): Handlers {
  /** A blocked text is told to supervision in a transaction of its own. */
  const reporting = async <T>(actor: Actor, on: { id: string; now: Date }, kind: string, work: Promise<T>) => {
    try {
      return await work;
    } catch (error) {
      await reportToSupervision(context, actor, on, kind, error);
      throw error;
    }
  };
  return {
    getMyMonth: ({ actor, now }) => readMyMonth(context, actor, now),
    reportMonth: async ({ actor, params, body, key, now }) => {
      const { month } = await recordMonthReport(context, actor, { registrationId: params.id, key, now }, body);
      const found = body.kind === 'foundWork';
      return {
        month,
        at: now.toISOString(),
        message: found
          ? '已收到。找到工作的，请接着告诉我们从哪一天开始，我们核实后再结束登记。'
          : '已收到，这个月的情况记下了。',
        leadsToExitReport: found,
      };
    },
    getMyContactData: ({ actor }) => readMyContactData(context, actor),
    correctMyData: async ({ actor, params, body, key, now }) => {
      const done = await correct(context, actor, { registrationId: params.id, key, now }, body, '');
      return {
        corrections: await readCorrections(context, actor, params.id, false),
        message:
          done.question.length > 0
            ? `${done.now.length > 0 ? '电话和邮箱已经更正。' : ''}新地址在另一个县（市、区），工作人员核实后会告诉您。`
            : '已经更正。',
      };
    },
    getMyObjections: ({ actor }) => readMyObjections(context, actor),
    submitObjection: ({ actor, body, key, now }) => submitObjection(context, actor, { key, now }, body),
    getCorrections: ({ actor, params }) => readStaffCorrections(context, actor, params.id),
    correctRegistration: async ({ actor, params, body, key, now }) => {
      const { reason, ...given } = body;
      await correct(context, actor, { registrationId: params.id, key, now }, given, reason.trim());
      return {
        corrections: await readCorrections(context, actor, params.id, true),
        message: '已更正，原来的内容保留在记录里，本人会收到消息。',
      };
    },
    revealCorrection: ({ actor, params, body, now }) => revealCorrection(context, actor, params.id, body.reason, now),
    settleCorrection: async ({ actor, params, body, key, now }) => {
      const on = { id: params.id, key, now };
      const done = await reporting(actor, on, 'correction', settleCorrection(context, actor, on, body));
      return {
        corrections: await readCorrections(context, actor, done.registration, true),
        message: done.accepted
          ? '地址已更正。登记仍在本机构，本人要求换机构的，请用“转移登记”。'
          : '地址没有更正，本人会收到消息。',
      };
    },
    getObjections: ({ actor, query }) => readObjections(context, actor, query),
    answerObjection: ({ actor, params, body, key, now }) => {
      const on = { id: params.id, key, now };
      return reporting(actor, on, 'objection', answerObjection(context, actor, on, body));
    },
  };
}
