// 人社厅发〔2020〕79号 and its annex, clause by clause.
import { ministry79 } from './documents.ts';
import { provisionsOf } from './from-clause.ts';
import type { ClassPoints } from './parameters.ts';
import type { Provision } from './provision.ts';
import { shippedPolicies } from './shipped-support.ts';

const set = provisionsOf(ministry79);

/** Points of the shipped way to sort registrants into classes. */
const shippedPoints: ClassPoints = {
  skillCertified: 3,
  skillPractised: 1,
  skillNone: -2,
  yearsFive: 2,
  yearsNone: -1,
  schoolCollege: 1,
  schoolPrimary: -1,
  outUpToThreeMonths: 1,
  outTwelveMonths: -2,
  searchesAlone: 1,
  searchesNot: -2,
  disabled: -2,
  hindrance: -1,
};

/** Section three changes the statistics from October 2020 on; the first report is the one due in that month. */
const fromOctober = {
  from: '2020-10-01',
  note: '第三部分自2020年10月起施行；首份月报（8月21日至9月20日）于10月9日前报送，按报送当月适用。',
};

export const nationalProvisions: readonly Provision[] = [
  set('M79-1a', 'householdKinds', ['urban', 'rural']),
  set('M79-1a', 'registrationPlaces', ['household', 'residence', 'employment', 'insurance']),
  set('M79-1b', 'groupsServed', ['graduates', 'unemploymentSubsidy', 'oneOffAllowance', 'temporaryAllowance']),
  set('M79-1b', 'groupsInStatistics', [], { note: '条文要求参照登记失业人员进行服务，没有要求计入统计。' }),
  set('M79-2a', 'commitment', 'noticeAndCommitment'),
  set(
    'M79-2a',
    'identityDocuments',
    { mainland: ['01', '90'], hkMacaoTaiwan: ['04', '05', '17', '90'], warnOnly: ['06'] },
    { note: '条文只写“本人身份证件”，没有列名称。代码按鞍人社〔2020〕21号第二条所列证件取。' },
  ),
  set('M79-2a', 'proofsNeverAsked', ['identityBeyondDocument']),
  set('M79-2b', 'proofsNeverAsked', ['endOfEmployment']),
  set('M79-2c', 'proofsNeverAsked', ['qualifications']),
  set('M79-2d', 'neverDependsOn', ['insuredLocally']),
  set('M79-2e', 'neverDependsOn', ['benefitConditions']),
  set('M79-2f', 'forbiddenGrounds', ['papersIncomplete', 'uninsured', 'benefitConditionsUnmet']),
  set('M79-3a', 'decisionWorkingDays', 3),
  set('M79-3a', 'dayOfSubmissionIsDay', 0, { note: '条文没有写明起算日。按通常做法，提交当天不算，从次日起算。' }),
  set('M79-3a', 'firstContactWorkingDays', 5),
  set('M79-3a', 'firstContactMeans', ['telephone', 'message']),
  set('M79-3b', 'listsHandedOver', ['services', 'policies']),
  set('M79-3b', 'listPublicationWorkingDays', 20, {
    note: '条文要求提供清单，没有规定内容变化后多久更新。取《政府信息公开条例》第二十六条的20个工作日。',
  }),
  set('M79-3b', 'interviewFacts', ['reason', 'skills', 'wishes']),
  set('M79-3b', 'servicesOffered', ['introduction', 'guidance', 'training', 'startUp']),
  set(
    'M79-3b',
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
      note: '条文没有写明怎样匹配。按职业、地点、工资、学历、技能计分，地点按街道（乡镇）、县、市、省逐级比较，不算路程；不看性别、年龄和户籍；分值可由管理员按规定调整。',
    },
  ),
  set(
    'M79-3b',
    'vacancyLimits',
    { lowWage: 1500, highWage: 50_000, wageSpread: 3, mostPosts: 2000, longestDays: 180 },
    { note: '条文没有写明。超出界限的只提示核对，不因此拒收；有效期到了可以再延。' },
  ),
  set('M79-3b', 'referralAskWorkingDays', 10, {
    note: '条文没有写明推荐以后多久回访，取10个工作日。',
  }),
  set(
    'M79-3b',
    'welfareLimits',
    { mostMonths: 36, nearPensionYears: 5, checkEveryMonths: 1 },
    {
      note: '条文要求分级分类帮扶，没有写年限和核查。按公益性岗位管理的通行规定：累计不超过36个月，距领取养老金不足5年的可到领取时，每月核查在岗。',
    },
  ),
  set('M79-3b', 'supportPolicies', shippedPolicies, {
    note: '条文要求主动介绍、协助申请扶持政策，没有列出政策。随系统提供常见的几项，只写条件，不写金额；各地按本地政策清单另定。',
  }),
  set('M79-3b', 'policyHelp', ['introduce', 'helpApply']),
  set('M79-3b', 'classPoints', shippedPoints, {
    note: '条文要求分级分类提供服务，没有规定怎样分。随系统提供一套可解释的记分，各地可以另定；不计性别、户籍和是否参保。',
  }),
  set('M79-3b', 'classBounds', { strongFrom: 4, weakBelow: -1 }, { note: '同上：条文没有规定界限，各地可以另定。' }),
  set('M79-3b', 'difficultyPlanWorkingDays', 5, {
    note: '条文要求分级分类帮扶，没有写明期限。取认定后5个工作日，与首次联系一致。',
  }),
  set(
    'M79-4a',
    'contactRhythmDays',
    { A: 31, B: 31, C: 15, D: 31 },
    {
      note: '条文要求每月1次，填31天即按自然月。困难较多的（C类）取每15天1次；各地可以更勤，不能更疏。',
    },
  ),
  set('M79-4a', 'followUpsPerMonth', 1),
  set('M79-4a', 'followUpMonth', 'calendarMonth', { note: '条文写“每月”，按自然月计。' }),
  set('M79-4a', 'followUpMeans', ['dataComparison', 'visit', 'telephone', 'selfReport'], {
    note: '条文没有限定方式，数据比对、走访、电话和本人报告都计入。',
  }),
  set('M79-4a', 'firstContactCountsForItsMonth', true, {
    note: '条文没有写明。首次联系了解的正是就业失业情况，计入当月。',
  }),
  set('M79-4b', 'noticeExemptions', ['emigrated', 'imprisoned', 'dead', 'unreachable'], {
    note: '条文要求“以适当方式告知”，没有列出例外。对这四类人没有适当方式可言，与鞍人社〔2020〕21号第五条所列一致。',
  }),
  set(
    'M79-4b',
    'quietHours',
    { from: 21, until: 8 },
    { note: '条文要求“以适当方式告知”，没有规定时间。夜里打扰不是适当方式：21时至次日8时不发，各地可以另定。' },
  ),
  set('M79-4c', 'exit31', 'guarded'),
  set('M79-4c', 'exit32', 'guarded'),
  set('M79-4c', 'refusalsForExit31', 3),
  set('M79-4c', 'monthsForExit32', 6),
  set(
    'M79-4c',
    'guardedExit',
    {
      refusedOffers: 3,
      monthsOutOfReach: 6,
      attemptsPerMonth: 1,
      differentMeans: 2,
      lastChanceWorkingDays: 5,
      secondPerson: true,
    },
    {
      note: '条文写“不能简单以”这两种情形注销，没有写明怎样才不算简单。取：逐次有据的三次拒绝，或六个月内每月至少联系一次且换过方式；最后一次告知并留5个工作日；第二人复核。',
    },
  ),
  set('M79-5a', 'oneMatter', ['registration', 'benefit', 'difficultyRecognition']),
  set('M79-5a', 'silentLineMinutes', 10, {
    note: '条文没有写明外部系统多久没有应答要有人过问。取10分钟：更短的中断会自己恢复；各地可以另定。',
  }),
  set('M79-5b', 'civilAffairsExchange', true),
  set('M79-6a', 'progressEnquiry', true),
  set('M79-6a', 'messageReceiptHours', 24, {
    note: '条文要求结果反馈，没有写明短信多久没有送达回执要有人过问。取24小时：关机的手机多半已经开过机；各地可以另定。',
  }),
  set('M79-6a', 'resultNotice', 'unasked', { note: '条文要求结果反馈；由系统主动告知本人。' }),
  set('M79-7a', 'channels', ['nationalEntry']),
  set('M79-7a', 'decisionUpload', 'atOnce'),
  set('M79-7a', 'platformClockStarts', 'platformSubmission', {
    note: '条文要求及时下载。按最稳妥的理解，从劳动者在全国平台提交之时起算，不从下载之时起算。',
  }),
  set('M79-7b', 'backLoads', [
    { to: 'nationalPlatform', since: '2020-03-31', by: '2020-07-31', whom: ['registrations'] },
  ]),
  set('M79-8a', 'exitUpload', 'daily'),
  set('M79-8b', 'backLoads', [{ to: 'nationalPlatform', by: '2020-09-30', whom: ['allValid'] }]),
  set('M79-8b', 'cleaningDoneBy', '2020-09-30'),
  set('M79-9', 'statisticsPeriod', { fromDay: 21, toDay: 20 }, fromOctober),
  set('M79-9', 'statisticsDueDays', 3, fromOctober),
  set('M79-10a', 'lowerAge', 16),
  set('M79-10a', 'upperAgeEvent', 'basicPension'),
  set('M79-10a', 'urbanBy', 'registration', fromOctober),
  set('M79-10b', 'denominatorFallback', 'lastYearEndEstimate', fromOctober),
  set('M79-11', 'statisticsChannels', ['nationalPlatform', 'local'], fromOctober),
  set('M79-11', 'ministryExtractsFrom', '2021-01'),
  set('M79-13', 'hotlines', ['12333']),
  set('M79-13', 'noticeReadWorkingDays', 10),
  set('M79-14', 'supervision', ['progressReports', 'thirdPartySurvey', 'yearlyAssessment']),
  set('M79-15', 'publicity', ['whoMayRegister', 'conditions', 'servicesAndPolicies']),
  set('M79X-4', 'exitReasons', ['11', '12', '13', '14', '21', '23', '24', '25', '26', '31', '32', '90']),
];
