import { checkOutcome, type MatterOutcome } from '@yingdeng/rules/one-matter.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { lineName } from '../../platform/outside-line.ts';
import { lockMatter, type MatterRow, markStopped, matterByNumber, recordMatter } from '../matter/index.ts';
import { caseWentTo, findCase } from './bundle.sql.ts';
import { decide } from './commands.ts';
import { takeHandover } from './intake.ts';
import { type System, systems } from './lines.ts';
import type { Notice } from './outside.ts';

/**
 * Takes notices in, each in a transaction of its own. They may come twice or late: what was taken in before changes nothing. A notice that
 * fits nothing is passed over, and said in the log by its number.
 */
export async function takeNotices(context: Context, system: System, notices: readonly Notice[]): Promise<void> {
  for (const one of notices) {
    try {
      if (one.kind === 'applied') await takeHandover(context, one);
      else await takeOutcome(context, system, one);
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      context.log.warn({ system, kind: one.kind, position: one.position, code: error.code }, 'notice passed over');
    }
  }
}

/**
 * What the other side says of one part: an outcome or a stop, once.
 * @throws AppError request.notFound, matter.faulty, matter.notAllowed when the person has taken it back
 */
export async function takeOutcome(
  context: Context,
  system: System,
  notice: Exclude<Notice, { kind: 'applied' }>,
): Promise<void> {
  const actor = { ...systemActor('matters'), name: lineName(system) };
  await context.db.transaction(actor, async (tx) => {
    const named = await matterOf(tx, system, notice);
    const row = named && (await whereItWent(tx, named));
    const file = row && (await tx.first(findCase, row.tenant, row.application_id));
    if (!row || !file) throw new AppError('request.notFound');
    const now = context.clock.now();
    if (notice.kind === 'stopped') return stop(context, tx, row, notice, now);
    const given: MatterOutcome =
      notice.kind === 'refused'
        ? { outcome: 'refused', text: notice.reason.trim() || '对方没有说明原因' }
        : { ...notice, outcome: 'accepted', text: notice.text.trim() };
    // The same outcome again.
    if (row.state === given.outcome) return;
    const fault = checkOutcome(row.kind, given);
    if (isRefusal(fault)) throw new AppError(fault.code, { why: fault.message });
    await decide(context, tx, { row, file }, given, now);
  });
}

async function matterOf(tx: Tx, system: System, notice: Notice): Promise<MatterRow | undefined> {
  const { key, number } = notice;
  if (key && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key)) {
    const row = await tx.first(lockMatter, tenantOfId(key), key);
    return row?.kind === systems[system].kind ? row : undefined;
  }
  // The number begins with the six digits of the place where it was given.
  const tenant = number.slice(0, 4);
  const found = await tx.first(matterByNumber, tenant, systems[system].kind, number);
  return found && tx.first(lockMatter, tenant, found.id);
}

/** A part whose case went on in another city has gone along under the same number of the other side. */
async function whereItWent(tx: Tx, row: MatterRow): Promise<MatterRow> {
  const { external_number: number, kind } = row;
  const went = number ? await tx.first(caseWentTo, row.tenant, row.application_id) : undefined;
  if (!went?.id || !number) return row;
  const tenant = tenantOfId(went.id);
  const there = await tx.first(matterByNumber, tenant, kind, number);
  return (there && (await tx.first(lockMatter, tenant, there.id))) ?? row;
}

/** A benefit stopped: shown, and looked into by the office. It is no exit and proposes none (domain §5.1, M79-4b). */
async function stop(
  context: Context,
  tx: Tx,
  row: MatterRow,
  notice: { on: string; reason: string },
  now: Date,
): Promise<void> {
  const reason = notice.reason.trim() || '对方没有说明原因';
  const written = await tx.run(markStopped, row.tenant, row.id, notice.on, reason, businessDate(now));
  if (written === 0) return;
  await recordMatter(tx, context, row, row.state, now, { action: 'stop', text: `${notice.on}起停发：${reason}` });
}
