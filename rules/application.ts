import type { FieldFault } from '@yingdeng/contract/errors.ts';
import { addWorkingDays, type Calendar, type PlainDate } from './calendar.ts';
import {
  type DecisionFacts,
  type Evidence,
  evidenceKinds,
  type Ground,
  groundRules,
  groundsToRefuse,
  isGround,
  missingEvidence,
} from './eligibility.ts';
import { forbiddenGrounds } from './forbidden-grounds.ts';
import { type PaperSignature, paperSignatureFaults } from './paper-signature.ts';
import { type Policy, requirePolicy } from './provisions/policy.ts';
import type { Citation } from './provisions/provision.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { type Finding, meaningOf } from './verification.ts';

export const applicationStatuses = ['draft', 'submitted', 'registered', 'refused', 'withdrawn', 'duplicate'] as const;
export type ApplicationStatus = (typeof applicationStatuses)[number];

export const applicationActions = [
  'save',
  'submit',
  'recordCheck',
  'register',
  'refuse',
  'handOver',
  'withdraw',
  'closeAsDuplicate',
] as const;
export type ApplicationAction = (typeof applicationActions)[number];

export const applicationStatusText: Record<ApplicationStatus, string> = {
  draft: '草稿',
  submitted: '办理中',
  registered: '已登记',
  refused: '不予登记',
  withdrawn: '已撤回',
  duplicate: '按重复申请办结',
};

/**
 * Every permitted transition; what is absent is refused. There is no state that waits for papers: nothing stops the clock (domain §1.3).
 * A hand-over stays `submitted`: the case moves, the due date does not.
 */
export const applicationTable: Record<ApplicationStatus, Partial<Record<ApplicationAction, ApplicationStatus>>> = {
  draft: { save: 'draft', submit: 'submitted', withdraw: 'withdrawn' },
  submitted: {
    recordCheck: 'submitted',
    register: 'registered',
    refuse: 'refused',
    handOver: 'submitted',
    withdraw: 'withdrawn',
    closeAsDuplicate: 'duplicate',
  },
  registered: {},
  refused: {},
  withdrawn: {},
  duplicate: {},
};

/** The case as the rule needs it. `closedBy` and `closedAt` let the second of two clerks be told who was first. */
export type ApplicationState = { status: ApplicationStatus; closedBy?: string; closedAt?: string };

export type Channel = 'portal' | 'counter' | 'platform' | 'benefit';

export type ApplicationInputs = {
  save: Record<never, never>;
  /** `submittedOn`: the worker's own submission, for a platform case there (domain R022). `faults`: of checkApplicationForm. */
  submit: {
    channel: Channel;
    submittedOn: PlainDate;
    faults: readonly FieldFault[];
    commitmentVersion?: string;
    signed: boolean;
    /** Signed by hand on the printed form, at a counter; `printed` is the code of what is submitted (rules/paper-signature.ts). */
    paper?: { signature: PaperSignature; printed: string };
  };
  recordCheck: { finding: Finding };
  register: { facts: DecisionFacts };
  refuse: { facts: DecisionFacts; grounds: readonly Ground[]; evidence: readonly Evidence[]; explanation: string };
  /** `places`: county codes of the four places the worker named; `from` and `to`: divisions of the offices. */
  handOver: { from: string; to: string; places: readonly string[]; reason: string };
  withdraw: { byApplicant: boolean };
  /** `existing`: the valid registration, or the earlier open application, this one repeats. */
  closeAsDuplicate: { existing?: { kind: 'registration' | 'application'; number: string } };
};

export type ApplicationMessage =
  | 'application.received'
  | 'application.registered'
  | 'application.refused'
  | 'application.handedOver'
  | 'application.withdrawn'
  | 'application.duplicate';

/** What the caller must do in the same transaction, as data. */
export type ApplicationEffect =
  | { kind: 'record'; action: ApplicationAction; from: ApplicationStatus; to: ApplicationStatus }
  | { kind: 'startClock'; on: PlainDate }
  | { kind: 'startChecks' }
  | { kind: 'openCheck'; text: string }
  | { kind: 'mendForm'; faults: readonly FieldFault[] }
  | { kind: 'openRegistration' }
  | { kind: 'moveTo'; division: string }
  | { kind: 'uploadDecision'; outcome: 'registered' | 'refused' | 'withdrawn' | 'duplicate' }
  | { kind: 'message'; template: ApplicationMessage };

