import { type ApplicationForm, checkApplicationForm, normaliseForm } from '@yingdeng/rules/application-form.ts';
import { parseIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Answer } from '../../platform/http.ts';
import { personKey } from '../../platform/identity.ts';
import { hereBefore } from './again.ts';
import { whatStands } from './application.sql.ts';

/** Checks a form that is being filled in at the counter, and tells whether the person is known (A21-2d). Stores nothing. */
export async function checkFormAtCounter(
  context: Context,
  actor: Actor,
  given: Partial<ApplicationForm>,
  now: Date,
): Promise<Answer<'checkForm'>> {
  const form = normaliseForm({ ...emptyForm, ...given });
  const policy = context.reference.policy(form.placeDivision || actor.office.slice(0, 6), businessDate(now));
  const { faults, warnings } = checkApplicationForm(form, { today: businessDate(now), policy });
  return { faults, warnings, ...(await knownAs(context, actor, form)) };
}

const NO_APPLICATION = '00000000-0000-0000-0000-000000000000';

const emptyForm: ApplicationForm = {
  name: '',
  sex: '',
  ethnic: '',
  education: '',
  health: '',
  unemployedMonth: '',
  documentType: '',
  documentNumber: '',
  idNumber: '',
  household: { division: '', detail: '' },
  residence: { division: '', detail: '' },
  qualifications: [],
  mobile: '',
  registrationPlace: '',
  placeDivision: '',
  reason: '',
  wantsBenefit: false,
  wishes: [],
};

async function knownAs(
  context: Context,
  actor: Actor,
  form: ApplicationForm,
): Promise<Pick<Answer<'checkForm'>, 'known' | 'before'>> {
  if (!form.idNumber || parseIdentityNumber(form.idNumber).faults.length > 0) return {};
  const key = personKey(context.crypto, form.idNumber);
  const tenant = (form.placeDivision || actor.office).slice(0, 4);
  const standing = await context.db.read(actor, (tx) =>
    tx.rows(whatStands, tenant, key.personId, NO_APPLICATION, key.hash),
  );
  const registration = standing.find((row) => row.kind === 'registration');
  if (registration) return { known: { text: '此人已有有效的失业登记。', number: registration.number ?? '' } };
  const open = standing.find((row) => row.kind === 'application');
  if (open) return { known: { text: '此人已有正在办理的申请。', number: open.number ?? '' } };
  const before = await hereBefore(context, actor, key.personId);
  return before ? { before } : {};
}
