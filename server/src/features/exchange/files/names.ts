import { isPlainDate, type PlainDate } from '@yingdeng/rules/calendar.ts';

/**
 * What a file carries, and the first part of its name: 失业登记退出, 失业登记审核结果, 失业登记历史数据, 失业登记申请, 民政数据交换, and 回执 of
 * those sent.
 */
export const fileKinds = {
  exits: 'SYDJTC',
  'exits-receipt': 'SYDJTCHZ',
  decisions: 'SYDJSH',
  'decisions-receipt': 'SYDJSHHZ',
  registrations: 'SYDJLS',
  'registrations-receipt': 'SYDJLSHZ',
  applications: 'SYDJSQ',
  civil: 'MZSJJH',
  'civil-answer': 'MZSJJHHZ',
} as const;
export type FileKind = keyof typeof fileKinds;

/** What the name of a file says. */
export interface FileKey {
  readonly kind: FileKind;
  /** six digits: the county of exits, registrations and a file for civil affairs, the city of everything else */
  readonly division: string;
  readonly date: PlainDate;
  /** from 1, within kind, division and date */
  readonly sequence: number;
}

const pattern = /^([A-Z]+)_(\d{6})_(\d{4})(\d{2})(\d{2})_(\d{4,})$/;

/** The name without its ending, as `SYDJTC_410802_20261121_0001`: `.csv` is the file, `.sm3` its digest file. */
export function stemOf({ kind, division, date, sequence }: FileKey): string {
  return `${fileKinds[kind]}_${division}_${date.replaceAll('-', '')}_${String(sequence).padStart(4, '0')}`;
}

/** Reads a name without its ending; undefined when it is no name of ours. */
export function readStem(stem: string): FileKey | undefined {
  const [, prefix, division, year, month, day, number] = pattern.exec(stem) ?? [];
  const kind = (Object.keys(fileKinds) as FileKind[]).find((one) => fileKinds[one] === prefix);
  const date = `${year}-${month}-${day}`;
  if (!kind || !division || !isPlainDate(date)) return undefined;
  const key = { kind, division, date, sequence: Number(number) };
  return stemOf(key) === stem ? key : undefined;
}

/** What a batch may carry that is kept in `exchange_batch`. */
export type BatchKind = Extract<FileKind, 'exits' | 'registrations'>;

/** The name under which a batch travels; the last three parts of its id are the same. */
export function batchFileKey(kind: BatchKind, batch: string): FileKey {
  const [division = '', date = '', number = ''] = batch.split('-').slice(-3);
  const plain = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` as PlainDate;
  return { kind, division, date: plain, sequence: Number(number) };
}
