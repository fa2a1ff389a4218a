import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import type { Handlers } from '../../platform/http.ts';
import { enterUrbanEmployed, prepareReport, restateReport, stepMessages, stepReport } from './act.ts';
import { askConsistency, readConsistency, readDifferences } from './consistency.ts';
import { exportReport } from './export/index.ts';
import { PastFlows } from './past-flows.ts';
import { readPersons } from './persons.ts';
import { readReports, readSheet } from './read.ts';
import { findReport } from './report.sql.ts';
import { readSituation } from './situation.ts';
import { readTrend } from './trend.ts';

export { compareAsked } from './compare.ts';
export { prepareReports } from './night.ts';
export { verifyReport } from './verify.ts';

/** The monthly report (M79-9, M79-10a, M79-11): lists frozen, counted, checked, approved by a second person, sealed. */
export function statisticsHandlers(context: Context): Handlers {
  const sheetOf = async (actor: Actor, id: string, now: Date) => {
    const row = await context.db.read(actor, (tx) => tx.first(findReport, tenantOfId(id), id));
    if (!row) throw new AppError('request.notFound');
    return readSheet(context, actor, row, now);
  };
  const past = new PastFlows();
  return {
    getReports: ({ actor, query, now }) => readReports(context, actor, query.month, now),
    getReport: ({ actor, params, query, now }) => readSheet(context, actor, { ...params, ...query }, now),
    getTrend: ({ actor, query, now }) => readTrend(context, past, actor, query, now),
    getSituation: ({ actor, query, now }) => readSituation(context, past, actor, query, now),
    prepareReport: async ({ actor, params, now }) => {
      await prepareReport(context, actor, params, now);
      const sheet = await readSheet(context, actor, params, now);
      return { sheet, message: '名册已截取，数字已算好。' };
    },
    actOnReport: async ({ actor, params, body, key, now }) => {
      const on = { id: params.id, version: body.version, reason: body.reason, key, now };
      if (body.action === 'restate') await restateReport(context, actor, on);
      else await stepReport(context, actor, on, body.action);
      return { sheet: await sheetOf(actor, params.id, now), message: stepMessages[body.action] ?? '' };
    },
    approveReport: async ({ actor, params, body, key, now }) => {
      const on = { id: params.id, version: body.version, reason: body.reason, key, now };
      await stepReport(context, actor, on, body.action);
      return { sheet: await sheetOf(actor, params.id, now), message: stepMessages[body.action] ?? '' };
    },
    enterUrbanEmployed: async ({ actor, params, body, key, now }) => {
      await enterUrbanEmployed(context, actor, params, body, { key, now });
      return { sheet: await readSheet(context, actor, params, now), message: '已记下城镇从业人员数。' };
    },
    exportReportXlsx: ({ actor, params, query, now, reply }) =>
      exportReport(context, actor, { of: { ...params, ...query }, format: 'xlsx', reason: query.reason, now, reply }),
    exportReportPdf: ({ actor, params, query, now, reply }) =>
      exportReport(context, actor, { of: { ...params, ...query }, format: 'pdf', reason: query.reason, now, reply }),
    exportReportCsv: ({ actor, params, query, now, reply }) =>
      exportReport(context, actor, { of: { ...params, ...query }, format: 'csv', reason: query.reason, now, reply }),
    getReportConsistency: ({ actor, params }) => readConsistency(context, actor, params),
    compareReport: ({ actor, params, now }) => askConsistency(context, actor, params, now),
    getReportDifferences: ({ actor, params, query, now }) =>
      readDifferences(context, actor, { ...params, ...query }, now),
    getReportPersons: ({ actor, params, query, now }) => {
      const asked = { row: query.row, cut: query.cut, unknown: query.unknown === 'yes', office: query.office };
      return readPersons(context, actor, params.id, { ...asked, after: query.after }, now);
    },
  };
}
