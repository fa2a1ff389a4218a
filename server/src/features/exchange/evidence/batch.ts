import { divisionName } from '@yingdeng/contract/divisions.ts';
import type { Context } from '../../../context.ts';
import { type Actor, systemActor } from '../../../platform/actor.ts';
import { sm3 } from '../../../platform/crypto.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Answer } from '../../../platform/http.ts';
import { contentText } from '../batch.ts';
import { attemptsOf, type BatchSummary } from '../days.sql.ts';
import { tenantsOf } from '../places.ts';
import { contentOfBatch, findBatch, recordsInBatch } from './evidence.sql.ts';
import { faultsOf } from './faults.ts';

export type Batch = Answer<'getExchangeBatch'>['batch'];
export type Proof = Answer<'checkExchangeBatch'>;

const system = systemActor('exchange-evidence');
const BEGINNING = '00000000-0000-0000-0000-000000000000';

/** Evidence of one batch within the actor's range, with a page of its records. @throws AppError exchange.notFound */
export async function readBatch(
  context: Context,
  actor: Actor,
  id: string,
  page: { after?: string; limit: number },
): Promise<Answer<'getExchangeBatch'>> {
  const row = await batchRow(context, actor, id);
  const after = /^[0-9a-f-]{36}$/.test(page.after ?? '') ? (page.after ?? BEGINNING) : BEGINNING;
  const rows = await context.db.read(actor, (tx) =>
    tx.rows(recordsInBatch, row.tenant, row.business_date, row.id, after, page.limit),
  );
  const last = rows.length >= page.limit ? rows.at(-1) : undefined;
  return {
    batch: await batchOf(context, row),
    records: rows.map((record) => ({
      exitId: record.exit_id,
      serial: record.serial,
      name: record.name ?? '',
      state: record.state,
      faults: faultsOf(record.faults),
    })),
    next: last?.exit_id,
  };
}

/** Recomputes the digest of the content that is kept. @throws AppError exchange.notFound */
export async function checkBatch(context: Context, actor: Actor, id: string): Promise<Proof> {
  const row = await batchRow(context, actor, id);
  const kept = await context.db.read(system, (tx) => tx.first(contentOfBatch, row.tenant, row.id));
  return proofOf(context, row.digest, () => kept && sm3(contentText(context, kept.content_sealed)));
}

/** What a check says of content that was sent or received. Content that cannot be opened any more was changed as well: its seal is broken. */
export function proofOf(
  context: Context,
  kept: Buffer,
  recompute: () => Buffer | undefined,
  came: '上报' | '收到' = '上报',
): Proof {
  let digest: Buffer | undefined;
  try {
    digest = recompute();
  } catch (error) {
    context.log.error({ error: (error as Error).message }, 'kept evidence cannot be opened');
  }
  const same = digest?.equals(kept) === true;
  const message = same
    ? `重新计算的摘要与${came}时一致，保存的就是${came}的内容。`
    : digest
      ? `重新计算的摘要与${came}时不同：保存的内容已被改动。请报告系统管理员。`
      : '保存的内容打不开：封存已被破坏。请报告系统管理员。';
  return {
    kept: kept.toString('hex'),
    recomputed: digest?.toString('hex') ?? '',
    same,
    at: context.clock.now().toISOString(),
    message,
  };
}

async function batchRow(context: Context, actor: Actor, id: string): Promise<BatchSummary> {
  const row = await context.db.read(actor, (tx) => tx.first(findBatch, tenantsOf(context, actor), id));
  if (!row) throw new AppError('exchange.notFound');
  return row;
}

/** A batch as people read it, every attempt in words. */
export async function batchOf(context: Context, row: BatchSummary): Promise<Batch> {
  const attempts = await context.db.read(system, (tx) => tx.rows(attemptsOf, row.tenant, row.id));
  return {
    id: row.id,
    division: row.division,
    divisionName: divisionName(row.division),
    date: row.business_date,
    count: row.count,
    digest: row.digest.toString('hex'),
    state: row.state,
    builtAt: row.built_at.toISOString(),
    ...(row.sent_at ? { sentAt: row.sent_at.toISOString() } : {}),
    ...(row.receipt ? { receipt: row.receipt } : {}),
    ...(row.receipt_at ? { receiptAt: row.receipt_at.toISOString() } : {}),
    attempts: attempts.map(({ at, outcome, detail }) => ({
      at: at.toISOString(),
      outcome,
      text: attemptText(outcome, detail),
    })),
  };
}

const attemptWords: Readonly<Record<string, string>> = {
  sending: '发出',
  received: '收到回执',
  receiptFound: '查到回执',
  silent: '没有应答',
  refused: '整批被拒',
  written: '写成文件',
  notWritten: '没有写出',
  damaged: '文件在途中损坏，重新写出',
  givenUp: '发出前撤下：批内有人登记已恢复',
};

function attemptText(outcome: string, detail: Readonly<Record<string, unknown>>): string {
  const said = attemptWords[outcome] ?? outcome;
  if (typeof detail.receipt === 'string') {
    return `${said}${detail.receipt}：接收${Number(detail.accepted)}条，退回${Number(detail.returned)}条`;
  }
  if (outcome === 'sending') return `${said}${Number(detail.count)}条`;
  return typeof detail.message === 'string' && detail.message !== '' ? `${said}：${detail.message}` : said;
}
