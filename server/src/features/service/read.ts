import { can, hasAction, roles } from '@yingdeng/rules/access.ts';
import { addWorkingDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { type PlanKind, planKinds, planStatusText, stepStanding } from '@yingdeng/rules/plan.ts';
import { type ServiceKind, serviceKinds, serviceResults } from '@yingdeng/rules/service.ts';
import { classServices, type InterviewProfile } from '@yingdeng/rules/service-class.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import type { Answer } from '../../platform/http.ts';
import { type PlanRow, plansOf, type StepRow, stepsOf } from './plan.sql.ts';
import {
  type ClassRow,
  type DifficultyRow,
  difficultyInForce,
  latestClass,
  myRegistration,
  officersAt,
  type RecordRow,
  recordsOf,
} from './service.sql.ts';
import { readSubject } from './subject.ts';

type File = Answer<'getService'>;
type Plan = NonNullable<File['plan']>;

/** Class, plan and services of a registration (A21-4a). @throws AppError request.notFound */
export function readService(context: Context, actor: Actor, id: string): Promise<File> {
  const today = businessDate(context.clock.now());
  return context.db.read(actor, async (tx) => {
    const row = await readSubject(tx, id);
    const mayPlan = can(actor.role, 'plan.manage', {
      actorRange: { lo: actor.lo, hi: actor.hi },
      division: row.office,
    });
    const [classed, records, plans, difficulty, officers] = await Promise.all([
      tx.first(latestClass, row.tenant, id),
      tx.rows(recordsOf, row.tenant, id),
      withSteps(tx, row.tenant, await tx.rows(plansOf, row.tenant, id), today),
      tx.first(difficultyInForce, row.tenant, row.person_id, today),
      mayPlan ? tx.rows(officersAt, officerRoles, officesAround(row.office)) : [],
    ]);
    const plan = plans.find(({ status }) => status !== 'closed');
    return {
      registrationId: id,
      ...(difficulty ? { difficulty: difficultyOf(context, row.division, difficulty, plan?.kind, today) } : {}),
      ...(classed ? { class: classOf(classed) } : {}),
      ...(plan ? { plan } : {}),
      earlierPlans: plans.filter(({ status }) => status === 'closed'),
      services: records.map(recordOf),
      officers: officers.map((one) => ({ id: one.id, name: one.display_name })),
      open: row.status !== 'exited',
    };
  });
}

/** Roles that serve people. */
const officerRoles = roles.filter((role) => role !== 'worker' && hasAction(role, 'service.record'));

/** An office and those above it in its county and city, by code: `410802001` lies in `410802` and `410800`. */
function officesAround(office: string): string[] {
  const lengths = [12, 9, 6].filter((length) => length <= office.length);
  return [...lengths.map((length) => office.slice(0, length)), `${office.slice(0, 4)}00`];
}

/** A plan is owed some working days after the recognition (A21-4f). Where the law sets no days, it is owed without a date. */
export function planDueOn(context: Context, division: string, recognisedOn: PlainDate): PlainDate | undefined {
  const days = context.reference.policy(division, recognisedOn).difficultyPlanWorkingDays;
  return days && addWorkingDays(recognisedOn, days.value, context.reference.calendar);
}

function difficultyOf(
  context: Context,
  division: string,
  row: DifficultyRow,
  plan: PlanKind | undefined,
  today: PlainDate,
): NonNullable<File['difficulty']> {
  const planMissing = plan !== 'difficulty' && row.valid_from <= today;
  const due = planMissing ? planDueOn(context, division, row.valid_from) : undefined;
  return { category: row.category, validTo: row.valid_to, planMissing, ...(due ? { planDueOn: due } : {}) };
}

function classOf(row: ClassRow): NonNullable<File['class']> {
  return {
    class: row.class,
    ...(row.computed ? { computed: row.computed } : {}),
    points: row.points,
    reason: row.reason,
    at: row.at.toISOString(),
    by: row.actor_name,
    services: classServices[row.class],
    profile: row.profile as InterviewProfile as NonNullable<File['class']>['profile'],
  };
}

function recordOf(row: RecordRow): File['services'][number] {
  return {
    id: row.id,
    kind: row.kind,
    kindText: serviceKinds[row.kind as ServiceKind]?.text ?? row.kind,
    content: row.content,
    result: row.result,
    resultText: serviceResults[row.result],
    outcome: row.outcome,
    on: row.served_on,
    by: row.officer_name,
  };
}

async function withSteps(tx: Tx, tenant: string, plans: readonly PlanRow[], today: PlainDate): Promise<Plan[]> {
  const steps =
    plans.length === 0
      ? []
      : await tx.rows(
          stepsOf,
          tenant,
          plans.map(({ id }) => id),
        );
  return plans.map((plan) =>
    planOf(
      plan,
      steps.filter(({ plan_id }) => plan_id === plan.id),
      today,
    ),
  );
}

function planOf(row: PlanRow, steps: readonly StepRow[], today: PlainDate): Plan {
  return {
    id: row.id,
    kind: row.kind,
    kindText: planKinds[row.kind],
    goal: row.goal,
    officer: { id: row.officer_id, name: row.officer_name },
    status: row.status,
    statusText: planStatusText[row.status],
    madeAt: row.made_at.toISOString(),
    madeBy: row.made_by_name,
    ...(row.agreed_at ? { agreedAt: row.agreed_at.toISOString() } : {}),
    ...(row.agreed_how ? { agreedHow: row.agreed_how } : {}),
    ...(row.closed_at ? { closedAt: row.closed_at.toISOString() } : {}),
    ...(row.closed_reason ? { closedReason: row.closed_reason } : {}),
    version: row.version,
    steps: steps.map((step) => ({
      id: step.id,
      n: step.n,
      whose: step.whose,
      service: step.service,
      serviceText: serviceKinds[step.service as ServiceKind]?.text ?? step.service,
      what: step.what,
      dueOn: step.due_on,
      status: step.status,
      standing: stepStanding({ status: step.status, dueOn: step.due_on }, today),
      result: step.result,
      ...(step.settled_by_name ? { settledBy: step.settled_by_name } : {}),
    })),
  };
}

/** The worker's own plan and services; the class shows as what is done for people in this situation, without its letter. */
export function readMyService(context: Context, actor: Actor): Promise<Answer<'getMyService'>> {
  const today = businessDate(context.clock.now());
  return context.db.read(actor, async (tx) => {
    const registration = await tx.first(myRegistration, actor.person);
    if (!registration) return { services: '', records: [] };
    const { tenant, id } = registration;
    const [records, plans] = await Promise.all([
      tx.rows(recordsOf, tenant, id),
      withSteps(tx, tenant, await tx.rows(plansOf, tenant, id), today),
    ]);
    const plan = plans.find(({ status }) => status !== 'closed');
    return {
      registrationId: id,
      services: registration.class ? classServices[registration.class] : '',
      ...(plan ? { plan } : {}),
      records: records.map(recordOf).map(({ kind, result, ...shown }) => shown),
    };
  });
}
