// What the law fixes, as types: every parameter a clause can set, with the shape of its value.
// How each is compared, combined and said in words stands in parameter-specs.ts.
import type { PlainDate } from '../calendar.ts';

/** Where a person may register: 户籍地, 常住地, 就业地, 参保地. */
export type RegistrationPlace = 'household' | 'residence' | 'employment' | 'insurance';

/** Groups of M79-1b and H122-3a: 离校未就业高校毕业生, 失业补助金, 一次性生活补助, 临时生活补助. */
export type SpecialGroup = 'graduates' | 'unemploymentSubsidy' | 'oneOffAllowance' | 'temporaryAllowance';

/** Whether exit 31 or 32 is a ground by itself, or needs evidence, a last-chance notice and a second person. */
export type ExitGround = 'ground' | 'guarded';

/** What a guarded exit (31, 32) needs before it may be confirmed. */
export interface GuardedExit {
  /** Dated, suitable offers of service refused without good reason (31). */
  refusedOffers: number;
  /** Months without contact, each with an attempt (32). */
  monthsOutOfReach: number;
  attemptsPerMonth: number;
  /** Different means among the attempts (32). */
  differentMeans: number;
  /** Working days the last-chance notice leaves the person. */
  lastChanceWorkingDays: number;
  secondPerson: boolean;
}

/** AAC058 codes accepted without question, and those that lead to a warning and a check instead of a refusal. */
export interface IdentityDocuments {
  mainland: readonly string[];
  hkMacaoTaiwan: readonly string[];
  warnOnly: readonly string[];
}

/** Points of each fact of a registrant; a positive one speaks for managing alone, a negative one for needing help. */
export interface ClassPoints {
  skillCertified: number;
  skillPractised: number;
  skillNone: number;
  yearsFive: number;
  yearsNone: number;
  schoolCollege: number;
  schoolPrimary: number;
  outUpToThreeMonths: number;
  outTwelveMonths: number;
  searchesAlone: number;
  searchesNot: number;
  disabled: number;
  /** For each thing that stands in the way of work. */
  hindrance: number;
}

/** From how many points a registrant counts as A, and below how many as C. */
export interface ClassBounds {
  strongFrom: number;
  weakBelow: number;
}

/** Longest time between two contacts, in days, by service class. */
export type ContactRhythm = Record<'A' | 'B' | 'C' | 'D', number>;

/** One category of people who have difficulty finding work, and how it is established. */
export interface DifficultyCategory {
  readonly name: string;
  /**
   * `registeredMonths`: months registered without a break; `disabled`: on the file; `allowance`: draws the minimum living allowance by the list of civil
   * affairs; `byHand`: a person looks, naming the source.
   */
  readonly by: 'registeredMonths' | 'disabled' | 'allowance' | 'byHand';
  /** Months of `registeredMonths`. */
  readonly months?: number;
  /** Least years of age, besides, of women and of men. */
  readonly women?: number;
  readonly men?: number;
}

/** Columns of the three lists as the clause prints them. */
export interface ListColumns {
  policies: readonly string[];
  services: readonly string[];
  institutions: readonly string[];
}

/**
 * What each named point of matching is worth (rules/matching.ts): one occupation point at most, one of place, one of wage, education, skill.
 */
export interface MatchingPoints {
  wishFirst: number;
  wishOther: number;
  trained: number;
  related: number;
  /** The same street or town; absent: worth as much as the county. */
  sameTown?: number;
  sameCounty: number;
  sameCity: number;
  sameProvince: number;
  wageMet: number;
  wageWithin: number;
  educationMet: number;
  skillMet: number;
}

/** Between what bounds a vacancy is taken without question (rules/vacancy.ts). Wages in yuan a month. */
export interface VacancyLimits {
  lowWage: number;
  highWage: number;
  /** Times the lower wage from which the upper one is doubted. */
  wageSpread: number;
  mostPosts: number;
  longestDays: number;
}

