import { seededRandom } from '../common/faults.ts';

/** What can go wrong with receipts that travel as files. Rates are 0 to 1. */
export interface FileFaultSettings {
  /** Milliseconds between taking a file and writing its receipt. */
  lateMs: number;
  /** No receipt is written. */
  neverRate: number;
  /** The receipt is written twice, the second time at the next look. */
  twiceRate: number;
  /** Only half of the receipt is written: no digest file, or half of the rows. */
  halfRate: number;
  /** A byte of the receipt is changed. */
  damagedRate: number;
  /** The receipt names another digest than that of the file. */
  otherDigestRate: number;
  seed: number;
}

const NONE: FileFaultSettings = {
  lateMs: 0,
  neverRate: 0,
  twiceRate: 0,
  halfRate: 0,
  damagedRate: 0,
  otherDigestRate: 0,
  seed: 1,
};

/** Name and words of each rate, for the page. */
export const FILE_RATES = [
  ['neverRate', '没有回执', '已处理，但不写回执'],
  ['twiceRate', '重复回执', '同一回执写两次'],
  ['halfRate', '半个回执', '没有摘要文件，或只有一半内容'],
  ['damagedRate', '损坏的回执', '内容与摘要不符'],
  ['otherDigestRate', '针对别的文件', '回执中的原文件摘要不对'],
] as const;

/** The faults of the exchange by files. */
export class FileFaults {
  settings: FileFaultSettings = { ...NONE };
  #random = seededRandom(NONE.seed);

  /** Applies a partial setting; what is not named becomes none. Returns the name of the first value that cannot be, if any. */
  change(wanted: Record<string, unknown>): string | undefined {
    const number = (name: string, otherwise: number): number => {
      const value = wanted[name];
      return value === undefined || value === '' ? otherwise : Number(value);
    };
    const next = { ...NONE, lateMs: number('lateMs', 0), seed: number('seed', 1) };
    if (!(next.lateMs >= 0 && next.lateMs <= 86_400_000)) return 'lateMs';
    if (!Number.isSafeInteger(next.seed)) return 'seed';
    for (const [rate] of FILE_RATES) {
      next[rate] = number(rate, 0);
      if (!(next[rate] >= 0 && next[rate] <= 1)) return rate;
    }
    this.settings = next;
    this.#random = seededRandom(next.seed);
    return undefined;
  }

  /** True with the given probability, from the seeded sequence. */
  happens(rate: number): boolean {
    return rate > 0 && this.#random() < rate;
  }
}
