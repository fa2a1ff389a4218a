import { requirePolicy } from '@yingdeng/rules/provisions/policy.ts';
import {
  type GivenSupport,
  nextSupport,
  policyDue,
  type SupportAction,
  type SupportState,
  supportStateText,
  takeSupport,
} from '@yingdeng/rules/support-policy.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import { allowed, lawful, openSubject, readSubject, record, tellSubject, writeService } from '../service/index.ts';
import { judgedFor } from './read.ts';
import { forwardSupport, lockSupport, putStep, putSupport, type SupportRow, settleSupport } from './support.sql.ts';

/**
 * Accepts an application for a support policy in the same visit (A21-4g): kept with each condition as it stands, and as a service given.
 * @throws AppError request.notFound, access.denied, registration.changed, service.faulty, service.notAllowed, decision.forbiddenGround
 */
export async function acceptSupport(
  context: Context,
  actor: Actor,
  on: { registrationId: string; key: string; now: Date },
  given: GivenSupport,
): Promise<void> {
  const { registrationId, key, now } = on;
  await once(context.db, actor, { route: 'acceptSupport', key, request: [registrationId, given], now }, async (tx) => {
    const subject = await openSubject(tx, registrationId, 'support.accept');
    const today = businessDate(now);
    const law = context.reference.policy(subject.division, today);
    const { citation } = requirePolicy(law, 'supportPolicies');
    const judged = await judgedFor(context, tx, subject, now);
    const conditions = lawful(
      takeSupport(
        given,
        judged.find(({ name }) => name === given.policy),
      ),
    );
    const note = given.note.trim();
    blockForbidden(`${note}\n${given.loan?.purpose ?? ''}`, '政策申请说明');
    const due = policyDue(given.policy, today, law, context.reference.calendar)?.due;
    const id = newTenantId(subject.tenant, now);
    const written = await tx.run(
      putSupport,
      subject.tenant,
      id,
      subject.id,
      subject.application_id,
      subject.person_id,
      subject.division,
      subject.office,
      given.policy,
      JSON.stringify(conditions),
      note,
      JSON.stringify([citation]),
      today,
      now,
      actor.id,
      actor.name,
      due ?? null,
      given.loan ? JSON.stringify({ ...given.loan, purpose: given.loan.purpose.trim() }) : null,
    );
    if (written === 0)
      throw new AppError('service.notAllowed', { why: `“${given.policy}”已有一份申请在办理，不用重复受理。` });
    await step(
      tx,
      { tenant: subject.tenant, id, person_id: subject.person_id, office: subject.office },
      'accepted',
      note,
      now,
    );
    await writeService(
      context,
      tx,
      subject,
      {
        kind: given.loan ? 'guaranteedLoan' : 'policyApplication',
        content: `受理“${given.policy}”申请${given.loan ? `，拟贷${given.loan.yuan}元、${given.loan.years}年` : ''}`,
        result: 'going',
        outcome: '',
        on: today,
      },
      now,
    );
    return { application: id };
  });
}

const doneText: Readonly<Record<SupportAction, string>> = {
  forward: '已转交。',
  grant: '已记录，本人会收到消息。',
  refuse: '已记录，本人会收到消息和原因；登记不受影响。',
  withdraw: '已记本人撤回；登记不受影响。',
};

/**
 * Forwards an application, or records what came of it. Whoever grants the policy decides; nothing of it touches the registration (M79-2e).
 * @throws AppError request.notFound, access.denied, service.faulty, service.notAllowed, decision.forbiddenGround
 */
export async function settle(
  context: Context,
  actor: Actor,
  on: { id: string; version: number; key: string; now: Date },
  given: { action: SupportAction; text: string },
): Promise<{ registration: string; message: string }> {
  const request = { route: 'settleSupport', key: on.key, request: [on.id, on.version, given], now: on.now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const row = await tx.first(lockSupport, tenantOfId(on.id), on.id);
    if (!row) throw new AppError('request.notFound');
    allowed(actor, 'support.settle', row.office);
    const state = lawful(nextSupport(row.state, given.action, given.text));
    if (row.version !== on.version) throw new AppError('service.notAllowed', { why: '这项申请有变动，请刷新后再办。' });
    const text = given.text.trim();
    blockForbidden(text, '政策申请结果');
    await write(tx, row, state, text, on.now);
    const subject = await readSubject(tx, row.registration_id);
    await record(tx, context, subject, on.now, {
      action: 'policy',
      audited: 'support.settle',
      text: `“${row.policy}”申请${supportStateText[state]}：${text}`,
      detail: { application: row.id, state },
    });
    if (state === 'granted' || state === 'refused')
      await tellSubject(context, tx, subject, on.now, {
        template: `support.${state}`,
        text: `${row.policy}，${text}`,
        occasion: row.id,
      });
    return { registration: row.registration_id, message: doneText[given.action] };
  });
  return result;
}

async function write(tx: Tx, row: SupportRow, state: SupportState, text: string, now: Date): Promise<void> {
  const today = businessDate(now);
  await (state === 'forwarded'
    ? tx.run(forwardSupport, row.tenant, row.id, text, today)
    : tx.run(settleSupport, row.tenant, row.id, state, text, today, tx.actor.name));
  await step(tx, row, state, text, now);
}

async function step(
  tx: Tx,
  row: Pick<SupportRow, 'tenant' | 'id' | 'person_id' | 'office'>,
  state: SupportState,
  text: string,
  now: Date,
): Promise<void> {
  const { tenant, id, person_id, office } = row;
  const { actor } = tx;
  await tx.run(
    putStep,
    tenant,
    newTenantId(tenant, now),
    id,
    person_id,
    office,
    state,
    text,
    now,
    actor.id,
    actor.name,
  );
}
