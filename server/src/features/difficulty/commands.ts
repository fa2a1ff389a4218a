import {
  checkDifficulty,
  type DifficultyAction,
  type DifficultyDecision,
  difficultyDue,
  difficultyHolds,
  difficultyStateText,
  judgeCategories,
  nextDifficulty,
} from '@yingdeng/rules/difficulty.ts';
import { requirePolicy } from '@yingdeng/rules/provisions/policy.ts';
import type { Context } from '../../context.ts';
import { type Actor, systemActor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import { dayAndTime } from '../../platform/words.ts';
import {
  allowed,
  classAnew,
  lawful,
  openSubject,
  readSubject,
  record,
  type ServiceSubject,
  tellSubject,
} from '../service/index.ts';
import {
  type DifficultyRow,
  endOutlived,
  extend,
  lockDifficulty,
  putDifficulty,
  recognise,
  refuse,
  withdraw,
} from './difficulty.sql.ts';

/** On which recognition, as it stood on the screen. */
export interface OnDifficulty {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly now: Date;
}

/** The facts of a registrant that the province's table is judged by. */
export function judged(context: Context, row: ServiceSubject, now: Date) {
  const on = businessDate(now);
  const policy = context.reference.policy(row.division, on);
  const { registered_on: registeredOn, disabled, allowance, birth_date: bornOn, sex } = row;
  return judgeCategories({ registeredOn, disabled, allowance, sex, on, ...(bornOn ? { bornOn } : {}) }, policy);
}

/**
 * Takes an application for recognition, by a clerk or by the worker, by a category of the province's table (M79-5a, HN09-44). No paper is asked for.
 * @throws AppError request.notFound, access.denied, registration.changed, service.faulty, service.notAllowed, law.silent
 */
export async function applyDifficulty(
  context: Context,
  actor: Actor,
  on: { registrationId: string; key: string; now: Date },
  category: string,
): Promise<{ id: string; due?: string }> {
  const { registrationId, key, now } = on;
  const tenant = tenantOfId(registrationId);
  const request = { route: 'applyDifficulty', key, request: [registrationId, category], now };
  const today = businessDate(now);
  await endThoseOutlived(context, actor, registrationId, today);
  const { result } = await once(context.db, actor, request, async (tx) => {
    const row =
      actor.kind === 'worker'
        ? await ownSubject(tx, registrationId)
        : await openSubject(tx, registrationId, 'difficulty.apply');
    const policy = context.reference.policy(row.division, today);
    const citation = requirePolicy(policy, 'difficultyCategories').citation;
    const chosen = judged(context, row, now).find(({ name }) => name === category);
    if (!chosen)
      throw new AppError('service.faulty', { why: '请从本省就业困难人员范围中选一类。' }, { clause: 'M79-5a' });
    if (chosen.fits === 'no') throw new AppError('service.faulty', { why: `还不符合这一类：${chosen.why}` });
    const due = difficultyDue(today, policy, context.reference.calendar)?.due;
    const basis = JSON.stringify([citation]);
    const id = newTenantId(tenant, now);
    const put = await tx.run(
      putDifficulty,
      tenant,
      id,
      row.person_id,
      row.id,
      row.division,
      row.office,
      category,
      basis,
      now,
      due ?? null,
    );
    if (put === 0)
      throw new AppError('service.notAllowed', { why: '已有一份就业困难人员认定在办理或有效，不用重复申请。' });
    await record(tx, context, row, now, {
      action: 'difficulty',
      audited: 'difficulty.apply',
      text: `申请就业困难人员认定（${category}）`,
      detail: { difficulty: id },
    });
    return { id, ...(due ? { due } : {}) };
  });
  return result;
}

/** A recognition of an ended registration makes room; by the system, because a worker may not change what was decided. */
async function endThoseOutlived(context: Context, actor: Actor, registrationId: string, today: string): Promise<void> {
  const row = await context.db.read(actor, (tx) => readSubject(tx, registrationId));
  await context.db.transaction(systemActor('difficulty'), (tx) =>
    tx.run(endOutlived, row.tenant, row.person_id, today),
  );
}

async function ownSubject(tx: Tx, id: string): Promise<ServiceSubject> {
  const row = await readSubject(tx, id);
  if (row.person_id !== tx.actor.person) throw new AppError('request.notFound');
  if (row.status === 'exited')
    throw new AppError('service.notAllowed', { why: '失业登记已经结束，重新登记后再申请。' });
  return row;
}

/**
 * Decides an application. A recognition holds for the months of the provision, puts the person into class C and lets the plan become due (A21-4f);
 * neither outcome touches the registration (M79-2e). The person is told.
 * @throws AppError request.notFound, access.denied, registration.changed, service.faulty, service.notAllowed, service.changed, decision.forbiddenGround
 */
export function decideDifficulty(
  context: Context,
  actor: Actor,
  on: OnDifficulty,
  given: DifficultyDecision,
): Promise<{ registration: string }> {
  return act(context, actor, 'decideDifficulty', on, given, async (tx, row, subject) => {
    lawful(nextDifficulty(row.state, given.recognise ? 'recognise' : 'refuse'));
    lawful(checkDifficulty(given, judged(context, subject, on.now)));
    const words = (given.recognise ? given.verified : given.reason).trim();
    blockForbidden(words, '就业困难人员认定');
    const by = [on.now, actor.id, actor.name] as const;
    const key = [row.tenant, row.id, on.version] as const;
    if (!given.recognise) {
      await settled(row, tx.run(refuse, ...key, words, ...by));
      await tell(context, tx, subject, row, on.now, 'difficulty.refused', words);
      return `不予认定就业困难人员：${words}`;
    }
    const today = businessDate(on.now);
    const months = requirePolicy(context.reference.policy(row.division, today), 'difficultyMonths');
    const { from, to } = difficultyHolds(today, months.value);
    const basis = JSON.stringify([
      requirePolicy(context.reference.policy(row.division, today), 'difficultyCategories').citation,
      months.citation,
    ]);
    await settled(row, tx.run(recognise, ...key, given.category, words, basis, from, to, ...by));
    await classAnew(context, tx, subject, on.now);
    await tell(context, tx, subject, row, on.now, 'difficulty.recognised', given.category);
    return `认定为就业困难人员（${given.category}），有效期到${to}`;
  });
}

/** The check when the time ends: it goes on to hold, or the person leaves the circle (动态管理). Words are needed either way. */
export function recheckDifficulty(
  context: Context,
  actor: Actor,
  on: OnDifficulty,
  given: { holds: boolean; text: string },
): Promise<{ registration: string }> {
  return act(context, actor, 'recheckDifficulty', on, given, async (tx, row, subject) => {
    const action: DifficultyAction = given.holds ? 'recheck' : 'withdraw';
    lawful(nextDifficulty(row.state, action));
    const words = given.text.trim();
    if (words.length < 4)
      throw new AppError('service.faulty', {
        why: given.holds ? '请写明怎样核实仍符合条件。' : '请写明退出的原因，本人会看到。',
      });
    blockForbidden(words, '就业困难人员复核');
    const key = [row.tenant, row.id, on.version] as const;
    const today = businessDate(on.now);
    if (!given.holds) {
      await settled(row, tx.run(withdraw, ...key, today, words));
      await classAnew(context, tx, subject, on.now);
      await tell(context, tx, subject, row, on.now, 'difficulty.withdrawn', words);
      return `退出就业困难人员认定：${words}`;
    }
    const months = requirePolicy(context.reference.policy(row.division, today), 'difficultyMonths').value;
    const { to } = difficultyHolds(today, months);
    await settled(row, tx.run(extend, ...key, to));
    return `就业困难人员复核，有效期到${to}：${words}`;
  });
}

/** One act on a recognition: locked, as it stood on the screen, written into history and audit. */
async function act(
  context: Context,
  actor: Actor,
  route: string,
  on: OnDifficulty,
  given: unknown,
  work: (tx: Tx, row: DifficultyRow, subject: ServiceSubject) => Promise<string>,
): Promise<{ registration: string }> {
  const request = { route, key: on.key, request: [on.id, on.version, given], now: on.now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const row = await tx.first(lockDifficulty, tenantOfId(on.id), on.id);
    if (!row) throw new AppError('request.notFound');
    allowed(actor, 'difficulty.decide', row.office);
    const subject = await openSubject(tx, row.registration_id, 'difficulty.decide');
    if (row.version !== on.version) throw changed(row);
    const text = await work(tx, row, subject);
    await record(tx, context, subject, on.now, {
      action: 'difficulty',
      audited: 'difficulty.decide',
      text,
      detail: { difficulty: row.id },
    });
    return { registration: row.registration_id };
  });
  return result;
}

async function settled(row: DifficultyRow, write: Promise<number>): Promise<void> {
  if ((await write) === 0) throw changed(row);
}

function changed(row: DifficultyRow): AppError {
  const when = row.decided_at ? dayAndTime(row.decided_at) : '刚才';
  return new AppError('service.notAllowed', {
    why: `这份认定${row.decided_by_name ? `已由${row.decided_by_name}于${when}处理` : '有变动'}（${difficultyStateText[row.state]}），请刷新后查看。`,
  });
}

function tell(
  context: Context,
  tx: Tx,
  subject: ServiceSubject,
  row: DifficultyRow,
  now: Date,
  template: 'difficulty.recognised' | 'difficulty.refused' | 'difficulty.withdrawn',
  text: string,
): Promise<void> {
  return tellSubject(context, tx, subject, now, { template, text, occasion: `${row.id}:${row.version}` });
}
