import type { Context } from '../../context.ts';
import type { Handlers } from '../../platform/http.ts';
import { lastDays } from './days.ts';
import { exchangeItems } from './items.ts';
import { sendDay } from './send-now.ts';
import { findTransport } from './transport.ts';

/** The data-exchange officer's page: days, records, sending now. */
export function exchangeHandlers(context: Context): Handlers {
  return {
    getExchangeDays: async ({ actor }) => ({
      days: (await lastDays(context, actor)).map(({ receipts, ...day }) => {
        const last = receipts.at(-1);
        return { ...day, ...(last ? { receipt: last.receipt, receiptAt: last.at.toISOString() } : {}) };
      }),
      platformConfigured: findTransport(context) !== undefined,
    }),
    getExchangeItems: ({ actor, query }) => exchangeItems(context, actor, query),
    sendExits: async ({ actor, body }) => {
      const sent = await sendDay(context, actor, body.on);
      return { ...sent, receipts: [...sent.receipts] };
    },
  };
}
