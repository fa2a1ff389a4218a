// 鞍人社〔2020〕21号, clause by clause.
import { anshan21 } from './documents.ts';
import { provisionsOf } from './from-clause.ts';
import type { Provision } from './provision.ts';
import { shippedPolicies } from './shipped-support.ts';

const set = provisionsOf(anshan21);

export const anshanProvisions: readonly Provision[] = [
  set('A21-1a', 'lowerAge', 16),
  set('A21-1a', 'upperAgeEvent', 'basicPension'),
  set('A21-1a', 'householdKinds', ['urban', 'rural']),
  set('A21-1b', 'registrationPlaces', ['household', 'residence']),
  set('A21-1c', 'hkMacaoTaiwanResidents', 'afterMainlandJob'),
  set('A21-2a', 'channels', ['nationalEntry']),
  set('A21-2b', 'commitment', 'written'),
  set(
    'A21-2c',
    'identityDocuments',
    { mainland: ['01', '90'], hkMacaoTaiwan: ['04', '05', '17', '90'], warnOnly: ['06'] },
    {
      note: '台湾居民来往大陆通行证（06）不在条文所列证件中：提示核对，不因此拒绝。港澳台居民居住证的代码17待人社系统核实。',
    },
  ),
  set('A21-2d', 'channels', ['institutions', 'streets', 'communities']),
  set('A21-3a', 'decisionWorkingDays', 7),
  set('A21-3a', 'dayOfSubmissionIsDay', 0, { note: '条文没有写明起算日。按通常做法，提交当天不算，从次日起算。' }),
  set('A21-3b', 'verificationSources', ['cardholders', 'socialInsurance', 'employmentFiling', 'staffInvestigation']),
  set('A21-3c', 'decisionUpload', 'promptly'),
  set('A21-3d', 'resultNotice', 'unasked'),
  set('A21-4b', 'interviewFacts', ['reason', 'skills', 'wishes']),
  set('A21-4b', 'interviewInforms', ['laterServices', 'exitConditions']),
  set('A21-4c', 'listsHandedOver', ['policies', 'services', 'institutions']),
  set('A21-4c', 'listPublicationWorkingDays', 20, {
    note: '条文要求提供清单，没有规定内容变化后多久更新。取《政府信息公开条例》第二十六条的20个工作日。',
  }),
  set('A21-4c', 'listColumns', {
    policies: ['政策名称', '享受对象', '政策内容', '申请条件', '受理机构'],
    services: ['服务项目', '服务对象', '服务内容'],
    institutions: ['机构名称', '办公地址', '联系电话', '经办项目'],
  }),
  set('A21-4d', 'servicesOffered', ['introduction', 'guidance', 'training', 'matching', 'resultAskedAfterwards']),
  set(
    'A21-4d',
    'matchingPoints',
    {
      wishFirst: 40,
      wishOther: 32,
      trained: 26,
      related: 12,
      sameTown: 24,
      sameCounty: 20,
      sameCity: 12,
      sameProvince: 4,
      wageMet: 16,
      wageWithin: 9,
      educationMet: 10,
      skillMet: 14,
    },
    {
      note: '条文没有写明怎样匹配。按职业、地点、工资、学历、技能计分，不看性别、年龄和户籍；分值可由管理员按规定调整。',
    },
  ),
  set(
    'A21-4d',
    'vacancyLimits',
    { lowWage: 1500, highWage: 50_000, wageSpread: 3, mostPosts: 2000, longestDays: 180 },
    { note: '条文没有写明。超出界限的只提示核对，不因此拒收；有效期到了可以再延。' },
  ),
  set('A21-4d', 'referralAskWorkingDays', 10, {
    note: '条文要求回访求职结果，没有写明期限，取10个工作日。',
  }),
  set('A21-4e', 'servicesOffered', ['startUp', 'guaranteedLoan']),
  set('A21-4f', 'difficultyAssistance', [
    'namedOfficer',
    'personalPlan',
    'counselling',
    'training',
    'problemTracking',
    'publicWelfarePost',
  ]),
  set('A21-4f', 'difficultyPlanWorkingDays', 5, {
    note: '条文要求指定专人、制定个性化援助计划，没有写明期限。取认定后5个工作日，与首次联系一致。',
  }),
  set(
    'A21-4f',
    'welfareLimits',
    { mostMonths: 36, nearPensionYears: 5, checkEveryMonths: 1 },
    {
      note: '条文只要求提供公益性岗位，没有写年限和核查。按公益性岗位管理的通行规定：累计不超过36个月，距领取养老金不足5年的可到领取时，每月核查在岗。',
    },
  ),
  set('A21-4g', 'supportPolicies', shippedPolicies, {
    note: '条文要求介绍扶持政策并同步受理，没有列出政策。随系统提供常见的几项，只写条件，不写金额；各地按本地政策清单另定。',
  }),
  set('A21-4g', 'policyHelp', ['introduce', 'acceptSameVisit']),
  set('A21-4h', 'oneMatter', ['registration', 'benefit']),
  set('A21-5a', 'followUpMeans', ['selfReport']),
  set('A21-5b', 'followUpsPerMonth', 1),
  set('A21-5b', 'followUpMonth', 'calendarMonth', { note: '条文写“每月”，按自然月计。' }),
  set('A21-5b', 'followUpMeans', ['dataComparison', 'visit', 'telephone']),
  set('A21-5b', 'firstContactCountsForItsMonth', true, {
    note: '条文没有写明。首次联系了解的正是就业失业情况，计入当月。',
  }),
  set(
    'A21-5c',
    'creditLimits',
    { seriousYuan: 10_000, seriousMonths: 6, answerWorkingDays: 5, noteMonths: 12, recordMonths: 36 },
    {
      note: '条文只写纳入人社信用体系。界限取人社部规〔2019〕2号的数：1万元、6个月；听取意见的时间和保留的期限条文没有写明，取5个工作日、12个月和36个月。',
    },
  ),
  set('A21-5c', 'creditObjectionWorkingDays', 10, {
    note: '条文没有写明异议怎样答复。取10个工作日内，由没有参与决定的人答复。',
  }),
  set('A21-5c', 'creditRecords', ['falselyObtainedBenefit']),
  set(
    'A21-5d',
    'quietHours',
    { from: 21, until: 8 },
    { note: '条文要求“以适当方式”告知，没有规定时间。夜里打扰不是适当方式：21时至次日8时不发。' },
  ),
  set('A21-5d', 'noticeExemptions', ['emigrated', 'imprisoned', 'dead', 'unreachable']),
  set('A21-5e', 'exitReasons', ['11', '12', '13', '21']),
  set('A21-5f', 'exitReasons', ['23', '24', '25', '26', '31', '32']),
  set('A21-5f', 'exit31', 'ground'),
  set('A21-5f', 'exit32', 'ground'),
  set('A21-5f', 'refusalsForExit31', 3),
  set('A21-5f', 'monthsForExit32', 6),
  set('A21-5g', 'exitReasons', ['90']),
  set('A21-5g', 'localExitCircumstances', true),
  set('A21-6a', 'urbanBy', 'residence'),
  set('A21-6a', 'groupsInStatistics', [], { note: '只统计已登记的失业人员，没有另列群体。' }),
  set('A21-6b', 'reportFromSystem', 'stepByStep'),
  set('A21-6b', 'supervision', ['systemReportConsistency']),
  set('A21-7a', 'forbiddenGrounds', ['householdApart', 'householdElsewhere']),
  set('A21-7b', 'publicity', ['institutions', 'onlineWays', 'process']),
  set('A21-7b', 'hotlines', ['8890']),
  set('A21-8a', 'creditRecords', ['falseForm']),
  set('A21-8b', 'publicity', ['processChart']),
];
