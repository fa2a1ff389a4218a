import { nextStep, type StepAction } from '@yingdeng/rules/plan.ts';
import { type ServiceKind, serviceKinds } from '@yingdeng/rules/service.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import { agree, lockPlan, type PlanRow, type StepRow, settleStep as settle, stepsOf } from './plan.sql.ts';
import { writeService } from './record.ts';
import { lawful, openSubject, readSubject, record } from './subject.ts';

/** On which step of which plan. */
export interface OnStep {
  readonly planId: string;
  readonly stepId: string;
  readonly key: string;
  readonly now: Date;
}

async function openStep(tx: Tx, on: OnStep): Promise<{ plan: PlanRow; step: StepRow }> {
  const tenant = tenantOfId(on.planId);
  const plan = await tx.first(lockPlan, tenant, on.planId);
  const step = plan && (await tx.rows(stepsOf, tenant, [plan.id])).find(({ id }) => id === on.stepId);
  if (!plan || !step) throw new AppError('request.notFound');
  if (plan.status === 'closed') throw new AppError('service.notAllowed', { why: '计划已经结束，请刷新后查看。' });
  return { plan, step };
}

/**
 * Staff finish a step with its result, or drop it with the reason. A finished step of the office is a service and stands among them (A21-4a, A21-5a).
 * @throws AppError request.notFound, access.denied, service.notAllowed, service.faulty, registration.changed, decision.forbiddenGround
 */
export async function settleStep(
  context: Context,
  actor: Actor,
  on: OnStep,
  given: { action: StepAction; text: string },
): Promise<{ registration: string }> {
  const request = { route: 'settleStep', key: on.key, request: [on.planId, on.stepId, given], now: on.now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const { plan, step } = await openStep(tx, on);
    const row = await openSubject(tx, plan.registration_id, 'service.record');
    const text = given.text.trim();
    const status = lawful(nextStep(step, given.action, { side: 'office', text }));
    blockForbidden(text, '计划步骤');
    await tx.run(settle, plan.tenant, step.id, status, text, on.now, actor.name);
    if (given.action === 'finish' && step.whose === 'office') {
      const service = {
        kind: step.service as ServiceKind,
        content: `按计划：${step.what}`,
        result: 'done' as const,
        outcome: text,
        on: businessDate(on.now),
      };
      await writeService(context, tx, row, service, on.now, step.id);
    } else {
      await record(tx, context, row, on.now, {
        action: 'plan',
        audited: 'service.record',
        text: `计划第${step.n}步（${serviceKinds[step.service as ServiceKind].text}）${given.action === 'finish' ? '已完成' : '不再进行'}`,
        detail: { plan: plan.id, step: step.id, action: given.action },
      });
    }
    return { registration: row.id };
  });
  return result;
}

/** The worker agrees to the own plan. @throws AppError request.notFound, service.notAllowed, service.changed */
export async function agreeMyPlan(
  context: Context,
  actor: Actor,
  on: { planId: string; version: number; key: string; now: Date },
): Promise<void> {
  const request = { route: 'agreeMyPlan', key: on.key, request: [on.planId, on.version], now: on.now };
  await once(context.db, actor, request, async (tx) => {
    const plan = await tx.first(lockPlan, tenantOfId(on.planId), on.planId);
    if (!plan) throw new AppError('request.notFound');
    if (plan.status !== 'draft')
      throw new AppError('service.notAllowed', {
        why: plan.status === 'agreed' ? '这份计划您已经确认过了。' : '这份计划已经结束，请刷新后查看。',
      });
    if ((await tx.run(agree, plan.tenant, plan.id, on.version, 'portal', on.now, actor.name)) === 0)
      throw new AppError('service.changed', { who: plan.changed_by_name, when: '刚才' });
    await ownHistory(tx, context, plan, on.now, '本人在网上确认计划');
    return { plan: plan.id };
  });
}

/** The worker says that an own step is done. @throws AppError request.notFound, service.notAllowed, service.faulty */
export async function finishMyStep(context: Context, actor: Actor, on: OnStep, text: string): Promise<void> {
  const request = { route: 'finishMyStep', key: on.key, request: [on.planId, on.stepId, text], now: on.now };
  await once(context.db, actor, request, async (tx) => {
    const { plan, step } = await openStep(tx, on);
    const status = lawful(nextStep(step, 'finish', { side: 'worker', text }));
    await tx.run(settle, plan.tenant, step.id, status, text.trim(), on.now, actor.name);
    await ownHistory(tx, context, plan, on.now, `本人完成计划第${step.n}步`);
    return { step: step.id };
  });
}

/** @throws AppError service.notAllowed when the registration has ended */
async function ownHistory(tx: Tx, context: Context, plan: PlanRow, now: Date, text: string): Promise<void> {
  const row = await readSubject(tx, plan.registration_id);
  if (row.status === 'exited') throw new AppError('service.notAllowed', { why: '失业登记已经结束，计划也随之结束。' });
  await record(tx, context, row, now, { action: 'plan', audited: 'service.record', text, detail: { plan: plan.id } });
}
