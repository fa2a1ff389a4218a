import {
  checkConsent,
  checkOutcome,
  type MatterKind,
  type MatterOutcome,
  matterKinds,
  offeredMatters,
  yuan,
} from '@yingdeng/rules/one-matter.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import {
  forwardMatter,
  type MatterRow,
  mattersOf,
  movedTo,
  putWanted,
  recordMatter,
  setTodo,
  settleMatter as writeOutcome,
} from '../matter/index.ts';
import { notify } from '../notice/index.ts';
import { openSubject, writeService } from '../service/index.ts';
import type { CaseRow } from './bundle.sql.ts';
import { difficultyFactsOf, offersFor } from './offers.ts';
import { caseFor, lawful, matterFor, moved, type OnMatter, registeringOf } from './subject.ts';

/** A part as it is asked for later on. */
export interface WantedLater {
  readonly kind: MatterKind;
  readonly wish: string;
  readonly consent?: { on: string; how: string } | undefined;
}

/**
 * Asks for a part after the form was handed in, by a clerk or by the worker; no paper is asked for. A referral to civil affairs needs the
 * person's consent and own word (M79-5b).
 * @throws AppError request.notFound, access.denied, matter.faulty, matter.notAllowed, decision.forbiddenGround
 */
export async function askMatter(
  context: Context,
  actor: Actor,
  on: { applicationId: string; key: string; now: Date },
  given: WantedLater,
): Promise<void> {
  const { applicationId, key, now } = on;
  await once(context.db, actor, { route: 'askMatter', key, request: [applicationId, given], now }, async (tx) => {
    const file = await caseFor(tx, applicationId, 'matter.ask');
    const registering = registeringOf(file);
    if (registering !== 'open' && registering !== 'registered')
      throw new AppError('matter.notAllowed', { why: '失业登记没有办成或者已经结束，不能再提出。' });
    const today = businessDate(now);
    const policy = context.reference.policy(file.division, today);
    if (!offeredMatters(policy).some(({ kind }) => kind === given.kind))
      throw new AppError('matter.notAllowed', { why: `本地的规定没有把${matterKinds[given.kind].text}列入一起办。` });
    if (given.kind === 'livingAllowance')
      lawful(checkConsent({ on: given.consent?.on, how: given.consent?.how, said: given.wish }, today));
    if (given.kind === 'difficulty') mayBeOf(context, file, given.wish, today);
    if (actor.kind === 'staff') blockForbidden(given.wish, '提出事项');
    const before = await tx.rows(mattersOf, file.tenant, file.id);
    if (
      before.some(
        (one) => one.kind === 'benefit' && one.kind === given.kind && one.state === 'accepted' && !one.stopped_on,
      )
    )
      throw new AppError('matter.notAllowed', { why: '失业保险金已经可以领取，不用再提出。' });
    const put = await putWanted(
      tx,
      { tenant: file.tenant, application: file.id, now, wake: registering === 'registered' },
      { kind: given.kind, wish: given.wish.trim() },
      given.kind === 'livingAllowance' ? given.consent : undefined,
    );
    if (put.length === 0)
      throw new AppError('matter.notAllowed', { why: `${matterKinds[given.kind].text}已经在办，不用重复提出。` });
    return { matter: put[0] };
  });
}

/** A category of the province's table that data do not contradict. */
function mayBeOf(context: Context, file: CaseRow, category: string, today: string): void {
  const known = offersFor(context, file.division, today, difficultyFactsOf(file))
    .find(({ kind }) => kind === 'difficulty')
    ?.categories?.find(({ name }) => name === category);
  if (!known) throw new AppError('matter.faulty', { why: '请从本省就业困难人员范围中选一类。' }, { clause: 'M79-5a' });
  if (known.fits === 'no') throw new AppError('matter.faulty', { why: `还不符合这一类：${known.why}` });
}

/**
 * What came of a part: an introduction that was made, or the answer of the other side where there is no line to it. Nothing but the part
 * changes: neither registration nor class nor contacts nor exits (M79-2e, M79-5a). The person is told.
 * @throws AppError request.notFound, access.denied, matter.faulty, matter.notAllowed, registration.changed, decision.forbiddenGround
 */
export async function settleMatter(
  context: Context,
  actor: Actor,
  on: OnMatter,
  given: MatterOutcome,
): Promise<{ application: string }> {
  const request = { route: 'settleMatter', key: on.key, request: [on.id, on.version, given], now: on.now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const { row, file } = await matterFor(tx, on, 'matter.settle');
    lawful(checkOutcome(row.kind, given));
    const text = given.text.trim();
    // Our own words are ours to answer for; what the other side said is kept as it was said.
    if (row.kind === 'introduction') {
      blockForbidden(text, '职业介绍');
      await introduced(context, tx, file, given, on.now);
    }
    await decide(context, tx, { row, file }, { ...given, text }, on.now);
    return { application: row.application_id };
  });
  return result;
}

/** The introduction is a service with its result, like every other (A21-4c, A21-5a). */
async function introduced(context: Context, tx: Tx, file: CaseRow, given: MatterOutcome, now: Date): Promise<void> {
  if (!file.registration_id) throw new AppError('matter.notAllowed', { why: '失业登记还没有办好，办好后再介绍。' });
  const subject = await openSubject(tx, file.registration_id, 'matter.settle');
  const done = given.outcome === 'accepted';
  const words = { content: done ? given.text : '查找合适的岗位', outcome: given.text };
  await writeService(
    context,
    tx,
    subject,
    { kind: 'introduction', result: done ? 'done' : 'noFit', on: businessDate(now), ...words },
    now,
  );
}