export type NextApplication = { status: ApplicationStatus; effects: ApplicationEffect[] };

type Rule<A extends ApplicationAction> = (input: ApplicationInputs[A]) => Refusal | ApplicationEffect[];

const rules: { [A in ApplicationAction]: Rule<A> } = {
  save: () => [],
  submit: ({ channel, submittedOn, faults, commitmentVersion, signed, paper }) => {
    const begun: ApplicationEffect[] = [
      { kind: 'startClock', on: submittedOn },
      { kind: 'startChecks' },
      { kind: 'message', template: 'application.received' },
    ];
    // The worker's submission on the platform already counted (H122-2c); the office mends the form with the worker while the clock runs.
    if (channel === 'platform') return faults.length === 0 ? begun : [...begun, { kind: 'mendForm', faults }];
    if (faults.length > 0) {
      const words = faults.map((fault) => fault.message).join('；');
      return refuse('form.faulty', `表里有${faults.length}处需要修改：${words}`, 'A21-8a');
    }
    if (paper && commitmentVersion) {
      const unsound = paperSignatureFaults(paper.signature, { channel, printed: paper.printed, today: submittedOn });
      const words = unsound.map((fault) => fault.message).join('；');
      return unsound.length > 0 ? refuse('form.commitment', words, 'A21-2b') : begun;
    }
    if (!commitmentVersion || !signed)
      return refuse('form.commitment', '请先阅读告知内容，并由本人签名承诺。', 'A21-2b');
    return begun;
  },
  recordCheck: ({ finding }) => {
    const meaning = meaningOf(finding);
    return meaning.opensCheck ? [{ kind: 'openCheck', text: meaning.text }] : [];
  },
  register: ({ facts }) => {
    const [ground] = groundsToRefuse(facts);
    if (ground === 'alreadyRegistered')
      return refuse('registration.claimed', '此人已有有效的失业登记，请按重复申请办结。', 'A21-2d');
    if (ground !== undefined) {
      const { text, clause } = groundRules[ground];
      return refuse('application.notAllowed', `已认定“${text}”，不能登记。认定有误的，请先更正核查结果。`, clause);
    }
    return [
      { kind: 'openRegistration' },
      { kind: 'uploadDecision', outcome: 'registered' },
      { kind: 'message', template: 'application.registered' },
    ];
  },
  refuse: (input) =>
    refusalFault(input) ?? [
      { kind: 'uploadDecision', outcome: 'refused' },
      // The dead are not written to (product §6).
      ...(input.facts.dead ? [] : [{ kind: 'message', template: 'application.refused' } as const]),
    ],
  handOver: ({ from, to, places, reason }) => {
    if (from === to) return refuse('application.notAllowed', '申请已经在这个机构，不用转办。');
    if (!places.some((place) => place.slice(0, 6) === to.slice(0, 6)))
      return refuse('application.notAllowed', '只能转到申请人填写的户籍地、常住地、就业地或参保地的机构。', 'M79-1a');
    return (
      forbiddenText(reason) ?? [
        { kind: 'moveTo', division: to },
        { kind: 'message', template: 'application.handedOver' },
      ]
    );
  },
  withdraw: ({ byApplicant }) =>
    byApplicant
      ? [
          { kind: 'uploadDecision', outcome: 'withdrawn' },
          { kind: 'message', template: 'application.withdrawn' },
        ]
      : refuse('application.notAllowed', '只有申请人本人可以撤回申请。', 'M79-2f'),
  closeAsDuplicate: ({ existing }) =>
    existing
      ? [
          { kind: 'uploadDecision', outcome: 'duplicate' },
          { kind: 'message', template: 'application.duplicate' },
        ]
      : refuse('application.notAllowed', '没有找到此人有效的登记或在办的申请，不能按重复申请办结。', 'A21-2d'),
};

/**
 * The next state of an application and what to record, or a refusal; the same for one case and for bulk. Pure: nothing
 * is changed. `input` must be of the action.
 */
