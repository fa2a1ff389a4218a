import type { PlainDate } from './calendar.ts';
import type { Policy } from './provisions/policy.ts';
import type { Citation } from './provisions/provision.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What may be asked for together with the registration (一件事, M79-5a, A21-4h, H122-2e), and the referral to civil affairs (M79-5b). */
export const matterKinds = {
  introduction: { text: '职业介绍', clause: 'H122-2e' },
  benefit: { text: '失业保险金', clause: 'A21-4h' },
  difficulty: { text: '就业困难人员认定', clause: 'M79-5a' },
  livingAllowance: { text: '最低生活保障', clause: 'M79-5b' },
} as const;
export type MatterKind = keyof typeof matterKinds;

/** Each part has its own state; none of them is a state of the registration (M79-2e). */
export type MatterState = 'asked' | 'forwarded' | 'accepted' | 'refused' | 'withdrawn';
export type MatterAction = 'forward' | 'accept' | 'refuse' | 'withdraw';

/** Which action leads where. The other side may think again: what it refused it may still grant. */
export const matterTable: Readonly<Record<MatterState, Partial<Record<MatterAction, MatterState>>>> = {
  asked: { forward: 'forwarded', accept: 'accepted', refuse: 'refused', withdraw: 'withdrawn' },
  forwarded: { accept: 'accepted', refuse: 'refused', withdraw: 'withdrawn' },
  accepted: {},
  refused: { accept: 'accepted' },
  withdrawn: {},
};

const stateTexts: Readonly<Record<MatterKind, Readonly<Record<MatterState, string>>>> = {
  introduction: {
    asked: '待介绍',
    forwarded: '正在介绍',
    accepted: '已介绍',
    refused: '暂没有合适岗位',
    withdrawn: '不再需要',
  },
  benefit: { asked: '待转送', forwarded: '审核中', accepted: '可以领取', refused: '没有通过', withdrawn: '不再申领' },
  difficulty: { asked: '待申请', forwarded: '待认定', accepted: '已认定', refused: '没有认定', withdrawn: '不再申请' },
  livingAllowance: {
    asked: '待转介',
    forwarded: '民政部门核查中',
    accepted: '已纳入低保',
    refused: '没有纳入',
    withdrawn: '不再申请',
  },
};

/** A state in the words of its part. */
export const matterStateText = (kind: MatterKind, state: MatterState): string => stateTexts[kind][state];

/** The state after an action, or a refusal. */
export function nextMatter(kind: MatterKind, state: MatterState, action: MatterAction): MatterState | Refusal {
  return (
    matterTable[state][action] ??
    refuse('matter.notAllowed', `${matterKinds[kind].text}现在是“${matterStateText(kind, state)}”，不能这样办。`)
  );
}

/** What is offered beside the registration at a place and day, each with the provision it stands on. */
export function offeredMatters(policy: Policy): { kind: MatterKind; citation: Citation }[] {
  const offered: { kind: MatterKind; citation: Citation }[] = [];
  const bundle = policy.oneMatter;
  const named = { introduction: 'jobIntroduction', benefit: 'benefit', difficulty: 'difficultyRecognition' } as const;
  for (const [kind, part] of Object.entries(named) as [keyof typeof named, (typeof named)[keyof typeof named]][])
    if (bundle?.value.includes(part)) offered.push({ kind, citation: bundle.citation });
  const civil = policy.civilAffairsExchange;
  if (civil?.value) offered.push({ kind: 'livingAllowance', citation: civil.citation });
  return offered;
}

/** How the registration stands on which the parts wait. */
export type Registering = 'open' | 'registered' | 'refused' | 'withdrawn' | 'duplicate' | 'handedOver' | 'exited';

/** Why a part that was asked for ends when the registration did not come about; undefined while it goes on. */
export function endsBecause(kind: MatterKind, registering: Registering): string | undefined {
  const name = matterKinds[kind].text;
  if (registering === 'refused') return `失业登记没有办成，${name}也就没有往下办。登记办成后可以再提出。`;
  if (registering === 'withdrawn') return `失业登记申请已由本人撤回，${name}也就没有往下办。重新申请登记时可以再提出。`;
  if (registering === 'duplicate') return `这次的失业登记按重复申请办结，请在原来的登记里提出${name}。`;
  if (registering === 'handedOver') return `申请已转到外地办理，${name}随申请在那里办。`;
  return undefined;
}

/** An outcome as a clerk gives it, or as the other side sends it. */
export interface MatterOutcome {
  readonly outcome: 'accepted' | 'refused';
  /** What came of it; for a refusal the reason as the other side said it. */
  readonly text: string;
  readonly months?: number | undefined;
  /** In fen a month. */
  readonly monthlyFen?: number | undefined;
  readonly from?: PlainDate | undefined;
}

const LONGEST_BENEFIT_MONTHS = 24;