/** Writes an outcome, its history and the message; for commands of the desk and for notices of the other side. */
export async function decide(
  context: Context,
  tx: Tx,
  { row, file }: { row: MatterRow; file: CaseRow },
  given: MatterOutcome,
  now: Date,
): Promise<void> {
  const to = movedTo(row, given.outcome === 'accepted' ? 'accept' : 'refuse');
  const done = given.outcome === 'accepted';
  const written = await tx.run(
    writeOutcome,
    row.tenant,
    row.id,
    row.version,
    to,
    now,
    tx.actor.name,
    done ? given.text : '',
    done ? '' : given.text,
    (done && given.months) || null,
    (done && given.monthlyFen) || null,
    (done && given.from) || null,
  );
  if (written === 0) throw moved();
  const amount =
    done && given.months && given.monthlyFen ? `，${given.months}个月，每月${yuan(given.monthlyFen)}元` : '';
  await recordMatter(tx, context, row, to, now, {
    action: done ? 'accept' : 'refuse',
    text: done ? `结果：办成${amount}` : `结果：没有办成，${given.text}`,
  });
  if (row.kind === 'introduction' || file.deceased_on) return;
  const { mobile } = file.contact_sealed ? context.crypto.open<{ mobile?: string }>(file.contact_sealed) : {};
  await notify(context, tx, now, {
    tenant: row.tenant,
    office: row.office,
    personId: row.person_id,
    template: done ? 'matter.accepted' : 'matter.refused',
    facts: {
      number: file.number,
      text: done ? `${matterKinds[row.kind].text}${amount}` : `${matterKinds[row.kind].text}：${given.text}`,
    },
    ...(mobile ? { mobile } : {}),
    subjectKind: 'application',
    subjectId: row.application_id,
    occasion: `${row.id}:${row.version}`,
  });
}

/** Handed over by hand where there is no line. @throws AppError request.notFound, access.denied, matter.notAllowed */
export async function carryMatter(
  context: Context,
  actor: Actor,
  on: OnMatter,
  number: string,
): Promise<{ application: string }> {
  const request = { route: 'carryMatter', key: on.key, request: [on.id, on.version, number], now: on.now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const { row } = await matterFor(tx, on, 'matter.settle');
    if (row.todo !== 'carry') throw new AppError('matter.notAllowed', { why: '这一项不用人工转送。' });
    const to = movedTo(row, 'forward');
    const today = businessDate(on.now);
    const given = number.trim() || null;
    if ((await tx.run(forwardMatter, row.tenant, row.id, on.version, on.now, given, null, 'answer', today)) === 0)
      throw moved();
    await recordMatter(tx, context, row, to, on.now, { action: 'forward', text: '人工转送' });
    return { application: row.application_id };
  });
  return result;
}

/** The person no longer wants a part. The registration and the other parts stay as they are. */
export async function withdrawMatter(
  context: Context,
  actor: Actor,
  on: OnMatter,
  reason: string,
): Promise<{ application: string }> {
  const request = { route: 'withdrawMatter', key: on.key, request: [on.id, on.version, reason], now: on.now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const { row } = await matterFor(tx, on, actor.kind === 'worker' ? 'matter.ask' : 'matter.settle');
    if (row.kind === 'difficulty' && row.subject_id)
      throw new AppError('matter.notAllowed', { why: '认定已经在办，请在“困难认定”里办理。' });
    const words = reason.trim();
    if (actor.kind === 'staff') {
      if (words.length < 4) throw new AppError('matter.faulty', { why: '请写明本人怎么说的。' });
      blockForbidden(words, '撤回事项');
    }
    const to = movedTo(row, 'withdraw');
    const written = await tx.run(
      writeOutcome,
      row.tenant,
      row.id,
      on.version,
      to,
      on.now,
      actor.name,
      '',
      words,
      null,
      null,
      null,
    );
    if (written === 0) throw moved();
    await recordMatter(tx, context, row, to, on.now, { action: 'withdraw', text: words || '本人不再需要' });
    return { application: row.application_id };
  });
  return result;
}

/** What was found about a benefit that stopped. A stop is no exit and leads to none by itself (domain §5.1). */
export async function settleCheck(
  context: Context,
  actor: Actor,
  on: OnMatter,
  text: string,
): Promise<{ application: string }> {
  const request = { route: 'settleMatterCheck', key: on.key, request: [on.id, on.version, text], now: on.now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const { row } = await matterFor(tx, on, 'matter.settle');
    if (row.todo !== 'check') throw new AppError('matter.notAllowed', { why: '这一项没有要核实的。' });
    const words = text.trim();
    if (words.length < 4) throw new AppError('matter.faulty', { why: '请写明核实到的情况。' });
    blockForbidden(words, '停发核实');
    await tx.run(setTodo, tenantOfId(on.id), on.id, null, null);
    await recordMatter(tx, context, row, row.state, on.now, { action: 'check', text: `停发已核实：${words}` });
    return { application: row.application_id };
  });
  return result;
}
