import { addWorkingDays, type Calendar, type PlainDate } from './calendar.ts';
import { monthsAfter } from './difficulty.ts';
import type { SupportCondition, SupportPolicy } from './provisions/parameters.ts';
import type { Policy } from './provisions/policy.ts';
import type { Citation } from './provisions/provision.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Support policies (扶持政策, A21-4g): found from a person's facts by conditions that are data, applied for in the same visit. */

/** What the system knows by itself of a person; whatever is not known here is asked. */
export interface SupportFacts {
  readonly registered: boolean;
  readonly registeredOn: PlainDate;
  /** A recognition of difficulty in force. */
  readonly difficulty: boolean;
  readonly disabled: boolean;
  /** The wish to start a business, as the class says it. */
  readonly startUp: boolean;
  /** Form reason 1: left school. */
  readonly graduate: boolean;
  readonly on: PlainDate;
}

/** A condition with how it stands for a person. `ask`: data cannot say, the person is asked. */
export interface JudgedCondition {
  readonly text: string;
  readonly stands: 'yes' | 'no' | 'ask';
  readonly why: string;
}

export interface JudgedPolicy {
  readonly name: string;
  readonly grantedBy: string;
  /** `possible`: no condition is contradicted by data. */
  readonly possible: boolean;
  readonly conditions: readonly JudgedCondition[];
  readonly loan?: { readonly mostYuan: number; readonly mostYears: number };
}

const known = (stands: boolean, yes: string, no: string): Pick<JudgedCondition, 'stands' | 'why'> => ({
  stands: stands ? 'yes' : 'no',
  why: stands ? yes : no,
});

/** How each fact a condition may name is said and judged; one line a fact, the policies themselves are rows of a provision. */
const factRules: {
  readonly [F in SupportCondition['fact']]: (condition: SupportCondition, facts: SupportFacts) => JudgedCondition;
} = {
  registered: (_, facts) => ({
    text: '登记失业人员',
    ...known(facts.registered, `${facts.registeredOn}登记，有效。`, '失业登记已经结束。'),
  }),
  registeredMonths: ({ months = 0 }, { registered, registeredOn, on }) => {
    const from = monthsAfter(registeredOn, months);
    return {
      text: `登记失业满${months}个月`,
      ...known(registered && from <= on, `${registeredOn}登记，已满。`, `${registeredOn}登记，到${from}满。`),
    };
  },
  difficulty: (_, facts) => ({
    text: '就业困难人员',
    ...known(facts.difficulty, '认定有效。', '没有有效的认定；可能符合的，先申请认定。'),
  }),
  disabled: (_, facts) => ({
    text: '有残疾',
    ...known(facts.disabled, '登记表填有伤残等级。', '登记表没有填残疾。'),
  }),
  startUp: (_, facts) => ({
    text: '有创业意愿',
    ...known(facts.startUp, '面谈记为有创业意愿。', '面谈没有记创业意愿；有变化的，重新分类。'),
  }),
  graduate: (_, facts) => ({
    text: '毕业后未就业',
    ...known(facts.graduate, '登记的失业原因是毕业、肄业。', '登记的失业原因不是毕业、肄业。'),
  }),
  asked: ({ text = '' }) => ({ text, stands: 'ask', why: '系统没有数据，问本人。' }),
};

/** Each policy of the place and day with its conditions judged for a person (A21-4g). Empty where nobody entered any. */
export function judgePolicies(facts: SupportFacts, policy: Policy): JudgedPolicy[] {
  return (policy.supportPolicies?.value ?? []).map((one) => judgePolicy(one, facts));
}

function judgePolicy(policy: SupportPolicy, facts: SupportFacts): JudgedPolicy {
  const conditions = policy.conditions.map((condition) => factRules[condition.fact](condition, facts));
  return {
    name: policy.name,
    grantedBy: policy.grantedBy,
    possible: conditions.every(({ stands }) => stands !== 'no'),
    conditions,
    ...(policy.loan ? { loan: policy.loan } : {}),
  };
}

/** By when the result of a policy is owed, where its row says so; counted from the day of acceptance. */
export function policyDue(
  name: string,
  acceptedOn: PlainDate,
  policy: Policy,
  calendar: Calendar,
): { due: PlainDate; citation: Citation } | undefined {
  const listed = policy.supportPolicies;
  const days = listed?.value.find((one) => one.name === name)?.workingDays;
  return listed && days ? { due: addWorkingDays(acceptedOn, days, calendar), citation: listed.citation } : undefined;
}

