// The columns of 人社统EP1 as far as the ledger of unemployment has their data (domain 4.1): both that can be had are exits into work, by the
// frozen movements of the period; the others need the register of employment, and are a dash with the reason, never nought.
import { type ExitReason, exitReasonRules } from '../exit-reasons.ts';
import type { CutName } from './cuts.ts';
import type { Figures } from './sheet.ts';

/** Exits into work: hired, in business, other work with enough income, placed in a public-welfare post (M79X-4). */
export const intoWork: readonly ExitReason[] = ['11', '12', '13', '14'];

/** A column of the return. */
export interface EmploymentCount {
  readonly text: string;
  readonly clause: string;
  readonly meaning: string;
  /** Which column of the exits into work it counts; undefined: not to be had here, and why. */
  readonly cut?: CutName;
  readonly lacking?: string;
}

const needsRegister = '需要就业登记数据，本系统只有失业登记';
const names = intoWork.map((code) => `${code} ${exitReasonRules[code].text}`).join('；');

/** The columns in the order of the return. */
export const employmentCounts = {
  newUrban: {
    text: '城镇新增就业人数',
    clause: 'M79X-4',
    meaning: '累计新就业减自然减员',
    lacking: needsRegister,
  },
  newInWork: {
    text: '累计新就业',
    clause: 'M79X-4',
    meaning: '本期就业登记的人员',
    lacking: needsRegister,
  },
  naturalDecrease: {
    text: '自然减员',
    clause: 'M79X-4',
    meaning: '退休、死亡等减少的从业人员',
    lacking: needsRegister,
  },
  reemployed: {
    text: '失业人员再就业',
    clause: 'M79X-4',
    meaning: `本期因下列原因退出失业登记的人员：${names}`,
    cut: 'all',
  },
  difficultyEmployed: {
    text: '就业困难人员就业',
    clause: 'A21-4f',
    meaning: '失业人员再就业中，期末认定有效的就业困难人员',
    cut: 'difficulty',
  },
} as const satisfies Record<string, EmploymentCount>;

export type EmploymentCountName = keyof typeof employmentCounts;
export const employmentCountNames = Object.keys(employmentCounts) as EmploymentCountName[];

/** A column of a period; undefined where it cannot be had. */
export function employmentCount(name: EmploymentCountName, figures: Figures): number | undefined {
  const { cut }: EmploymentCount = employmentCounts[name];
  return cut && intoWork.reduce((sum, code) => sum + figures[`exit${code}`][cut].count, 0);
}
