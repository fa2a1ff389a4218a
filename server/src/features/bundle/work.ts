import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { firstContactDue } from '@yingdeng/rules/contact.ts';
import { endsBecause, type MatterState } from '@yingdeng/rules/one-matter.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { applyDifficulty } from '../difficulty/index.ts';
import {
  findMatter,
  forwardMatter,
  lockMatter,
  type MatterRow,
  markExitTold,
  movedTo,
  putWanted,
  recordMatter,
  setNextTry,
  setTodo,
  settleMatter,
} from '../matter/index.ts';
import { type CaseRow, findCase, mattersToTry, validRegistration } from './bundle.sql.ts';
import { answered, fellSilent, linesOf, lineTo, pauseAfter, type System, systemNames, systemOf } from './lines.ts';
import { takeNotices } from './notices.ts';
import { type OutsideClient, OutsideRefused, OutsideSilent } from './outside.ts';
import { registeringOf } from './subject.ts';

export const matterActor = { ...systemActor('matters'), name: '系统自动办理' };
const BATCH = 20;

/**
 * The timed job: parts that the programme moves by itself once the registration is decided, and notices of the outside systems. A system
 * that is silent delays its own part and nothing else (M79-2e); every step may be repeated.
 * @returns how many parts and notices were moved on
 */
export async function workOnMatters(context: Context, signal: AbortSignal): Promise<number> {
  const waiting = await context.db.read(matterActor, (tx) => tx.rows(mattersToTry, context.clock.now(), BATCH));
  let done = 0;
  for (const one of waiting) {
    if (signal.aborted) return done;
    if (await tryOne(context, one.tenant, one.id)) done += 1;
  }
  const lines = await linesOf(context);
  for (const system of systemNames) {
    const line = lineTo(context, system);
    const state = lines.get(system);
    if (!line || signal.aborted || (state && state.next_ask_at > context.clock.now())) continue;
    done += await readNotices(context, system, line, state?.position ?? '', state?.tries ?? 0);
  }
  return done;
}

async function readNotices(
  context: Context,
  system: System,
  line: OutsideClient,
  from: string,
  tries: number,
): Promise<number> {
  try {
    const read = await line.notices(from);
    if (read.unread > 0) context.log.warn({ system, unread: read.unread }, 'notices that cannot be read');
    await takeNotices(context, system, read.notices);
    await answered(context, system, read);
    return read.notices.length;
  } catch (error) {
    if (!(error instanceof OutsideSilent || error instanceof OutsideRefused)) throw error;
    context.log.warn({ system, error: error.message }, 'no notices');
    await fellSilent(context, system, tries);
    return 0;
  }
}

/** One part, one step on; what fails is tried later and says nothing about the others. */
async function tryOne(context: Context, tenant: string, id: string): Promise<boolean> {
  const found = await context.db.read(matterActor, (tx) => readBoth(tx, tenant, id));
  if (!found) return false;
  const { row, file } = found;
  try {
    await advance(context, row, file);
    return true;
  } catch (error) {
    if (error instanceof OutsideRefused) return byHand(context, row, error.message);
    const system = systemOf(row.kind);
    if (error instanceof OutsideSilent && system) await fellSilent(context, system, row.tries);
    else if (!(error instanceof AppError) || error.status >= 500) throw error;
    const now = context.clock.now();
    context.log.warn({ kind: row.kind, tries: row.tries, error: (error as Error).message }, 'part waits');
    await context.db.transaction(matterActor, (tx) =>
      tx.run(setNextTry, tenant, id, pauseAfter(now, row.tries), row.tries + 1),
    );
    return false;
  }
}

async function readBoth(tx: Tx, tenant: string, id: string) {
  const row = await tx.first(findMatter, tenant, id);
  const file = row && (await tx.first(findCase, tenant, row.application_id));
  return row && file ? { row, file } : undefined;
}

