// What a value of each parameter looks like, for the form that enters one and the check that accepts it.
import { codeTables } from '@yingdeng/contract/code-tables.ts';
import { classPointNames } from './parameter-specs.ts';
import type { Parameter } from './parameters.ts';

/** A whole number from `min` to `max`, said with its unit. */
interface Count {
  readonly kind: 'count';
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}
/** One of a few values. */
interface Choice {
  readonly kind: 'choice';
  readonly of: readonly (string | number | boolean)[];
}
/** Some of a closed list, each once; `least` of them at the least. */
interface Choices {
  readonly kind: 'set';
  readonly of: readonly string[];
  readonly least: number;
}
/** Free short texts, each once, each matching `pattern` when there is one; `hint` says what is wanted. */
interface Texts {
  readonly kind: 'texts';
  readonly hint: string;
  readonly least: number;
  readonly pattern?: RegExp;
}
/** One short text. */
interface Text {
  readonly kind: 'text';
  readonly most: number;
}
interface DateOf {
  readonly kind: 'date' | 'month';
}
/** Named parts. An optional part may be absent. */
interface Parts {
  readonly kind: 'parts';
  readonly parts: Readonly<Record<string, Part>>;
}
/** A list of things with the same named parts. */
interface Rows {
  readonly kind: 'rows';
  readonly parts: Readonly<Record<string, Part>>;
}
export interface Part {
  readonly label: string;
  readonly shape: ValueShape;
  readonly optional?: true;
}
export type ValueShape = Count | Choice | Choices | Text | Texts | DateOf | Parts | Rows;

const count = (min: number, max: number, unit: string): Count => ({ kind: 'count', min, max, unit });
const days = (max = 60) => count(1, max, '个工作日');
const choice = (...of: Choice['of']): Choice => ({ kind: 'choice', of });
const some = (...of: string[]): Choices => ({ kind: 'set', of, least: 1 });
/** Duties and prohibitions: a document may say that it adds none. */
const anyOf = (...of: string[]): Choices => ({ kind: 'set', of, least: 0 });
const codes = (table: { readonly values: object }, least = 1): Choices => ({
  kind: 'set',
  of: Object.keys(table.values).sort(),
  least,
});
const texts = (hint: string, pattern?: RegExp): Texts => ({ kind: 'texts', hint, least: 1, pattern });
const part = (label: string, shape: ValueShape): Part => ({ label, shape });

const points = count(0, 100, '分');
const places = ['household', 'residence', 'employment', 'insurance'];
const groups = ['graduates', 'unemploymentSubsidy', 'oneOffAllowance', 'temporaryAllowance'];
const columns = texts('栏目名称，按条文所列顺序');

