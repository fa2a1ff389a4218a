import type { TransferRequestState } from '@yingdeng/rules/transfer-request.ts';
import type { Context } from '../../context.ts';
import type { Handlers } from '../../platform/http.ts';
import { reportToSupervision } from '../application/index.ts';
import { settleTransfer } from './answer.ts';
import { requestTransfer } from './ask.ts';
import { readFormer } from './former.ts';
import { readTransfers } from './read.ts';
import { transferRegistration } from './transfer.ts';

export { owedAnswers } from './request.sql.ts';

/** A valid registration goes to another office: of the city at once, of another city when both agree (M79-1a). */
export function transferHandlers(context: Context): Handlers {
  const nameOf = (office: string) => context.reference.officeNameFromAfar(office);
  return {
    transferRegistration: async ({ actor, params, body, key, now }) => {
      const { version, ...to } = body;
      const on = { id: params.id, version, key, now };
      try {
        const outcome = await transferRegistration(context, actor, on, to);
        const officeName = outcome === 'moved' ? context.reference.officeName(to.office) : nameOf(to.office);
        const message =
          outcome === 'moved'
            ? `已转到${officeName}，已告知本人。登记编号、登记日期和各项期限不变。`
            : `已请${officeName}接收，见“跨市转移”。对方接收前仍由本机构服务。`;
        return { officeName, message };
      } catch (error) {
        await reportToSupervision(context, actor, on, 'registration', error);
        throw error;
      }
    },
    requestTransfer: async ({ actor, body, key, now }) => {
      const holder = nameOf(await requestTransfer(context, actor, { key, now }, body));
      return { message: `已请${holder}转出，对方答复后登记转到这里。` };
    },
    getTransfers: ({ actor, query, now }) => readTransfers(context, actor, query.view, now),
    settleTransfer: async ({ actor, params, body, key, now }) => {
      const { version, ...answered } = body;
      const { state, from, office } = await settleTransfer(
        context,
        actor,
        { id: params.id, version, key, now },
        answered,
      );
      return { message: settledText(state, nameOf(from), nameOf(office)) };
    },
    getFormerCase: ({ actor, params, now }) => readFormer(context, actor, params.id, now),
  };
}

function settledText(state: TransferRequestState, from: string, to: string): string {
  if (state === 'accepted') return `登记已从${from}转到${to}，已告知本人。`;
  return state === 'declined' ? `已退回，登记仍在${from}，已告知本人。` : `已撤回，登记仍在${from}。`;
}
