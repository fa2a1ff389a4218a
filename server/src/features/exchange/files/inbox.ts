import { join } from 'node:path';
import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { sm3 } from '../../../platform/crypto.ts';
import { type Disk, errorCode } from '../../../platform/disk.ts';
import { DiskTrouble, isUnfinished, moveFile } from '../../../platform/put-file.ts';
import { takeApplications } from './applications.ts';
import { applyDecisionReceipt } from './apply-decision-receipt.ts';
import { type Applied, applyExitReceipt } from './apply-receipt.ts';
import { applyRegistrationReceipt } from './apply-registration-receipt.ts';
import { clearAside, firstSeen, forgetArriving, settleIncoming } from './files.sql.ts';
import type { Folders } from './folders.ts';
import { type Manifest, ManifestFault, readManifest } from './manifest.ts';
import { type FileKind, readStem } from './names.ts';
import { Unusable } from './receipt-file.ts';

/** A file may take so long to arrive; what is not whole then will not be. */
export const ARRIVING_MS = 15 * 60_000;
/** Larger than any file of the exchange: a thousand items with all their faults are some hundred kilobytes. */
const LARGEST = 64 * 1024 * 1024;
const actor = systemActor('exchange-files');

/** Where files come in, and where they go; without the others they stay where they are, as on a disk that is only read. */
export type Incoming = Pick<Folders, 'inbox'> & Partial<Pick<Folders, 'archive' | 'aside'>>;

/** Whose files lie in an inbox, and what is done with one that is whole. */
export interface Line {
  readonly name: 'platform' | 'civil';
  /** What comes in on it. */
  readonly kinds: readonly FileKind[];
  /** Applies a file, once. @throws Unusable */
  apply(context: Context, whole: Whole): Promise<Applied>;
  /** Applied files go to the archive; without it they are removed, because they name people who are nothing to us. */
  readonly archives: boolean;
}

/** Receipts and applications of the national platform. */
export const platformLine: Line = {
  name: 'platform',
  kinds: ['applications', 'exits-receipt', 'decisions-receipt', 'registrations-receipt'],
  apply: applyPlatformFile,
  archives: true,
};

export interface ReceiveOptions {
  /** How long half a delivery may wait for its other half. */
  readonly patienceMs: number;
  /** Files with other names: somebody's own files in a folder that was only lent, or something that got into the inbox by mistake. */
  readonly strangers: 'leave' | 'aside';
  readonly line?: Line;
}

/** What became of the files of an inbox. */
export interface Received {
  readonly applied: number;
  readonly repeated: number;
  readonly aside: number;
  readonly arriving: number;
  readonly files: readonly { name: string; state: State; reason: string }[];
}
type State = Applied | 'aside' | 'arriving';

/** Not whole so far: set aside only when it has been so for a while. */
class NotWhole extends Error {}

/** The parts of one delivery that were found, each with the folder it lies in. */
interface Found {
  readonly stem: string;
  readonly parts: readonly { name: string; folder: string }[];
}

/**
 * Takes in what lies in a folder: a receipt that is whole is applied once and moved to the archive; what is damaged, foreign or half
 * is set aside with its reason. First the database, then the move: whoever is cut off between them meets the same file again, and
 * it changes nothing. @throws DiskTrouble
 */
export async function receiveFiles(
  context: Context,
  disk: Disk,
  folders: Incoming,
  options: ReceiveOptions,
): Promise<Received> {
  const files: { name: string; state: State; reason: string }[] = [];
  const names = await list(disk, folders.inbox);
  const stems = [...new Set(names.map(stemOfName))];
  const { line = platformLine } = options;
  const comesIn = (stem: string) => {
    const kind = readStem(stem)?.kind;
    return kind !== undefined && line.kinds.includes(kind);
  };
  for (const stem of options.strangers === 'leave' ? stems.filter(comesIn) : stems) {
    const found = await findParts(disk, folders, stem, names);
    files.push({
      name: stem,
      ...(await takeIn(context, disk, folders, found, { line, patienceMs: options.patienceMs })),
    });
  }
  const count = (state: State) => files.filter((file) => file.state === state).length;
  return {
    applied: count('applied'),
    repeated: count('repeated'),
    aside: count('aside'),
    arriving: count('arriving'),
    files,
  };
}

