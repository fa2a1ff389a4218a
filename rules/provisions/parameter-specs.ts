// How each parameter is named, which day's law it follows, how provisions of several levels meet, and how its value is said.
import { anything, atLeast, atMost, contains, eachField, ranked, type Stricter, same, within } from './compare.ts';
import type { BackLoad, ClassPoints, GuardedExit, ListName, Parameter, ParameterValues } from './parameters.ts';
import { list, word } from './words.ts';

/** The event whose day picks the provision: the law of that day stays with the case. */
export type PickedBy = 'submission' | 'registration' | 'month' | 'exit' | 'reporting' | 'day';

export interface ParameterSpec<V> {
  /** Its name in plain Chinese. */
  readonly label: string;
  readonly pickedBy: PickedBy;
  /** 'replace': one provision governs. 'add': duties and prohibitions of all levels hold together, none displaces another. */
  readonly combine: 'replace' | 'add';
  /** Whether a later local value may stand: stricter on the office or equal, and no harder on the worker. */
  readonly stricter: Stricter<V>;
  /** The value in plain Chinese. */
  readonly say: (value: V) => string;
}

function rule<V>(
  label: string,
  pickedBy: PickedBy,
  stricter: Stricter<V>,
  say: (value: V) => string,
): ParameterSpec<V> {
  return { label, pickedBy, combine: 'replace', stricter, say };
}

/** A list of duties or prohibitions on the office, to which every level may add. */
function duties<T extends string>(label: string, pickedBy: PickedBy): ParameterSpec<readonly T[]> {
  return { label, pickedBy, combine: 'add', stricter: contains, say: list };
}

const listNames: Record<ListName, string> = {
  policies: '政策清单',
  services: '服务清单',
  institutions: '公共就业服务机构清单',
};

const workingDays = (days: number) => `${days}个工作日`;
const yesNo = (yes: string, no: string) => (value: boolean) => (value ? yes : no);
const sayBackLoad = ({ to, since, by, whom }: BackLoad) =>
  `${by}前向${word(to)}上传${since ? `${since}以来的` : ''}${list(whom)}`;

/** What each fact that has points is called. */
export const classPointNames: Readonly<Record<keyof ClassPoints, string>> = {
  skillCertified: '有职业资格、技能等级或职称',
  skillPractised: '有一技之长',
  skillNone: '没有专门技能',
  yearsFive: '同一职业做满5年',
  yearsNone: '没有工作经历',
  schoolCollege: '大专及以上学历',
  schoolPrimary: '小学及以下学历',
  outUpToThreeMonths: '失业不满3个月',
  outTwelveMonths: '失业满12个月',
  searchesAlone: '会自己找工作',
  searchesNot: '不会自己找工作',
  disabled: '有残疾',
  hindrance: '每一项实际困难',
};
const signed = (points: number) => (points > 0 ? `＋${points}` : points < 0 ? `－${-points}` : '0');
const sayPoints = (points: ClassPoints) =>
  (Object.keys(classPointNames) as (keyof ClassPoints)[])
    .map((name) => `${classPointNames[name]}${signed(points[name])}`)
    .join('；');

