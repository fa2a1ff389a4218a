/** Everyone who may ask the system for something; `system` is the programme itself (jobs, downloads, public enquiry). */
export const roles = [
  'worker',
  'clerk',
  'fieldWorker',
  'supervisor',
  'statistician',
  'exchangeOfficer',
  'hotline',
  'surveyor',
  'auditor',
  'administrator',
  'system',
] as const;
export type Role = (typeof roles)[number];

/** Every action that is permitted or denied, with the words a refusal uses for it. */
export const actionNames = {
  'application.submit': '提交失业登记申请',
  'application.enter': '窗口代录失业登记申请',
  'application.read': '查看失业登记申请',
  'application.withdraw': '撤回失业登记申请',
  'application.check': '核验失业登记申请',
  'application.decide': '办结失业登记申请',
  'application.handOver': '转办失业登记申请',
  'application.close': '按重复申请办结',
  'registration.read': '查看失业登记',
  'registration.correct': '更正失业登记信息',
  'registration.transfer': '转移失业登记',
  'registration.certificate': '打印失业登记凭证',
  'contact.record': '记录联系服务情况',
  'contact.read': '查看联系服务记录',
  'vacancy.read': '查看岗位',
  'vacancy.manage': '录入、导入和关闭岗位',
  'referral.read': '查看岗位匹配和推荐',
  'referral.record': '推荐岗位、记录求职结果',
  'service.record': '记录服务情况',
  'service.read': '查看服务和计划',
  'plan.manage': '制定服务计划',
  'difficulty.apply': '申请就业困难人员认定',
  'difficulty.decide': '认定就业困难人员',
  'matter.read': '查看“一件事”各事项',
  'matter.ask': '提出“一件事”事项',
  'matter.settle': '办理“一件事”事项',
  'served.read': '查看参照服务对象',
  'served.manage': '导入参照服务对象',
  'credit.read': '查看信用记录',
  'credit.propose': '提出信用记录',
  'credit.decide': '决定信用记录',
  'training.read': '查看培训项目和报名',
  'training.manage': '管理培训项目、报名和结果',
  'support.accept': '受理扶持政策申请',
  'support.settle': '转交政策申请、记录结果',
  'post.read': '查看公益性岗位',
  'post.manage': '管理公益性岗位和安置',
  'post.check': '记录公益性岗位在岗核查',
  'exit.propose': '提出退出失业登记',
  'exit.confirm': '确认退出失业登记',
  'exit.review': '复核退出失业登记',
  'exit.reject': '驳回退出失业登记',
  'exit.restore': '恢复失业登记',
  'person.search': '查找人员',
  'person.reveal': '查看完整证件号码和电话',
  'message.read': '查看消息',
  'exchange.read': '查看数据交换情况',
  'exchange.send': '发送交换数据',
  'exchange.mend': '更正交换数据',
  'progress.enquire': '查询办理进度',
  'objection.submit': '提出异议',
  'objection.answer': '答复异议',
  'work.take': '领取、退回业务',
  'work.assign': '分派业务',
  'supervision.read': '查看督导情况',
  'situation.read': '查看登记失业情况和趋势',
  'statistics.read': '查看统计报表',
  'statistics.prepare': '截取、审核、封存统计报表',
  'statistics.approve': '批准统计报表',
  'audit.read': '查看操作和查阅记录',
  'account.manage': '管理账号',
  'organisation.manage': '管理机构',
  'provision.manage': '管理政策规定',
  'calendar.manage': '管理工作日历',
  'template.manage': '管理消息模板',
  'list.read': '查看服务、政策和机构清单',
  'list.manage': '管理服务、政策和机构清单',
  'list.approve': '批准发布清单',
} as const;
export type Action = keyof typeof actionNames;
export const actions = Object.keys(actionNames) as Action[];

/** `own`: the person's own case. `range`: divisions at or below the actor's. `everywhere`: not tied to a division. */
export type Reach = 'own' | 'range' | 'everywhere';

/** A half-open range of division codes compared as text: `lo` is inside, `hi` is not. The same two values drive row-level security. */
export type DivisionRange = { lo: string; hi: string };

/** What the action is about. `division` is that of the case or record; `ownCase` says that it is the actor's own. */
export type AccessScope = { actorRange?: DivisionRange; division?: string; ownCase?: boolean };

const at = (reach: Reach, ...names: Action[]): Partial<Record<Action, Reach>> =>
  Object.fromEntries(names.map((name) => [name, reach]));

