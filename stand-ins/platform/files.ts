import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Journal, openJournal } from '../common/journal.ts';
import { applicationFiles, type HandedOver, handOver } from './application-files.ts';
import { digestOf, readDigestFile } from './digest-file.ts';
import type { FileFaults } from './file-faults.ts';
import { type Judge, judgeFile } from './file-judge.ts';
import { batchKey } from './holdings.ts';
import { type Answered, receiptFiles } from './receipt-file.ts';

/** Receipts written anew at a start. */
const LATEST = 100;

interface FilesOptions extends Judge {
  /** the exchanged folder: `out` and `in` lie in it, seen from the office */
  folder: string;
  dataDir: string;
  faults: FileFaults;
  /** how often it looks by itself; 0: only when it is asked to */
  everyMs: number;
}

type Entry = Answered | HandedOver;

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
  readonly #handed: HandedOver[] = [];
  readonly #toHand: HandedOver[] = [];
  readonly #journal: Journal<Entry>;
  #waiting: Waiting[] = [];
  /** Second copies, for the look after the one that wrote the first. */
  #second: Waiting[] = [];
  #looking: Promise<number> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: FilesOptions, journal: Journal<Entry>, entries: readonly Entry[]) {
    this.folder = options.folder;
    this.#options = options;
    this.#journal = journal;
    const earlier = entries.filter((one): one is Answered => 'of' in one);
    this.#handed.push(...entries.filter((one): one is HandedOver => 'deliveries' in one));
    this.#toHand.push(...this.#handed.slice(-LATEST));
    for (const one of earlier) this.#answered.set(one.stem, one);
    // A kill may have kept the latest from getting their receipts; one too many is harmless.
    for (const one of earlier.slice(-LATEST)) this.#waiting.push({ answered: one, from: 0, plain: true });
  }

  /** Makes the folders, marks them as a stand-in's, and begins to look. */
  static async open(options: FilesOptions): Promise<PlatformFiles> {
    for (const name of ['out', 'in']) await mkdir(join(options.folder, name), { recursive: true });
    await writeFile(join(options.folder, '.stand-in'), '演示用的全国平台在收发这里的文件，正式系统拒绝使用。\n');
    const earlier: Entry[] = [];
    const journal = await openJournal<Entry>(join(options.dataDir, 'platform-files.jsonl'), (entry) =>
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
      if (/^SYDJ(TC|SH|LS)_.*\.sm3$/.test(name)) await this.#fetch(out, name.slice(0, -4));
    }
    await this.#handOver();
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

  /** Applications that workers submitted since, and those whose file a kill kept from being written. */
  async #handOver(): Promise<void> {
    const { holdings, today } = this.#options;
    for (const handed of handOver(holdings.deliveries, this.#handed, today())) {
      await this.#journal.append(handed);
      this.#handed.push(handed);
      this.#toHand.push(handed);
    }
    for (const handed of this.#toHand.splice(0)) {
      const { csv, sm3 } = applicationFiles(handed, holdings.deliveries);
      await putFile(join(this.folder, 'in'), `${handed.stem}.csv`, csv);
      await putFile(join(this.folder, 'in'), `${handed.stem}.sm3`, sm3);
    }
  }

  async #fetch(out: string, stem: string): Promise<void> {
    const said = await readFile(join(out, `${stem}.sm3`)).then(readDigestFile, () => undefined);
    const bytes = await readFile(join(out, `${stem}.csv`)).catch(() => undefined);
    // Fetched before, and cut off while taking it away.
    if (!bytes) return said && this.#answered.has(stem) ? rm(join(out, `${stem}.sm3`), { force: true }) : undefined;
    const earlier = this.#answered.get(stem);
    // The same file again has the same answer.
    const again = earlier && !earlier.refused && earlier.of === digestOf(bytes) ? earlier : undefined;
    const answered = again ?? (await judgeFile(stem, said, bytes, this.#options));
    await this.#journal.append(answered);
    this.#answered.set(stem, answered);
    const { lateMs, twiceRate } = this.#options.faults.settings;
    this.#waiting.push({ answered, from: Date.now() + lateMs, plain: false });
    if (this.#options.faults.happens(twiceRate))
      this.#second.push({ answered, from: Date.now() + lateMs, plain: true });
    await rm(join(out, `${stem}.csv`), { force: true });
    await rm(join(out, `${stem}.sm3`), { force: true });
  }

  async #write({ answered, plain }: Waiting): Promise<void> {
    const { batches } = this.#options.holdings;
    const { kind, refused } = answered;
    const batch = kind === 'decisions' || refused ? undefined : batches.get(batchKey(kind, answered.batch));
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
export async function putFile(folder: string, name: string, bytes: Uint8Array): Promise<void> {
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
