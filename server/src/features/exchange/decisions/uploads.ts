import { whyNot } from '@yingdeng/rules/access.ts';
import { applicationStatusText } from '@yingdeng/rules/application.ts';
import type { Context } from '../../../context.ts';
import type { Actor } from '../../../platform/actor.ts';
import { audit } from '../../../platform/audit.ts';
import { tenantOfId } from '../../../platform/crypto.ts';
import { AppError } from '../../../platform/errors.ts';
import { blockForbidden } from '../../../platform/forbidden.ts';
import type { Answer } from '../../../platform/http.ts';
import { once } from '../../../platform/idempotency.ts';
import { nextTimeCursor, readTimeCursor } from '../../../platform/keyset.ts';
import { tenantsOf } from '../places.ts';
import { type DecisionUploadRow, findUpload, type Mended, renewDecision, uploadPage } from './decisions.sql.ts';

type Page = Answer<'getDecisionUploads'>;
type Upload = Page['items'][number];

const outcomes: Readonly<Record<string, string>> = { ...applicationStatusText, handedOver: '转人工办理' };

/** A result of review in words. */
export const outcomeText = (outcome: string): string => outcomes[outcome] ?? outcome;

/** Results of review in a state of their upload, newest first, within what the actor may see. */
export async function decisionUploads(
  context: Context,
  actor: Actor,
  query: { state: Upload['state']; after?: string; limit: number },
): Promise<Page> {
  const { at, id } = readTimeCursor(query.after);
  const rows = await context.db.read(actor, (tx) =>
    tx.rows(uploadPage, tenantsOf(context, actor), query.state, at, id, query.limit),
  );
  const keys = rows.map((row) => ({ at: row.decided_at, id: row.id }));
  return { items: rows.map((row) => uploadOf(context, row)), next: nextTimeCursor(keys, query.limit) };
}

/** One upload with its evidence. */
export function uploadOf(context: Context, row: DecisionUploadRow): Upload {
  return {
    id: row.id,
    ...(row.application_id ? { applicationId: row.application_id } : {}),
    number: row.number ?? '',
    ...(row.platform_number ? { platformNumber: row.platform_number } : {}),
    name: row.name ?? '',
    officeName: context.reference.officeName(row.office),
    outcomeText: outcomeText(row.outcome),
    decidedAt: row.decided_at.toISOString(),
    state: row.state,
    faults: row.faults,
    attempts: row.attempts,
    ...(row.sent_at ? { sentAt: row.sent_at.toISOString() } : {}),
    ...(row.digest ? { digest: row.digest.toString('hex') } : {}),
    ...(row.receipt ? { receipt: row.receipt } : {}),
    ...(row.mended?.reason ? { reason: row.mended.reason } : {}),
  };
}

/**
 * Sends a returned result again, with what a person corrected: other words for the applicant, or the own number where the
 * platform does not know its own (M79-7a). It goes out within seconds. @throws AppError
 */
export async function resendDecision(
  context: Context,
  actor: Actor,
  on: { id: string; key: string; now: Date },
  given: { reason?: string; local: boolean },
): Promise<void> {
  const { id, key, now } = on;
  if (given.reason) blockForbidden(given.reason, '发往全国平台的审核结果');
  await once(context.db, actor, { route: 'resendDecision', key, request: [id, given], now }, async (tx) => {
    const tenant = tenantOfId(id);
    const found = await tx.first(findUpload, tenant, id);
    if (!found) throw new AppError('request.notFound');
    const denied = whyNot(actor.role, 'exchange.mend', { actorRange: actor, division: found.office });
    if (denied) throw new AppError('access.denied', { why: denied });
    const mended: Mended = {
      ...(given.reason ? { reason: given.reason } : {}),
      ...(given.local ? { local: true } : {}),
    };
    const renewed = await tx.first(renewDecision, tenant, id, JSON.stringify(mended));
    if (!renewed) throw new AppError('exchange.notAllowed', { why: '这条结果已经不是退回状态，请刷新后查看。' });
    await audit(tx, context.crypto, now, {
      tenant,
      office: found.office,
      action: 'exchange.mend',
      subjectKind: 'decisionUpload',
      subjectId: id,
      detail: { local: given.local, words: given.reason !== undefined },
    });
    return { id };
  });
}
