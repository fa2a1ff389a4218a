import type { FastifyReply } from 'fastify';
import type { Context } from '../../../context.ts';
import type { Actor } from '../../../platform/actor.ts';
import { audit } from '../../../platform/audit.ts';
import { businessDate } from '../../../platform/clock.ts';
import { AppError } from '../../../platform/errors.ts';
import { clockTime, longDate } from '../../../platform/words.ts';
import type { OfMonth } from '../act.ts';
import { tenantOf } from '../places.ts';
import { readSheet } from '../read.ts';
import { reportCsv } from './csv.ts';
import { factsOf, fileNameOf, placeOf, type ReportFacts } from './facts.ts';
import { reportPdf } from './pdf.ts';
import { reportXlsx } from './xlsx.ts';

/** Which report, as what, why. */
export interface ExportOrder {
  readonly of: OfMonth & { revision?: number | undefined; office?: string | undefined };
  readonly format: 'xlsx' | 'pdf' | 'csv';
  readonly reason: string;
  readonly now: Date;
  readonly reply: FastifyReply;
}

const write: Readonly<Record<ExportOrder['format'], (facts: ReportFacts, now: Date) => Buffer | Promise<Buffer>>> = {
  xlsx: reportXlsx,
  pdf: reportPdf,
  csv: reportCsv,
};

/**
 * A report as a file, recorded with its reason before it is handed out (no record, no file).
 * @throws AppError access.denied, request.notFound, report.notAllowed while it is not computed
 */
export async function exportReport(context: Context, actor: Actor, order: ExportOrder): Promise<Buffer> {
  const { of, format, now, reply } = order;
  const reason = order.reason.trim();
  const sheet = await readSheet(context, actor, of, now);
  const { id, state, stateText } = sheet.head;
  if (!id || state === 'open' || state === 'cut')
    throw new AppError('report.notAllowed', { why: `报表${stateText}，还没有算出数字，不能导出。` });
  await context.db.transaction(actor, (tx) =>
    audit(tx, context.crypto, now, {
      tenant: tenantOf(of.division),
      office: of.office ?? of.division,
      action: 'statistics.export',
      subjectKind: 'report',
      subjectId: id,
      reason,
      detail: { format, month: of.month, revision: sheet.head.revision, state },
    }),
  );
  const time = `${longDate(businessDate(now))}${clockTime(now)}`;
  const line = `导出人：${actor.name}（${context.reference.officeName(actor.office)}）　导出时间：${time}　事由：${reason}`;
  const facts = factsOf(sheet, placeOf(sheet, of.office), line);
  reply.header(
    'content-disposition',
    `attachment; filename*=UTF-8''${encodeURIComponent(`${fileNameOf(facts)}.${format}`)}`,
  );
  return write[format](facts, now);
}
