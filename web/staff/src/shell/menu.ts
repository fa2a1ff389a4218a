import type { Action } from '@yingdeng/rules/access.ts';

export interface MenuEntry {
  readonly to: string;
  readonly text: string;
  /** The entry shows when the role has the action. */
  readonly action: Action;
}

export interface MenuGroup {
  readonly title: string;
  readonly entries: readonly MenuEntry[];
}

/** The menu, in the order of a clerk's day and of the loop itself. What the role may not use is not shown. */
export const menu: readonly MenuGroup[] = [
  {
    title: '工作台',
    entries: [
      { to: '/', text: '今日', action: 'application.read' },
      // Whoever sends begins the day with it; others find it among the figures.
      { to: '/exchange', text: '数据交换', action: 'exchange.send' },
      { to: '/people', text: '查人', action: 'person.search' },
    ],
  },
  {
    title: '登记',
    entries: [
      { to: '/counter', text: '窗口登记', action: 'application.enter' },
      { to: '/decisions', text: '待办结', action: 'application.read' },
      { to: '/forwarded', text: '平台转办', action: 'application.read' },
      { to: '/transfers', text: '跨市转移', action: 'registration.transfer' },
    ],
  },
  {
    title: '联系和服务',
    entries: [
      { to: '/contacts', text: '待首次联系', action: 'contact.read' },
      { to: '/follow-ups', text: '每月跟踪', action: 'contact.read' },
      { to: '/field', text: '外出走访', action: 'contact.record' },
      { to: '/difficulties', text: '困难认定', action: 'service.read' },
      { to: '/matters', text: '一件事', action: 'matter.read' },
      { to: '/plan-steps', text: '计划待办', action: 'service.read' },
      { to: '/training', text: '培训', action: 'training.read' },
      { to: '/served', text: '参照服务对象', action: 'served.read' },
      { to: '/support', text: '政策申请', action: 'service.read' },
      { to: '/welfare-duty', text: '在岗核查', action: 'post.read' },
    ],
  },
  {
    title: '推荐岗位',
    entries: [
      { to: '/vacancies', text: '岗位', action: 'vacancy.read' },
      { to: '/welfare-posts', text: '公益性岗位', action: 'post.read' },
      { to: '/referrals', text: '回访求职结果', action: 'referral.read' },
    ],
  },
  {
    title: '退出登记',
    entries: [
      { to: '/exits', text: '退出', action: 'registration.read' },
      { to: '/to-mend', text: '退出数据更正', action: 'registration.correct' },
    ],
  },
  {
    title: '监督',
    entries: [
      { to: '/situation', text: '情况', action: 'situation.read' },
      { to: '/supervision', text: '督导', action: 'supervision.read' },
      { to: '/reports', text: '统计月报', action: 'statistics.read' },
      { to: '/trends', text: '趋势', action: 'situation.read' },
      { to: '/credit', text: '信用记录', action: 'credit.read' },
      { to: '/objections', text: '异议', action: 'supervision.read' },
      { to: '/audit', text: '操作记录', action: 'audit.read' },
    ],
  },
  {
    title: '全国平台和民政',
    entries: [
      { to: '/exchange', text: '数据交换', action: 'exchange.read' },
      { to: '/platform-statistics', text: '平台统计', action: 'exchange.read' },
      { to: '/back-load', text: '历史登记上传', action: 'exchange.read' },
      { to: '/civil-exchange', text: '民政数据交换', action: 'exchange.read' },
    ],
  },
  {
    title: '管理',
    entries: [
      { to: '/admin/accounts', text: '账号', action: 'account.manage' },
      { to: '/admin/offices', text: '机构', action: 'organisation.manage' },
      { to: '/admin/calendar', text: '工作日历', action: 'calendar.manage' },
      { to: '/admin/provisions', text: '规定管理', action: 'provision.manage' },
      { to: '/admin/lists', text: '清单', action: 'list.approve' },
      { to: '/admin/message-templates', text: '消息模板', action: 'template.manage' },
    ],
  },
  {
    title: '依据',
    entries: [
      { to: '/law', text: '政策规定', action: 'list.read' },
      { to: '/admin/switchboard', text: '三套规定对照', action: 'list.read' },
    ],
  },
];

/** The groups and entries a set of actions shows, a page once: where it comes first in the day. */
export function menuFor(actions: readonly string[]): readonly MenuGroup[] {
  const shown = new Set<string>();
  const first = ({ to, action }: MenuEntry) =>
    actions.includes(action) && !shown.has(to) && shown.add(to) !== undefined;
  return menu
    .map((group) => ({ ...group, entries: group.entries.filter(first) }))
    .filter(({ entries }) => entries.length > 0);
}
