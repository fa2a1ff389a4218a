import { codeTables } from '@yingdeng/contract/code-tables.ts';
import type { NoticeExemption } from './provisions/parameters.ts';
import type { Policy } from './provisions/policy.ts';

/** What an office can hold in hand for an exit. */
export const exitEvidenceKinds = {
  employmentFinding: '就业登记、劳动用工备案比对结果',
  socialInsuranceFinding: '社会保险参保比对结果',
  marketFinding: '市场主体登记比对结果',
  postRecord: '公益性岗位安置记录',
  pensionFinding: '养老保险待遇比对结果',
  educationFinding: '教育部门比对结果',
  capacityFinding: '劳动能力鉴定结果',
  justiceFinding: '司法行政部门比对结果',
  deathFinding: '死亡信息比对结果',
  workerStatement: '本人说明',
  familyStatement: '家属说明',
  employerStatement: '用人单位说明',
  investigation: '工作人员调查记录',
  serviceOffers: '三次提供服务及拒绝的记录',
  contactAttempts: '逐月联系记录',
} as const;
export type ExitEvidenceKind = keyof typeof exitEvidenceKinds;

export const exitReasons = ['11', '12', '13', '14', '21', '23', '24', '25', '26', '31', '32', '90'] as const;
export type ExitReason = (typeof exitReasons)[number];

export type ExitReasonRule = {
  /** As the code table prints it. */
  text: string;
  /** Any one of these proves the circumstance. */
  evidence: readonly ExitEvidenceKind[];
  /** A reason the person cannot be asked about: confirmed by a second look instead. */
  cannotAsk?: true;
  needsText?: true;
  /** Needs the monthly income and the local minimum living standard of the day. */
  needsIncome?: true;
  /** Guarded where the provision says so (M79-4c). */
  guardedBy?: 'exit31' | 'exit32';
};

const names = codeTables.exitReason.values;

/** What each exit reason needs (AJC00A, M79X-4). There is no 22 and no age: the upper end is drawing a basic pension (M79-10a). */
export const exitReasonRules: Record<ExitReason, ExitReasonRule> = {
  11: {
    text: names[11],
    evidence: ['employmentFinding', 'socialInsuranceFinding', 'workerStatement', 'employerStatement', 'investigation'],
  },
  12: { text: names[12], evidence: ['marketFinding', 'workerStatement', 'investigation'] },
  13: { text: names[13], evidence: ['workerStatement', 'investigation'], needsIncome: true },
  14: { text: names[14], evidence: ['postRecord'] },
  21: { text: names[21], evidence: ['pensionFinding', 'workerStatement'] },
  23: { text: names[23], evidence: ['capacityFinding'] },
  24: { text: names[24], evidence: ['educationFinding', 'workerStatement', 'familyStatement', 'investigation'] },
  25: { text: names[25], evidence: ['justiceFinding', 'investigation'], cannotAsk: true },
  26: { text: names[26], evidence: ['deathFinding', 'familyStatement', 'investigation'], cannotAsk: true },
  31: { text: names[31], evidence: ['serviceOffers'], guardedBy: 'exit31' },
  32: { text: names[32], evidence: ['contactAttempts'], cannotAsk: true, guardedBy: 'exit32' },
  90: { text: names[90], evidence: ['workerStatement', 'investigation'], needsText: true },
};

export function isExitReason(value: string): value is ExitReason {
  return (exitReasons as readonly string[]).includes(value);
}

const exemptions: Record<NoticeExemption, { reason: ExitReason; subReason?: string; why: string }> = {
  emigrated: { reason: '24', subReason: 'emigration', why: '移居境外的，不再告知。' },
  imprisoned: { reason: '25', why: '被判刑收监执行的，不再告知。' },
  dead: { reason: '26', why: '已死亡的，不再告知，也不发送任何消息。' },
  unreachable: { reason: '32', why: '无法取得联系的，不再告知。' },
};

/**
 * Whether the person is told of the exit (A21-5d, M79-4b): everyone, except whom the provision exempts; that follows from the sub-reason where
 * a code merges several. `policy` is that of the day of exit. An exemption the law does not name does not exist.
 */
export function noticeAfterExit(
  reason: ExitReason,
  subReason: string | undefined,
  policy: Policy,
): { notify: boolean; why: string; clause: string } {
  const named = policy.noticeExemptions;
  for (const name of named?.value ?? []) {
    const exempt = exemptions[name];
    if (exempt.reason === reason && (exempt.subReason === undefined || exempt.subReason === subReason))
      return { notify: false, why: exempt.why, clause: named?.citation.clauseId ?? 'A21-5d' };
  }
  return { notify: true, why: '退出失业登记应当以适当方式告知本人。', clause: named?.citation.clauseId ?? 'M79-4b' };
}
