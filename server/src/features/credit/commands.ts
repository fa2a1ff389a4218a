import { addWorkingDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import {
  answerDue,
  type CreditFacts,
  checkCredit,
  creditCauses,
  creditCovers,
  creditExpires,
  creditHold,
  creditLevel,
  creditLevels,
} from '@yingdeng/rules/credit.ts';
import { requirePolicy } from '@yingdeng/rules/provisions/policy.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import { notify } from '../notice/index.ts';
import { allowed, lawful, readSubject, record, type ServiceSubject, tellSubject } from '../service/index.ts';
import {
  answerObjection,
  type CreditRow,
  decideCredit,
  lockCredit,
  putCredit,
  repairCredit,
  sayAnswer,
  sayObjection,
} from './credit.sql.ts';
import { standingOf } from './read.ts';

/** On which record, as it stood on the screen. */
interface OnCredit {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly now: Date;
}

/**
 * Proposes a record by its facts and gives notice (A21-5c); the level follows from the provision. A false form alone is an internal note that holds
 * at once and is told (A21-8a); everything else waits for the person's answer and a second person. The registration is not touched (M79-2).
 * @throws AppError request.notFound, access.denied, service.faulty, decision.forbiddenGround, law.silent
 */
export async function propose(
  context: Context,
  actor: Actor,
  on: { registrationId: string; key: string; now: Date },
  given: CreditFacts & { evidence: string },
): Promise<void> {
  const { registrationId, key, now } = on;
  const { evidence, ...facts } = given;
  await once(context.db, actor, { route: 'proposeCredit', key, request: [registrationId, given], now }, async (tx) => {
    const subject = await readSubject(tx, registrationId);
    allowed(actor, 'credit.propose', subject.office);
    lawful(checkCredit(facts, evidence));
    blockForbidden(evidence, '信用记录');
    const today = businessDate(now);
    const policy = context.reference.policy(subject.division, today);
    const limits = requirePolicy(policy, 'creditLimits');
    const covered = requirePolicy(policy, 'creditRecords');
    lawful(creditCovers(facts.cause, covered.value));
    const level = creditLevel(facts, limits.value);
    const note = level === 'note';
    const due = note ? null : answerDue(today, limits.value, context.reference.calendar);
    const id = newTenantId(subject.tenant, now);
    await tx.run(
      putCredit,
      subject.tenant,
      id,
      subject.id,
      subject.application_id,
      subject.person_id,
      subject.division,
      subject.office,
      facts.cause,
      level,
      note ? 'inForce' : 'noticed',
      JSON.stringify(facts),
      evidence.trim(),
      JSON.stringify({
        creditLimits: { value: limits.value, citation: limits.citation },
        creditRecords: { value: covered.value, citation: covered.citation },
      }),
      now,
      actor.id,
      actor.name,
      due,
      note ? creditExpires('note', today, limits.value) : null,
    );
    const words = `${creditCauses[facts.cause]}：${evidence.trim()}`;
    await record(tx, context, subject, now, {
      action: 'credit',
      audited: 'credit.propose',
      text: `提出${creditLevels[level]}，${creditCauses[facts.cause]}`,
      detail: { credit: id, level },
    });
    if (due) await giveNotice(context, tx, subject, now, { id, due, text: `${words}，拟作${creditLevels[level]}` });
    else
      await tellSubject(context, tx, subject, now, {
        template: 'credit.settled',
        text: `${words}，作内部提示`,
        occasion: `${id}:note`,
      });
    return { credit: id };
  });
}

async function giveNotice(
  context: Context,
  tx: Tx,
  subject: ServiceSubject,
  now: Date,
  given: { id: string; due: string; text: string },
): Promise<void> {
  if (subject.deceased_on) return;
  const { mobile } = subject.mobile_sealed ? context.crypto.open<{ mobile?: string }>(subject.mobile_sealed) : {};
  await notify(context, tx, now, {
    tenant: subject.tenant,
    office: subject.office,
    personId: subject.person_id,
    template: 'credit.noticed',
    facts: { number: subject.number, text: given.text, due: given.due },
    ...(mobile ? { mobile } : {}),
    subjectKind: 'registration',
    subjectId: subject.id,
    occasion: given.id,
  });
}

/**
 * A second person decides a noticed record, or somebody who has not decided answers an objection; the person is told.
 * @returns the registration. @throws AppError request.notFound, access.denied, service.faulty, service.notAllowed, decision.forbiddenGround
 */
export function decide(
  context: Context,
  actor: Actor,
  on: OnCredit,
  given: { holds: boolean; text: string },
): Promise<string> {
  return act(context, actor, { route: 'decideCredit', on, given }, async (tx, row, _, text) => {
    const today = businessDate(on.now);
    const objected = row.state === 'inForce';
    lawful(creditHold(standingOf(row), objected ? 'answerObjection' : 'decide', { actor: actor.id, today }));
    if (objected) {
      await tx.run(
        answerObjection,
        row.tenant,
        row.id,
        given.holds ? 'inForce' : 'revoked',
        text,
        given.holds ? null : today,
      );
      return `异议答复，${given.holds ? '维持' : '撤销'}${creditLevels[row.level]}：${text}`;
    }
    // The case keeps the provisions of the day it was proposed on, whatever the law says meanwhile.
    const until = given.holds ? creditExpires(row.level, today, row.basis.creditLimits.value) : null;
    await tx.run(
      decideCredit,
      row.tenant,
      row.id,
      given.holds ? 'inForce' : 'dropped',
      text,
      until,
      on.now,
      actor.id,
      actor.name,
    );
    return given.holds ? `作${creditLevels[row.level]}，到${until}：${text}` : `不予记录：${text}`;
  });
}

/** Ends a record whose harm was made good (修复). @returns the registration */
export function repair(context: Context, actor: Actor, on: OnCredit, text: string): Promise<string> {
  return act(context, actor, { route: 'repairCredit', on, given: { text } }, async (tx, row, _, words) => {
    const today = businessDate(on.now);
    lawful(creditHold(standingOf(row), 'repair', { actor: actor.id, today }));
    await tx.run(repairCredit, row.tenant, row.id, words, today);
    return `${creditLevels[row.level]}已修复：${words}`;
  });
}

async function act(
  context: Context,
  actor: Actor,
  what: { route: string; on: OnCredit; given: { text: string } },
  work: (tx: Tx, row: CreditRow, subject: ServiceSubject, text: string) => Promise<string>,
): Promise<string> {
  const { on, given } = what;
  const text = given.text.trim();
  if (text.length < 4) throw new AppError('service.faulty', { why: '请写明理由，本人会看到。' });
  const request = { route: what.route, key: on.key, request: [on.id, on.version, given], now: on.now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const row = await tx.first(lockCredit, tenantOfId(on.id), on.id);
    if (!row) throw new AppError('request.notFound');
    allowed(actor, 'credit.decide', row.office);
    if (row.version !== on.version) throw new AppError('service.notAllowed', { why: '这条记录有变动，请刷新后再办。' });
    blockForbidden(text, '信用记录');
    const subject = await readSubject(tx, row.registration_id);
    const words = await work(tx, row, subject, text);
    await record(tx, context, subject, on.now, {
      action: 'credit',
      audited: 'credit.decide',
      text: words,
      detail: { credit: row.id },
    });
    await tellSubject(context, tx, subject, on.now, {
      template: 'credit.settled',
      text: words,
      occasion: `${row.id}:${row.version}`,
    });
    return row.registration_id;
  });
  return result;
}