/**
 * The only permission table of the system. What a role does not name is denied.
 * Two absences are deliberate: no member of staff withdraws an application (it would be a refusal without a ground, M79-2f),
 * and whoever confirms exits does not review them (R069 wants a second person).
 */
export const accessTable: Record<Role, Partial<Record<Action, Reach>>> = {
  worker: {
    ...at('own', 'application.submit', 'application.read', 'application.withdraw', 'registration.read'),
    ...at('own', 'registration.certificate', 'contact.read', 'exit.propose', 'message.read', 'progress.enquire'),
    // Reads the own plan and services, agrees to the plan, finishes own steps (A21-4f).
    ...at('own', 'service.read', 'service.record', 'difficulty.apply', 'matter.read', 'matter.ask'),
    // Reports the month, keeps the own contact data current, objects (A21-5a).
    ...at('own', 'contact.record', 'registration.correct', 'objection.submit'),
    // Sees the vacancies that fit, tries one, says how it went (A21-4d).
    ...at('own', 'referral.read', 'referral.record'),
    // The worker may see who looked at the file (product §10).
    ...at('own', 'audit.read'),
    ...at('everywhere', 'list.read'),
  },
  clerk: {
    ...at('range', 'application.enter', 'application.read', 'application.check', 'application.decide'),
    ...at('range', 'application.handOver', 'application.close', 'registration.read', 'registration.correct'),
    ...at(
      'range',
      'registration.transfer',
      'registration.certificate',
      'contact.record',
      'contact.read',
      'exit.propose',
      'exit.confirm',
    ),
    ...at('range', 'exit.reject', 'person.search', 'person.reveal', 'message.read', 'progress.enquire', 'work.take'),
    ...at('range', 'vacancy.read', 'vacancy.manage', 'referral.read', 'referral.record'),
    // What the platform returns or cannot assign reaches the office that owns it (M79-7a).
    ...at('range', 'exchange.mend'),
    ...at('range', 'service.record', 'service.read', 'plan.manage', 'difficulty.apply', 'difficulty.decide'),
    ...at('range', 'matter.read', 'matter.ask', 'matter.settle', 'served.read', 'served.manage'),
    // Public-welfare posts: people placed, seen on duty every month (A21-4f).
    ...at('range', 'post.read', 'post.manage', 'post.check'),
    // Support policies are accepted in the same visit; whoever grants them decides (A21-4g).
    ...at('range', 'support.accept', 'support.settle'),
    ...at('range', 'training.read', 'training.manage'),
    // Who proposes a credit record does not decide it (A21-5c).
    ...at('range', 'credit.read', 'credit.propose'),
    ...at('everywhere', 'list.read'),
  },
  fieldWorker: {
    ...at('range', 'application.enter', 'application.read', 'registration.read', 'contact.record', 'contact.read'),
    ...at('range', 'exit.propose', 'person.search', 'progress.enquire', 'work.take'),
    ...at('range', 'vacancy.read', 'referral.read', 'referral.record'),
    ...at('range', 'service.record', 'service.read', 'difficulty.apply'),
    ...at('range', 'matter.read', 'matter.ask', 'served.read'),
    ...at('range', 'post.read', 'post.check', 'support.accept', 'training.read'),
    ...at('everywhere', 'list.read'),
  },
  supervisor: {
    ...at('range', 'application.read', 'application.handOver', 'registration.read', 'contact.read'),
    ...at('range', 'exit.review', 'exit.reject', 'exit.restore', 'person.search', 'person.reveal', 'message.read'),
    ...at('range', 'exchange.read', 'progress.enquire', 'supervision.read', 'statistics.read', 'situation.read'),
    // Who checked a report does not approve it.
    ...at('range', 'statistics.approve'),
    ...at('range', 'work.assign', 'vacancy.read', 'referral.read', 'service.read'),
    ...at('range', 'list.approve', 'objection.answer', 'matter.read', 'served.read', 'post.read', 'training.read'),
    ...at('range', 'credit.read', 'credit.decide'),
    ...at('everywhere', 'list.read'),
  },
  statistician: {
    ...at('range', 'registration.read', 'exchange.read', 'statistics.read', 'situation.read', 'served.read'),
    ...at('range', 'statistics.prepare'),
    ...at('everywhere', 'list.read'),
  },
  exchangeOfficer: {
    ...at('range', 'application.read', 'registration.read', 'person.search'),
    ...at('range', 'exchange.read', 'exchange.send', 'exchange.mend'),
    ...at('everywhere', 'list.read'),
  },
  hotline: {
    ...at('range', 'progress.enquire'),
    ...at('everywhere', 'list.read'),
  },
  surveyor: at('everywhere', 'list.read'),
  auditor: {
    ...at('range', 'audit.read', 'supervision.read', 'exchange.read', 'statistics.read', 'situation.read'),
    ...at('everywhere', 'list.read'),
  },
  administrator: {
    ...at('range', 'account.manage', 'organisation.manage', 'provision.manage', 'list.manage'),
    // Counts of the own range, no persons.
    ...at('range', 'list.approve', 'template.manage', 'situation.read'),
    // One State Council calendar serves the whole installation.
    ...at('everywhere', 'calendar.manage', 'list.read'),
  },
  system: {
    ...at('everywhere', 'application.submit', 'application.read', 'application.check', 'application.close'),
    ...at('everywhere', 'registration.read', 'contact.record', 'exit.propose', 'exchange.read', 'exchange.send'),
    ...at('everywhere', 'progress.enquire', 'list.read'),
    // What was asked for with the registration goes on by itself once it is registered (M79-5a).
    ...at('everywhere', 'difficulty.apply', 'matter.ask', 'matter.settle', 'served.manage'),
    ...at('everywhere', 'statistics.prepare'),
  },
};

