import { addDays, type PlainDate } from '../calendar.ts';

/** What the data-exchange officer must hear of. */
export const alarmKinds = [
  'jobSilent',
  'lineSilent',
  'messagesUnconfirmed',
  'dayUnsent',
  'receiptMissing',
  'returnedUnmended',
  'blockedUnmended',
  'decisionsWaiting',
  'decisionsReturned',
  'differencesOpen',
  'notReconciled',
] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/**
 * When silence becomes an alarm. These are times of the house, not of the law: M79-8a says 每日, M79-7a 实时 (at once); how soon
 * somebody is to look is for the installation to set.
 */
export interface AlarmTimes {
  /** Minutes after midnight by which the day before is to be reported. */
  readonly daySentBy: number;
  readonly receiptMinutes: number;
  readonly mendHours: number;
  readonly decisionMinutes: number;
}

/** Facts of one moment, counted in the range of whoever looks. */
export interface ExchangeFacts {
  readonly today: PlainDate;
  /** Minutes since midnight in Asia/Shanghai. */
  readonly minute: number;
  readonly silentJobs: readonly { readonly text: string; readonly seen?: string }[];
  /** Systems outside that have been silent for longer than the provision lets pass, and since when (as shown). */
  readonly silentLines: readonly { readonly name: string; readonly since: string }[];
  /** Messages the gateway took longer ago than the provision lets pass, in hours, and never said what became of (M79-6a). */
  readonly unconfirmed: Waiting & { readonly hours: number };
  /** Counties that have not reported a day that is over, by day. */
  readonly unsent: readonly { readonly date: PlainDate; readonly divisions: readonly string[] }[];
  readonly receiptsMissing: Waiting;
  readonly returned: Waiting;
  readonly blocked: Waiting;
  readonly decisionsWaiting: Waiting;
  readonly decisionsReturned: Waiting;
  readonly differencesOpen: number;
  /** The last day that reconciliation has compared; absent: none so far. */
  readonly reconciledTo?: PlainDate;
}

/** How many are older than their time allows, and since when the oldest waits (as shown). */
export interface Waiting {
  readonly count: number;
  readonly since?: string;
}

/** One alarm: what is wrong, and what to do now. */
export interface Alarm {
  readonly kind: AlarmKind;
  readonly text: string;
  readonly todo: string;
  readonly count: number;
  readonly date?: PlainDate;
}

const since = (waiting: Waiting) => (waiting.since ? `，最早的是${waiting.since}` : '');

/** The alarms of a moment, the most pressing first; none when all is well. */
export function alarmsOf(facts: ExchangeFacts, times: AlarmTimes, named: (division: string) => string): Alarm[] {
  const alarms: Alarm[] = [];
  const when = (waiting: Waiting, kind: AlarmKind, text: string, todo: string) => {
    if (waiting.count > 0) alarms.push({ kind, text: `${text}${since(waiting)}。`, todo, count: waiting.count });
  };
  for (const job of facts.silentJobs) {
    const text = job.seen ? `后台任务“${job.text}”自${job.seen}起没有动静。` : `后台任务“${job.text}”从未运行。`;
    alarms.push({ kind: 'jobSilent', text, todo: '请通知系统管理员检查后台程序。', count: 1 });
  }
  for (const { name, since: at } of facts.silentLines) {
    const todo = '登记和服务照常办理；请联系对方查线路，恢复后自动补办。';
    alarms.push({ kind: 'lineSilent', text: `${name}自${at}起没有应答。`, todo, count: 1 });
  }
  // A gateway that takes everything and delivers nothing answers all the same.
  const { unconfirmed } = facts;
  when(
    unconfirmed,
    'messagesUnconfirmed',
    `短信平台收下的${unconfirmed.count}条短信超过${unconfirmed.hours}小时没有送达回执`,
    '请联系短信平台核对是否真的发出；要紧的通知改用电话告知本人。',
  );
  for (const { date, divisions } of facts.unsent) {
    // The night has until morning for the day before; older days have had their time.
    if (date === addDays(facts.today, -1) && facts.minute < times.daySentBy) continue;
    const names = divisions.slice(0, 3).map(named).join('、');
    const more = divisions.length > 3 ? `等${divisions.length}个县（市、区）` : '';
    const text = `${date}的退出还没有上报：${names}${more}。`;
    alarms.push({ kind: 'dayUnsent', text, todo: '当天没有退出也要报零；请立即上传。', count: divisions.length, date });
  }
  const { receiptsMissing, returned, blocked, decisionsWaiting, decisionsReturned } = facts;
  when(
    receiptsMissing,
    'receiptMissing',
    `${receiptsMissing.count}个批次发出超过${times.receiptMinutes}分钟没有回执`,
    '查回执；平台没有收到时按原批次重发。',
  );
  when(
    returned,
    'returnedUnmended',
    `${returned.count}条退回记录超过${times.mendHours}小时没有更正`,
    '请提醒退出所在机构更正；更正后自动重新上传。',
  );
  when(
    blocked,
    'blockedUnmended',
    `${blocked.count}条有误记录超过${times.mendHours}小时没有更正`,
    '请提醒退出所在机构更正；更正后自动上报。',
  );
  when(
    decisionsWaiting,
    'decisionsWaiting',
    `${decisionsWaiting.count}件办理结果超过${times.decisionMinutes}分钟没有上传`,
    '结果应当即时上传；请查平台是否应答。',
  );
  when(
    decisionsReturned,
    'decisionsReturned',
    `${decisionsReturned.count}件办理结果被平台退回`,
    '请按退回原因核对后处理。',
  );
  if (facts.differencesOpen > 0) {
    const text = `对账有${facts.differencesOpen}条差异没有处理。`;
    alarms.push({ kind: 'differencesOpen', text, todo: '逐条查看差异并处理。', count: facts.differencesOpen });
  }
  const yesterday = addDays(facts.today, -1);
  if ((facts.reconciledTo ?? '') < yesterday && facts.minute >= times.daySentBy) {
    const to = facts.reconciledTo ? `最近一次对账到${facts.reconciledTo}` : '还没有对过账';
    alarms.push({ kind: 'notReconciled', text: `${to}，昨天没有对账。`, todo: '请立即对账。', count: 1 });
  }
  return alarms;
}
