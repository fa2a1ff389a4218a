import type { Action } from '@yingdeng/rules/access.ts';

/** What is written into the audit more finely than the permission table names it: the right it was done by, and its words. */
const finer: Readonly<Record<string, { by?: Action; text?: string }>> = {
  look: { by: 'application.read' },
  reveal: { by: 'person.reveal' },
  'application.recordCheck': { by: 'application.check' },
  'application.register': { by: 'application.decide', text: '准予登记' },
  'application.refuse': { by: 'application.decide', text: '作出不予登记决定' },
  'application.closeAsDuplicate': { by: 'application.close' },
  'exit.answer': { by: 'exit.propose', text: '答复退出询问' },
  'exit.report': { by: 'exit.propose', text: '本人报告退出情形' },
  signIn: { text: '登录' },
  signInFailed: { text: '登录失败' },
  signOut: { text: '退出系统' },
};

/** An act as it is shown: the name of a permission, which the page has words for, or words. */
export function shownAction(written: string): string {
  const known = finer[written];
  return known?.text ?? known?.by ?? written;
}

/** All acts that a permission stands for, to filter by. */
export function writtenActions(action: string): string[] {
  return [action, ...Object.keys(finer).filter((written) => finer[written]?.by === action)];
}
