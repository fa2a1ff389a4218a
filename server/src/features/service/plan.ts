import type { Role } from '@yingdeng/rules/access.ts';
import { can } from '@yingdeng/rules/access.ts';
import { checkPlan, type GivenPlan, nextPlan, planKinds } from '@yingdeng/rules/plan.ts';
import { serviceKinds } from '@yingdeng/rules/service.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import { staffActor } from '../../platform/session.ts';
import { dayAndTime } from '../../platform/words.ts';
import {
  agree,
  closePlan as close,
  dropOpenSteps,
  lockPlan,
  type PlanRow,
  plansOf,
  putPlan,
  putSteps,
} from './plan.sql.ts';
import { difficultyInForce, officerAccount, type SubjectRow } from './service.sql.ts';
import { allowed, lawful, type OnRegistration, openSubject, record } from './subject.ts';

/** A plan as a clerk writes it; `renews` is the open plan on the clerk's screen. */
export interface NewPlan extends GivenPlan {
  readonly renews?: { readonly id: string; readonly version: number } | undefined;
}
/** On which plan, as it stood on the screen. */
export interface OnPlan {
  readonly planId: string;
  readonly version: number;
  readonly key: string;
  readonly now: Date;
}

/**
 * Makes a plan with a named officer and steps of both sides (A21-4f); the open one it takes the place of is closed and kept.
 * @throws AppError request.notFound, access.denied, registration.changed, service.faulty, service.changed, decision.forbiddenGround
 */
export async function makePlan(context: Context, actor: Actor, on: OnRegistration, given: NewPlan): Promise<void> {
  const { registrationId, key, now } = on;
  await once(context.db, actor, { route: 'makePlan', key, request: [registrationId, given], now }, async (tx) => {
    const row = await openSubject(tx, registrationId, 'plan.manage');
    const today = businessDate(now);
    const difficulty = (await tx.first(difficultyInForce, row.tenant, row.person_id, today)) !== undefined;
    lawful(checkPlan(given, { today, difficulty }));
    blockForbidden([given.goal, ...given.steps.map(({ what }) => what)].join('\n'), '服务计划');
    const officer = await officerFor(tx, given.officer, row.office);
    await renew(tx, row, given.renews, now);
    const id = newTenantId(row.tenant, now);
    await tx.run(
      putPlan,
      row.tenant,
      id,
      row.id,
      row.person_id,
      row.office,
      row.division,
      given.kind,
      given.goal.trim(),
      officer.id,
      officer.name,
      now,
      actor.id,
      actor.name,
    );
    await tx.run(
      putSteps,
      row.tenant,
      id,
      row.id,
      row.person_id,
      row.office,
      row.division,
      given.steps.map(() => newTenantId(row.tenant, now)),
      given.steps.map(({ whose }) => whose),
      given.steps.map(({ service }) => service),
      given.steps.map(({ what }) => what.trim()),
      given.steps.map(({ dueOn }) => dueOn),
    );
    await record(tx, context, row, now, {
      action: 'plan',
      audited: 'plan.manage',
      text: `制定${planKinds[given.kind]}，${given.steps.length}步，负责人${officer.name}`,
      detail: {
        plan: id,
        kind: given.kind,
        services: [...new Set(given.steps.map(({ service }) => serviceKinds[service].text))],
      },
    });
    return { plan: id };
  });
}

/** The named officer works here and may serve this person (A21-4f). @throws AppError service.faulty */
async function officerFor(tx: Tx, id: string, office: string): Promise<{ id: string; name: string }> {
  const account = await tx.first(officerAccount, id);
  const role = account?.role as Role;
  const { lo, hi } = account ? staffActor({ ...account, role }) : { lo: '', hi: '' };
  if (!account || !can(role, 'service.record', { actorRange: { lo, hi }, division: office })) {
    throw new AppError(
      'service.faulty',
      { why: '指定的负责人不在职，或者不负责这个机构的服务，请另选。' },
      { clause: 'A21-4f' },
    );
  }
  return { id: account.id, name: account.display_name };
}

/** The open plan makes room for the new one, when it is the one on the clerk's screen. @throws AppError service.changed */
async function renew(tx: Tx, row: SubjectRow, renews: NewPlan['renews'], now: Date): Promise<void> {
  const standing = (await tx.rows(plansOf, row.tenant, row.id)).find(({ status }) => status !== 'closed');
  if (standing?.id !== renews?.id || standing?.version !== renews?.version) {
    if (standing) throw changed(standing);
    throw new AppError('service.notAllowed', { why: '原来的计划已经结束，请刷新后重新制定。' });
  }
  if (standing) await end(tx, standing, '已重新制定计划', now);
}

async function end(tx: Tx, plan: PlanRow, reason: string, now: Date): Promise<void> {
  const ended = await tx.run(close, plan.tenant, plan.id, plan.version, reason, now, tx.actor.name);
  if (ended === 0) throw changed(plan);
  await tx.run(dropOpenSteps, plan.tenant, plan.id, reason, now, tx.actor.name);
}

const changed = (plan: PlanRow) =>
  new AppError('service.changed', { who: plan.changed_by_name, when: dayAndTime(plan.changed_at) });

/** A plan with its registration, locked, as it stood on the screen. @throws AppError request.notFound, access.denied, service.changed */
async function openPlan(tx: Tx, on: OnPlan): Promise<{ plan: PlanRow; row: SubjectRow }> {
  const plan = await tx.first(lockPlan, tenantOfId(on.planId), on.planId);
  if (!plan) throw new AppError('request.notFound');
  allowed(tx.actor, 'plan.manage', plan.office);
  const row = await openSubject(tx, plan.registration_id, 'plan.manage');
  if (plan.version !== on.version) throw changed(plan);
  return { plan, row };
}

/** The person agreed, at the counter, by telephone or at home. @throws AppError request.notFound, service.notAllowed, service.changed */
export async function agreePlan(
  context: Context,
  actor: Actor,
  on: OnPlan,
  how: 'counter' | 'telephone' | 'visit',
): Promise<{ registration: string }> {
  const request = { route: 'agreePlan', key: on.key, request: [on.planId, on.version, how], now: on.now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const { plan, row } = await openPlan(tx, on);
    lawful(nextPlan(plan.status, 'agree'));
    if ((await tx.run(agree, plan.tenant, plan.id, plan.version, how, on.now, actor.name)) === 0) throw changed(plan);
    await record(tx, context, row, on.now, {
      action: 'plan',
      audited: 'plan.manage',
      text: `本人确认${planKinds[plan.kind]}`,
      detail: { plan: plan.id, how },
    });
    return { registration: row.id };
  });
  return result;
}

/** Ends a plan with its reason; what was still open is not owed any more. @throws AppError request.notFound, service.notAllowed, service.changed */
export async function closePlan(
  context: Context,
  actor: Actor,
  on: OnPlan,
  reason: string,
): Promise<{ registration: string }> {
  const request = { route: 'closePlan', key: on.key, request: [on.planId, on.version, reason], now: on.now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const { plan, row } = await openPlan(tx, on);
    lawful(nextPlan(plan.status, 'close'));
    blockForbidden(reason, '结束计划的原因');
    await end(tx, plan, reason.trim(), on.now);
    await record(tx, context, row, on.now, {
      action: 'plan',
      audited: 'plan.manage',
      text: `结束${planKinds[plan.kind]}：${reason.trim()}`,
      detail: { plan: plan.id },
    });
    return { registration: row.id };
  });
  return result;
}
