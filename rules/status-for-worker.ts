import type { ApplicationStatus } from './application.ts';
import type { PlainDate } from './calendar.ts';
import { type Ground, groundRules } from './eligibility.ts';
import type { ExitStatus } from './exit.ts';
import type { RegistrationStatus } from './registration.ts';

/** What is known of a person, as far as the person's own page needs it: the latest application, registration and exit. Dates in Asia/Shanghai. */
export type WorkerFacts = {
  today: PlainDate;
  application?: {
    status: ApplicationStatus;
    /** Last day for the decision; from submission on. */
    due?: PlainDate;
    /** The name of the office that has the case. */
    office?: string;
    handedOver?: boolean;
    /** The office has a question about the case; the clock runs on. */
    checking?: boolean;
    grounds?: readonly Ground[];
  };
  registration?: {
    status: RegistrationStatus;
    office?: string;
    firstContactDone: boolean;
    /** Absent where the law sets no day. */
    firstContactDue?: PlainDate;
    /** The office tried and did not reach the person. */
    attempts?: number;
    followUpDue?: PlainDate;
    restored?: boolean;
    exitedOn?: PlainDate;
  };
  exit?: {
    status: ExitStatus;
    /** A last-chance notice was sent and its days run until then. */
    lastChanceUntil?: PlainDate;
    answered?: boolean;
  };
};

export const scenarios = [
  'nothing',
  'draft',
  'submitted',
  'handedOver',
  'checking',
  'overdue',
  'refused',
  'withdrawn',
  'duplicate',
  'registered',
  'awaitingContact',
  'contactOverdue',
  'notReached',
  'exitAsked',
  'exitLastChance',
  'exitInHand',
  'restored',
  'exited',
] as const;
export type Scenario = (typeof scenarios)[number];

/** One state, one text: what happened, what you do, what we do, by when. */
export type WorkerStatus = {
  scenario: Scenario;
  heading: string;
  whatHappened: string;
  whatYouDo: string;
  whatWeDo: string;
  byWhen?: PlainDate;
};

type Rule = { when: (facts: WorkerFacts) => boolean; say: (facts: WorkerFacts) => Omit<WorkerStatus, 'scenario'> };