/** One entry for each parameter. */
export const valueShapes: Readonly<Record<Parameter, ValueShape>> = {
  lowerAge: count(14, 20, '周岁'),
  upperAgeEvent: choice('basicPension'),
  householdKinds: some('urban', 'rural'),
  registrationPlaces: some(...places),
  hkMacaoTaiwanResidents: choice('afterMainlandJob'),
  identityDocuments: {
    kind: 'parts',
    parts: {
      mainland: part('内地居民', codes(codeTables.identityDocument)),
      hkMacaoTaiwan: part('港澳台居民', codes(codeTables.identityDocument)),
      warnOnly: part('只提示核对', codes(codeTables.identityDocument, 0)),
    },
  },
  groupsServed: anyOf(...groups),
  channels: some('nationalEntry', 'institutions', 'streets', 'communities'),
  commitment: choice('written', 'noticeAndCommitment'),
  decisionWorkingDays: days(),
  dayOfSubmissionIsDay: choice(0, 1),
  platformClockStarts: choice('platformSubmission', 'download'),
  verificationSources: some(
    'cardholders',
    'socialInsurance',
    'employmentFiling',
    'marketEntities',
    'otherDepartments',
    'staffInvestigation',
  ),
  proofsNeverAsked: anyOf('identityBeyondDocument', 'endOfEmployment', 'qualifications'),
  neverDependsOn: anyOf('insuredLocally', 'benefitConditions'),
  forbiddenGrounds: anyOf(
    'papersIncomplete',
    'uninsured',
    'benefitConditionsUnmet',
    'householdApart',
    'householdElsewhere',
  ),
  resultNotice: choice('unasked'),
  progressEnquiry: choice(true, false),
  firstContactWorkingDays: days(),
  firstContactMeans: some('telephone', 'message', 'visit'),
  interviewFacts: some('reason', 'skills', 'wishes'),
  interviewInforms: anyOf('laterServices', 'exitConditions'),
  listsHandedOver: some('policies', 'services', 'institutions'),
  listColumns: {
    kind: 'parts',
    parts: {
      policies: part('政策清单', columns),
      services: part('服务清单', columns),
      institutions: part('机构清单', columns),
    },
  },
  listPublicationWorkingDays: days(),
  servicesOffered: anyOf(
    'introduction',
    'guidance',
    'training',
    'startUp',
    'matching',
    'resultAskedAfterwards',
    'guaranteedLoan',
  ),
  matchingPoints: {
    kind: 'parts',
    parts: {
      wishFirst: part('首选职业', points),
      wishOther: part('其他求职意向', points),
      trained: part('有该职业技能', points),
      related: part('同一大类', points),
      sameTown: { ...part('同街道（乡镇）', points), optional: true },
      sameCounty: part('同县（市、区）', points),
      sameCity: part('同城市', points),
      sameProvince: part('同省', points),
      wageMet: part('工资达到期望', points),
      wageWithin: part('工资可达期望', points),
      educationMet: part('学历达到', points),
      skillMet: part('技能达到', points),
    },
  },
  vacancyLimits: {
    kind: 'parts',
    parts: {
      lowWage: part('月工资低于', count(1, 1_000_000, '元')),
      highWage: part('月工资高于', count(1, 1_000_000, '元')),
      wageSpread: part('上限超过下限', count(2, 100, '倍')),
      mostPosts: part('招聘人数最多', count(1, 100_000, '人')),
      longestDays: part('有效期最长', count(1, 3660, '天')),
    },
  },
  referralAskWorkingDays: days(),
  difficultyAssistance: anyOf(
    'namedOfficer',
    'personalPlan',
    'counselling',
    'training',
    'problemTracking',
    'publicWelfarePost',
  ),
  policyHelp: anyOf('introduce', 'acceptSameVisit', 'helpApply'),
  classPoints: {
    kind: 'parts',
    parts: Object.fromEntries(
      Object.entries(classPointNames).map(([name, label]) => [name, part(label, count(-20, 20, '分'))]),
    ),
  },
  classBounds: {
    kind: 'parts',
    parts: { strongFrom: part('A类从', count(-50, 50, '分起')), weakBelow: part('C类低于', count(-50, 50, '分')) },
  },
  contactRhythmDays: {
    kind: 'parts',
    parts: Object.fromEntries(['A', 'B', 'C', 'D'].map((name) => [name, part(`${name}类`, count(1, 31, '天'))])),
  },
  difficultyPlanWorkingDays: days(30),
  difficultyCategories: {
    kind: 'rows',
    parts: {
      name: part('类别', { kind: 'text', most: 60 }),
      by: part('怎样认定', choice('registeredMonths', 'disabled', 'allowance', 'byHand')),
      months: { ...part('连续登记失业', count(1, 60, '个月')), optional: true },
      women: { ...part('女满', count(16, 70, '周岁')), optional: true },
      men: { ...part('男满', count(16, 70, '周岁')), optional: true },
    },
  },
  difficultyWorkingDays: days(30),
  difficultyMonths: count(1, 60, '个月'),
  supportPolicies: {
    kind: 'rows',
    parts: {
      name: part('政策', { kind: 'text', most: 40 }),
      grantedBy: part('由谁批准', { kind: 'text', most: 40 }),
      conditions: part('条件', {
        kind: 'rows',
        parts: {
          fact: part(
            '看什么',
            choice('registered', 'registeredMonths', 'difficulty', 'disabled', 'startUp', 'graduate', 'asked'),
          ),
          months: { ...part('登记失业满', count(1, 60, '个月')), optional: true },
          text: { ...part('问本人的话', { kind: 'text', most: 60 }), optional: true },
        },
      }),
      workingDays: { ...part('受理后办结', days(120)), optional: true },
      loan: {
        ...part('是贷款的', {
          kind: 'parts',
          parts: {
            mostYuan: part('金额最多', count(1000, 10_000_000, '元')),
            mostYears: part('期限最长', count(1, 10, '年')),
          },
        }),
        optional: true,
      },
    },
  },
  welfareLimits: {
    kind: 'parts',
    parts: {
      mostMonths: part('累计不超过', count(1, 120, '个月')),
      nearPensionYears: part('距领取养老金不足', count(0, 10, '年')),
      checkEveryMonths: part('核查间隔', count(1, 12, '个月')),
    },
  },
  followUpsPerMonth: count(1, 31, '次'),
  followUpMonth: choice('calendarMonth', 'reportMonth'),
  followUpMeans: some('dataComparison', 'visit', 'telephone', 'selfReport'),
  firstContactCountsForItsMonth: choice(true, false),
  oneMatter: anyOf('registration', 'jobIntroduction', 'benefit', 'difficultyRecognition'),
  civilAffairsExchange: choice(true, false),
  creditLimits: {
    kind: 'parts',
    parts: {
      seriousYuan: part('严重失信超过', count(1, 1_000_000, '元')),
      seriousMonths: part('多领超过', count(1, 60, '个月')),
      answerWorkingDays: part('听取意见', days(30)),
      noteMonths: part('提示保留', count(1, 60, '个月')),
      recordMonths: part('记录保留', count(1, 120, '个月')),
    },
  },
  creditObjectionWorkingDays: days(),
  creditRecords: anyOf('falseForm', 'falselyObtainedBenefit'),
  exitReasons: codes(codeTables.exitReason),
  exit31: choice('ground', 'guarded'),
  exit32: choice('ground', 'guarded'),
  refusalsForExit31: count(1, 20, '次'),
  monthsForExit32: count(1, 36, '个月'),
  guardedExit: {
    kind: 'parts',
    parts: {
      refusedOffers: part('有据的拒绝', count(1, 20, '次')),
      monthsOutOfReach: part('失去联系', count(1, 36, '个月')),
      attemptsPerMonth: part('每月至少联系', count(1, 31, '次')),
      differentMeans: part('至少换用', count(1, 4, '种方式')),
      lastChanceWorkingDays: part('最后告知留', days(30)),
      secondPerson: part('第二人复核', choice(true, false)),
    },
  },
  quietHours: {
    kind: 'parts',
    parts: { from: part('晚上从', count(18, 23, '时')), until: part('到次日', count(5, 10, '时')) },
  },
  noticeExemptions: anyOf('emigrated', 'imprisoned', 'dead', 'unreachable'),
  localExitCircumstances: choice(true, false),
  decisionUpload: choice('promptly', 'atOnce'),
  exitUpload: choice('daily'),
  silentLineMinutes: count(1, 1440, '分钟'),
  messageReceiptHours: count(1, 72, '小时'),
  backLoads: {
    kind: 'rows',
    parts: {
      to: part('传至', choice('nationalPlatform', 'provincialSystem')),
      since: { ...part('起始日（不填为全部）', { kind: 'date' }), optional: true },
      by: part('最晚日', { kind: 'date' }),
      whom: part('内容', some('registrations', 'benefitRecipients', 'allValid')),
    },
  },
  cleaningDoneBy: { kind: 'date' },
  statisticsPeriod: {
    kind: 'parts',
    parts: { fromDay: part('上月', count(1, 31, '日起')), toDay: part('本月', count(1, 31, '日止')) },
  },
  statisticsDueDays: count(1, 28, '日内'),
  urbanBy: choice('residence', 'registration'),
  groupsInStatistics: anyOf(...groups),
  statisticsChannels: some('nationalPlatform', 'local'),
  denominatorFallback: choice('lastYearEndEstimate'),
  ministryExtractsFrom: { kind: 'month' },
  reportFromSystem: choice('stepByStep', 'fully'),
  publicity: anyOf(
    'institutions',
    'onlineWays',
    'process',
    'processChart',
    'whoMayRegister',
    'conditions',
    'servicesAndPolicies',
  ),
  hotlines: texts('号码，如12333', /^\d[\d-]{2,15}$/),
  noticeReadWorkingDays: days(),
  supervision: anyOf('systemReportConsistency', 'progressReports', 'thirdPartySurvey', 'yearlyAssessment'),
};
