import { divisionName } from '@yingdeng/contract/divisions.ts';
import { can, whyNot } from '@yingdeng/rules/access.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { contactDataOf, correctionOf, entryText } from './contact-data.ts';
import { correctionsOf, findCorrection, findForCorrection, myRegistration } from './correction.sql.ts';

type Corrections = Answer<'getCorrections'>['corrections'];

/** The corrections of a registration, newest first; `masked` for staff. */
export async function readCorrections(
  context: Context,
  actor: Actor,
  registrationId: string,
  masked: boolean,
): Promise<Corrections> {
  const rows = await context.db.read(actor, (tx) => tx.rows(correctionsOf, tenantOfId(registrationId), registrationId));
  return rows.map((row) => correctionOf(context, row, masked));
}

/** The worker's own data and what was corrected; without a valid registration there is nothing to correct. */
export async function readMyContactData(context: Context, actor: Actor): Promise<Answer<'getMyContactData'>> {
  const row = await context.db.read(actor, (tx) => tx.first(myRegistration, actor.person));
  const known = row && contactDataOf(context, row);
  if (!row || !known) return { corrections: [] };
  const { residence, ...numbers } = known.data;
  return {
    registration: { id: row.id, number: row.number, officeName: context.reference.officeName(row.office) },
    current: { ...numbers, residence: { ...residence, text: divisionName(residence.division) } },
    corrections: await readCorrections(context, actor, row.id, false),
  };
}

/**
 * Old and new in full, for a stated reason. The look is written in the same transaction: no record, no data.
 * @throws AppError request.notFound when the correction is not in the actor's range
 */
export async function revealCorrection(
  context: Context,
  actor: Actor,
  id: string,
  reason: string,
  now: Date,
): Promise<Corrections[number]> {
  const tenant = tenantOfId(id);
  const row = await context.db.transaction(actor, async (tx) => {
    const found = await tx.first(findCorrection, tenant, id);
    if (!found) throw new AppError('request.notFound');
    await audit(tx, context.crypto, now, {
      tenant,
      office: found.office,
      action: 'reveal',
      subjectKind: 'registration',
      subjectId: found.registration_id,
      personId: found.person_id,
      reason,
      detail: { correction: id, fields: found.fields },
    });
    return found;
  });
  return correctionOf(context, row, false);
}

/** What a clerk starts a correction from: masked, with the division in full. @throws AppError request.notFound */
export async function readStaffCorrections(
  context: Context,
  actor: Actor,
  registrationId: string,
): Promise<Answer<'getCorrections'>> {
  const row = await context.db.read(actor, (tx) =>
    tx.first(findForCorrection, tenantOfId(registrationId), registrationId),
  );
  if (!row) throw new AppError('request.notFound');
  const data = contactDataOf(context, row)?.data;
  const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: row.office };
  const why = !can(actor.role, 'registration.correct', scope)
    ? whyNot(actor.role, 'registration.correct', scope)
    : row.status === 'exited'
      ? '登记已退出，不再更正。'
      : data
        ? null
        : '这个人的档案现由其他机构管理，请由该机构更正。';
  const text = (field: 'mobile' | 'landline' | 'email' | 'residence') => (data ? entryText(field, data, true) : '');
  return {
    current: {
      mobile: text('mobile'),
      landline: text('landline'),
      email: text('email'),
      residenceDivision: data?.residence.division ?? '',
      residence: text('residence'),
      hukou: data?.hukou ?? '',
      veteran: data?.veteran ?? '',
      residenceUrban: data?.residenceUrban ?? '',
    },
    corrections: await readCorrections(context, actor, registrationId, true),
    allowed: why === null,
    ...(why ? { why } : {}),
  };
}