const office = (name: string | undefined) => name ?? '办理机构';
const spokenDate = (date: PlainDate) =>
  `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;
const by = (date: PlainDate | undefined, otherwise: string) =>
  date === undefined ? otherwise : `最晚${spokenDate(date)}`;

const valid = (facts: WorkerFacts) => facts.registration !== undefined && facts.registration.status !== 'exited';
const inHand = (facts: WorkerFacts) => facts.application?.status === 'submitted';
const leaving = (facts: WorkerFacts) => facts.registration?.status === 'exitProposed';
const firstContactOpen = (facts: WorkerFacts) => valid(facts) && facts.registration?.firstContactDone === false;
const past = (due: PlainDate | undefined, today: PlainDate) => due !== undefined && today > due;

/**
 * In order of precedence: the first that holds is the text. A valid registration comes before any application, what the person must answer
 * comes before what the office does, and a new application comes before what is over.
 */
const rules: readonly (Rule & { scenario: Scenario })[] = [
  {
    scenario: 'exitLastChance',
    when: (facts) => leaving(facts) && facts.exit?.lastChanceUntil !== undefined && facts.exit.answered !== true,
    say: ({ exit, registration }) => ({
      heading: '请尽快联系我们',
      whatHappened: '您的失业登记可能要退出，我们已经发出最后一次告知。',
      whatYouDo: `请在${spokenDate(exit?.lastChanceUntil ?? '')}前打电话或到${office(registration?.office)}说明情况。联系上了，登记继续有效。`,
      whatWeDo: '期满没有联系上您，由另一名工作人员复核后再作决定。',
      byWhen: exit?.lastChanceUntil,
    }),
  },
  {
    scenario: 'exitAsked',
    when: (facts) => leaving(facts) && facts.exit?.status === 'asked',
    say: ({ registration }) => ({
      heading: '请您核对一件事',
      whatHappened: '有信息显示您的就业状况可能有变化，您的登记现在仍然有效。',
      whatYouDo: '请告诉我们信息对不对。不对的，登记不会退出。',
      whatWeDo: `${office(registration?.office)}收到您的答复后再办理；您没有答复的，由工作人员调查核实。`,
    }),
  },
  {
    scenario: 'exitInHand',
    when: leaving,
    say: ({ registration }) => ({
      heading: '正在核实是否退出登记',
      whatHappened: '我们正在核实您的就业状况，您的登记现在仍然有效。',
      whatYouDo: '您仍可以享受就业服务。有不同意见的，请随时联系我们。',
      whatWeDo: `${office(registration?.office)}核实后会告诉您结果。`,
    }),
  },
  {
    scenario: 'contactOverdue',
    when: (facts) => firstContactOpen(facts) && past(facts.registration?.firstContactDue, facts.today),
    say: ({ registration }) => ({
      heading: '登记已办好，我们联系您晚了',
      whatHappened: `按规定，我们应当在${spokenDate(registration?.firstContactDue ?? '')}前联系您，现在已经超过期限。`,
      whatYouDo: `请保持电话畅通，也可以直接打电话给${office(registration?.office)}。晚了不影响您的登记。`,
      whatWeDo: '这件事已列入督办，工作人员会尽快联系您。',
      byWhen: registration?.firstContactDue,
    }),
  },
  {
    scenario: 'notReached',
    when: (facts) => firstContactOpen(facts) && (facts.registration?.attempts ?? 0) > 0,
    say: ({ registration }) => ({
      heading: '登记已办好，我们没能联系上您',
      whatHappened: '我们联系过您，没有联系上。您的登记有效。',
      whatYouDo: `请核对手机号码，或者打电话给${office(registration?.office)}约定时间。`,
      whatWeDo: '我们会再次联系您，了解您的求职意愿。',
      byWhen: registration?.firstContactDue,
    }),
  },
  {
    scenario: 'awaitingContact',
    when: firstContactOpen,
    say: ({ registration }) => ({
      heading: '登记已办好，等待我们联系您',
      whatHappened: '您的失业登记已经办好。',
      whatYouDo: '请保持电话畅通，想好您会什么、想做什么工作。',
      whatWeDo: `${by(registration?.firstContactDue, '我们会尽快')}${registration?.firstContactDue === undefined ? '' : '前'}联系您，介绍政策、服务和办理机构。`,
      byWhen: registration?.firstContactDue,
    }),
  },
  {
    scenario: 'restored',
    when: (facts) => valid(facts) && facts.registration?.restored === true,
    say: ({ registration }) => ({
      heading: '您的登记已经恢复',
      whatHappened: '之前的退出办错了，已经改正。您的登记一直有效。',
      whatYouDo: '您不用重新申请，可以继续享受就业服务。',
      whatWeDo: `${by(registration?.followUpDue, '每个月')}${registration?.followUpDue === undefined ? '' : '前'}，我们会联系您了解求职情况。`,
      byWhen: registration?.followUpDue,
    }),
  },
  {
    scenario: 'registered',
    when: valid,
    say: ({ registration }) => ({
      heading: '登记有效',
      whatHappened: '您的失业登记有效，可以享受公共就业服务。',
      whatYouDo: '找到工作、创业或者情况有变化时，请告诉我们。您可以随时下载登记凭证。',
      whatWeDo: `${by(registration?.followUpDue, '每个月')}${registration?.followUpDue === undefined ? '' : '前'}，我们会联系您了解求职情况。`,
      byWhen: registration?.followUpDue,
    }),
  },
  {
    scenario: 'overdue',
    when: (facts) => inHand(facts) && past(facts.application?.due, facts.today),
    say: ({ application }) => ({
      heading: '申请办理晚了',
      whatHappened: `您的申请应当在${spokenDate(application?.due ?? '')}前办结，现在已经超过期限。`,
      whatYouDo: `您不用做什么，也可以打电话给${office(application?.office)}询问。`,
      whatWeDo: '这件申请已列入督办，我们会马上办理并告诉您结果。',
      byWhen: application?.due,
    }),
  },
  {
    scenario: 'checking',
    when: (facts) => inHand(facts) && facts.application?.checking === true,
    say: ({ application }) => ({
      heading: '正在核实您的申请',
      whatHappened: '有一项信息需要核实。核实不延长办理期限。',
      whatYouDo: '请保持电话畅通，工作人员可能会打电话问您。您不用再交任何东西。',
      whatWeDo: `${office(application?.office)}${by(application?.due, '在规定期限内')}办结，并告诉您结果。`,
      byWhen: application?.due,
    }),
  },
  {
    scenario: 'handedOver',
    when: (facts) => inHand(facts) && facts.application?.handedOver === true,
    say: ({ application }) => ({
      heading: '申请已转到另一个机构办理',
      whatHappened: `您的申请已转到${office(application?.office)}。您不用重新申请。`,
      whatYouDo: '您不用做什么。',
      whatWeDo: `${office(application?.office)}${by(application?.due, '在规定期限内')}办结，期限不因转办延长。`,
      byWhen: application?.due,
    }),
  },
  {
    scenario: 'submitted',
    when: inHand,
    say: ({ application }) => ({
      heading: '申请正在办理',
      whatHappened: '我们已经收到您的失业登记申请。',
      whatYouDo: '您不用做什么。改变主意的，可以撤回申请。',
      whatWeDo: `${office(application?.office)}${by(application?.due, '在规定期限内')}办结，并告诉您结果。`,
      byWhen: application?.due,
    }),
  },
  {
    scenario: 'draft',
    when: (facts) => facts.application?.status === 'draft',
    say: () => ({
      heading: '申请还没有提交',
      whatHappened: '您填写的内容已经保存。',
      whatYouDo: '请接着填写，看完告知内容，签名后提交。',
      whatWeDo: '您提交后，我们马上开始办理。',
    }),
  },
  {
    scenario: 'refused',
    when: (facts) => facts.application?.status === 'refused',
    say: ({ application }) => {
      const grounds = application?.grounds ?? [];
      return {
        heading: '这次没有登记',
        whatHappened: grounds.map((ground) => groundRules[ground].toWorker).join('') || '您的申请经核实没有登记。',
        whatYouDo:
          grounds.map((ground) => groundRules[ground].whatToDo)[0] ??
          '如与实际情况不符，请联系办理机构提出异议。情况有变化的，可以随时重新申请。',
        whatWeDo: '收到异议后，我们会重新核实并告诉您结果。',
      };
    },
  },
  {
    scenario: 'exited',
    when: (facts) => facts.registration?.status === 'exited',
    say: ({ registration }) => ({
      heading: '登记已经退出',
      whatHappened: `您的失业登记已${registration?.exitedOn === undefined ? '' : `于${spokenDate(registration.exitedOn)}`}退出。`,
      whatYouDo: '再次失业的，可以随时重新申请。认为退出有误的，请联系我们提出异议。',
      whatWeDo: '收到异议后，我们会核实；确实办错的，恢复您的登记。',
    }),
  },
  {
    scenario: 'duplicate',
    when: (facts) => facts.application?.status === 'duplicate',
    say: () => ({
      heading: '这份申请与已有的重复',
      whatHappened: '您已经有一份有效的登记或者正在办理的申请，这一份不再重复办理。',
      whatYouDo: '您不用做什么。请查看已有的登记或申请。不是您本人办的，请马上联系我们。',
      whatWeDo: '我们按已有的登记或申请为您服务。',
    }),
  },
  {
    scenario: 'withdrawn',
    when: (facts) => facts.application?.status === 'withdrawn',
    say: () => ({
      heading: '申请已经撤回',
      whatHappened: '您撤回了失业登记申请。',
      whatYouDo: '需要的时候，可以随时重新申请。',
      whatWeDo: '您重新申请后，我们按新的申请办理。',
    }),
  },
  {
    // A decision whose registration this page was not given, and nothing at all, both lead to the same door.
    scenario: 'nothing',
    when: () => true,
    say: () => ({
      heading: '您还没有有效的失业登记',
      whatHappened: '没有找到您的有效登记或正在办理的申请。',
      whatYouDo: '没有工作、想找工作的，可以现在申请，只需要本人有效身份证件。',
      whatWeDo: '您提交后，我们马上开始办理。',
    }),
  },
];

/** The one text for a person's page (M79-6a, M79-15, domain R030): facts in, scenario and words out. Every combination of facts has exactly one. */
export function statusForWorker(facts: WorkerFacts): WorkerStatus {
  const rule = rules.find((one) => one.when(facts));
  if (rule === undefined) throw new Error('the last rule holds always');
  return { scenario: rule.scenario, ...rule.say(facts) };
}

/** The scenarios in order of precedence, for the test and for the documents. */
export const precedence: readonly Scenario[] = rules.map((rule) => rule.scenario);
