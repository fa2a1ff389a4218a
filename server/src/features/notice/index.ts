import type { MessageFacts, TemplateName } from '@yingdeng/rules/messages/templates.ts';
import { fillTemplate } from '@yingdeng/rules/messages/text.ts';
import { textInForce } from '@yingdeng/rules/messages/versions.ts';
import type { Context } from '../../context.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantIdFrom } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import type { Handlers } from '../../platform/http.ts';
import { insertMessage } from './notice.sql.ts';
import { publishTemplate, showTemplates } from './publish-template.ts';

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

/** Shanghai hours in which nobody is disturbed. */
const QUIET_FROM = 21;
const QUIET_TO = 8;

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
    notBefore: outsideQuietHours(now),
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

/** The instant itself, or eight in the morning in Shanghai when it falls into the night. */
export function outsideQuietHours(now: Date): Date {
  const shanghai = new Date(now.getTime() + 8 * 3_600_000);
  const hour = shanghai.getUTCHours();
  if (hour >= QUIET_TO && hour < QUIET_FROM) return now;
  if (hour >= QUIET_FROM) shanghai.setUTCDate(shanghai.getUTCDate() + 1);
  shanghai.setUTCHours(QUIET_TO, 0, 0, 0);
  return new Date(shanghai.getTime() - 8 * 3_600_000);
}
