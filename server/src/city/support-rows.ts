import { addDays, daysBetween, type PlainDate, shippedCalendar } from '@yingdeng/rules/calendar.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import {
  type GivenLoan,
  judgePolicies,
  policyDue,
  type SupportState,
  supportStateText,
  takeSupport,
} from '@yingdeng/rules/support-policy.ts';
import type { CityApplication, CityContact } from './model.ts';
import { noted, type OnRegistration, officeTime, serviceGiven } from './noted.ts';
import { Random, weights } from './random.ts';
import { accountId, type PersonRows } from './row-context.ts';

const states = weights<SupportState>(
  ['accepted', 24],
  ['forwarded', 30],
  ['granted', 28],
  ['refused', 11],
  ['withdrawn', 7],
);
const purposes = ['开早餐店，购设备', '开理发店，交房租', '开网店，进货', '开家政服务部，购车', '开小超市，进货'];
const refusals = ['名下有其他经营贷款', '没有提供经营场所的情况', '政策享受期已满'];
const withdrawals = ['本人已找到工作', '本人暂不打算办了'];

/** What is known of a person whose policies are looked for. */
interface Facts {
  readonly application: CityApplication;
  readonly first: CityContact;
  readonly difficulty: boolean;
  readonly startUp: boolean;
}

/**
 * A support policy that some applied for in the same visit (A21-4g), guaranteed loans among them (A21-4e): found by the conditions of the place
 * and day as the commands find it, and in each of its states. A sequence of its own.
 */
export function supportRows(rows: PersonRows, on: OnRegistration, facts: Facts): void {
  const { context, personId, add, history } = rows;
  const random = new Random(context.seed, 33, history.person.index);
  if (on.registration.status !== 'active' || !random.chance(facts.startUp ? 0.5 : 0.08)) return;
  const met = facts.first.at.slice(0, 10);
  const acceptedOn = [met, addDays(context.asOf, -random.between(0, 75))].sort()[1]!;
  const law = context.law.policy(on.division, acceptedOn);
  const judged = judgePolicies(
    {
      registered: true,
      registeredOn: on.registration.registeredOn,
      difficulty: facts.difficulty,
      disabled: history.person.disability !== undefined,
      startUp: facts.startUp,
      graduate: facts.application.box === 1,
      on: acceptedOn,
    },
    law,
  ).filter(({ possible, loan }) => possible && (loan === undefined || facts.startUp));
  const wanted = facts.startUp && random.chance(0.7) ? judged.filter(({ loan }) => loan) : judged;
  const [only] = wanted;
  if (!only || !law.supportPolicies) return;
  const policy = random.pick(wanted);
  const loan: GivenLoan | undefined = policy.loan && {
    yuan: Math.min(policy.loan.mostYuan, random.between(3, 30) * 10_000),
    years: random.between(1, policy.loan.mostYears),
    purpose: random.pick(purposes),
  };
  const answers = policy.conditions.flatMap(({ stands }) => (stands === 'ask' ? [true] : []));
  const conditions = takeSupport({ policy: policy.name, answers, note: '', ...(loan ? { loan } : {}) }, policy);
  if (isRefusal(conditions)) return;
  const steps = stepsOf(random, acceptedOn, context.asOf, { grantedBy: policy.grantedBy, loan });
  const state = steps.at(-1)!.state;
  const settled = state === 'accepted' || state === 'forwarded' ? undefined : steps.at(-1)!;
  const forwarded = steps.find((step) => step.state === 'forwarded');
  const id = rows.id();
  const { tenant } = context;
  const staff = accountId(context, on.clerk);
  const times = steps.map(({ day }) => officeTime(random, day));
  add(
    'policy_application',
    tenant,
    id,
    on.registrationId,
    on.applicationId,
    personId,
    on.division,
    on.office,
    policy.name,
    state,
    JSON.stringify(conditions),
    '',
    JSON.stringify([law.supportPolicies.citation]),
    acceptedOn,
    times[0],
    staff,
    on.clerk.name,
    policyDue(policy.name, acceptedOn, law, shippedCalendar)?.due,
    forwarded?.text ?? '',
    forwarded?.day,
    settled?.day,
    settled?.text ?? '',
    settled ? on.clerk.name : null,
    loan ? JSON.stringify(loan) : null,
    steps.length,
  );
  for (const [n, step] of steps.entries()) {
    const at = times[n]!;
    add(
      'policy_application_action',
      tenant,
      rows.id(),
      id,
      personId,
      on.office,
      step.state,
      step.text,
      at,
      staff,
      on.clerk.name,
    );
    if (n > 0) {
      const text = `“${policy.name}”申请${supportStateText[step.state]}：${step.text}`;
      noted(rows, on, { action: 'policy', text, at, by: on.clerk });
    }
  }
  serviceGiven(rows, on, {
    kind: loan ? 'guaranteedLoan' : 'policyApplication',
    content: `受理“${policy.name}”申请${loan ? `，拟贷${loan.yuan}元、${loan.years}年` : ''}`,
    result: 'going',
    outcome: '',
    at: times[0]!,
  });
}

interface SupportStep {
  readonly state: SupportState;
  readonly day: PlainDate;
  readonly text: string;
}

/** Accepted, forwarded some days later, answered some weeks later: as far as it has come by now. */
function stepsOf(
  random: Random,
  acceptedOn: PlainDate,
  asOf: PlainDate,
  given: { grantedBy: string; loan: GivenLoan | undefined },
): SupportStep[] {
  const goal = random.weighted(states);
  const steps: SupportStep[] = [{ state: 'accepted', day: acceptedOn, text: '' }];
  if (goal === 'accepted' && daysBetween(acceptedOn, asOf) < 20) return steps;
  const forwardedOn = addDays(acceptedOn, random.between(1, 5));
  if (forwardedOn > asOf) return steps;
  steps.push({ state: 'forwarded', day: forwardedOn, text: given.grantedBy });
  const settledOn = addDays(forwardedOn, random.between(10, 30));
  if (goal === 'accepted' || goal === 'forwarded' || settledOn > asOf) return steps;
  const text = {
    granted: given.loan ? `放款${given.loan.yuan}元，期限${given.loan.years}年` : '已核准，按月发放',
    refused: random.pick(refusals),
    withdrawn: random.pick(withdrawals),
  }[goal];
  return [...steps, { state: goal, day: settledOn, text }];
}