export const roleNames: Record<Role, string> = {
  worker: '劳动者本人',
  clerk: '经办人员',
  fieldWorker: '基层工作人员',
  supervisor: '督导人员',
  statistician: '统计人员',
  exchangeOfficer: '数据交换人员',
  hotline: '热线人员',
  surveyor: '第三方调查人员',
  auditor: '审计人员',
  administrator: '系统管理员',
  system: '系统',
};

/** True when the role has the action at all, in some scope: for menus and lists, whose rows are then limited by the range. */
export function hasAction(role: Role, action: Action): boolean {
  return accessTable[role][action] !== undefined;
}

/** May this role do this, here? Fails closed: what the scope leaves out counts against the asker. */
export function can(role: Role, action: Action, scope: AccessScope = {}): boolean {
  return whyNot(role, action, scope) === null;
}

/** The reason of a denial in Chinese for the person who asked, or null when the action is allowed. */
export function whyNot(role: Role, action: Action, scope: AccessScope = {}): string | null {
  const reach = accessTable[role][action];
  const what = actionNames[action];
  if (reach === undefined) return `${roleNames[role]}没有“${what}”的权限。如工作需要，请联系系统管理员。`;
  if (reach === 'everywhere') return null;
  if (reach === 'own') return scope.ownCase === true ? null : `只能为本人办理“${what}”。`;
  if (scope.actorRange === undefined) return `您的账号没有设置管辖区划，不能办理“${what}”。请联系系统管理员。`;
  if (scope.division === undefined) return `没有说明业务所在区划，不能办理“${what}”。`;
  return inRange(scope.division, scope.actorRange) ? null : `这件业务不在您的管辖区划内，不能办理“${what}”。`;
}

/** True when the division code lies in the range, by plain text order, as the database compares them under collation "C". */
export function inRange(division: string, range: DivisionRange): boolean {
  return division >= range.lo && division < range.hi;
}

/** Every division of the country. No division code reaches 999999. */
export const nation: DivisionRange = { lo: '000000', hi: '999999' };

/**
 * The range of a division and everything below it. Takes six digits (province xx0000, city xxxx00, county), nine (street) or twelve (community);
 * a longer code that ends in 000 is the level above; 000000 is the nation. Throws a RangeError on anything else.
 */
export function divisionRange(code: string): DivisionRange {
  if (!/^(\d{6}|\d{9}|\d{12})$/.test(code)) throw new RangeError(`不是有效的区划代码：${code}`);
  if (code.length > 6 && code.endsWith('000')) return divisionRange(code.slice(0, -3));
  if (code === '000000') return nation;
  const step = code.length > 6 ? 1 : code.endsWith('0000') ? 10_000 : code.endsWith('00') ? 100 : 1;
  const next = String(Number(code) + step).padStart(code.length, '0');
  // 99xxxx would overflow into a seventh digit, which sorts before it.
  return { lo: code, hi: next.length > code.length ? nation.hi : next };
}