export function nextApplication<A extends ApplicationAction>(
  state: ApplicationState,
  action: A,
  input: ApplicationInputs[A],
): NextApplication | Refusal {
  const status = applicationTable[state.status][action];
  if (status === undefined) return notFromHere(state, action);
  const rule: Rule<A> = rules[action];
  const effects = rule(input);
  if (isRefusal(effects)) return effects;
  // A draft was never submitted: nobody is told and nothing is uploaded when it is thrown away.
  const due = state.status === 'draft' && action === 'withdraw' ? [] : effects;
  return { status, effects: [{ kind: 'record', action, from: state.status, to: status }, ...due] };
}

const actionText: Record<ApplicationAction, string> = {
  save: '保存',
  submit: '提交',
  recordCheck: '记录核验结果',
  register: '登记',
  refuse: '作出不予登记决定',
  handOver: '转办',
  withdraw: '撤回',
  closeAsDuplicate: '按重复申请办结',
};

function notFromHere(state: ApplicationState, action: ApplicationAction): Refusal {
  const now = applicationStatusText[state.status];
  if (state.status === 'draft') return refuse('application.notAllowed', `申请还没有提交，不能${actionText[action]}。`);
  if (state.status === 'submitted')
    return refuse('application.notAllowed', `申请已经提交，不能${actionText[action]}。`);
  const who = state.closedBy === undefined ? '' : `由${state.closedBy}`;
  const when = state.closedAt === undefined ? '' : `于${state.closedAt}`;
  return refuse(
    'application.changed',
    `这份申请已${who}${when}办结（${now}），不能${actionText[action]}，请刷新后查看。`,
  );
}

/** Blocks a text to the worker that names a forbidden demand or ground, and tells supervision. */
function forbiddenText(text: string): Refusal | undefined {
  const hits = forbiddenGrounds(text);
  const [first] = hits;
  if (first === undefined) return undefined;
  const phrases = hits.map((hit) => `“${hit.phrase}”`).join('、');
  return refuse('decision.forbiddenGround', `文字中的${phrases}不能发出：${first.explanation}`, first.clause, {
    kind: 'forbiddenGround',
    text: `文字中含有${phrases}，已拦截。`,
    clauses: [...new Set(hits.map((hit) => hit.clause))],
  });
}

function refusalFault({ facts, grounds, evidence, explanation }: ApplicationInputs['refuse']): Refusal | undefined {
  if (grounds.length === 0) return refuse('decision.groundNotPermitted', '请选择不予登记的理由。', 'M79-2f');
  const strange = grounds.filter((ground) => !isGround(ground));
  if (strange.length > 0)
    return refuse('decision.groundNotPermitted', '所选理由不在准许的理由之内，不能据以不予登记。', 'M79-2f', {
      kind: 'groundOutsideList',
      text: '使用准许范围以外的理由不予登记，已拦截。',
      clauses: ['M79-2f'],
    });
  const standing = groundsToRefuse(facts);
  for (const ground of grounds) {
    const { text, clause } = groundRules[ground];
    if (!standing.includes(ground))
      return refuse('decision.groundNotPermitted', `“${text}”没有认定，不能作为理由。`, clause);
    const [missing] = missingEvidence(ground, evidence);
    if (missing !== undefined) {
      const words = missing.map((kind) => evidenceKinds[kind]).join('或');
      return refuse('decision.groundNotPermitted', `“${text}”还缺少依据：${words}。`, clause);
    }
  }
  return forbiddenText(explanation);
}

/** The decision that follows from the facts alone: the whole of it, for one case and for checking bulk. */
export function decide(facts: DecisionFacts): { outcome: 'register' } | { outcome: 'refuse'; grounds: Ground[] } {
  const standing = groundsToRefuse(facts);
  return standing.length === 0 ? { outcome: 'register' } : { outcome: 'refuse', grounds: standing };
}

/** The last day for the decision: working days after the worker's submission, which is day 0 (A21-3a, M79-3a). `policy` is that of the day of submission. */
export function decisionDue(
  submittedOn: PlainDate,
  policy: Policy,
  calendar: Calendar,
): { due: PlainDate; workingDays: number; citation: Citation } {
  const { value, citation } = requirePolicy(policy, 'decisionWorkingDays');
  return { due: addWorkingDays(submittedOn, value, calendar), workingDays: value, citation };
}
