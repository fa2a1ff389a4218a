import { groupedCaseNumber } from '@yingdeng/rules/numbers.ts';
import { longDate } from '../../platform/words.ts';

/** What the texts need; each template uses a part. */
export interface NoticeFacts {
  readonly number: string;
  readonly officeName: string;
  readonly officeTelephone: string;
  readonly due?: string;
  readonly text?: string;
  readonly reasonText?: string;
}

const call = (f: NoticeFacts) =>
  f.officeTelephone ? `有疑问请打电话${f.officeTelephone}。` : '有疑问请联系办理机构。';

/** Messages to workers, one a state; the result is told unasked (A21-3d), an exit is told unless exempt (A21-5d, M79-4b). */
export const templates = {
  'application.received': (f) =>
    `【${f.officeName}】您的失业登记申请已收到，受理编号${groupedCaseNumber(f.number)}。我们最晚在${longDate(f.due ?? '')}前办结，不用您再交任何材料。${call(f)}`,
  'application.registered': (f) =>
    `【${f.officeName}】您的失业登记已办好，登记编号${groupedCaseNumber(f.number)}。工作人员${f.due ? `最晚在${longDate(f.due)}前` : '会尽快'}联系您，了解求职意愿并提供服务。${call(f)}`,
  'application.refused': (f) =>
    `【${f.officeName}】您的失业登记申请（${groupedCaseNumber(f.number)}）没有通过。${f.text ?? ''}${call(f)}`,
  'application.handedOver': (f) =>
    `【${f.officeName}】您的失业登记申请（${groupedCaseNumber(f.number)}）已转到本机构办理，办结期限不变，最晚${longDate(f.due ?? '')}。您不用做什么。${call(f)}`,
  'application.withdrawn': (f) =>
    `【${f.officeName}】您已撤回失业登记申请（${groupedCaseNumber(f.number)}）。需要时可以随时重新申请。${call(f)}`,
  'application.duplicate': (f) =>
    `【${f.officeName}】您已有一份有效的失业登记或正在办理的申请，这次的申请（${groupedCaseNumber(f.number)}）按重复申请办结，原来的不受影响。${call(f)}`,
  'registration.corrected': (f) =>
    `【${f.officeName}】您的失业登记（${groupedCaseNumber(f.number)}）更正了${f.text ?? '联系方式'}。不是您本人要求的，请马上与我们联系。${call(f)}`,
  'registration.addressTaken': (f) =>
    `【${f.officeName}】您提交的常住地址已经核实并更正，登记仍由本机构办理。${call(f)}`,
  'registration.addressLeft': (f) =>
    `【${f.officeName}】您提交的常住地址没有更正：${f.text ?? ''}。您的登记继续有效。${call(f)}`,
  'objection.answered': (f) =>
    `【${f.officeName}】您提出的异议（${groupedCaseNumber(f.number)}）已有答复，请登录“我的”查看。${call(f)}`,
  'exit.asked': (f) =>
    `【${f.officeName}】我们得到信息：您可能${f.reasonText ?? '情况有变化'}。请登录“我的登记”告诉我们是否属实；没有您的答复，我们不会据此结束您的登记。${call(f)}`,
  'exit.lastChance': (f) =>
    `【${f.officeName}】我们准备结束您的失业登记（${f.reasonText ?? ''}）。如果您还需要找工作的帮助，请在${longDate(f.due ?? '')}前与我们联系，登记就会保留。${call(f)}`,
  'exit.confirmed': (f) =>
    `【${f.officeName}】您的失业登记（${groupedCaseNumber(f.number)}）已注销，原因：${f.reasonText ?? ''}。如与实际不符，请与我们联系，可以恢复；今后再失业，可以重新登记。${call(f)}`,
  'exit.rejected': (f) =>
    `【${f.officeName}】经核实，您的失业登记（${groupedCaseNumber(f.number)}）继续有效，服务照常，您不用做什么。${call(f)}`,
  'exit.restored': (f) =>
    `【${f.officeName}】您的失业登记（${groupedCaseNumber(f.number)}）已恢复，服务照常。${call(f)}`,
} as const satisfies Record<string, (facts: NoticeFacts) => string>;

/** Name of a template. */
export type TemplateName = keyof typeof templates;