/**
 * What is wrong with an outcome, or null. A benefit that is granted has months (24 at most by the Social Insurance Law, article 46) and an
 * amount, minimum living guarantee a day; a refusal has its reason. What the reason says decides nothing here (M79-2e, M79-5a).
 */
export function checkOutcome(kind: MatterKind, given: MatterOutcome): Refusal | null {
  const no = (why: string) => refuse('matter.faulty', why, matterKinds[kind].clause);
  if (given.outcome === 'refused')
    return given.text.trim().length < 2
      ? no(kind === 'introduction' ? '请写明为什么暂没有合适的岗位。' : '请写明对方答复的原因，本人会看到。')
      : null;
  if (kind === 'introduction') return given.text.trim().length < 4 ? no('请写明介绍了什么。') : null;
  if (kind === 'livingAllowance') return given.from ? null : no('纳入低保的日期：没有填。');
  if (kind === 'difficulty') return no('就业困难人员认定在“困难认定”里办。');
  const { months, monthlyFen } = given;
  if (!months || !Number.isInteger(months) || months < 1 || months > LONGEST_BENEFIT_MONTHS)
    return no(`领取月数：应为1至${LONGEST_BENEFIT_MONTHS}个月。`);
  if (!monthlyFen || !Number.isInteger(monthlyFen) || monthlyFen <= 0) return no('每月金额：没有填，或者不是正数。');
  return null;
}

/** The person's own word that household income lies below the minimum living standard, and that we may ask civil affairs (M79-5b). */
export function checkConsent(
  given: { on?: PlainDate | undefined; how?: string | undefined; said: string },
  today: PlainDate,
): Refusal | null {
  const no = (why: string) => refuse('matter.faulty', why, 'M79-5b');
  if (!given.on || !given.how) return no('转介要本人同意：请记下哪天、怎样同意的。');
  if (given.on > today) return no('同意日期：不能晚于今天。');
  if (given.said.trim().length < 4) return no('请写明本人说的家庭收入情况。不用交证明。');
  return null;
}

/** What the worker reads about one part: how it stands, and that nothing else hangs on it. */
export function matterForWorker(facts: {
  readonly kind: MatterKind;
  readonly state: MatterState;
  readonly registering: Registering;
  readonly reason: string;
  readonly outcome: string;
  readonly months?: number | undefined;
  readonly monthlyFen?: number | undefined;
  readonly from?: PlainDate | undefined;
  readonly stoppedOn?: PlainDate | undefined;
}): string {
  const { kind, state } = facts;
  const ended = state === 'asked' ? endsBecause(kind, facts.registering) : undefined;
  if (ended) return ended;
  if (state === 'asked')
    return facts.registering === 'open'
      ? '已收到。失业登记办好后接着办，不用您再交材料。'
      : kind === 'introduction'
        ? '工作人员首次联系您时，会给您介绍岗位。'
        : '正在转给经办机构，不用您再交材料。';
  if (state === 'withdrawn') return facts.reason || '您已说明不再需要，随时可以再提出。';
  if (facts.stoppedOn)
    return `${spoken(facts.stoppedOn)}起停发：${facts.reason || '原因请问失业保险经办机构'}。您的失业登记不受影响。`;
  if (state === 'forwarded') return forwardedText[kind];
  if (state === 'refused')
    return `${refusedBy[kind]}：${facts.reason}。您的失业登记和服务不受影响。`.replace('。。', '。');
  return acceptedText(facts);
}

const forwardedText: Readonly<Record<MatterKind, string>> = {
  introduction: '工作人员正在给您找合适的岗位。',
  benefit: '已转给失业保险经办机构审核，结果会告诉您。审核结果不影响失业登记。',
  difficulty: '已替您申请认定，工作人员会核实，不用交材料。',
  livingAllowance: '已按您的同意转给民政部门核查，结果会告诉您。',
};
const refusedBy: Readonly<Record<MatterKind, string>> = {
  introduction: '暂时没有合适的岗位',
  benefit: '失业保险经办机构答复，不能领取',
  difficulty: '没有认定为就业困难人员',
  livingAllowance: '民政部门答复，没有纳入低保',
};

function acceptedText(facts: Parameters<typeof matterForWorker>[0]): string {
  const { kind, months, monthlyFen, from } = facts;
  if (kind === 'benefit') {
    const what = months && monthlyFen ? `可以领${months}个月，每月${yuan(monthlyFen)}元` : '可以领取';
    return `${what}${from ? `，从${spoken(from)}算起` : ''}。怎么发放，请问失业保险经办机构。`;
  }
  if (kind === 'livingAllowance') return `${from ? `${spoken(from)}起` : ''}已纳入最低生活保障。失业登记和服务照常。`;
  if (kind === 'difficulty') return '已认定，有专人负责您，和您一起定援助计划。';
  return facts.outcome;
}

const spoken = (date: PlainDate) =>
  `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;

/** An amount in yuan as people write it: 1520.5. */
export const yuan = (fen: number): string => String(fen / 100);
