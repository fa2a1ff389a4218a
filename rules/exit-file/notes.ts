import { exitRecordChecks, repeatedKey } from '../exit-record/index.ts';
import { wrongQuotes, wrongWidth } from './check.ts';

/** What is to be said of a check once, not row by row. */
export interface CheckNote {
  check: string;
  field: string;
  message: string;
  /** document and clause, or that no document says it; in Chinese */
  citation: string;
  /** why, and what to do, in Chinese */
  explanation: string;
  /** a safe repair may remove it */
  repairable: boolean;
}

const annex = '人社厅发〔2020〕79号 附件';
const citations = {
  'M79X-2': `${annex} 二（一）`,
  'M79X-3': `${annex} 二（一）`,
  'M79X-4': `${annex} 二（二）`,
  local: '附件没有规定，是本系统的提醒',
} as const;
const form = '文件的写法，附件没有规定';

/** Every check of a file with its words: of the form of a row, of the record, of repeated keys. */
export const exitFileChecks: readonly CheckNote[] = [
  {
    ...wrongWidth,
    citation: form,
    explanation: '多半是值里有逗号而没有加引号，或者少了一列；这一行没有按附件核对',
    repairable: false,
  },
  {
    ...wrongQuotes,
    citation: form,
    explanation: '值里有引号的，整个值要用引号括起来，值里的引号写两遍；这一行没有按附件核对',
    repairable: false,
  },
  ...exitRecordChecks.map(({ check, field, message, clause, explanation, repairable }) => ({
    check,
    field,
    message,
    citation: citations[clause],
    explanation,
    repairable,
  })),
  {
    ...repeatedKey,
    citation: citations['M79X-2'],
    explanation: '同一条记录重发时内容不变，没有妨碍；另一条记录须用新的流水号',
    repairable: false,
  },
];
