import { join } from 'node:path';
import { type Journal, openJournal } from '../common/journal.ts';
import { shanghaiDayOf } from '../common/time.ts';
import type { Fault } from './exit-record.ts';

/** Annex 1 as the platform forwards it; README.md describes each key. */
export type ApplicationForm = Record<string, unknown>;

export interface Application {
  /** 失业登记申请编号 */
  applicationNumber: string;
  /** when the worker submitted it to the platform, ISO with +08:00 */
  submittedAt: string;
  /** 1, and one more each time the worker changes it */
  revision: number;
  form: ApplicationForm;
}

export interface Decision {
  /** applicationNumber, or AAB301 + '-' + serial for a case the platform did not forward */
  key: string;
  applicationNumber?: string;
  AAB301?: string;
  serial?: string;
  outcome: string;
  decidedAt: string;
  reason?: string;
  registrationNumber?: string;
  receivedAt: string;
}

export type BatchKind = 'exits' | 'registrations';

export interface ItemResult {
  AAB301: string;
  AAZ341: string;
  result: 'accepted' | 'returned';
  /** true when the platform already held the same content */
  duplicate?: boolean;
  faults: Fault[];
}

export interface Batch {
  kind: BatchKind;
  batch: string;
  receipt: string;
  receivedAt: string;
  /** `YYYYMMDD`: the day the batch reports */
  date: string;
  division: string;
  count: number;
  /** SM3 of the content, hex */
  digest: string;
  results: ItemResult[];
}

/** One record the platform holds. */
interface Held {
  AAB301: string;
  AAZ341: string;
  /** SM3 of the canonical record */
  digest: string;
  batch: string;
  date: string;
  receivedAt: string;
  record: Record<string, string>;
}

type Entry =
  | { type: 'application'; application: Application }
  | { type: 'decision'; decision: Decision }
  | { type: 'batch'; batch: Batch; held: { digest: string; record: Record<string, string> }[] };

/** What the platform holds: maps in memory, every change in the journal first to last. */
export class Holdings {
  /** every delivery in order; the cursor of the download is an index into it */
  readonly deliveries: Application[] = [];
  readonly applications = new Map<string, Application>();
  readonly decisions = new Map<string, Decision>();
  readonly decisionHistory: Decision[] = [];
  readonly batches = new Map<string, Batch>();
  readonly exits = new Map<string, Held>();
  readonly registrations = new Map<string, Held>();
  /** AAC002 → AAC004, learnt from applications and registrations */
  readonly sexes = new Map<string, string>();
  #journal!: Journal<Entry>;

  /** Opens the store under `dataDir`, replaying what earlier runs kept. */
  static async open(dataDir: string): Promise<Holdings> {
    const holdings = new Holdings();
    holdings.#journal = await openJournal<Entry>(join(dataDir, 'platform.jsonl'), (entry) => holdings.#apply(entry));
    return holdings;
  }

  /** Keeps a new or changed application; the revision is counted here. */
  async addApplication(application: Omit<Application, 'revision'>): Promise<Application> {
    const before = this.applications.get(application.applicationNumber);
    const kept = { ...application, revision: (before?.revision ?? 0) + 1 };
    await this.#keep({ type: 'application', application: kept });
    return kept;
  }

  async addDecision(decision: Decision): Promise<void> {
    await this.#keep({ type: 'decision', decision });
  }

  /** Keeps a batch with its results and the records newly held because of it, as one line: all or nothing. */
  async addBatch(batch: Batch, held: { digest: string; record: Record<string, string> }[]): Promise<void> {
    await this.#keep({ type: 'batch', batch, held });
  }

  /** Resolves when everything seen in memory is also on the disk. */
  settled(): Promise<void> {
    return this.#journal.settled();
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  /** Memory first, in the same turn, so that a racing repeat sees it; the caller answers only when the disk has it. */
  #keep(entry: Entry): Promise<void> {
    this.#apply(entry);
    return this.#journal.append(entry);
  }

  #apply(entry: Entry): void {
    if (entry.type === 'application') {
      const { application } = entry;
      this.applications.set(application.applicationNumber, application);
      this.deliveries.push(application);
      this.#learnSex(application.form);
    } else if (entry.type === 'decision') {
      this.decisions.set(entry.decision.key, entry.decision);
      this.decisionHistory.push(entry.decision);
    } else {
      this.#applyBatch(entry.batch, entry.held);
    }
  }

  #applyBatch(batch: Batch, held: { digest: string; record: Record<string, string> }[]): void {
    this.batches.set(batchKey(batch.kind, batch.batch), batch);
    const into = batch.kind === 'exits' ? this.exits : this.registrations;
    for (const { digest, record } of held) {
      const { AAB301 = '', AAZ341 = '' } = record;
      const { date, receivedAt } = batch;
      into.set(recordKey(AAB301, AAZ341), { AAB301, AAZ341, digest, batch: batch.batch, date, receivedAt, record });
      if (batch.kind === 'registrations') this.#learnSex(record);
    }
  }

  #learnSex(from: Record<string, unknown>): void {
    if (typeof from.AAC002 === 'string' && typeof from.AAC004 === 'string' && from.AAC004 !== '') {
      this.sexes.set(from.AAC002, from.AAC004);
    }
  }
}

/** Annex 二(一): division of the exit + local serial number. Clause M79X-2. */
export function recordKey(AAB301: string, AAZ341: string): string {
  return `${AAB301}+${AAZ341}`;
}

export function batchKey(kind: BatchKind, batch: string): string {
  return `${kind}:${batch}`;
}

/** The Shanghai day a decision was made, `YYYYMMDD`. */
export function decisionDay(decision: Decision): string {
  return shanghaiDayOf(decision.decidedAt) ?? '';
}