/** A one-off upload: registrations made since a day (absent: all valid ones), to a system, by a day. */
export interface BackLoad {
  to: 'nationalPlatform' | 'provincialSystem';
  since?: PlainDate;
  by: PlainDate;
  whom: readonly ('registrations' | 'benefitRecipients' | 'allValid')[];
}

/** Thresholds and times of credit records (rules/credit.ts). Months of holding; working days to answer. */
export interface CreditLimits {
  seriousYuan: number;
  seriousMonths: number;
  answerWorkingDays: number;
  noteMonths: number;
  recordMonths: number;
}

/** One condition of a support policy: a fact the system knows, or a text that the person is asked. */
export interface SupportCondition {
  readonly fact: 'registered' | 'registeredMonths' | 'difficulty' | 'disabled' | 'startUp' | 'graduate' | 'asked';
  /** Months of `registeredMonths`. */
  readonly months?: number;
  /** What is asked, for `asked`. */
  readonly text?: string;
}

/** A support policy with its conditions, all of which are to be met. */
export interface SupportPolicy {
  readonly name: string;
  readonly grantedBy: string;
  readonly conditions: readonly SupportCondition[];
  /** Working days from acceptance to the result, where a document says so. */
  readonly workingDays?: number;
  /** Of a guaranteed loan (A21-4e): the most that may be asked for, and for how long. */
  readonly loan?: { readonly mostYuan: number; readonly mostYears: number };
}

/** Between what limits people are placed in public-welfare posts (rules/welfare-post.ts). */
export interface WelfareLimits {
  /** Months in such posts, all of them together. */
  mostMonths: number;
  /** Years before the pension from which the time may run up to it. */
  nearPensionYears: number;
  checkEveryMonths: number;
}

/** Hours of the day, 0 to 23, in which no message is sent: from one in the evening until one in the morning. */
export interface QuietHours {
  from: number;
  until: number;
}

export type ListName = 'policies' | 'services' | 'institutions';
export type ContactMeans = 'telephone' | 'message' | 'visit';
export type FollowUpMeans = 'dataComparison' | 'visit' | 'telephone' | 'selfReport';
export type NoticeExemption = 'emigrated' | 'imprisoned' | 'dead' | 'unreachable';
export type VerificationSource =
  | 'cardholders'
  | 'socialInsurance'
  | 'employmentFiling'
  | 'marketEntities'
  | 'otherDepartments'
  | 'staffInvestigation';
export type NeverAskedProof = 'identityBeyondDocument' | 'endOfEmployment' | 'qualifications';
export type NeverDependsOn = 'insuredLocally' | 'benefitConditions';
export type ForbiddenGround =
  | 'papersIncomplete'
  | 'uninsured'
  | 'benefitConditionsUnmet'
  | 'householdApart'
  | 'householdElsewhere';

