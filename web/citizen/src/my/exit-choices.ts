import type { Choice } from '../parts/fields.tsx';

/**
 * The exit reasons (AJC00A) a worker can report, in plain words. Left out: 25 and 26, which nobody reports of themselves,
 * and 31 and 32, which are the office's to prove.
 */
export const exitChoices: readonly Choice[] = [
  { value: '11', text: '找到工作了', note: '有单位录用或招聘了我' },
  { value: '12', text: '自己做生意或办企业了', note: '个体经营、创办企业、民办非企业' },
  { value: '13', text: '有了稳定收入', note: '每个月不低于当地最低生活保障标准' },
  { value: '14', text: '安排到公益性岗位了' },
  { value: '21', text: '开始领基本养老金了' },
  { value: '24', text: '去上学、参军，或移居境外' },
  { value: '23', text: '完全不能劳动了' },
  { value: '90', text: '其他情况', note: '请在下面写明' },
];

/** What a reason that merges several situations asks further. */
export const exitSubChoices: Readonly<Record<string, readonly Choice[]>> = {
  12: [
    { value: 'individual', text: '个体经营' },
    { value: 'enterprise', text: '创办企业' },
    { value: 'nonEnterprise', text: '民办非企业' },
  ],
  24: [
    { value: 'study', text: '入学' },
    { value: 'service', text: '应征服兵役' },
    { value: 'emigration', text: '移居境外' },
  ],
};
