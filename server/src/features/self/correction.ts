import { can, whyNot } from '@yingdeng/rules/access.ts';
import {
  type ContactData,
  type CorrectableField,
  type CorrectedData,
  correctable,
  differences,
  planCorrection,
  residenceUrbanAfter,
} from '@yingdeng/rules/correction.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import { nextRegistration, registrationStatusText } from '@yingdeng/rules/registration.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { once } from '../../platform/idempotency.ts';
import { dayAndTime } from '../../platform/words.ts';
import { recordStep } from '../casefile/index.ts';
import { notify } from '../notice/index.ts';
import { contactDataOf, partOf, type SealedContact } from './contact-data.ts';
import {
  leaveQuestions,
  lockForCorrection,
  putContactData,
  putCorrection,
  type RegistrationOfPerson,
  touchRegistration,
} from './correction.sql.ts';

/** What a correction did; field names only. */
export interface Corrected {
  readonly registration: string;
  readonly now: readonly string[];
  readonly question: readonly string[];
}

/** A registration under correction with the data as they stand. */
interface OpenRegistration {
  readonly row: RegistrationOfPerson;
  readonly data: ContactData;
  readonly sealed: SealedContact;
}

const clean = (given: CorrectedData): CorrectedData => {
  const bare = (text: string | undefined) => text?.normalize('NFKC').replace(/[\s-]/g, '');
  const { mobile, landline, email, residence, hukou, veteran, residenceUrban } = given;
  return {
    ...(mobile === undefined ? {} : { mobile: bare(mobile) }),
    ...(landline === undefined ? {} : { landline: landline.normalize('NFKC').replace(/\s/g, '') }),
    ...(email === undefined ? {} : { email: email.normalize('NFKC').trim() }),
    ...(residence ? { residence: { division: residence.division, detail: residence.detail.trim() } } : {}),
    ...(hukou === undefined ? {} : { hukou }),
    ...(veteran === undefined ? {} : { veteran }),
    ...(residenceUrban === undefined ? {} : { residenceUrban }),
  };
};

/**
 * Corrects telephone, e-mail, residence after registration (A21-5a), and what only the monthly report asks for (A21-6a): by the worker, or by a clerk with a reason. Old and new are kept sealed.
 * A worker's address in another county waits for a clerk; everything else applies at once. The person is told at the former number.
 * @throws AppError request.notFound, registration.changed, correction.faulty, correction.notAllowed
 */
export async function correct(
  context: Context,
  actor: Actor,
  on: { registrationId: string; key: string; now: Date },
  given: CorrectedData,
  reason: string,
): Promise<Corrected> {
  const { registrationId, key, now } = on;
  const wanted = clean(given);
  const request = { route: `correct:${actor.kind}`, key, request: [registrationId, wanted, reason], now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const open = await openForCorrection(tx, context, registrationId);
    const plan = planCorrection(open.data, wanted, actor.kind === 'staff' ? 'staff' : 'worker');
    if (isRefusal(plan)) throw new AppError('correction.faulty', { why: plan.message });
    const changes = differences(open.data, wanted);
    permit(open.row, changes, reason || '本人更正');
    if (plan.now.length > 0) {
      await apply(tx, context, open, partOf(wanted, plan.now), now);
      await keep(tx, context, open, { fields: plan.now, wanted, state: 'applied', reason, now });
    }
    if (plan.question.length > 0) {
      await tx.run(leaveQuestions, open.row.tenant, open.row.id, now, actor.name, '本人后来又提交了新的地址');
      await keep(tx, context, open, { fields: plan.question, wanted, state: 'question', reason, now });
    }
    await writeDown(tx, context, open.row, now, {
      text: words(plan.now, plan.question),
      fields: [...plan.now, ...plan.question],
      reason,
    });
    if (plan.now.length > 0) await tell(tx, context, open, plan.now, now, key);
    return { registration: open.row.id, now: plan.now, question: plan.question };
  });
  return result;
}

/** Locks the registration for whoever may correct it. @throws AppError */
export async function openForCorrection(tx: Tx, context: Context, id: string): Promise<OpenRegistration> {
  const { actor } = tx;
  const row = await tx.first(lockForCorrection, tenantOfId(id), id);
  if (!row || (actor.kind === 'worker' && row.person_id !== actor.person)) throw new AppError('request.notFound');
  const scope = {
    actorRange: { lo: actor.lo, hi: actor.hi },
    division: row.office,
    ownCase: row.person_id === actor.person,
  };
  if (!can(actor.role, 'registration.correct', scope))
    throw new AppError('access.denied', { why: whyNot(actor.role, 'registration.correct', scope) ?? '' });
  const known = contactDataOf(context, row);
  if (!known) throw new AppError('correction.notAllowed', { why: '这个人的档案现由其他机构管理，请由该机构更正。' });
  return { row, ...known };
}