/** By when an objection is answered. @throws AppError law.silent, calendar.notMaintained */
function objectionDue(context: Context, row: CreditRow, today: PlainDate): PlainDate {
  const policy = context.reference.policy(row.office.slice(0, 6), today);
  const days = requirePolicy(policy, 'creditObjectionWorkingDays').value;
  return addWorkingDays(today, days, context.reference.calendar);
}

/** The worker answers before the decision, or objects after it. @throws AppError request.notFound, service.faulty, service.notAllowed */
export async function sayOn(
  context: Context,
  actor: Actor,
  on: { id: string; key: string; now: Date },
  text: string,
): Promise<string> {
  const words = text.trim();
  if (words.length < 4) throw new AppError('service.faulty', { why: '请写几句您的说明。' });
  const request = { route: 'sayOnMyCredit', key: on.key, request: [on.id, text], now: on.now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const row = await tx.first(lockCredit, tenantOfId(on.id), on.id);
    if (!row || row.person_id !== actor.person) throw new AppError('request.notFound');
    const before = row.state === 'noticed';
    const today = businessDate(on.now);
    lawful(creditHold(standingOf(row), before ? 'answer' : 'object', { actor: actor.id, today }));
    if (before) await tx.run(sayAnswer, row.tenant, row.id, words);
    else await tx.run(sayObjection, row.tenant, row.id, words, objectionDue(context, row, today));
    await audit(tx, context.crypto, on.now, {
      tenant: row.tenant,
      office: row.office,
      action: 'objection.submit',
      subjectKind: 'credit',
      subjectId: row.id,
      personId: row.person_id,
    });
    return before ? '收到您的说明，另一位工作人员会看过再决定。' : '收到您的异议，由没有参与决定的人答复。';
  });
  return result;
}
