import { type ApplicationForm, formFields, normaliseForm } from '@yingdeng/rules/application-form.ts';
import type { FormField } from '@yingdeng/rules/form-fields.ts';
import type { Context } from '../../context.ts';
import { audit } from '../../platform/audit.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { namePinyin } from '../../platform/pinyin.ts';
import { putAmendedForm, putAmendedPerson } from './amend.sql.ts';
import { type ApplicationRow, putAction } from './application.sql.ts';
import { type OnApplication, openFor } from './decide.ts';
import { joinForm, type OpenForm, partForm, type SealedForm } from './form-storage.ts';

/** What shall stand in the form of an open case, and which of its fields that changes. */
export interface Amendment {
  readonly form: ApplicationForm;
  readonly fields: readonly FormField[];
  /** How it was established; stands in the history. */
  readonly note: string;
}

/** An open application with its form as it stands. */
export interface OpenApplication {
  readonly row: ApplicationRow;
  readonly form: ApplicationForm;
}

/** Locks an open application and reads its form. @throws AppError request.notFound, access.denied, application.changed */
export async function openForm(tx: Tx, context: Context, on: OnApplication): Promise<OpenApplication> {
  const row = await openFor(tx, context, on, 'application.check');
  return { row, form: joinForm(row.form as unknown as OpenForm, context.crypto.open<SealedForm>(row.sealed)) };
}

/**
 * Puts an amended form in place while the clock runs on: the case, the person's file and the history change together. Who
 * applies and where does not change here: another number is another person, another county is a handing over.
 * @throws AppError application.notAllowed, application.changed
 */
export async function amendForm(
  tx: Tx,
  context: Context,
  { row, form: before }: OpenApplication,
  given: Amendment,
  now: Date,
): Promise<void> {
  const form = normaliseForm(given.form);
  if (form.idNumber !== normaliseForm(before).idNumber)
    throw new AppError('application.notAllowed', { why: '社会保障号码不同就是另一个人，不能在这份申请上改。' });
  if (form.placeDivision !== before.placeDivision && form.placeDivision !== row.division)
    throw new AppError('application.notAllowed', { why: '登记失业地换了县（市、区），请用“转办”。' });
  const { crypto } = context;
  const { open, sealed } = partForm(form);
  const { pinyin, initials } = namePinyin(form.name);
  const amended = tx.first(
    putAmendedForm,
    row.tenant,
    row.id,
    form.registrationPlace,
    form.reason,
    form.wantsBenefit,
    form.unemployedMonth,
    JSON.stringify(open),
    crypto.seal(sealed),
  );
  const { idNumber, documentNumber, ...contact } = sealed;
  void tx.run(
    putAmendedPerson,
    row.tenant,
    row.person_id,
    now,
    form.name,
    pinyin,
    initials,
    form.sex,
    form.ethnic,
    form.political ?? null,
    form.education,
    form.health,
    form.disability ? JSON.stringify(form.disability) : null,
    form.documentType,
    form.household.division,
    form.residence.division,
    crypto.lookupHash('mobile', form.mobile),
    crypto.seal({ idNumber, documentNumber }),
    crypto.seal(contact),
  );
  const { actor } = tx;
  void tx.run(
    putAction,
    row.tenant,
    newTenantId(row.tenant, now),
    row.id,
    row.person_id,
    row.office,
    'amend',
    'submitted',
    'submitted',
    now,
    actor.kind === 'staff' ? actor.id : null,
    actor.name,
    JSON.stringify({ fields: given.fields, note: `${labels(given.fields)}。${given.note}` }),
  );
  await audit(tx, crypto, now, {
    tenant: row.tenant,
    office: row.office,
    action: 'application.amend',
    subjectKind: 'application',
    subjectId: row.id,
    personId: row.person_id,
    detail: { fields: given.fields },
  });
  if (!(await amended)) throw new AppError('application.changed', { who: '其他经办人', when: '刚才', what: '已办结' });
}

const labels = (fields: readonly FormField[]) => fields.map((field) => formFields[field].label).join('、');