/** Forgets what is no longer arriving, and what somebody has taken out of the folder of files set aside. @throws DiskTrouble */
export async function tidyIncoming(
  context: Context,
  disk: Disk,
  aside: string,
  received: Received,
  line: Line = platformLine,
): Promise<void> {
  const arriving = received.files.filter(({ state }) => state === 'arriving').map(({ name }) => name);
  const still = [...new Set((await list(disk, aside)).map(stemOfName))];
  const now = context.clock.now();
  await context.db.transaction(actor, async (tx) => {
    void tx.run(forgetArriving, line.name, arriving);
    await tx.run(clearAside, line.name, still, now, new Date(now.getTime() - 60_000));
  });
}

async function list(disk: Disk, folder: string): Promise<string[]> {
  try {
    const files: string[] = [];
    for (const name of await disk.list(folder)) {
      if (!isUnfinished(name) && !name.startsWith('.') && !(await disk.stat(join(folder, name))).isFolder)
        files.push(name);
    }
    return files;
  } catch (error) {
    throw new DiskTrouble(error, folder);
  }
}

/** A file and its digest file have one stem; any other file is its own. */
function stemOfName(name: string): string {
  return /\.(csv|sm3)$/.test(name) ? name.slice(0, -4) : name;
}

/** A part that is not in the inbox may have been moved before a run was killed, or have come alone earlier and been set aside. */
async function findParts(disk: Disk, folders: Incoming, stem: string, names: readonly string[]): Promise<Found> {
  if (!readStem(stem))
    return {
      stem,
      parts: names.filter((name) => stemOfName(name) === stem).map((name) => ({ name, folder: folders.inbox })),
    };
  const parts: { name: string; folder: string }[] = [];
  for (const name of [`${stem}.csv`, `${stem}.sm3`]) {
    if (names.includes(name)) {
      parts.push({ name, folder: folders.inbox });
      continue;
    }
    for (const folder of [folders.aside, folders.archive]) {
      if (folder === undefined || !(await isThere(disk, join(folder, name)))) continue;
      parts.push({ name, folder });
      break;
    }
  }
  return { stem, parts };
}

async function isThere(disk: Disk, path: string): Promise<boolean> {
  try {
    await disk.stat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw new DiskTrouble(error, path);
  }
}

async function takeIn(
  context: Context,
  disk: Disk,
  folders: Incoming,
  found: Found,
  { line, patienceMs }: { line: Line; patienceMs: number },
): Promise<{ state: State; reason: string }> {
  const now = context.clock.now();
  const contents = await readParts(disk, found);
  const key = sm3(found.stem, '\0', ...contents.map((bytes) => sm3(bytes))).toString('hex');
  let manifest: Manifest | undefined;
  let outcome: { state: Applied | 'aside'; reason: string };
  try {
    const whole = readWhole(found, contents);
    manifest = whole.manifest;
    if (!line.kinds.includes(whole.kind)) throw new Unusable('这是上报文件，不是回执');
    outcome = { state: await line.apply(context, whole), reason: '' };
  } catch (error) {
    if (!(error instanceof NotWhole || error instanceof Unusable)) throw error;
    if (error instanceof NotWhole && (await mayStillCome(context, found.stem, error.message, { line, patienceMs }))) {
      return { state: 'arriving', reason: error.message };
    }
    outcome = { state: 'aside', reason: error.message };
  }
  const { state, reason } = outcome;
  await context.db.transaction(actor, (tx) =>
    tx.run(
      settleIncoming,
      key,
      found.stem,
      now,
      state,
      reason,
      manifest?.batch ?? null,
      manifest?.receipt ?? null,
      line.name,
    ),
  );
  if (state === 'aside') context.log.warn({ file: found.stem, reason }, 'exchange file set aside');
  else context.log.info({ batch: manifest?.batch, receipt: manifest?.receipt, state }, 'exchange file taken in');
  if (state !== 'aside' && !line.archives) await removeParts(disk, found);
  else {
    const to = state === 'aside' ? folders.aside : folders.archive;
    if (to !== undefined) await move(disk, found, to, key);
  }
  return outcome;
}

