import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { nextContactOn } from '@yingdeng/rules/contact-rhythm.ts';
import {
  type ComputedClass,
  checkClass,
  computeClass,
  type InterviewProfile,
  type ServiceClass,
  serviceClasses,
} from '@yingdeng/rules/service-class.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import { difficultyInForce, lastContact, latestClass, markClass, putClass, type SubjectRow } from './service.sql.ts';
import { lawful, type OnRegistration, openSubject, readSubject, record } from './subject.ts';

/** A class as a clerk gives it. */
export interface GivenClass {
  readonly profile: InterviewProfile;
  readonly class: ServiceClass;
  readonly reason: string;
}

interface Computed {
  readonly computed: ComputedClass | undefined;
  readonly difficulty: boolean;
}

/** What an interview would lead to (M79-3b); stores nothing. @throws AppError request.notFound */
export function computedFor(context: Context, actor: Actor, id: string, profile: InterviewProfile): Promise<Computed> {
  return context.db.read(actor, async (tx) => compute(context, tx, await readSubject(tx, id), profile));
}

async function compute(context: Context, tx: Tx, row: SubjectRow, profile: InterviewProfile): Promise<Computed> {
  const on: PlainDate = businessDate(context.clock.now());
  const difficulty = (await tx.first(difficultyInForce, row.tenant, row.person_id, on)) !== undefined;
  const facts = {
    ...profile,
    education: row.education,
    disabled: row.disabled,
    difficulty,
    unemployedMonth: row.unemployed_month,
    on,
  };
  return { computed: computeClass(facts, context.reference.policy(row.division, on)), difficulty };
}

/**
 * Classes a registrant and keeps the facts, the points and the reason (M79-3b, A21-4a).
 * @throws AppError request.notFound, access.denied, registration.changed, service.faulty, decision.forbiddenGround
 */
export async function setClass(context: Context, actor: Actor, on: OnRegistration, given: GivenClass): Promise<void> {
  const { registrationId, key, now } = on;
  await once(context.db, actor, { route: 'setClass', key, request: [registrationId, given], now }, async (tx) => {
    const row = await openSubject(tx, registrationId, 'service.record');
    await writeClass(context, tx, row, given, now);
    return { registration: row.id };
  });
}

/**
 * Classes the person an interview was held with, in the interview's transaction (A21-4b, M79-3b). Without a chosen class the computed one stands;
 * where the law of the place computes none, the person stays without a class until a clerk gives one.
 */
export async function classifyInInterview(
  context: Context,
  tx: Tx,
  registrationId: string,
  given: Omit<GivenClass, 'class'> & { class?: ServiceClass | undefined },
  now: Date,
): Promise<void> {
  const row = await readSubject(tx, registrationId);
  const chosen = given.class ?? (await compute(context, tx, row, given.profile)).computed?.class;
  if (chosen) await writeClass(context, tx, row, { ...given, class: chosen }, now);
}

/**
 * A person who is recognised as having difficulty, or is so no longer, is classed anew from the last interview (A21-4f). Without an interview there
 * is nothing to class from yet.
 */
export async function classAnew(context: Context, tx: Tx, row: SubjectRow, now: Date): Promise<void> {
  const last = await tx.first(latestClass, row.tenant, row.id);
  if (!last) return;
  const profile = last.profile as InterviewProfile;
  const { computed } = await compute(context, tx, row, profile);
  if (computed && computed.class !== last.class)
    await writeClass(context, tx, row, { profile, class: computed.class, reason: '' }, now);
}

async function writeClass(context: Context, tx: Tx, row: SubjectRow, given: GivenClass, now: Date): Promise<void> {
  const reason = given.reason.trim();
  const { computed, difficulty } = await compute(context, tx, row, given.profile);
  lawful(checkClass(given.class, computed, { reason, difficulty }));
  blockForbidden(reason, '分类理由');
  const met = await tx.first(lastContact, row.tenant, row.id);
  const next = nextContactOn(
    { registeredOn: row.registered_on, lastContactOn: met && businessDate(met.at), class: given.class },
    context.reference.policy(row.division, businessDate(now)),
  );
  await Promise.all([
    tx.run(
      putClass,
      row.tenant,
      newTenantId(row.tenant, now),
      row.id,
      row.person_id,
      row.office,
      given.class,
      computed?.class ?? null,
      JSON.stringify((computed?.points ?? []).map(({ label, points }) => ({ label, points }))),
      JSON.stringify(given.profile),
      reason,
      JSON.stringify(computed?.citations ?? []),
      now,
      tx.actor.kind === 'staff' ? tx.actor.id : null,
      tx.actor.name,
    ),
    tx.run(markClass, row.tenant, row.id, given.class, next),
    record(tx, context, row, now, {
      action: 'classify',
      audited: 'service.record',
      text: `${given.class}类（${serviceClasses[given.class]}）${computed && computed.class !== given.class ? `，按记分为${computed.class}类` : ''}`,
      detail: { class: given.class, computed: computed?.class ?? null },
    }),
  ]);
}
