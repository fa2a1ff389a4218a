import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Journal, openJournal } from '../common/journal.ts';
import { shanghaiIso } from '../common/time.ts';
import { receiveBatch } from './batches.ts';
import { digestOf, readDigestFile } from './digest-file.ts';
import { readExitFile } from './exit-file.ts';
import type { FileFaults } from './file-faults.ts';
import { batchKey, type Holdings } from './holdings.ts';
import { type Answered, receiptFiles } from './receipt-file.ts';

/** Receipts written anew at a start. */
const LATEST = 100;

interface FilesOptions {
  /** the exchanged folder: `out` and `in` lie in it, seen from the office */
  folder: string;
  dataDir: string;
  holdings: Holdings;
  faults: FileFaults;
  today: () => string;
  /** returns every item, as the fault panel says */
  rejectAll: () => boolean;
  /** how often it looks by itself; 0: only when it is asked to */
  everyMs: number;
}

interface Waiting {
  answered: Answered;
  /** milliseconds since the epoch */
  from: number;
  /** a second copy needs no further fault */
  plain: boolean;
}

/** The platform's side of an exchange by files: fetches what lies in `out`, writes receipts into `in`. */
export class PlatformFiles {
  readonly folder: string;
  readonly #options: FilesOptions;
  readonly #answered = new Map<string, Answered>();
  readonly #journal: Journal<Answered>;
  #waiting: Waiting[] = [];
  /** Second copies, for the look after the one that wrote the first. */
  #second: Waiting[] = [];
  #looking: Promise<number> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: FilesOptions, journal: Journal<Answered>, earlier: readonly Answered[]) {
    this.folder = options.folder;
    this.#options = options;
    this.#journal = journal;
    for (const one of earlier) this.#answered.set(one.stem, one);
    // A kill may have kept the latest from getting their receipts; one too many is harmless.
    for (const one of earlier.slice(-LATEST)) this.#waiting.push({ answered: one, from: 0, plain: true });
  }

  /** Makes the folders, marks them as a stand-in's, and begins to look. */
  static async open(options: FilesOptions): Promise<PlatformFiles> {
    for (const name of ['out', 'in']) await mkdir(join(options.folder, name), { recursive: true });
    await writeFile(join(options.folder, '.stand-in'), '演示用的全国平台在收发这里的文件，正式系统拒绝使用。\n');
    const earlier: Answered[] = [];
    const journal = await openJournal<Answered>(join(options.dataDir, 'platform-files.jsonl'), (entry) =>
      earlier.push(entry),
    );
    const files = new PlatformFiles(options, journal, earlier);
    if (options.everyMs > 0) {
      files.#timer = setInterval(
        () => void files.look().catch((error: Error) => console.error(error.message)),
        options.everyMs,
      );
    }
    return files;
  }

  /** Stems of files that were fetched so far. */
  get fetched(): number {
    return this.#answered.size;
  }

  /** Fetches every whole file and writes the receipts that are due. @returns how many receipts were written */
  look(): Promise<number> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Writes every receipt once more, without faults, as a platform does when an office telephones. */
  async writeAgain(): Promise<number> {
    this.#waiting = [...this.#answered.values()].map((answered) => ({ answered, from: 0, plain: true }));
    return this.look();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking?.catch(() => {});
    await this.#journal.close();
  }

  async #look(): Promise<number> {
    const out = join(this.folder, 'out');
    this.#waiting.push(...this.#second.splice(0));
    for (const name of (await readdir(out)).sort()) {
      if (name.startsWith('SYDJTC_') && name.endsWith('.sm3')) await this.#fetch(out, name.slice(0, -4));
    }
    const now = Date.now();
    const due = this.#waiting.filter(({ from }) => from <= now);
    this.#waiting = this.#waiting.filter(({ from }) => from > now);
    for (const one of due) {
      try {
        await this.#write(one);
      } catch (error) {
        this.#waiting.push(one);
        throw error;
      }
    }
    return due.length;
  }

  async #fetch(out: string, stem: string): Promise<void> {
    const said = await readFile(join(out, `${stem}.sm3`)).then(readDigestFile, () => undefined);
    const bytes = await readFile(join(out, `${stem}.csv`)).catch(() => undefined);
    // Fetched before, and cut off while taking it away.
    if (!bytes) return said && this.#answered.has(stem) ? rm(join(out, `${stem}.sm3`), { force: true }) : undefined;
    const answered = await this.#judge(stem, said, bytes);
    await this.#journal.append(answered);
    this.#answered.set(stem, answered);
    const { lateMs, twiceRate } = this.#options.faults.settings;
    this.#waiting.push({ answered, from: Date.now() + lateMs, plain: false });
    if (this.#options.faults.happens(twiceRate))
      this.#second.push({ answered, from: Date.now() + lateMs, plain: true });
    await rm(join(out, `${stem}.csv`), { force: true });
    await rm(join(out, `${stem}.sm3`), { force: true });
  }

  async #judge(stem: string, said: Record<string, string> | undefined, bytes: Buffer): Promise<Answered> {
    const [, division = '', date = '', number = ''] = stem.split('_');
    const batch = said?.batch ?? `${division}-${date}-${number}`;
    const encoding = said?.encoding === 'GB18030' ? 'GB18030' : 'UTF-8';
    const answered = { stem, batch, division, date, encoding, of: digestOf(bytes), receivedAt: shanghaiIso() };
    const refused = (code: string, message: string): Answered => ({ ...answered, refused: { code, message } });
    if (!said || said.sm3 !== answered.of || said.bytes !== String(bytes.length)) {
      return refused('digest', '文件与摘要不符，可能在途中损坏');
    }
    if (said.file !== `${stem}.csv` || said.kind !== 'exits') return refused('name', '摘要文件说的是另一个文件');
    if (said.encoding !== 'UTF-8' && said.encoding !== 'GB18030') {
      return refused('encoding', '文件编码应为 UTF-8 或 GB18030，不收 GBK');
    }
    const upload = readExitFile(bytes, {
      'idempotency-key': batch,
      'x-digest': answered.of,
      'x-division': said.division,
      'x-date': said.date,
      'content-type': `text/csv; charset=${encoding}`,
    });
    if ('code' in upload) return refused(upload.code, upload.message);
    if (said.count !== String(upload.count)) return refused('count', '记录数与摘要文件不符');
    const { holdings, today, rejectAll } = this.#options;
    const answer = await receiveBatch(holdings, upload, { today: today(), rejectAll: rejectAll() });
    return answer.status === 200 ? answered : refused(answer.code, answer.message);
  }

  async #write({ answered, plain }: Waiting): Promise<void> {
    const batch = answered.refused ? undefined : this.#options.holdings.batches.get(batchKey('exits', answered.batch));
    const { faults } = this.#options;
    const { neverRate, halfRate, damagedRate, otherDigestRate } = faults.settings;
    const happens = (rate: number): boolean => !plain && faults.happens(rate);
    if (happens(neverRate)) return;
    const told = happens(otherDigestRate) ? { ...answered, of: digestOf(`not ${answered.of}`) } : answered;
    const { name, csv, sm3 } = receiptFiles(told, batch);
    const folder = join(this.folder, 'in');
    if (happens(damagedRate)) csv[csv.length >> 1]! ^= 1;
    if (happens(halfRate)) {
      const half = faults.happens(0.5);
      await putFile(folder, `${name}.csv`, half ? csv.subarray(0, csv.length >> 1) : csv);
      if (half) await putFile(folder, `${name}.sm3`, sm3);
      return;
    }
    await putFile(folder, `${name}.csv`, csv);
    await putFile(folder, `${name}.sm3`, sm3);
  }
}

/** Whole or not at all: a name that readers pass over, flushed, then the name. */
async function putFile(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const unfinished = join(folder, `.${name}.part`);
  const file = await open(unfinished, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, join(folder, name));
}
