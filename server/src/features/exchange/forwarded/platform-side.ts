import { type ApplicationForm, formFields, normaliseForm } from '@yingdeng/rules/application-form.ts';
import { type FormDifference, formDifferences } from '@yingdeng/rules/form-difference.ts';
import type { FormField } from '@yingdeng/rules/form-fields.ts';
import { LawSilent } from '@yingdeng/rules/provisions/policy.ts';
import type { Context } from '../../../context.ts';
import type { Actor } from '../../../platform/actor.ts';
import { tenantOfId } from '../../../platform/crypto.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Answer } from '../../../platform/http.ts';
import { dayAndTime } from '../../../platform/words.ts';
import { joinForm, type OpenForm, type SealedForm } from '../../application/index.ts';
import { uploadsOfCase } from '../decisions/decisions.sql.ts';
import { uploadOf } from '../decisions/uploads.ts';
import { faultsOf } from './amend.ts';
import { shownField } from './shown.ts';
import { type CorrectionRow, caseOfPage, correctionsOf, deliveriesOf } from './task.sql.ts';

type Side = Answer<'getPlatformSide'>;

/** What the platform delivered about a case and what went back: for the case page. @throws AppError request.notFound */
export async function platformSide(context: Context, actor: Actor, id: string): Promise<Side> {
  const tenant = tenantOfId(id);
  const [row, deliveries, corrections, uploads] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.first(caseOfPage, tenant, id),
      tx.rows(deliveriesOf, tenant, id),
      tx.rows(correctionsOf, tenant, id),
      tx.rows(uploadsOfCase, tenant, id),
    ]),
  );
  if (!row) throw new AppError('request.notFound');
  const form = joinForm(row.form as unknown as OpenForm, context.crypto.open<SealedForm>(row.sealed));
  const mendable = row.status === 'submitted' && row.channel === 'platform';
  return {
    deliveries: deliveries.map((one) => ({
      platformNumber: one.platform_number,
      revision: one.revision,
      submittedAt: one.submitted_at.toISOString(),
      receivedAt: one.received_at.toISOString(),
    })),
    faults: mendable ? labelled(context, row, form) : [],
    corrections: corrections.map((one) => correctionOf(context, one, form, row.division)),
    decisions: uploads.map((one) => uploadOf(context, one)),
  };
}

function labelled(
  context: Context,
  row: { division: string; submitted_on: string },
  form: ApplicationForm,
): Side['faults'] {
  try {
    return faultsOf(context, row.division, row.submitted_on, form).map((fault) => ({
      ...fault,
      label: formFields[fault.field as FormField]?.label ?? fault.field,
    }));
  } catch (error) {
    if (error instanceof LawSilent) return [];
    throw error;
  }
}

/** A correction beside the form: while it is open against the form as it is now, afterwards against the form as it was. */
function correctionOf(
  context: Context,
  row: CorrectionRow,
  now: ApplicationForm,
  division: string,
): Side['corrections'][number] {
  const open = row.state === 'open';
  const before = row.before_sealed ? context.crypto.open<ApplicationForm>(row.before_sealed) : now;
  const later = row.later_sealed ? context.crypto.open<ApplicationForm>(row.later_sealed) : before;
  const differences = formDifferences(before, later).map((one) => {
    const [now, next] = [shownField(before, one.field), shownField(later, one.field)];
    return {
      field: one.field,
      label: one.label,
      now,
      // Where the difference lies in what is masked, it is said.
      later: now === next ? `${next}（遮住的部分不同）` : next,
      ...adoptableHere(one, later, division),
    };
  });
  return {
    id: row.id,
    at: row.at.toISOString(),
    revision: row.revision,
    open,
    ...(open ? {} : { settledText: settledText(row) }),
    differences,
  };
}

function adoptableHere(
  one: FormDifference,
  later: ApplicationForm,
  division: string,
): { adoptable: boolean; why?: string } {
  if (!one.adoptable) return { adoptable: false, why: '号码不同就是另一个人，不能采用' };
  if (one.field === 'placeDivision' && normaliseForm(later).placeDivision !== division)
    return { adoptable: false, why: '换了县（市、区），请用“转办”' };
  return { adoptable: true };
}

function settledText({ outcome, taken, settled_at, settled_by_name, entries }: CorrectionRow): string {
  const when = settled_at ? dayAndTime(settled_at) : '';
  if (outcome === 'replaced' || outcome === 'takenIn') return `${when}被本人后来的更改代替`;
  const labels = taken.map((field) => formFields[field as FormField]?.label ?? field).join('、');
  const did = outcome === 'adopted' ? `采用了${labels}` : '保留了原来的内容';
  const note = entries.at(-1)?.note;
  return `${when}${settled_by_name ?? ''}${did}${note ? `：${note}` : ''}`;
}
