import type { Command } from './command.ts';

/** A command before it is loaded: what the overall help shows, and where the rest is. */
export interface CommandEntry {
  name: string;
  summary: string;
  /** loads its file, only when the command is called */
  load(): Promise<{ command: Command }>;
}

/** All commands in the order of the help. */
export const commandEntries: readonly CommandEntry[] = [
  { name: 'law', summary: '某地某日有效的各项规定及出处', load: () => import('./law.ts') },
  { name: 'due', summary: '从某日起若干工作日后的日期', load: () => import('./due.ts') },
  { name: 'id check', summary: '核对一个社会保障号码', load: () => import('./id.ts') },
  { name: 'exits check', summary: '核对失业登记退出数据文件', load: () => import('./exits-check.ts') },
  { name: 'exits send', summary: '上传某日的失业登记退出数据', load: () => import('./exits-send.ts') },
  { name: 'exchange show', summary: '查看与全国平台交换的凭据', load: () => import('./exchange-show.ts') },
  {
    name: 'exchange export',
    summary: '把某日的退出数据写成文件，供人工送交',
    load: () => import('./exchange-export.ts'),
  },
  {
    name: 'exchange import-receipts',
    summary: '读入人工带回的回执文件',
    load: () => import('./exchange-import.ts'),
  },
  { name: 'exchange reconcile', summary: '与全国平台对账', load: () => import('./exchange-reconcile.ts') },
  { name: 'exchange fetch', summary: '从全国平台接收转办的申请', load: () => import('./exchange-fetch.ts') },
  { name: 'exchange backload', summary: '向全国平台上传历史失业登记', load: () => import('./exchange-backload.ts') },
  {
    name: 'exchange statistics',
    summary: '查询全国平台收到的数量，与本系统对照',
    load: () => import('./exchange-statistics.ts'),
  },
  { name: 'matching', summary: '为某地全部登记失业人员匹配岗位', load: () => import('./matching.ts') },
  {
    name: 'follow-ups compared',
    summary: '把信息比对“没有变化”记为某地本月的跟踪',
    load: () => import('./follow-ups-compared.ts'),
  },
  { name: 'city', summary: '生成演示用的城市数据', load: () => import('./city.ts') },
  { name: 'report prepare', summary: '截取并计算上一期月报表', load: () => import('./report-prepare.ts') },
  { name: 'report verify', summary: '核验已封存的月报表', load: () => import('./report-verify.ts') },
  { name: 'audit verify', summary: '核验审计链', load: () => import('./audit-verify.ts') },
  { name: 'statement', summary: '显示一条数据库语句的全文', load: () => import('./statement.ts') },
  { name: 'migrate', summary: '更新数据库结构', load: () => import('./migrate.ts') },
];

/** The entry whose name the arguments begin with, and the arguments after it. */
export function findCommand(args: readonly string[]): { entry: CommandEntry; rest: string[] } | undefined {
  for (const entry of commandEntries) {
    const words = entry.name.split(' ');
    if (words.every((word, i) => args[i] === word)) return { entry, rest: args.slice(words.length) };
  }
  return undefined;
}

/** The help of the whole program. */
export function overallHelp(): string {
  const width = Math.max(...commandEntries.map(({ name }) => name.length));
  return [
    '应登 yingdeng：失业登记服务管理的命令行工具',
    '',
    '用法：yingdeng 命令 [参数]',
    '',
    ...commandEntries.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'yingdeng 命令 --help 查看每个命令的说明。',
    '退出码：0 正常，1 发现错误，2 无法执行。',
  ].join('\n');
}
