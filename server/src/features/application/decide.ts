import { randomInt } from 'node:crypto';
import { type Action, can, whyNot } from '@yingdeng/rules/access.ts';
import {
  type ApplicationEffect,
  applicationStatusText,
  type NextApplication,
  nextApplication,
} from '@yingdeng/rules/application.ts';
import { firstContactDue } from '@yingdeng/rules/contact.ts';
import { nextContactOn } from '@yingdeng/rules/contact-rhythm.ts';
import {
  type Evidence,
  type EvidenceKind,
  evidenceKinds,
  type Ground,
  groundRules,
  isGround,
} from '@yingdeng/rules/eligibility.ts';
import { caseNumber } from '@yingdeng/rules/numbers.ts';
import { isRefusal, type Refusal } from '@yingdeng/rules/refusal.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { once } from '../../platform/idempotency.ts';
import { dayAndTime } from '../../platform/words.ts';
import { wakeMatters } from '../matter/index.ts';
import { notify } from '../notice/index.ts';
import {
  type ApplicationRow,
  checksOf,
  claimPerson,
  closeApplication,
  findClaim,
  lockApplication,
  putAction,
  putDecisionUpload,
  putRegistration,
} from './application.sql.ts';
import { factsOf } from './facts.ts';
import type { SealedForm } from './form-storage.ts';
import { reportToSupervision } from './supervision-event.ts';

/** A command on one application: which, from which page, under which request key. */
export interface OnApplication {
  readonly id: string;
  /** Version of the page the decision was made on; checked against the row. Absent for the worker's withdrawal. */
  readonly version?: number;
  readonly key: string;
  readonly now: Date;
}

/** Locks the application, and refuses a stale page, a stranger's case, a role without the right. */
export async function openFor(tx: Tx, context: Context, on: OnApplication, action: Action): Promise<ApplicationRow> {
  const actor = tx.actor;
  const row = await tx.first(lockApplication, tenantOfId(on.id), on.id);
  if (!row) throw new AppError('request.notFound');
  const scope =
    actor.kind === 'worker'
      ? { ownCase: row.person_id === actor.person }
      : { actorRange: { lo: actor.lo, hi: actor.hi }, division: row.office };
  if (!can(actor.role, action, scope))
    throw new AppError('access.denied', { why: whyNot(actor.role, action, scope) ?? '' });
  if (row.status !== 'submitted' || (on.version !== undefined && on.version !== row.version)) {
    throw new AppError('application.changed', {
      who: row.decided_by_name ?? '其他经办人',
      when: row.decided_at ? dayAndTime(row.decided_at) : '刚才',
      what: row.status === 'handedOver' ? '已转外地办理' : applicationStatusText[row.status],
    });
  }
  context.log.debug({ application: row.id, action }, 'application opened');
  return row;
}

/** Registers the person: claim, number, first-contact clock, message, upload (A21-3a, A21-3d, M79-3a, M79-7a). */
export async function registerApplication(
  context: Context,
  actor: Actor,
  on: OnApplication,
  note: string,
): Promise<void> {
  await once(
    context.db,
    actor,
    { route: 'registerApplication', key: on.key, request: [on.id, on.version], now: on.now },
    async (tx) => {
      const row = await openFor(tx, context, on, 'application.decide');
      const facts = await decisionFactsOf(tx, context, row);
      const next = allowed(nextApplication(row as { status: 'submitted' }, 'register', { facts }));
      const registeredOn = businessDate(on.now);
      const policy = context.reference.policy(row.division, registeredOn);
      const contact = firstContactDue(registeredOn, policy, context.reference.calendar);
      const registration = newTenantId(row.tenant, on.now);
      const claimed = await tx.first(claimPerson, row.id_hash, row.tenant, registration);
      if (!claimed) throw new AppError('registration.claimed', { where: '可能在其他地区' }, { clause: 'A21-2d' });
      const number = caseNumber(registeredOn, randomInt(0, 1_000_000_000));
      const closing = close(tx, context, row, next, on.now, null, { note });
      void tx.run(
        putRegistration,
        row.tenant,
        registration,
        number,
        String(randomInt(0, 1_000_000)).padStart(6, '0'),
        row.id,
        row.person_id,
        row.division,
        row.office,
        row.place_kind,
        row.channel,
        row.reason,
        on.now,
        registeredOn,
        actor.kind === 'staff' ? actor.id : null,
        contact?.due ?? null,
        JSON.stringify(
          contact ? { firstContactWorkingDays: { value: contact.workingDays, citation: contact.citation } } : {},
        ),
        nextContactOn({ registeredOn }, policy),
      );
      await closing;
      await tell(tx, context, row, next.effects, on.now, { number, due: contact?.due });
      return { registration };
    },
  );
}

