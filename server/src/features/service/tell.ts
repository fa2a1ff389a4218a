import type { TemplateName } from '@yingdeng/rules/messages/templates.ts';
import type { Context } from '../../context.ts';
import type { Tx } from '../../platform/database.ts';
import { notify } from '../notice/index.ts';
import type { SubjectRow } from './service.sql.ts';

/** Tells a registrant what came of something; never the dead. `occasion` tells apart two messages of one template. */
export async function tellSubject(
  context: Context,
  tx: Tx,
  subject: SubjectRow,
  now: Date,
  message: { template: TemplateName; text: string; occasion: string },
): Promise<void> {
  if (subject.deceased_on) return;
  const { mobile } = subject.mobile_sealed ? context.crypto.open<{ mobile?: string }>(subject.mobile_sealed) : {};
  await notify(context, tx, now, {
    tenant: subject.tenant,
    office: subject.office,
    personId: subject.person_id,
    template: message.template,
    facts: { number: subject.number, text: message.text },
    ...(mobile ? { mobile } : {}),
    subjectKind: 'registration',
    subjectId: subject.id,
    occasion: message.occasion,
  });
}
