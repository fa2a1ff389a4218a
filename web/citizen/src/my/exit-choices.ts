import type { Choice } from '../parts/fields.tsx';

/** A circumstance a worker can report, with the code it stands for. */
export interface ExitChoice extends Choice {
  readonly reason: string;
  readonly subReason?: string;
}

const choice = (reason: string, text: string, note?: string, subReason?: string): ExitChoice => ({
  value: subReason ? `${reason}-${subReason}` : reason,
  reason,
  subReason,
  text,
  note,
});

/**
 * The exit reasons (AJC00A) a worker can report, in plain words; a code that merges several situations is offered as each
 * of them, so that one question is enough. Left out: 25 and 26, which nobody reports of themselves, and 31 and 32, which
 * are the office's to prove.
 */
export const exitChoices: readonly ExitChoice[] = [
  choice('11', '找到工作了', '有单位录用或招聘了我'),
  choice('12', '做个体生意了', undefined, 'individual'),
  choice('12', '办企业了', undefined, 'enterprise'),
  choice('12', '办民办非企业了', '比如民办学校、养老院', 'nonEnterprise'),
  choice('13', '有了稳定收入', '每个月不低于当地最低生活保障标准'),
  choice('14', '安排到公益性岗位了'),
  choice('21', '开始领基本养老金了'),
  choice('24', '去上学了', undefined, 'study'),
  choice('24', '去参军了', undefined, 'service'),
  choice('24', '移居境外了', undefined, 'emigration'),
  choice('23', '完全不能劳动了'),
  choice('90', '其他情况', '请在下面写明'),
];
