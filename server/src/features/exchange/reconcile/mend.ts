import { type Mend, wordsOf } from '@yingdeng/rules/exchange/differences.ts';
import type { ExitRecord } from '@yingdeng/rules/exit-record/index.ts';
import type { Context } from '../../../context.ts';
import { type Actor, systemActor } from '../../../platform/actor.ts';
import { audit } from '../../../platform/audit.ts';
import { sm3, tenantOfId } from '../../../platform/crypto.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Answer } from '../../../platform/http.ts';
import { contentText } from '../batch.ts';
import { countiesByTenant } from '../places.ts';
import { recordText } from '../record.ts';
import { uploadExits } from '../send.ts';
import { getTransport } from '../transport.ts';
import { contentOf } from './compare.sql.ts';
import { type DifferenceRow, differenceById } from './list.sql.ts';
import { differenceOf } from './list.ts';
import { putAct, sendAgain, takeSent } from './mend.sql.ts';
import { reconcile } from './reconcile.ts';

const system = systemActor('reconcile');

/**
 * Does what was proposed for a difference, within the actor's range, and compares its day anew: the record is made and sent, or sent
 * again under its own number; the receipt is asked for; our record becomes what was sent; or a person has told the platform's
 * operator, with a note of whom and how. Each act is in the audit. Safe to repeat.
 * @throws AppError request.notFound, exchange.notMendable, exchange.notConfigured
 */
export async function mendDifference(
  context: Context,
  actor: Actor,
  id: string,
  wish: { mend: Mend; note: string },
): Promise<Answer<'mendDifference'>> {
  const tenant = tenantOfId(id);
  const row = await find(context, actor, tenant, id);
  const { mend } = wordsOf(row.kind, { sentIsTheirs: row.detail.sentIsTheirs === true });
  if (row.state === 'solved') throw new AppError('exchange.notMendable', { why: '这条差异已经消除，请刷新。' });
  // Telling the operator is always possible: a program's mend may have been tried in vain.
  if (wish.mend !== mend && wish.mend !== 'tell') {
    throw new AppError('exchange.notMendable', { why: '这条差异的情况已变化，请刷新后再处理。' });
  }
  if (wish.mend === 'tell' && wish.note.trim().length < 2) {
    throw new AppError('exchange.notMendable', { why: '请写明告知了谁、怎样告知。' });
  }
  if (wish.mend !== 'tell') getTransport(context);
  await record(context, actor, row, wish);
  if (wish.mend === 'tell') {
    return { difference: differenceOf(context, await find(context, actor, tenant, id)), message: '已记录告知情况。' };
  }
  if (wish.mend === 'takeSent') await takeBack(context, row);
  else await sendDay(context, row);
  const range = rangeOf(context, row);
  const { business_date: date } = row;
  await reconcile(context, { from: date, to: date, ...(range ? { range } : {}) });
  const after = await find(context, actor, tenant, id);
  const message = after.state === 'solved' ? '已处理，重新对账一致。' : '已处理，重新对账仍有差异，请看最新情况。';
  return { difference: differenceOf(context, after), message };
}

async function find(context: Context, actor: Actor, tenant: string, id: string): Promise<DifferenceRow> {
  const row = await context.db.read(actor, (tx) => tx.first(differenceById, tenant, id));
  if (!row) throw new AppError('request.notFound');
  return row;
}

/** The act is written before it is done: what a kill leaves half done is seen with who began it. */
async function record(
  context: Context,
  actor: Actor,
  row: DifferenceRow,
  { mend, note }: { mend: Mend; note: string },
): Promise<void> {
  const now = context.clock.now();
  const state = mend === 'tell' ? 'told' : row.state;
  await context.db.transaction(actor, async (tx) => {
    const put = await tx.first(putAct, row.tenant, row.id, now, actor.id, actor.name, mend, note.trim(), state);
    if (!put) throw new AppError('exchange.notMendable', { why: '这条差异已经消除，请刷新。' });
    if (mend === 'send' && row.exit_id) await tx.run(sendAgain, row.tenant, row.exit_id);
    await audit(tx, context.crypto, now, {
      tenant: row.tenant,
      office: row.office,
      action: 'exchange.mend',
      subjectKind: 'exchangeDifference',
      subjectId: row.id,
      reason: note.trim(),
      detail: { kind: row.kind, mend, date: row.business_date, division: row.division, serial: row.serial },
    });
  });
}

/** Offices whose exits are uploaded with this one; nothing when its county has no institution of its own. */
function rangeOf(context: Context, row: DifferenceRow): { lo: string; hi: string } | undefined {
  const county = row.office.slice(0, 6);
  const range = { lo: county, hi: `${county}:` };
  return countiesByTenant(context, range).size > 0 ? range : undefined;
}

async function sendDay(context: Context, row: DifferenceRow): Promise<void> {
  const range = rangeOf(context, row);
  await uploadExits(context, row.business_date, { range });
}

/** Our record becomes what the batch holds under its serial: what was sent, and what the platform has. */
async function takeBack(context: Context, row: DifferenceRow): Promise<void> {
  const { batch, theirs } = row.detail;
  const { exit_id: exit } = row;
  if (typeof batch !== 'string' || !exit) throw new AppError('exchange.notMendable', { why: '没有已上报内容的凭据。' });
  const kept = await context.db.read(system, (tx) => tx.first(contentOf, row.tenant, batch));
  const records = kept ? (JSON.parse(contentText(context, kept.content_sealed)) as ExitRecord[]) : [];
  const sent = records.find(({ AAZ341 }) => AAZ341 === row.serial);
  const digest = sent && sm3(recordText(sent));
  if (!sent || digest?.toString('hex') !== theirs) {
    throw new AppError('exchange.notMendable', { why: '已上报的内容与平台保存的不同，请告知平台运行方。' });
  }
  await context.db.transaction(system, (tx) => tx.run(takeSent, row.tenant, exit, batch, digest));
}