/** An application as it is taken: what the person answered to each condition that is asked, in their order. */
export interface GivenSupport {
  readonly policy: string;
  readonly answers: readonly boolean[];
  readonly note: string;
  /** For a guaranteed loan: what the person asks for (A21-4e). */
  readonly loan?: GivenLoan;
}

/** A loan as it is asked for. */
export interface GivenLoan {
  readonly yuan: number;
  readonly years: number;
  readonly purpose: string;
}

/** What is wrong with a loan as asked for, or null: nothing is decided here, but more than the cap is nowhere lent. */
export function checkLoan(loan: GivenLoan | undefined, most: JudgedPolicy['loan']): Refusal | null {
  const no = (why: string) => refuse('service.faulty', why, 'A21-4e');
  if (!most) return loan ? no('这项政策不是贷款，不填金额。') : null;
  if (!loan) return no('拟贷金额：请填写。');
  if (!Number.isInteger(loan.yuan) || loan.yuan < 1000 || loan.yuan > most.mostYuan)
    return no(`拟贷金额：应为1000至${most.mostYuan}之间的整数，单位元。`);
  if (!Number.isInteger(loan.years) || loan.years < 1 || loan.years > most.mostYears)
    return no(`期限：应为1至${most.mostYears}年。`);
  return loan.purpose.trim().length < 2 ? no('用途：请填写，如开早餐店购设备。') : null;
}

/**
 * The conditions as they are kept with the application, or what is wrong. Data that contradict, or an answer "no", do not stop a person who
 * wants to apply: whoever grants the policy decides; the clerk writes why it was taken all the same.
 */
export function takeSupport(given: GivenSupport, judged: JudgedPolicy | undefined): JudgedCondition[] | Refusal {
  const no = (why: string) => refuse('service.faulty', why, 'A21-4g');
  if (!judged) return no('请从本地的扶持政策中选一项。');
  const wrong = checkLoan(given.loan, judged.loan);
  if (wrong) return wrong;
  const asked = judged.conditions.filter(({ stands }) => stands === 'ask');
  if (given.answers.length !== asked.length) return no('要问本人的条件，请逐条填写本人的回答。');
  let next = 0;
  const kept = judged.conditions.map((condition): JudgedCondition => {
    if (condition.stands !== 'ask') return condition;
    const says = given.answers[next++] === true;
    return { ...condition, stands: says ? 'yes' : 'no', why: says ? '本人回答符合。' : '本人回答不符合。' };
  });
  if (kept.some(({ stands }) => stands === 'no') && given.note.trim().length < 4)
    return no('有条件不符合；本人仍要申请的，请写明情况。');
  return kept;
}

export const supportStateText = {
  accepted: '已受理',
  forwarded: '已转交',
  granted: '已享受',
  refused: '未获批准',
  withdrawn: '本人撤回',
} as const;
export type SupportState = keyof typeof supportStateText;
export type SupportAction = 'forward' | 'grant' | 'refuse' | 'withdraw';

/** Which action leads where; what is absent is refused. A result may come without a forwarding where the office itself pays. */
export const supportTable: Readonly<Record<SupportState, Partial<Record<SupportAction, SupportState>>>> = {
  accepted: { forward: 'forwarded', grant: 'granted', refuse: 'refused', withdraw: 'withdrawn' },
  forwarded: { grant: 'granted', refuse: 'refused', withdraw: 'withdrawn' },
  granted: {},
  refused: {},
  withdrawn: {},
};
export const supportActionText = {
  forward: '转交',
  grant: '记获批准',
  refuse: '记未获批准',
  withdraw: '记本人撤回',
} as const satisfies Record<SupportAction, string>;

/** The state after an action with its words, or a refusal. Words: to whom, what was granted, why not, what the person says. */
export function nextSupport(state: SupportState, action: SupportAction, text: string): SupportState | Refusal {
  const next = supportTable[state][action];
  if (!next)
    return refuse('service.notAllowed', `这项申请${supportStateText[state]}，不能再${supportActionText[action]}。`);
  const wanted = {
    forward: '转交给哪个单位',
    grant: '批准的内容',
    refuse: '未获批准的原因',
    withdraw: '本人撤回的原因',
  };
  return text.trim().length < 2 ? refuse('service.faulty', `请写明${wanted[action]}。`, 'A21-4g') : next;
}
