// 豫人社办函〔2020〕122号, clause by clause. It forwards 79号 and adds to it; Jiaozuo passed it on word for word (焦人社函〔2020〕44号).
import { henan122 } from './documents.ts';
import { provisionsOf } from './from-clause.ts';
import type { Provision } from './provision.ts';

const set = provisionsOf(henan122);

export const henanProvisions: readonly Provision[] = [
  set('H122-2a', 'householdKinds', ['urban', 'rural']),
  set('H122-2a', 'registrationPlaces', ['household', 'residence', 'employment', 'insurance']),
  set('H122-2b', 'commitment', 'noticeAndCommitment'),
  set('H122-2b', 'proofsNeverAsked', ['identityBeyondDocument', 'endOfEmployment', 'qualifications']),
  set('H122-2b', 'neverDependsOn', ['insuredLocally', 'benefitConditions']),
  set('H122-2b', 'channels', ['nationalEntry', 'institutions', 'streets', 'communities'], {
    note: '条文写“线上线下方式”“各级公共就业服务机构和基层服务平台”，基层服务平台即街道（乡镇）、社区（村）平台。',
  }),
  set('H122-2c', 'platformClockStarts', 'platformSubmission', {
    note: '条文要求转办申请按工作时限办结、不得逾期。按最稳妥的理解，从劳动者在全国平台提交之时起算，不从下载之时起算。',
  }),
  set('H122-2d', 'verificationSources', [
    'marketEntities',
    'socialInsurance',
    'otherDepartments',
    'staffInvestigation',
  ]),
  set('H122-2e', 'oneMatter', ['registration', 'jobIntroduction', 'benefit', 'difficultyRecognition']),
  set('H122-2f', 'firstContactWorkingDays', 5),
  set('H122-2f', 'firstContactMeans', ['telephone', 'message', 'visit']),
  set('H122-2f', 'interviewFacts', ['reason', 'skills', 'wishes']),
  set('H122-2g', 'followUpsPerMonth', 1),
  set('H122-3a', 'groupsInStatistics', ['graduates', 'unemploymentSubsidy', 'oneOffAllowance']),
  set('H122-3b', 'statisticsChannels', ['nationalPlatform', 'local']),
  set('H122-3c', 'backLoads', [
    {
      to: 'provincialSystem',
      since: '2020-03-31',
      by: '2020-08-05',
      whom: ['registrations', 'benefitRecipients'],
    },
  ]),
  set('H122-3d', 'cleaningDoneBy', '2020-08-25'),
  set('H122-3e', 'reportFromSystem', 'fully'),
  set('H122-4a', 'hotlines', ['12333']),
  set('H122-4b', 'supervision', ['progressReports', 'thirdPartySurvey', 'yearlyAssessment']),
];