async function advance(context: Context, row: MatterRow, file: CaseRow): Promise<void> {
  const registering = registeringOf(file);
  const now = context.clock.now();
  if (row.state === 'asked') {
    const ended = registering === 'exited' ? '失业登记已经结束。' : endsBecause(row.kind, registering);
    if (ended) return end(context, row, file, ended);
    if (registering === 'registered') return begin(context, row, file);
  } else if (row.kind === 'benefit') {
    const told = row.told_exit_on !== null;
    if (registering === 'exited' && !told)
      return tellBenefit(context, row, 'exited', file.exited_on ?? businessDate(now));
    if (registering === 'registered' && told) return tellBenefit(context, row, 'restored', businessDate(now));
  }
  // Nothing to do until something happens to the case.
  await context.db.transaction(matterActor, (tx) => tx.run(setNextTry, row.tenant, row.id, null, 0));
}

/** The registration did not come about: the part says so. One that repeats another goes on with the registration that stands. */
async function end(context: Context, row: MatterRow, file: CaseRow, because: string): Promise<void> {
  await locked(context, row, async (tx, current) => {
    const now = context.clock.now();
    const valid =
      file.status === 'duplicate' ? await tx.first(validRegistration, row.tenant, row.person_id) : undefined;
    if (valid) {
      const on = { tenant: row.tenant, application: valid.application_id, now, wake: true };
      await putWanted(tx, on, { kind: row.kind, wish: row.wish });
    }
    const text = valid ? '已并入原来的登记，在那里接着办。' : because;
    await write(tx, context, current, 'withdrawn', text);
  });
}

async function write(tx: Tx, context: Context, row: MatterRow, to: MatterState, reason: string): Promise<void> {
  const now = context.clock.now();
  const key = [row.tenant, row.id, row.version] as const;
  await tx.run(settleMatter, ...key, to, now, tx.actor.name, '', reason, null, null, null);
  await recordMatter(tx, context, row, to, now, { action: to === 'refused' ? 'refuse' : 'withdraw', text: reason });
}

/** With the first contact; asked for after it, in as many working days as a first contact has (M79-3a, M79-5a). */
function introductionDue(context: Context, file: CaseRow): PlainDate {
  const today = businessDate(context.clock.now());
  if (!file.first_contact_at) return file.first_contact_due ?? file.registered_on ?? today;
  return (
    firstContactDue(today, context.reference.policy(file.division, today), context.reference.calendar)?.due ?? today
  );
}

/** Registered: each part goes its own way. */
async function begin(context: Context, row: MatterRow, file: CaseRow): Promise<void> {
  if (row.kind === 'introduction') {
    const due = introductionDue(context, file);
    return locked(context, row, (tx) => tx.run(setTodo, row.tenant, row.id, 'introduce', due).then(() => {}));
  }
  if (row.kind === 'difficulty') return beginDifficulty(context, row, file);
  const system = systemOf(row.kind);
  const line = system && lineTo(context, system);
  if (system === 'civil' && !line && context.config.civilFiles) return waitForFile(context, row);
  if (!system || !line) return byHand(context, row).then(() => {});
  const number = await line.apply(row.id, contentOf(context, row, file));
  await answered(context, system);
  await locked(context, row, async (tx, current) => {
    const now = context.clock.now();
    // A referral without an answer stays in sight of the office (M79-5b).
    const sight = row.kind === 'livingAllowance';
    const key = [row.tenant, row.id, current.version] as const;
    await tx.run(forwardMatter, ...key, now, number, null, sight ? 'answer' : null, sight ? businessDate(now) : null);
    await recordMatter(tx, context, current, movedTo(current, 'forward'), now, { action: 'forward', text: '已转送' });
  });
}

