import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { planKinds, stepStanding } from '@yingdeng/rules/plan.ts';
import { type ServiceKind, serviceKinds } from '@yingdeng/rules/service.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Answer } from '../../platform/http.ts';
import { cursorOf, keyOf, listRange } from '../worklist/index.ts';
import { type DueStepRow, dueSteps, MOST_WITHOUT, type WithoutPlanRow, withoutPlan } from './plan.sql.ts';
import { planDueOn } from './read.ts';

type Page = Answer<'getPlanSteps'>;

/** Steps owed in the range, earliest due first; the first page also names people in difficulty without a plan (A21-4f). */
export async function readPlanSteps(
  context: Context,
  actor: Actor,
  query: { after?: string | undefined; limit: number; office?: string | undefined; officer?: 'mine' | undefined },
  now: Date,
): Promise<Page> {
  const today = businessDate(now);
  const { divisions, lo, hi } = listRange(actor, query.office, 'service.read');
  const after = keyOf(query.after);
  const officer = query.officer === 'mine' ? actor.id : null;
  const [rows, missing] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.rows(dueSteps, divisions, lo, hi, after.value, after.id, query.limit + 1, officer),
      query.after === undefined ? tx.rows(withoutPlan, divisions, lo, hi, today, MOST_WITHOUT) : [],
    ]),
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => itemOf(context, row, today)),
    ...(rows.length > page.length && last ? { next: cursorOf({ value: last.due_on, id: last.id }) } : {}),
    withoutPlan: missing.map((row) => missingOf(context, row, today)),
  };
}

function itemOf(context: Context, row: DueStepRow, today: PlainDate): Page['items'][number] {
  const { idNumber } = context.crypto.open<{ idNumber?: string }>(row.identity_sealed);
  const standing = stepStanding({ status: row.status, dueOn: row.due_on }, today);
  return {
    id: row.id,
    planId: row.plan_id,
    applicationId: row.application_id,
    name: row.name,
    idMasked: maskIdentityNumber(idNumber ?? ''),
    officeName: context.reference.officeName(row.office),
    officer: row.officer_name,
    kindText: planKinds[row.kind],
    whose: row.whose,
    serviceText: serviceKinds[row.service as ServiceKind]?.text ?? row.service,
    what: row.what,
    dueOn: row.due_on,
    standing: standing === 'settled' ? 'open' : standing,
  };
}

function missingOf(context: Context, row: WithoutPlanRow, today: PlainDate): Page['withoutPlan'][number] {
  const dueOn = planDueOn(context, row.office.slice(0, 6), row.valid_from);
  return {
    applicationId: row.application_id,
    name: row.name,
    officeName: context.reference.officeName(row.office),
    category: row.category,
    recognisedOn: row.valid_from,
    ...(dueOn ? { dueOn } : {}),
    late: dueOn !== undefined && dueOn < today,
  };
}