/** Refuses on a ground of the closed list with its evidence; free text passes the forbidden-grounds check (M79-2f, A21-7a). */
export async function refuseApplication(
  context: Context,
  actor: Actor,
  on: OnApplication,
  given: { ground: string; evidence: { kind: string; date?: string; text: string }[]; text: string },
): Promise<void> {
  const request = [on.id, on.version, given];
  await reporting(context, actor, on, 'decision', () =>
    once(context.db, actor, { route: 'refuseApplication', key: on.key, request, now: on.now }, async (tx) => {
      const row = await openFor(tx, context, on, 'application.decide');
      const facts = await decisionFactsOf(tx, context, row);
      const today = businessDate(on.now);
      const evidence: Evidence[] = given.evidence
        .filter((piece): piece is typeof piece & { kind: EvidenceKind } => piece.kind in evidenceKinds)
        .map((piece) => ({ kind: piece.kind, source: piece.text, date: piece.date ?? today }));
      const grounds = [given.ground as Ground];
      const next = allowed(
        nextApplication(row as { status: 'submitted' }, 'refuse', {
          facts,
          grounds,
          evidence,
          explanation: given.text,
        }),
      );
      await close(tx, context, row, next, on.now, given.ground, { evidence, text: given.text });
      const rule = groundRules[given.ground as Ground];
      await tell(tx, context, row, next.effects, on.now, {
        number: row.number,
        text: `${rule.toWorker}${given.text}${rule.whatToDo}`,
      });
      return { application: row.id };
    }),
  );
}

/** Closes an application as a repetition of a valid registration (A21-2d). */
export async function closeDuplicate(context: Context, actor: Actor, on: OnApplication, note: string): Promise<void> {
  await once(
    context.db,
    actor,
    { route: 'closeDuplicate', key: on.key, request: [on.id, on.version], now: on.now },
    async (tx) => {
      const row = await openFor(tx, context, on, 'application.close');
      const claim = await tx.first(findClaim, row.id_hash);
      const existing = claim ? { kind: 'registration' as const, number: claim.registration_id } : undefined;
      const next = allowed(nextApplication(row as { status: 'submitted' }, 'closeAsDuplicate', { existing }));
      await close(tx, context, row, next, on.now, null, { note, registration: claim?.registration_id });
      await tell(tx, context, row, next.effects, on.now, { number: row.number });
      return { application: row.id };
    },
  );
}

/** The worker withdraws an application that is not decided yet. */
export async function withdrawApplication(
  context: Context,
  actor: Actor,
  on: OnApplication,
  reason: string,
): Promise<void> {
  await once(
    context.db,
    actor,
    { route: 'withdrawApplication', key: on.key, request: [on.id, reason], now: on.now },
    async (tx) => {
      const row = await openFor(tx, context, on, 'application.withdraw');
      const next = allowed(nextApplication(row as { status: 'submitted' }, 'withdraw', { byApplicant: true }));
      await close(tx, context, row, next, on.now, null, { reason });
      await tell(tx, context, row, next.effects, on.now, { number: row.number });
      return { application: row.id };
    },
  );
}