/** One entry for each parameter. */
export const parameterSpecs: { readonly [P in Parameter]: ParameterSpec<ParameterValues[P]> } = {
  lowerAge: rule('登记年龄下限', 'submission', atMost, (age) => `年满${age}周岁（含）`),
  upperAgeEvent: rule('登记年龄上限', 'submission', same, (event) => `${word(event)}为止，没有固定年龄`),
  householdKinds: rule('登记对象', 'submission', contains, (kinds) => `${list(kinds)}劳动者`),
  registrationPlaces: rule('可以登记的地点', 'submission', contains, list),
  hkMacaoTaiwanResidents: rule('港澳台居民', 'submission', same, word),
  identityDocuments: rule(
    '有效身份证件（AAC058代码）',
    'submission',
    eachField(contains),
    ({ mainland, hkMacaoTaiwan, warnOnly }) =>
      `内地居民${list(mainland)}；港澳台居民${list(hkMacaoTaiwan)}；${list(warnOnly)}只提示核对`,
  ),
  groupsServed: duties('参照登记失业人员服务的群体', 'day'),
  channels: duties('办理渠道', 'submission'),
  commitment: rule('承诺方式', 'submission', ranked('written', 'noticeAndCommitment'), word),
  decisionWorkingDays: rule('审核办结期限', 'submission', atMost, workingDays),
  dayOfSubmissionIsDay: rule('提交当天', 'submission', atLeast, (day) => (day === 0 ? '不算，次日为第1天' : '算第1天')),
  platformClockStarts: rule('全国平台转办申请的起算时间', 'submission', ranked('download', 'platformSubmission'), word),
  verificationSources: duties('核验途径', 'submission'),
  proofsNeverAsked: duties('不得要求的证明', 'submission'),
  neverDependsOn: duties('不得与之挂钩', 'submission'),
  forbiddenGrounds: duties('禁止的拒绝理由', 'submission'),
  resultNotice: rule('办理结果', 'submission', same, word),
  progressEnquiry: rule('进度查询', 'day', ranked(false, true), yesNo('提供', '不提供')),
  firstContactWorkingDays: rule('首次联系期限（登记后）', 'registration', atMost, workingDays),
  firstContactMeans: duties('首次联系方式', 'registration'),
  interviewFacts: duties('面谈须了解', 'registration'),
  interviewInforms: duties('面谈须告知', 'registration'),
  listsHandedOver: {
    ...duties<ListName>('须提供的清单', 'registration'),
    say: (names) => list(names.map((name) => listNames[name])),
  },
  listColumns: rule(
    '清单栏目',
    'day',
    eachField(contains),
    ({ policies, services, institutions }) =>
      `政策清单：${list(policies)}；服务清单：${list(services)}；机构清单：${list(institutions)}`,
  ),
  listPublicationWorkingDays: rule('内容有变化后更新清单的期限', 'day', atMost, workingDays),
  servicesOffered: duties('就业创业服务', 'day'),
  // How a service ranks and doubts is neither stricter nor laxer on anybody: the nearest provision governs.
  matchingPoints: rule('岗位匹配的计分', 'day', anything, (points) =>
    Object.entries(points)
      .map(([name, worth]) => `${word(name)}${worth}分`)
      .join('、'),
  ),
  vacancyLimits: rule(
    '岗位信息的核对界限',
    'day',
    anything,
    (limits) =>
      `全日制月工资低于${limits.lowWage}元、高于${limits.highWage}元，或上限超过下限${limits.wageSpread}倍的提示核对；招聘人数最多${limits.mostPosts}人；有效期最长${limits.longestDays}天`,
  ),
  referralAskWorkingDays: rule('推荐后回访求职结果的期限', 'day', atMost, workingDays),
  difficultyAssistance: duties('就业困难人员援助', 'day'),
  policyHelp: duties('扶持政策', 'day'),
  classPoints: rule('服务分类的记分', 'day', anything, sayPoints),
  classBounds: rule(
    '服务分类的界限',
    'day',
    anything,
    ({ strongFrom, weakBelow }) => `${strongFrom}分及以上为A，低于${weakBelow}分为C，其余为B；有创业意愿的为D`,
  ),
  contactRhythmDays: rule(
    '各类人员的联系间隔',
    'day',
    eachField<ParameterValues['contactRhythmDays']>(atMost),
    (days) =>
      `${(['A', 'B', 'C', 'D'] as const).map((name) => `${name}类${days[name] >= 31 ? '每月' : `最长${days[name]}天`}`).join('，')}，且每月不少于1次`,
  ),
  difficultyPlanWorkingDays: rule('就业困难人员指定专人、制定援助计划', 'day', atMost, workingDays),
  difficultyCategories: rule('就业困难人员的范围', 'day', anything, (categories) =>
    categories.map(({ name }) => name).join('；'),
  ),
  difficultyWorkingDays: rule('就业困难人员认定期限', 'submission', atMost, workingDays),
  difficultyMonths: rule('认定的有效期', 'day', anything, (months) => `${months}个月，期满复核`),
  supportPolicies: rule('可申请的扶持政策', 'day', anything, (policies) => policies.map(({ name }) => name).join('；')),
  welfareLimits: rule(
    '公益性岗位的年限和核查',
    'day',
    anything,
    ({ mostMonths, nearPensionYears, checkEveryMonths }) =>
      `累计不超过${mostMonths}个月；距领取养老金不足${nearPensionYears}年的可到领取时；每${checkEveryMonths}个月核查一次在岗`,
  ),
  followUpsPerMonth: rule('每月跟踪调查次数', 'month', atLeast, (times) => `至少${times}次`),
  followUpMonth: rule('跟踪调查按何种月份', 'month', same, word),
  followUpMeans: rule('跟踪调查方式', 'month', within, list),
  firstContactCountsForItsMonth: rule('首次联系计入当月跟踪', 'month', ranked(true, false), yesNo('计入', '不计入')),
  oneMatter: duties('“一件事”打包办理', 'submission'),
  civilAffairsExchange: rule('与民政部门交换数据', 'day', ranked(false, true), yesNo('要求', '不要求')),
  creditLimits: rule(
    '信用记录的界限和期限',
    'day',
    anything,
    (limits) =>
      `骗取超过${limits.seriousYuan}元或拒不退回，或者多领超过${limits.seriousMonths}个月、${limits.seriousYuan}元且拒不退回的，列入严重失信名单；听取意见${workingDays(limits.answerWorkingDays)}；提示保留${limits.noteMonths}个月，记录保留${limits.recordMonths}个月`,
  ),
  creditObjectionWorkingDays: rule('答复信用异议的期限', 'day', atMost, workingDays),
  creditRecords: rule('记入人社信用的情形', 'day', within, list),
  exitReasons: rule('注销原因（AJC00A代码）', 'exit', within, list),
  exit31: rule('连续拒绝公共就业服务（31）', 'exit', ranked('ground', 'guarded'), word),
  exit32: rule('连续无法取得联系（32）', 'exit', ranked('ground', 'guarded'), word),
  refusalsForExit31: rule('拒绝服务次数（31）', 'exit', atLeast, (times) => `连续${times}次`),
  monthsForExit32: rule('失去联系月数（32）', 'exit', atLeast, (months) => `连续${months}个月`),
  guardedExit: rule(
    '31、32注销前须做到',
    'exit',
    eachField<GuardedExit>(atLeast),
    (need) =>
      `${need.refusedOffers}次有据的拒绝；或${need.monthsOutOfReach}个月内每月至少联系${need.attemptsPerMonth}次、至少${need.differentMeans}种方式；最后告知留${workingDays(need.lastChanceWorkingDays)}${need.secondPerson ? '；第二人复核' : ''}`,
  ),
  // A longer night spares the worker; what an office may send is not made later by any deadline.
  quietHours: rule(
    '不发消息的时段',
    'day',
    anything,
    ({ from, until }) => `每天${from}时至次日${until}时不发，次日${until}时发出`,
  ),
  noticeExemptions: rule('注销后免予告知的人', 'exit', within, list),
  localExitCircumstances: rule('地方可另定注销情形', 'exit', ranked(true, false), yesNo('可以', '不可以')),
  decisionUpload: rule('审核结果上传', 'submission', ranked('promptly', 'atOnce'), word),
  exitUpload: rule('注销数据上传', 'exit', same, word),
  silentLineMinutes: rule(
    '外部系统没有应答时提示',
    'day',
    anything,
    (minutes) => `${minutes}分钟没有应答的提示经办和数据交换人员`,
  ),
  messageReceiptHours: rule(
    '短信没有送达回执时提示',
    'day',
    anything,
    (hours) => `短信平台收下${hours}小时还没有回执的提示数据交换人员`,
  ),
  backLoads: {
    label: '历史数据上传',
    pickedBy: 'day',
    combine: 'add',
    stricter: contains,
    say: (loads) => loads.map(sayBackLoad).join('；'),
  },
  cleaningDoneBy: rule('数据核查清洗完成期限', 'day', atMost, (date) => `${date}前`),
  statisticsPeriod: rule('统计报表期', 'reporting', same, ({ fromDay, toDay }) => `上月${fromDay}日至本月${toDay}日`),
  statisticsDueDays: rule('月报报送时间', 'reporting', atMost, (days) => `次月月初${days}日内，遇休息日顺延`),
  urbanBy: rule('城镇的认定', 'reporting', same, (by) =>
    by === 'residence' ? '常住地为城镇' : '在城镇区域办理失业登记',
  ),
  groupsInStatistics: duties('另行计入统计的群体', 'reporting'),
  statisticsChannels: duties('合并统计的登记来源', 'reporting'),
  denominatorFallback: rule('城镇从业人员没有月度数时', 'reporting', same, word),
  ministryExtractsFrom: rule('部里从全国平台提取统计数据', 'reporting', same, (month) => `${month}起`),
  reportFromSystem: rule('统计报表', 'reporting', ranked('stepByStep', 'fully'), word),
  publicity: duties('须公开和宣传', 'day'),
  hotlines: duties('咨询热线', 'day'),
  noticeReadWorkingDays: rule('文件传达到经办人员的期限', 'day', atMost, workingDays),
  supervision: duties('督导方式', 'day'),
};

/** All parameters, in the order they are shown. */
export const parameters = Object.keys(parameterSpecs) as Parameter[];

/** A parameter's value in plain Chinese. */
export function sayValue<P extends Parameter>(parameter: P, value: ParameterValues[P]): string {
  return parameterSpecs[parameter].say(value);
}
