import type { Context } from '../../context.ts';
import type { Handlers } from '../../platform/http.ts';
import { readAlarms } from './alarm/alarms.ts';
import { lastDays } from './days.ts';
import { checkBatch, readBatch } from './evidence/batch.ts';
import { checkDecision, readDecision } from './evidence/decision.ts';
import { checkForwarded, readForwarded } from './evidence/forwarded.ts';
import { checkRecord, findRecords, lookAtRecord, readRecord } from './evidence/record.ts';
import { exchangedFiles } from './files/overview.ts';
import { exchangeItems } from './items.ts';
import { readToMend } from './mending/list.ts';
import { mendRecord } from './mending/mend.ts';
import { readDifferences, readReconciliation } from './reconcile/list.ts';
import { mendDifference } from './reconcile/mend.ts';
import { reconcileNow } from './reconcile/now.ts';
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
    getExchangeFiles: ({ actor }) => exchangedFiles(context, actor),
    getExchangeAlarms: async ({ actor }) => ({ alarms: await readAlarms(context, actor) }),
    getExchangeRecord: ({ actor, params }) => readRecord(context, actor, params.id),
    findExchangeRecords: ({ actor, query }) => findRecords(context, actor, query.q),
    lookAtExchangeRecord: ({ actor, params, body }) => lookAtRecord(context, actor, params.id, body.reason),
    checkExchangeRecord: ({ actor, params }) => checkRecord(context, actor, params.id),
    getExchangeBatch: ({ actor, params, query }) => readBatch(context, actor, params.id, query),
    checkExchangeBatch: ({ actor, params }) => checkBatch(context, actor, params.id),
    getExchangeDecision: ({ actor, params }) => readDecision(context, actor, params.id),
    checkExchangeDecision: ({ actor, params }) => checkDecision(context, actor, params.id),
    getExchangeForwarded: ({ actor, params }) => readForwarded(context, actor, params.number),
    checkExchangeForwarded: ({ actor, params }) => checkForwarded(context, actor, params.number),
    getRecordsToMend: ({ actor, query }) => readToMend(context, actor, query),
    mendExitRecord: ({ actor, params, body, key, now }) =>
      mendRecord(context, actor, { exit: params.id, key, now }, body),
    getReconciliation: ({ actor }) => readReconciliation(context, actor),
    reconcileExits: ({ actor, body }) => reconcileNow(context, actor, body.on),
    getDifferences: ({ actor, query }) => readDifferences(context, actor, query),
    mendDifference: ({ actor, params, body }) => mendDifference(context, actor, params.id, body),
    sendExits: async ({ actor, body }) => {
      const sent = await sendDay(context, actor, body.on);
      return { ...sent, receipts: [...sent.receipts] };
    },
  };
}