/** Facts of the decision as they stand in this transaction. */
export async function decisionFactsOf(tx: Tx, context: Context, row: ApplicationRow) {
  const [checks, claim] = await Promise.all([tx.rows(checksOf, row.tenant, row.id), tx.first(findClaim, row.id_hash)]);
  return factsOf(row, checks, claim !== undefined, context.reference.policy(row.division, row.submitted_on));
}

/** Turns a rule's refusal into an answer; what supervision must hear of rides along for `reporting`. */
export function allowed<T>(outcome: T | Refusal): T {
  if (!isRefusal(outcome)) return outcome;
  const code = codeOf(outcome);
  throw new AppError(
    code,
    { why: outcome.message, phrase: /“(.+)”不能/.exec(outcome.message)?.[1] ?? outcome.message, where: '' },
    {
      clause: outcome.clause,
      detail: outcome.supervisionEvent ? { supervisionEvent: outcome.supervisionEvent } : undefined,
    },
  );
}

function codeOf(refusal: Refusal) {
  const known = [
    'application.notAllowed',
    'application.changed',
    'decision.groundNotPermitted',
    'decision.forbiddenGround',
    'registration.claimed',
  ] as const;
  return known.find((code) => code === refusal.code) ?? ('application.notAllowed' as const);
}

/** Runs a command; when it was blocked for a reason supervision must hear of, that is written in a transaction of its own. */
export async function reporting<T>(
  context: Context,
  actor: Actor,
  on: OnApplication,
  kind: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await reportToSupervision(context, actor, on, kind, error);
    throw error;
  }
}

async function close(
  tx: Tx,
  context: Context,
  row: ApplicationRow,
  next: NextApplication,
  now: Date,
  ground: string | null,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { actor } = tx;
  const record = next.effects.find((effect) => effect.kind === 'record');
  const action = record?.kind === 'record' ? record.action : 'decide';
  const closing = tx.first(
    closeApplication,
    row.tenant,
    row.id,
    next.status,
    now,
    staffIdOf(actor),
    actor.name,
    ground,
    JSON.stringify(detail),
  );
  void tx.run(
    putAction,
    row.tenant,
    newTenantId(row.tenant, now),
    row.id,
    row.person_id,
    row.office,
    action,
    row.status,
    next.status,
    now,
    staffIdOf(actor),
    actor.name,
    JSON.stringify({
      ...detail,
      ...(ground ? { ground, clause: isGround(ground) ? groundRules[ground].clause : undefined } : {}),
    }),
  );
  const upload = next.effects.find(
    (effect): effect is Extract<ApplicationEffect, { kind: 'uploadDecision' }> => effect.kind === 'uploadDecision',
  );
  if (upload) void tx.run(putDecisionUpload, row.tenant, row.id, row.office, row.platform_number, upload.outcome, now);
  // What was asked for together goes on by itself from here (M79-5a).
  void tx.run(wakeMatters, row.tenant, row.id, now);
  void audit(tx, context.crypto, now, {
    tenant: row.tenant,
    office: row.office,
    action: `application.${action}`,
    subjectKind: 'application',
    subjectId: row.id,
    personId: row.person_id,
    detail: { status: next.status, ...(ground ? { ground } : {}) },
  });
  if (!(await closing)) throw new AppError('application.changed', { who: '其他经办人', when: '刚才', what: '已办结' });
}

async function tell(
  tx: Tx,
  context: Context,
  row: ApplicationRow,
  effects: readonly ApplicationEffect[],
  now: Date,
  facts: { number: string; due?: string; text?: string },
): Promise<void> {
  const message = effects.find(
    (effect): effect is Extract<ApplicationEffect, { kind: 'message' }> => effect.kind === 'message',
  );
  if (!message || row.deceased_on) return;
  const { mobile } = context.crypto.open<SealedForm>(row.sealed);
  await notify(context, tx, now, {
    tenant: row.tenant,
    office: row.office,
    personId: row.person_id,
    template: message.template,
    facts,
    mobile,
    subjectKind: 'application',
    subjectId: row.id,
  });
}

const staffIdOf = (actor: Actor): string | null => (actor.kind === 'staff' ? actor.id : null);
