import type { MessageFacts, TemplateName } from '@yingdeng/rules/messages/templates.ts';
import { fillTemplate } from '@yingdeng/rules/messages/text.ts';
import { textInForce } from '@yingdeng/rules/messages/versions.ts';
import { afterQuietHours } from '@yingdeng/rules/quiet-hours.ts';
import type { Context } from '../../context.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantIdFrom } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import type { Handlers } from '../../platform/http.ts';
import { insertMessage } from './notice.sql.ts';
import { publishTemplate, showTemplates } from './publish-template.ts';
import { quietHoursOf } from './quiet.ts';

export { askForReceipts } from './receipts.ts';
export { sendWaitingMessages } from './send.ts';

/** A message to a worker about a subject. */
export interface Notice {
  readonly tenant: string;
  readonly office: string;
  readonly personId: string;
  readonly template: TemplateName;
  readonly facts: Omit<MessageFacts, 'officeName' | 'officeTelephone'>;
  /** Sealed telephone; without one the message stays in the portal. */
  readonly mobile?: string;
  readonly subjectKind: 'application' | 'registration' | 'exit';
  readonly subjectId: string;
  /** Tells apart two messages of one template about one subject. */
  readonly occasion?: string;
}

/** Texts of messages, for administrators. */
export function noticeHandlers(context: Context): Handlers {
  return {
    getMessageTemplates: (call) => showTemplates(context, call),
    addMessageTemplate: (call) => publishTemplate(context, call),
  };
}

/** What a message's row has that its sender does not: id derived from what it is about, text, sealed telephone, when to send. */
export function noticeRow(context: Context, now: Date, notice: Notice) {
  const office = context.reference.office(notice.office);
  const { text } = textInForce(notice.template, notice.office, businessDate(now), context.reference.templatesOf);
  const body = fillTemplate(notice.template, text, {
    ...notice.facts,
    officeName: context.reference.officeName(notice.office),
    officeTelephone: office?.telephone ?? '',
  });
  return {
    id: tenantIdFrom(notice.tenant, `message:${notice.template}:${notice.subjectId}:${notice.occasion ?? ''}`),
    template: notice.template,
    body,
    to: notice.mobile ? context.crypto.seal(notice.mobile) : null,
    state: notice.mobile ? 'waiting' : 'inAppOnly',
    notBefore: afterQuietHours(now, quietHoursOf(context, notice.office, now)),
  };
}

/** Writes a message into the outbox; it is sent after the transaction has been committed. */
export async function notify(context: Context, tx: Tx, now: Date, notice: Notice): Promise<void> {
  const row = noticeRow(context, now, notice);
  await tx.run(
    insertMessage,
    notice.tenant,
    row.id,
    notice.personId,
    notice.office,
    row.template,
    row.body,
    row.to,
    row.state,
    row.notBefore,
    notice.subjectKind,
    notice.subjectId,
    now,
  );
}
