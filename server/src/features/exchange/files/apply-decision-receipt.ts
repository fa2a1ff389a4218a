import { z } from 'zod';
import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { sm3 } from '../../../platform/crypto.ts';
import { settleDecisions } from '../decisions/decisions.sql.ts';
import { noteDecisions } from '../decisions/send.ts';
import type { Applied } from './apply-receipt.ts';
import type { FiledDecision } from './decision-file.ts';
import { decisionFile, receiveDecisionFile } from './decision-files.sql.ts';
import { fileToWriteAgain } from './files.sql.ts';
import type { Manifest } from './manifest.ts';
import { readRows, Unusable } from './receipt-file.ts';
import { closeFile } from './write-decisions.ts';

const columns = ['item', 'result', 'check', 'field', 'message'] as const;
const result = z.enum(['accepted', 'returned']);
const actor = systemActor('exchange-files');

interface Outcome {
  readonly result: 'accepted' | 'returned';
  readonly faults: { check: string; field: string; message: string }[];
}

/** Applies the receipt of a file of decisions, once (M79-7a). @throws Unusable */
export async function applyDecisionReceipt(context: Context, manifest: Manifest, bytes: Buffer): Promise<Applied> {
  const tenant = manifest.division.slice(0, 4);
  const { batch, receipt, of } = manifest;
  const file = await context.db.read(actor, (tx) => tx.first(decisionFile, tenant, batch));
  if (!file) throw new Unusable(`不是给本系统的：没有发出过批次${batch}的文件`);
  const rows = readRows(manifest, bytes, columns);
  if (!receipt || !of || !manifest.result) throw new Unusable('摘要文件缺少回执号、结果或原文件摘要');
  if (file.receipt === receipt || file.state === 'closed') return 'repeated';
  const damaged = manifest.result === 'refused' && rows[0]?.check === 'digest';
  if (!damaged && of !== file.digest.toString('hex')) {
    throw new Unusable(`批次${batch}的回执针对另一个文件：其中的摘要与本系统发出的不同`);
  }
  if (file.receipt) throw new Unusable(`批次${batch}已有另一个回执${file.receipt}`);
  if (manifest.result === 'refused') {
    if (damaged) await context.db.transaction(actor, (tx) => tx.run(fileToWriteAgain, tenant, batch));
    else await closeFile(context, tenant, batch);
    return 'applied';
  }
  const decisions = context.crypto.open<FiledDecision[]>(file.content_sealed);
  const outcomes = outcomesOf(batch, rows, decisions.length);
  return (await settle(context, tenant, batch, receipt, decisions, outcomes)) ? 'applied' : 'repeated';
}

function outcomesOf(
  batch: string,
  rows: readonly Readonly<Record<(typeof columns)[number], string>>[],
  count: number,
): Outcome[] {
  const outcomes = new Map<number, Outcome>();
  for (const row of rows) {
    const read = result.safeParse(row.result);
    const item = /^\d{1,6}$/.test(row.item) ? Number(row.item) : 0;
    if (!read.success || item < 1 || item > count) throw new Unusable(`批次${batch}的回执中有不能识别的行`);
    const before = outcomes.get(item);
    if (before && before.result !== read.data) throw new Unusable('回执中同一条数据有两种结果');
    const outcome = before ?? { result: read.data, faults: [] };
    if (read.data === 'returned') {
      outcome.faults.push({ check: row.check, field: row.field, message: row.message });
    }
    outcomes.set(item, outcome);
  }
  if (outcomes.size < count) throw new Unusable(`批次${batch}的回执不完整：应答复${count}条，只有${outcomes.size}条`);
  return Array.from({ length: count }, (_, n) => outcomes.get(n + 1)!);
}

/** @returns false when another run was first */
async function settle(
  context: Context,
  tenant: string,
  batch: string,
  receipt: string,
  decisions: readonly FiledDecision[],
  outcomes: readonly Outcome[],
): Promise<boolean> {
  const now = context.clock.now();
  const texts = decisions.map(({ item }) => JSON.stringify(item));
  const first = await context.db.transaction(actor, async (tx) => {
    if (!(await tx.first(receiveDecisionFile, tenant, batch, receipt, now))) return false;
    await tx.run(
      settleDecisions,
      now,
      decisions.map(() => tenant),
      decisions.map(({ id }) => id),
      outcomes.map((one) => one.result),
      outcomes.map(({ faults }) => JSON.stringify(faults)),
      texts.map((text) => context.crypto.seal(text)),
      texts.map((text) => sm3(text)),
      decisions.map(() => receipt),
    );
    return true;
  });
  if (first) {
    await noteDecisions(
      context,
      decisions.map(({ id }) => ({ tenant, id })),
      (at) => [
        outcomes[at]!.result,
        { receipt, file: batch, ...(outcomes[at]!.faults.length > 0 ? { faults: outcomes[at]!.faults } : {}) },
      ],
    );
  }
  return first;
}
