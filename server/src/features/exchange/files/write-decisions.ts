import { uncarried } from '@yingdeng/rules/exit-record/index.ts';
import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { businessDate } from '../../../platform/clock.ts';
import { sm3 } from '../../../platform/crypto.ts';
import { disk } from '../../../platform/disk.ts';
import type { TextEncoding } from '../../../platform/text-encoding.ts';
import { decisionsForFile, settleDecisions } from '../decisions/decisions.sql.ts';
import { answerJoined, decisionItem } from '../decisions/send.ts';
import { tenantsOf } from '../places.ts';
import { PlatformRefused } from '../platform-client.ts';
import { decisionFileBytes, type FiledDecision } from './decision-file.ts';
import {
  bindDecisions,
  closeDecisionFile,
  countFiles,
  decisionFilesToWrite,
  lockFiles,
  releaseDecisions,
} from './decision-files.sql.ts';
import { putWholeFile } from './files.sql.ts';
import { foldersIn } from './folders.ts';
import { type FileKey, readStem, stemOf } from './names.ts';
import { putPair } from './outbox.ts';
import { LOST_AFTER_MS, prepareOutbox } from './outbox-folder.ts';

/** Decisions of one file at most. */
const FILE = 500;
/** So long a decision waits for others to share its file: at once, as far as files are carried (M79-7a). */
const GATHER_MS = 10 * 60_000;
const actor = systemActor('decisions');

/**
 * Writes decisions as files, city by city, where files are the transport. What each file says is kept before it is written; a
 * decision whose words no file can carry comes back to its office by itself. @returns how many decisions went into a file.
 * @throws DiskTrouble
 */
export async function writeDecisionFiles(
  context: Context,
  { folder, encoding }: { folder: string; encoding: TextEncoding },
): Promise<number> {
  const { outbox } = foldersIn(folder);
  await answerJoined(context);
  let filed = 0;
  for (const tenant of tenantsOf(context)) {
    filed += await formFile(context, tenant, encoding);
    await writeFiles(context, tenant, outbox);
  }
  return filed;
}

async function formFile(context: Context, tenant: string, encoding: TextEncoding): Promise<number> {
  const now = context.clock.now();
  return context.db.transaction(actor, async (tx) => {
    await tx.run(lockFiles, `decisions:${tenant}`);
    const rows = await tx.rows(decisionsForFile, tenant, FILE);
    const oldest = rows[0]?.decided_at;
    if (!oldest || (rows.length < FILE && now.getTime() - oldest.getTime() < GATHER_MS)) return 0;
    const decisions = rows.map((row): FiledDecision => ({ id: row.id, item: decisionItem(row) }));
    const going = decisions.filter(({ item }) => uncarried(item.reason ?? '').length === 0);
    const held = decisions.filter((one) => !going.includes(one));
    if (held.length > 0) await tx.run(settleDecisions, now, ...returned(context, tenant, held));
    if (going.length === 0) return 0;
    const date = businessDate(now);
    const first: FileKey = { kind: 'decisions', division: `${tenant}00`, date, sequence: 1 };
    const prefix = stemOf(first).slice(0, -4);
    const counted = await tx.first(countFiles, tenant, prefix, `${prefix}:`);
    const key = { ...first, sequence: (counted?.files ?? 0) + 1 };
    const batch = `${key.division}-${date.replaceAll('-', '')}-${String(key.sequence).padStart(4, '0')}`;
    const bytes = decisionFileBytes(going, encoding);
    const content = context.crypto.seal(going);
    const name = `${stemOf(key)}.csv`;
    const size = bytes.length;
    void tx.run(
      putWholeFile,
      tenant,
      name,
      key.division,
      batch,
      encoding,
      size,
      sm3(bytes),
      now,
      going.length,
      content,
      'decisions',
    );
    await tx.run(
      bindDecisions,
      tenant,
      batch,
      going.map(({ id }) => id),
    );
    return going.length;
  });
}

/** A decision that goes back to its office: its words have to be written with other characters. */
function returned(context: Context, tenant: string, held: readonly FiledDecision[]) {
  const texts = held.map(({ item }) => JSON.stringify(item));
  const faults = held.map(({ item }) => {
    const list = uncarried(item.reason ?? '').map(({ position, codePoint }) => `第${position}个字符${codePoint}`);
    const message = `理由中有文件无法传送的字符（${list.join('、')}），请用标准字重写`;
    return JSON.stringify([{ check: 'reason-unmappable', field: 'reason', message }]);
  });
  return [
    held.map(() => tenant),
    held.map(({ id }) => id),
    held.map(() => 'returned'),
    faults,
    texts.map((text) => context.crypto.seal(text)),
    texts.map((text) => sm3(text)),
    held.map(() => null),
  ] as const;
}

async function writeFiles(context: Context, tenant: string, outbox: string): Promise<void> {
  const lostBefore = new Date(context.clock.now().getTime() - LOST_AFTER_MS);
  const files = await context.db.read(actor, (tx) => tx.rows(decisionFilesToWrite, tenant, lostBefore));
  if (files.length === 0) return;
  await prepareOutbox(outbox);
  for (const { name, division, batch_id: id, encoding, digest, count, content_sealed } of files) {
    const stem = name.slice(0, -'.csv'.length);
    const date = readStem(stem)?.date ?? '';
    const content = decisionFileBytes(context.crypto.open<FiledDecision[]>(content_sealed), encoding);
    try {
      if (!sm3(content).equals(digest)) throw new PlatformRefused(409, 'file-changed', `${name} 已按旧的格式写过`);
      const pair = { stem, kind: 'decisions', count, encoding, content } as const;
      await putPair(context, disk, outbox, { id, division, date }, pair);
    } catch (error) {
      if (!(error instanceof PlatformRefused)) throw error;
      context.log.error({ file: name, reason: error.message }, 'exchange file not written');
      await closeFile(context, tenant, id);
    }
  }
}

/** Nothing of a file was kept: what was in it goes in the next one. */
export async function closeFile(context: Context, tenant: string, batch: string): Promise<void> {
  await context.db.transaction(actor, async (tx) => {
    void tx.run(closeDecisionFile, tenant, batch);
    await tx.run(releaseDecisions, tenant, batch);
  });
}
