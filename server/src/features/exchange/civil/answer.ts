import {
  type CivilRecipient,
  type CivilResult,
  civilAnswerColumns,
  readCivilAnswer,
} from '@yingdeng/rules/exchange/civil.ts';
import type { Context } from '../../../context.ts';
import { businessDate } from '../../../platform/clock.ts';
import { sm3 } from '../../../platform/crypto.ts';
import type { Tx } from '../../../platform/database.ts';
import { AppError } from '../../../platform/errors.ts';
import { personKey } from '../../../platform/identity.ts';
import { takeOutcome } from '../../bundle/index.ts';
import type { Line, Whole } from '../files/inbox.ts';
import { readRows, Unusable } from '../files/receipt-file.ts';
import {
  answerRead,
  type CivilFileRow,
  civilFile,
  endAllowance,
  fileAnswered,
  markAllowance,
  putAnswer,
  registrantsByHash,
} from './civil.sql.ts';
import { actor, type CivilContent } from './form.ts';

/** Numbers looked up in one statement. */
const PAGE = 1_000;

/** Answers of civil affairs. They name everybody who draws the allowance, so that the file is not kept once it is read. */
export const civilLine: Line = { name: 'civil', kinds: ['civil-answer'], apply: applyCivilAnswer, archives: false };

type Faults = { line: number; text: string }[];

/**
 * Applies an answer, once (M79-5b): each referral gets its result, and registrants who draw the allowance are marked; of nobody else anything is
 * kept. A row that cannot be used is listed and stops none of the others. Results first, each in a transaction of its own, the answer's own row last:
 * what is cut off is done again and changes nothing.
 * @throws Unusable when it is for no file of ours or for other bytes
 */
async function applyCivilAnswer(context: Context, whole: Whole): Promise<'applied' | 'repeated'> {
  const { manifest, bytes } = whole;
  const { batch, receipt, receivedAt, result, of } = manifest;
  const tenant = manifest.division.slice(0, 4);
  const [file, before] = await context.db.read(actor, (tx) =>
    Promise.all([tx.first(civilFile, tenant, batch), tx.first(answerRead, tenant, receipt ?? '')]),
  );
  if (!file || file.division !== manifest.division) throw new Unusable(`不是给本系统的：没有发出过批次${batch}的文件`);
  if (!receipt || !receivedAt || !result || !of) throw new Unusable('摘要文件缺少答复号、时间、结果或原文件摘要');
  if (of !== file.digest.toString('hex')) throw new Unusable(`批次${batch}的答复针对另一个文件：摘要不同`);
  const digest = sm3(bytes);
  if (before) {
    if (before.batch_id === batch && before.digest.equals(digest)) return 'repeated';
    throw new Unusable(`答复号${receipt}已经用过，内容不同`);
  }
  const rows = readRows(manifest, bytes, civilAnswerColumns);
  const refusedFor = result === 'refused' ? (rows[0]?.reason.trim() ?? '') : '';
  if (result === 'refused' && refusedFor === '') throw new Unusable('整份退回的答复没有说明原因');
  const today = businessDate(context.clock.now());
  const sent = context.crypto.open<CivilContent>(file.content_sealed).rows;
  const read = result === 'refused' ? { results: [], recipients: [], faults: [] } : readCivilAnswer(rows, sent, today);
  const faults: Faults = [...read.faults];
  const settled = await settle(context, read.results, receipt, faults);
  const asked = sent.filter(({ kind }) => kind === 'referral').length;
  const pending = asked - read.results.filter((one) => one.result !== 'pending').length;
  const hasList = manifest.recipients === 'complete' && result === 'received';
  const kept = { results: read.results, file, receipt, receivedAt, result, refusedFor, digest, settled, pending };
  return context.db.transaction(actor, async (tx) => {
    const list = await markRecipients(context, tx, file, { recipients: read.recipients, hasList, today }, faults);
    return (await keep(context, tx, { ...kept, hasList, list, count: read.recipients.length, faults }))
      ? 'applied'
      : 'repeated';
  });
}

async function settle(
  context: Context,
  results: readonly CivilResult[],
  receipt: string,
  faults: Faults,
): Promise<number> {
  let settled = 0;
  for (const one of results) {
    if (one.result === 'pending') continue;
    const base = { position: receipt, number: receipt, key: one.reference };
    const notice =
      one.result === 'accepted'
        ? { ...base, kind: 'accepted' as const, from: one.from, text: '' }
        : { ...base, kind: 'refused' as const, reason: one.reason };
    try {
      await takeOutcome(context, 'civil', notice);
      settled += 1;
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      // Taken back meanwhile, or decided otherwise before.
      faults.push({ line: 0, text: `转介${one.reference}：${error.message}` });
    }
  }
  return settled;
}

interface ListGiven {
  readonly recipients: readonly CivilRecipient[];
  readonly hasList: boolean;
  readonly today: string;
}

/** Marks registrants of the list; a name that differs is somebody's slip and is looked into by a person. */
async function markRecipients(
  context: Context,
  tx: Tx,
  { division }: CivilFileRow,
  { recipients, hasList, today }: ListGiven,
  faults: Faults,
): Promise<{ id: string; from: string }[]> {
  const tenant = division.slice(0, 4);
  const marked: { id: string; from: string }[] = [];
  for (let at = 0; at < recipients.length; at += PAGE) {
    const page = recipients.slice(at, at + PAGE);
    const byHash = new Map(page.map((one) => [personKey(context.crypto, one.idNumber).hash.toString('hex'), one]));
    const hashes = [...byHash.keys()].map((hex) => Buffer.from(hex, 'hex'));
    for (const found of await tx.rows(registrantsByHash, tenant, hashes)) {
      const one = byHash.get(found.id_hash.toString('hex'));
      if (!one) continue;
      if (one.name !== found.name) faults.push({ line: one.line, text: 'name：与失业登记的姓名不同，没有记下' });
      else marked.push({ id: found.id, from: one.from });
    }
  }
  const ids = marked.map(({ id }) => id);
  if (hasList) await tx.rows(endAllowance, division, ids, today);
  const from = marked.map((one) => one.from);
  if (ids.length > 0) await tx.run(markAllowance, tenant, ids, from, today, division);
  return marked;
}

interface Kept {
  readonly file: CivilFileRow;
  readonly receipt: string;
  readonly receivedAt: string;
  readonly result: 'received' | 'refused';
  readonly refusedFor: string;
  readonly digest: Buffer;
  readonly results: readonly CivilResult[];
  readonly settled: number;
  readonly pending: number;
  readonly hasList: boolean;
  readonly list: readonly { id: string; from: string }[];
  readonly count: number;
  readonly faults: Faults;
}

/** @returns false when another run was first */
async function keep(context: Context, tx: Tx, given: Kept): Promise<boolean> {
  const { file, receipt } = given;
  const tenant = file.division.slice(0, 4);
  const now = context.clock.now();
  await tx.run(fileAnswered, tenant, file.batch_id, receipt, now);
  const content = context.crypto.seal({ results: given.results, recipients: given.list });
  const row = await tx.first(
    putAnswer,
    tenant,
    receipt,
    file.batch_id,
    file.division,
    given.result,
    given.refusedFor,
    given.digest,
    given.receivedAt,
    now,
    given.settled,
    given.pending,
    given.hasList,
    given.count,
    given.list.length,
    JSON.stringify(given.faults),
    content,
  );
  return row !== undefined;
}
