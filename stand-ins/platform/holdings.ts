import { join } from 'node:path';
import { type Journal, openJournal } from '../common/journal.ts';
import { shanghaiDayOf } from '../common/time.ts';
import type { Fault } from './exit-record.ts';
import { HeldIndex } from './held-index.ts';

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
export interface Held {
  AAB301: string;
  AAZ341: string;
  /** SM3 of the canonical record */
  digest: string;
  batch: string;
  date: string;
  receivedAt: string;
  record: Record<string, string>;
}

/** What the fault panel does to a held exit, as a platform might by accident. */
export type Tampering = { act: 'forget'; AAB301: string; AAZ341: string } | { act: 'put'; held: Held };

type Entry =
  | { type: 'tampering'; tampering: Tampering }
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
  /** the exits by county and day */
  readonly exitDays = new HeldIndex();
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

  /** Loses, changes or invents a held exit: what reconciliation must find. */
  async tamper(tampering: Tampering): Promise<void> {
    await this.#keep({ type: 'tampering', tampering });
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
    } else if (entry.type === 'tampering') {
      this.#applyTampering(entry.tampering);
    } else {
      this.#applyBatch(entry.batch, entry.held);
    }
  }

  #applyBatch(batch: Batch, held: { digest: string; record: Record<string, string> }[]): void {
    this.batches.set(batchKey(batch.kind, batch.batch), batch);
    for (const { digest, record } of held) {
      const { AAB301 = '', AAZ341 = '' } = record;
      const { date, receivedAt } = batch;
      const one = { AAB301, AAZ341, digest, batch: batch.batch, date, receivedAt, record };
      if (batch.kind === 'exits') {
        this.#putExit(one);
      } else {
        this.registrations.set(recordKey(AAB301, AAZ341), one);
        this.#learnSex(record);
      }
    }
  }

  #putExit(held: Held): void {
    const key = recordKey(held.AAB301, held.AAZ341);
    this.exitDays.put(held, this.exits.get(key));
    this.exits.set(key, held);
  }

  #applyTampering(tampering: Tampering): void {
    if (tampering.act === 'put') {
      this.#putExit(tampering.held);
      return;
    }
    const key = recordKey(tampering.AAB301, tampering.AAZ341);
    const held = this.exits.get(key);
    if (!held) return;
    this.exitDays.remove(held);
    this.exits.delete(key);
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
