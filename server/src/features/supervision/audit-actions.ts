import type { Action } from '@yingdeng/rules/access.ts';

/** What is written into the audit more finely than the permission table names it: the right it was done by, and its words. */
const finer: Readonly<Record<string, { by?: Action; text?: string }>> = {
  look: { by: 'application.read' },
  reveal: { by: 'person.reveal' },
  'application.recordCheck': { by: 'application.check' },
  'application.register': { by: 'application.decide', text: '准予登记' },
  'application.refuse': { by: 'application.decide', text: '作出不予登记决定' },
  'application.amend': { by: 'application.check', text: '更正登记表' },
  'exchange.backLoad': { by: 'exchange.send', text: '上传历史登记' },
  'registration.transferAsk': { by: 'registration.transfer', text: '请对方机构办理转移' },
  'registration.transferSettle': { by: 'registration.transfer', text: '退回或撤回转移请求' },
  'exchange.fetch': { by: 'exchange.send', text: '接收平台转办' },
  'application.closeAsDuplicate': { by: 'application.close' },
  'exit.answer': { by: 'exit.propose', text: '答复退出询问' },
  'exit.report': { by: 'exit.propose', text: '本人报告退出情形' },
  'account.create': { by: 'account.manage', text: '开通账号' },
  'account.change': { by: 'account.manage', text: '变更账号' },
  'account.close': { by: 'account.manage', text: '停用账号' },
  'account.reopen': { by: 'account.manage', text: '恢复账号' },
  'account.unlock': { by: 'account.manage', text: '解锁账号' },
  'account.resetPassword': { by: 'account.manage', text: '重设密码' },
  'account.resetSecondFactor': { by: 'account.manage', text: '重设动态码' },
  'organisation.add': { by: 'organisation.manage', text: '增加机构' },
  'organisation.change': { by: 'organisation.manage', text: '变更机构' },
  'organisation.open': { by: 'organisation.manage', text: '启用机构' },
  'organisation.close': { by: 'organisation.manage', text: '停用机构' },
  'provision.add': { by: 'provision.manage', text: '增加规定' },
  'calendar.addYear': { by: 'calendar.manage', text: '增加日历年份' },
  'calendar.changeDay': { by: 'calendar.manage', text: '变更日历' },
  'template.publish': { by: 'template.manage', text: '发布消息模板' },
  'list.publish': { by: 'list.approve', text: '批准发布清单' },
  'list.write': { by: 'list.manage', text: '编写清单新版本' },
  'list.return': { by: 'list.approve', text: '退回清单' },
  'list.registerChange': { by: 'list.manage', text: '登记清单内容变化' },
  'contact.withdraw': { by: 'contact.record', text: '撤销信息比对' },
  'contact.takeAlong': { by: 'contact.read', text: '下载外出走访名单' },
  'exchange.reconcile': { by: 'exchange.send', text: '与全国平台对账' },
  'exchange.look': { by: 'exchange.mend', text: '查看完整的上传记录' },
  'exchange.mendRecord': { by: 'registration.correct', text: '更正退出上传记录' },
  'statistics.export': { by: 'statistics.read', text: '导出统计报表' },
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