/** Every parameter and the shape of its value. Days are working days where the name says so. */
export interface ParameterValues {
  // who, where
  lowerAge: number;
  upperAgeEvent: 'basicPension';
  householdKinds: readonly ('urban' | 'rural')[];
  registrationPlaces: readonly RegistrationPlace[];
  hkMacaoTaiwanResidents: 'afterMainlandJob';
  identityDocuments: IdentityDocuments;
  groupsServed: readonly SpecialGroup[];
  // application and decision
  channels: readonly ('nationalEntry' | 'institutions' | 'streets' | 'communities')[];
  commitment: 'written' | 'noticeAndCommitment';
  decisionWorkingDays: number;
  dayOfSubmissionIsDay: 0 | 1;
  platformClockStarts: 'platformSubmission' | 'download';
  verificationSources: readonly VerificationSource[];
  proofsNeverAsked: readonly NeverAskedProof[];
  neverDependsOn: readonly NeverDependsOn[];
  forbiddenGrounds: readonly ForbiddenGround[];
  resultNotice: 'unasked';
  progressEnquiry: boolean;
  // service and follow-up
  firstContactWorkingDays: number;
  firstContactMeans: readonly ContactMeans[];
  interviewFacts: readonly ('reason' | 'skills' | 'wishes')[];
  interviewInforms: readonly ('laterServices' | 'exitConditions')[];
  listsHandedOver: readonly ListName[];
  listColumns: ListColumns;
  /** Working days after a change in which the list is published anew. */
  listPublicationWorkingDays: number;
  servicesOffered: readonly (
    | 'introduction'
    | 'guidance'
    | 'training'
    | 'startUp'
    | 'matching'
    | 'resultAskedAfterwards'
    | 'guaranteedLoan'
  )[];
  matchingPoints: MatchingPoints;
  vacancyLimits: VacancyLimits;
  referralAskWorkingDays: number;
  difficultyAssistance: readonly (
    | 'namedOfficer'
    | 'personalPlan'
    | 'counselling'
    | 'training'
    | 'problemTracking'
    | 'publicWelfarePost'
  )[];
  policyHelp: readonly ('introduce' | 'acceptSameVisit' | 'helpApply')[];
  classPoints: ClassPoints;
  classBounds: ClassBounds;
  contactRhythmDays: ContactRhythm;
  /** Working days in which a person recognised as having difficulty gets a named officer and a plan. */
  difficultyPlanWorkingDays: number;
  difficultyCategories: readonly DifficultyCategory[];
  /** Working days in which an application for recognition is decided. */
  difficultyWorkingDays: number;
  /** Months a recognition holds before it is looked at again. */
  difficultyMonths: number;
  welfareLimits: WelfareLimits;
  supportPolicies: readonly SupportPolicy[];
  followUpsPerMonth: number;
  followUpMonth: 'calendarMonth' | 'reportMonth';
  followUpMeans: readonly FollowUpMeans[];
  firstContactCountsForItsMonth: boolean;
  oneMatter: readonly ('registration' | 'jobIntroduction' | 'benefit' | 'difficultyRecognition')[];
  civilAffairsExchange: boolean;
  creditLimits: CreditLimits;
  creditObjectionWorkingDays: number;
  creditRecords: readonly ('falseForm' | 'falselyObtainedBenefit')[];
  // exit
  exitReasons: readonly string[];
  exit31: ExitGround;
  exit32: ExitGround;
  refusalsForExit31: number;
  monthsForExit32: number;
  guardedExit: GuardedExit;
  noticeExemptions: readonly NoticeExemption[];
  quietHours: QuietHours;
  localExitCircumstances: boolean;
  // exchange
  decisionUpload: 'promptly' | 'atOnce';
  exitUpload: 'daily';
  /** Minutes for which a system outside may be silent before anybody is told. */
  silentLineMinutes: number;
  /** Hours a message may go without a receipt after the gateway took it before anybody is told. */
  messageReceiptHours: number;
  backLoads: readonly BackLoad[];
  cleaningDoneBy: PlainDate;
  // statistics
  statisticsPeriod: { fromDay: number; toDay: number };
  statisticsDueDays: number;
  urbanBy: 'residence' | 'registration';
  groupsInStatistics: readonly SpecialGroup[];
  statisticsChannels: readonly ('nationalPlatform' | 'local')[];
  denominatorFallback: 'lastYearEndEstimate';
  ministryExtractsFrom: string;
  reportFromSystem: 'stepByStep' | 'fully';
  // public side and supervision
  publicity: readonly (
    | 'institutions'
    | 'onlineWays'
    | 'process'
    | 'processChart'
    | 'whoMayRegister'
    | 'conditions'
    | 'servicesAndPolicies'
  )[];
  hotlines: readonly string[];
  noticeReadWorkingDays: number;
  supervision: readonly ('systemReportConsistency' | 'progressReports' | 'thirdPartySurvey' | 'yearlyAssessment')[];
}

export type Parameter = keyof ParameterValues;