/** Every part goes to the one folder; one of other content that lies there already keeps its name. */
async function move(disk: Disk, { parts }: Found, folder: string, key: string): Promise<void> {
  for (const part of parts) {
    if (part.folder === folder) continue;
    await moveFile(disk, join(part.folder, part.name), folder, part.name, `${part.name}.${key.slice(0, 8)}`);
  }
}

async function removeParts(disk: Disk, { parts }: Found): Promise<void> {
  try {
    for (const { name, folder } of parts) await disk.remove(join(folder, name));
  } catch (error) {
    throw new DiskTrouble(error, parts[0]?.name ?? '');
  }
}

async function readParts(disk: Disk, { parts }: Found): Promise<Buffer[]> {
  const contents: Buffer[] = [];
  for (const { name, folder } of parts) {
    try {
      const { size } = await disk.stat(join(folder, name));
      // Of a file that is too large only its length is of interest.
      contents.push(size > LARGEST ? Buffer.from(`${size}`) : await disk.read(join(folder, name)));
    } catch (error) {
      throw new DiskTrouble(error, name);
    }
  }
  return contents;
}

/** A file that is whole: its digest file fits its bytes. */
export interface Whole {
  readonly kind: FileKind;
  readonly manifest: Manifest;
  readonly bytes: Buffer;
}

/** @throws NotWhole, Unusable */
function readWhole({ stem, parts }: Found, contents: readonly Buffer[]): Whole {
  const key = readStem(stem);
  if (!key) throw new NotWhole('不是约定的文件名');
  const part = (ending: string) => contents[parts.findIndex(({ name }) => name.endsWith(ending))];
  const bytes = part('.csv');
  const digestFile = part('.sm3');
  if (!bytes) throw new NotWhole('只有摘要文件，没有数据文件');
  if (!digestFile) throw new NotWhole('只有数据文件，没有摘要文件');
  const manifest = readOrSay(digestFile);
  if (manifest.file !== `${stem}.csv` || manifest.kind !== key.kind) throw new Unusable('摘要文件说的是另一个文件');
  if (bytes.length < manifest.bytes) {
    throw new NotWhole(`文件不完整：应有${manifest.bytes}字节，只有${bytes.length}字节`);
  }
  if (sm3(bytes).toString('hex') !== manifest.sm3) throw new NotWhole('文件已损坏：内容与摘要不符');
  return { kind: key.kind, manifest, bytes };
}

function readOrSay(bytes: Buffer): Manifest {
  try {
    return readManifest(bytes);
  } catch (error) {
    if (!(error instanceof ManifestFault)) throw error;
    throw error.unfinished ? new NotWhole(error.message) : new Unusable(error.message);
  }
}

async function applyPlatformFile(context: Context, { kind, manifest, bytes }: Whole): Promise<Applied> {
  if (kind === 'exits-receipt') return applyExitReceipt(context, manifest, bytes);
  if (kind === 'decisions-receipt') return applyDecisionReceipt(context, manifest, bytes);
  if (kind === 'registrations-receipt') return applyRegistrationReceipt(context, manifest, bytes);
  if (kind === 'applications') return takeApplications(context, manifest, bytes);
  throw new Unusable('这是上报文件，不是回执');
}

async function mayStillCome(
  context: Context,
  stem: string,
  reason: string,
  { line, patienceMs }: { line: Line; patienceMs: number },
): Promise<boolean> {
  const now = context.clock.now();
  const row = await context.db.transaction(actor, (tx) =>
    tx.first(firstSeen, `arriving:${stem}`, stem, now, reason, line.name),
  );
  return row !== undefined && now.getTime() - row.first_seen_at.getTime() < patienceMs;
}