/** What the other side needs and no more: who, of which registration, and for civil affairs the consent. Insured status is theirs to know. */
function contentOf(context: Context, row: MatterRow, file: CaseRow): object {
  const { idNumber } = context.crypto.open<{ idNumber: string }>(file.identity_sealed);
  const { mobile } = file.contact_sealed ? context.crypto.open<{ mobile?: string }>(file.contact_sealed) : {};
  const person = { name: file.name, idNumber, ...(mobile ? { mobile } : {}) };
  const registration = { number: file.registration_number, on: file.registered_on, division: file.division };
  return row.kind === 'benefit'
    ? { person, registration, unemployedMonth: file.unemployed_month, reason: file.reason }
    : { person, registration, consent: { on: row.consented_on, how: row.consent_how }, said: row.wish };
}

/** Recognition is applied for by its own command, with the matter's id as key: however often it is tried there is one (M79-5a). */
async function beginDifficulty(context: Context, row: MatterRow, file: CaseRow): Promise<void> {
  const now = context.clock.now();
  const on = { registrationId: file.registration_id ?? '', key: `matter:${row.id}`, now };
  let subject: string | undefined;
  let refusedFor = '';
  try {
    subject = (await applyDifficulty(context, matterActor, on, row.wish)).id;
  } catch (error) {
    if (!(error instanceof AppError) || !['service.faulty', 'service.notAllowed'].includes(error.code)) throw error;
    refusedFor = error.message;
  }
  await locked(context, row, async (tx, current) => {
    if (!subject) return write(tx, context, current, 'refused', refusedFor);
    await tx.run(forwardMatter, row.tenant, row.id, current.version, now, null, subject, null, null);
    await recordMatter(tx, context, current, movedTo(current, 'forward'), now, {
      action: 'forward',
      text: '已申请认定',
    });
  });
}

/** It goes in the next file for civil affairs (M79-5b, features/exchange/civil). */
async function waitForFile(context: Context, row: MatterRow): Promise<void> {
  await locked(context, row, async (tx, current) => {
    await tx.run(setTodo, row.tenant, row.id, null, null);
    await recordMatter(tx, context, current, current.state, context.clock.now(), {
      action: 'forward',
      text: '等下一次与民政部门交换文件',
    });
  });
}

/** No line, or it would not take it: a member of staff carries it. */
async function byHand(context: Context, row: MatterRow, why = ''): Promise<boolean> {
  await locked(context, row, async (tx, current) => {
    const now = context.clock.now();
    await tx.run(setTodo, row.tenant, row.id, 'carry', businessDate(now));
    if (why)
      await recordMatter(tx, context, current, current.state, now, {
        action: 'forward',
        text: `对方系统没有收下：${why}`,
      });
  });
  return true;
}

/** The benefit system hears of an end or a restoration; whether it stops anything is its own decision (domain §5.1). */
async function tellBenefit(context: Context, row: MatterRow, event: 'exited' | 'restored', on: string): Promise<void> {
  const line = lineTo(context, 'benefit');
  const number = row.external_number;
  let said = line && number ? '已告知失业保险系统' : '没有接口，请人工告知失业保险经办机构';
  if (line && number) {
    try {
      await line.tell(`${row.id}:${event}:${on}`, { number, event, on });
      await answered(context, 'benefit');
    } catch (error) {
      // It does not know the number: nothing is gained by telling it again.
      if (!(error instanceof OutsideRefused)) throw error;
      said = `对方没有收下（${error.message}），请人工告知`;
    }
  }
  await locked(context, row, async (tx, current) => {
    await tx.run(markExitTold, row.tenant, row.id, event === 'exited' ? on : null);
    const what = event === 'exited' ? '失业登记退出' : '失业登记恢复';
    const text = `${what}：${said}`;
    await recordMatter(tx, context, current, current.state, context.clock.now(), { action: 'tellExit', text });
  });
}

/** One transaction on a part that nobody moved since it was read; moved, it is looked at again. */
async function locked(
  context: Context,
  row: MatterRow,
  work: (tx: Tx, current: MatterRow) => Promise<void>,
): Promise<void> {
  await context.db.transaction(matterActor, async (tx) => {
    const current = await tx.first(lockMatter, row.tenant, row.id);
    if (current?.version === row.version) await work(tx, current);
  });
}