/** The state table decides whether a registration may be corrected at all. */
export function permit(
  row: RegistrationOfPerson,
  corrections: readonly { field: string; from: string; to: string }[],
  reason: string,
): void {
  const next = nextRegistration({ status: row.status }, 'correct', { corrections, reason });
  if (!isRefusal(next)) return;
  if (next.code !== 'registration.changed') throw new AppError('correction.notAllowed', { why: next.message });
  throw new AppError('registration.changed', {
    who: row.last_actor ?? '其他经办人',
    when: row.last_at ? dayAndTime(row.last_at) : '刚才',
    what: registrationStatusText[row.status],
  });
}

/** Puts the new data into the person's file. */
export async function apply(
  tx: Tx,
  context: Context,
  open: OpenRegistration,
  next: CorrectedData,
  now: Date,
): Promise<void> {
  const { residence, residenceUrban: _, hukou = open.data.hukou, veteran = open.data.veteran, ...numbers } = next;
  const urban = residenceUrbanAfter(open.data, next);
  const sealed: SealedContact = {
    ...open.sealed,
    ...numbers,
    ...(residence ? { residenceDetail: residence.detail } : {}),
  };
  await tx.run(
    putContactData,
    open.row.tenant,
    open.row.person_id,
    context.crypto.seal(sealed),
    context.crypto.lookupHash('mobile', sealed.mobile ?? ''),
    residence?.division ?? open.data.residence.division,
    now,
    hukou || null,
    veteran === '' ? null : veteran === 'yes',
    urban === '' ? null : urban === 'yes',
  );
}

async function keep(
  tx: Tx,
  context: Context,
  { row, data }: OpenRegistration,
  one: {
    fields: readonly CorrectableField[];
    wanted: CorrectedData;
    state: 'applied' | 'question';
    reason: string;
    now: Date;
  },
): Promise<void> {
  const { actor } = tx;
  await tx.run(
    putCorrection,
    row.tenant,
    newTenantId(row.tenant, one.now),
    row.id,
    row.person_id,
    row.office,
    actor.kind === 'staff' ? 'staff' : 'worker',
    one.fields,
    context.crypto.seal(partOf(data, one.fields)),
    context.crypto.seal(partOf(one.wanted, one.fields)),
    one.state,
    one.reason,
    one.now,
    actor.kind === 'staff' ? actor.id : null,
    actor.name,
  );
}

/** History, audit, version: without a number or an address in any of them. */
export async function writeDown(
  tx: Tx,
  context: Context,
  row: RegistrationOfPerson,
  now: Date,
  what: { text: string; fields: readonly string[]; reason: string },
): Promise<void> {
  await Promise.all([
    tx.run(touchRegistration, row.tenant, row.id),
    recordStep(tx, row, now, { action: 'correct', detail: { text: what.text } }),
    audit(tx, context.crypto, now, {
      tenant: row.tenant,
      office: row.office,
      action: 'registration.correct',
      subjectKind: 'registration',
      subjectId: row.id,
      personId: row.person_id,
      reason: what.reason,
      detail: { fields: what.fields },
    }),
  ]);
}

/** Told at the number that was known before: a change nobody made is noticed. */
async function tell(
  tx: Tx,
  context: Context,
  { row, data }: OpenRegistration,
  fields: readonly CorrectableField[],
  now: Date,
  occasion: string,
): Promise<void> {
  if (row.deceased_on) return;
  await notify(context, tx, now, {
    tenant: row.tenant,
    office: row.office,
    personId: row.person_id,
    template: 'registration.corrected',
    facts: { number: row.number, text: labels(fields) },
    ...(data.mobile ? { mobile: data.mobile } : {}),
    subjectKind: 'registration',
    subjectId: row.id,
    occasion,
  });
}

const labels = (fields: readonly CorrectableField[]): string => fields.map((field) => correctable[field]).join('、');

function words(now: readonly CorrectableField[], question: readonly CorrectableField[]): string {
  return [
    now.length > 0 ? `已更正${labels(now)}` : '',
    question.length > 0 ? '常住地址换到了其他县（市、区），等工作人员核实' : '',
  ]
    .filter(Boolean)
    .join('；');
}
