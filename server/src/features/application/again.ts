import { whyNot } from '@yingdeng/rules/access.ts';
import { type FormAgain, formAgain } from '@yingdeng/rules/form-again.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { type EarlierRow, formById, latestForm } from './again.sql.ts';
import { joinForm, type OpenForm, type SealedForm } from './form-storage.ts';

/** What a worker's own latest form answers of the next one; nothing for who never applied, or whose application is open. */
export async function myFormBefore(context: Context, actor: Actor): Promise<Answer<'getMyFormBefore'>> {
  const row = await context.db.read(actor, (tx) => tx.first(latestForm, actor.person));
  return row ? { before: againOf(context, row) } : {};
}

/**
 * The same at the counter for the person who stands there, of an application in the range. Telephone and addresses are opened with it, so the look is
 * written in the same transaction and the person sees it. Numbers are not given: they are read from the document.
 * @throws AppError request.notFound, access.denied
 */
export async function formAgainAtCounter(
  context: Context,
  actor: Actor,
  id: string,
  now: Date,
): Promise<Answer<'fillFormAgain'>> {
  const row = await context.db.transaction(actor, async (tx) => {
    const found = await tx.first(formById, tenantOfId(id), id);
    if (!found) throw new AppError('request.notFound');
    const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: found.office };
    const why = whyNot(actor.role, 'person.reveal', scope);
    if (why) throw new AppError('access.denied', { why });
    await audit(tx, context.crypto, now, {
      tenant: found.tenant,
      office: found.office,
      action: 'reveal',
      subjectKind: 'application',
      subjectId: id,
      personId: found.person_id,
      reason: '窗口办理失业登记，填入以前填过的内容',
      detail: { fields: ['mobile', 'landline', 'email', 'household', 'residence'] },
    });
    return found;
  });
  const { name } = row.form as unknown as OpenForm;
  return { name, before: againOf(context, row) };
}

/** In words, for the clerk: when somebody was here before and how it ended; undefined for who was not, or is out of the range. */
export async function hereBefore(
  context: Context,
  actor: Actor,
  personId: string,
): Promise<NonNullable<Answer<'checkForm'>['before']> | undefined> {
  const row = await context.db.read(actor, (tx) => tx.first(latestForm, personId));
  if (!row) return undefined;
  const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: row.office };
  // Who may not open telephone and address is not offered them.
  if (whyNot(actor.role, 'person.reveal', scope)) return undefined;
  const { registration_number: number, exited_on: exitedOn, submitted_on: on } = row;
  const end = exitedOn ? `${exitedOn}退出` : '已结束';
  return { applicationId: row.id, text: number ? `${on}登记过（${number}），${end}。` : `${on}申请过，没有登记。` };
}

function againOf(context: Context, row: EarlierRow): FormAgain {
  const earlier = joinForm(row.form as unknown as OpenForm, context.crypto.open<SealedForm>(row.sealed));
  return formAgain(earlier, fileOf(context, row), row.submitted_on);
}

function fileOf(context: Context, row: EarlierRow) {
  if (!row.contact_sealed) return {};
  const { mobile, landline, email, residenceDetail } = context.crypto.open<
    Partial<Pick<SealedForm, 'mobile' | 'landline' | 'email' | 'residenceDetail'>>
  >(row.contact_sealed);
  const residence =
    row.residence_division && residenceDetail
      ? { division: row.residence_division, detail: residenceDetail }
      : undefined;
  return { mobile, landline, email, residence };
}
