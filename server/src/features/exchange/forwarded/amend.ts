import type { FieldFault } from '@yingdeng/contract/errors.ts';
import {
  type ApplicationForm,
  checkApplicationForm,
  formFields,
  normaliseForm,
} from '@yingdeng/rules/application-form.ts';
import { adopt, formDifferences } from '@yingdeng/rules/form-difference.ts';
import type { FormField } from '@yingdeng/rules/form-fields.ts';
import type { Context } from '../../../context.ts';
import type { Actor } from '../../../platform/actor.ts';
import { AppError } from '../../../platform/errors.ts';
import { once } from '../../../platform/idempotency.ts';
import { amendForm, openForm } from '../../application/index.ts';
import { openTask } from './faulty.ts';
import { settleTask } from './task.sql.ts';

/** What a clerk takes over from a correction, what the worker said, and how it was established. */
export interface Amending {
  readonly correction?: string;
  readonly adopt: readonly string[];
  readonly form: Partial<ApplicationForm>;
  readonly note: string;
}

/**
 * Amends the form of an open case that came from the platform (H122-2c): fields of a correction, and what was mended with the
 * worker. The clock runs on. A field that is amended must be right afterwards; faults that stood before may stay for now.
 * @returns whether anything of the form changed. @throws AppError form.faulty, application.changed, application.notAllowed
 */
export async function amendFromPlatform(
  context: Context,
  actor: Actor,
  on: { id: string; version: number; key: string; now: Date },
  given: Amending,
): Promise<boolean> {
  const { id, key, now } = on;
  const request = { route: 'amendApplication', key, request: [id, on.version, given], now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const open = await openForm(tx, context, on);
    const task = given.correction ? await openTask(tx, actor, given.correction, 'correction') : undefined;
    if (task && task.application_id !== id) throw new AppError('request.notFound');
    const later = task?.later_sealed ? context.crypto.open<ApplicationForm>(task.later_sealed) : undefined;
    const adoptable = later ? formDifferences(open.form, later).filter((one) => one.adoptable) : [];
    const taken = adoptable.map(({ field }) => field).filter((field) => given.adopt.includes(field));
    const adopted = later ? adopt(open.form, later, taken) : open.form;
    const form = normaliseForm({ ...adopted, ...given.form });
    const fields = formDifferences(open.form, form).map(({ field }) => field);
    const own = (Object.keys(given.form) as FormField[]).filter((field) => field in formFields);
    refuseWrong(context, open.row.division, open.row.submitted_on, form, [...fields, ...own]);
    if (fields.length > 0) await amendForm(tx, context, open, { form, fields, note: given.note.trim() }, now);
    if (task) {
      const entry = JSON.stringify([{ at: now.toISOString(), who: actor.name, note: given.note.trim() }]);
      const before = fields.length > 0 ? context.crypto.seal(open.form) : null;
      const outcome = taken.length > 0 ? 'adopted' : 'kept';
      await tx.run(settleTask, task.tenant, task.id, outcome, null, taken, before, entry, now, actor.id, actor.name);
    } else if (fields.length === 0) {
      throw new AppError('exchange.notAllowed', { why: '没有要更正的内容。' });
    }
    return { changed: fields.length > 0 };
  });
  return result.changed;
}

/** What was amended must be right; what stood faulty before and was left alone is no obstacle. */
function refuseWrong(
  context: Context,
  division: string,
  submittedOn: string,
  form: ApplicationForm,
  fields: readonly FormField[],
): void {
  const wrong: FieldFault[] = faultsOf(context, division, submittedOn, form).filter(({ field }) =>
    fields.includes(field as FormField),
  );
  if (wrong.length > 0) throw new AppError('form.faulty', { count: wrong.length }, { fields: wrong, clause: 'A21-8a' });
}

/** The faults of a form under the law of its place and day of submission. @throws LawSilent */
export function faultsOf(context: Context, division: string, submittedOn: string, form: ApplicationForm): FieldFault[] {
  const policy = context.reference.policy(division, submittedOn);
  return checkApplicationForm(normaliseForm(form), { today: submittedOn, policy }).faults;
}
