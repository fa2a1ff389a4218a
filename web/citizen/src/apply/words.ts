import { codeText } from '@yingdeng/contract/code-tables.ts';
import { type FormAgain, type KnownFrom, offeredAgain } from '@yingdeng/rules/form-again.ts';
import type { Choice } from '../parts/fields.tsx';

/** Education from school up, in everyday words; each a code of AAC011. */
export const educationChoices: readonly (readonly [string, string])[] = [
  ['83', '没上完小学'],
  ['81', '小学'],
  ['71', '初中'],
  ['61', '高中'],
  ['44', '职业高中'],
  ['41', '中专'],
  ['47', '技工学校'],
  ['31', '大专'],
  ['21', '大学本科'],
  ['14', '硕士研究生'],
  ['11', '博士研究生'],
  ['90', '其他'],
];

/** Health, AAC033. */
export const healthChoices: readonly Choice[] = [
  { value: '1', text: '健康或良好' },
  { value: '2', text: '一般或较弱' },
  { value: '3', text: '有慢性病' },
  { value: '6', text: '残疾', note: '请接着选残疾等级，能得到更多帮助' },
];

/** What stands on the form for an education code. */
export function educationText(code: string | undefined): string {
  return codeText('education', code) ?? '';
}

/** Plain words beside the printed reason, by box. */
export const reasonNotes: Readonly<Record<number, string>> = {
  1: '刚离开学校，还没工作过',
  2: '被辞退、裁员，或合同到期没有续签',
  3: '厂子、公司倒闭了',
  5: '自己辞的职',
  6: '自己的公司或机构停了、破产了',
  7: '自己的小店、摊位不做了',
  8: '地被征了、转产了',
  9: '打零工，收入很少',
  10: '公益性岗位到期或退出',
  11: '退伍，没有统一安排工作',
};

/** Where an answer comes from that was filled in beforehand, in the person's words. */
export function fromText(from: KnownFrom | undefined, on: string): string | undefined {
  if (from === 'file') return '您登记后更正过的';
  return from && `您${on.slice(0, 4)}年${Number(on.slice(5, 7))}月填的`;
}

/** What an earlier form answers of this one, as far as these questions offer it. */
export function offeredHere(before: FormAgain): FormAgain {
  return offeredAgain(before, {
    education: educationChoices.map(([code]) => code),
    health: healthChoices.map(({ value }) => value),
  });
}
