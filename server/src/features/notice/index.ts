import type { Context } from '../../context.ts';
import { tenantIdFrom } from '../../platform/crypto.ts';
import { type Step, step, type Tx } from '../../platform/database.ts';
import { insertMessage, insertMessageIfApplication } from './notice.sql.ts';
import { type NoticeFacts, type TemplateName, templates } from './templates.ts';

export { sendWaitingMessages } from './send.ts';
export type { NoticeFacts, TemplateName } from './templates.ts';

/** A message to a worker about a subject. */
export interface Notice {
  readonly tenant: string;
  readonly office: string;
  readonly personId: string;
  readonly template: TemplateName;
  readonly facts: Omit<NoticeFacts, 'officeName' | 'officeTelephone'>;
  /** Sealed telephone; without one the message stays in the portal. */
  readonly mobile?: string;
  readonly subjectKind: 'application' | 'registration' | 'exit';
  readonly subjectId: string;
  /** Tells apart two messages of one template about one subject. */
  readonly occasion?: string;
}

/** Shanghai hours in which nobody is disturbed. */
const QUIET_FROM = 21;
const QUIET_TO = 8;

function params(context: Context, now: Date, notice: Notice) {
  const office = context.reference.office(notice.office);
  const body = templates[notice.template]({
    ...notice.facts,
    officeName: context.reference.officeName(notice.office),
    officeTelephone: office?.telephone ?? '',
  });
  const id = tenantIdFrom(notice.tenant, `message:${notice.template}:${notice.subjectId}:${notice.occasion ?? ''}`);
  return [
    notice.tenant,
    id,
    notice.personId,
    notice.office,
    notice.template,
    body,
    notice.mobile ? context.crypto.seal(notice.mobile) : null,
    notice.mobile ? 'waiting' : 'inAppOnly',
    outsideQuietHours(now),
    notice.subjectKind,
    notice.subjectId,
    now,
  ] as const;
}

/** Writes a message into the outbox; it is sent after the transaction has been committed. */
export async function notify(context: Context, tx: Tx, now: Date, notice: Notice): Promise<void> {
  await tx.run(insertMessage, ...params(context, now, notice));
}

/** The same as a step of a flight, written only when the application is. */
export function noticeStep(context: Context, now: Date, notice: Notice): Step {
  return step(insertMessageIfApplication, ...params(context, now, notice));
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
