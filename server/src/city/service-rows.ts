import { addDays, shippedCalendar } from '@yingdeng/rules/calendar.ts';
import { difficultyDue, difficultyHolds } from '@yingdeng/rules/difficulty.ts';
import { requirePolicy } from '@yingdeng/rules/provisions/policy.ts';
import { type ComputedClass, computeClass, type ServiceClass, serviceClasses } from '@yingdeng/rules/service-class.ts';
import { recognitionPart } from './matter-rows.ts';
import type { CityApplication, CityContact, CityRegistration } from './model.ts';
import { accountId, type PersonRows } from './row-context.ts';
import type { CityAccount } from './staff.ts';
import { maybePlaced } from './welfare-rows.ts';

/** What services are drawn for: a registration whose first contact was an interview. */
interface Served {
  readonly registrationId: string;
  readonly applicationId: string;
  readonly application: CityApplication;
  readonly registration: CityRegistration;
  readonly first: CityContact;
  readonly computed: ComputedClass;
  readonly clerk: CityAccount;
  /** Recognised as having difficulty at the first contact. */
  readonly difficulty: boolean;
}

/** Who was recognised by the first contact: those placed in a post later, and of a valid registration some with a disability; drawn before the class is computed. */
export function isRecognised(
  { context, history, random }: PersonRows,
  application: CityApplication,
  registration: CityRegistration,
): boolean {
  // Where the province has entered no table nobody is recognised.
  if (maybePlaced({ context }, application.division, registration)) return true;
  const table = context.law.policy(application.division, registration.registeredOn).difficultyCategories;
  if (!table || registration.status !== 'active' || history.person.disability === undefined) return false;
  return random.chance(0.7);
}

/** Class of the person by the interview and the law of that day; undefined without an interview or where the law computes none. */
export function classOf(
  { context, history }: PersonRows,
  application: CityApplication,
  first: CityContact,
  difficulty: boolean,
): ComputedClass | undefined {
  if (!first.interview) return undefined;
  const on = first.at.slice(0, 10);
  const { person } = history;
  const facts = {
    ...first.interview.profile,
    education: person.education,
    disabled: person.disability !== undefined,
    difficulty,
    unemployedMonth: application.unemployedMonth,
    on,
  };
  return computeClass(facts, context.law.policy(application.division, on));
}

/** Services as they are given to each class: what, and how it ended. */
const services: Readonly<Record<ServiceClass, readonly (readonly [kind: string, content: string, outcome: string])[]>> =
  {
    A: [
      ['introduction', '介绍了附近三个用工多的单位', '本人自行联系'],
      ['matching', '推荐仓储管理岗位一个', '本人去面试'],
    ],
    B: [
      ['guidance', '做了一次职业指导，理清求职方向', '本人愿意先看普工和客服岗位'],
      ['matching', '推荐物业客服岗位一个', '本人去面试'],
      ['training', '介绍了电工初级培训班', '本人考虑报名'],
    ],
    C: [
      ['counselling', '了解家里的困难，做了一次疏导', '本人愿意从短时工作做起'],
      ['guidance', '教本人用手机找岗位', '本人学会了收藏岗位'],
      ['matching', '陪同到用工单位看了一次', '单位同意试工'],
    ],
    D: [
      ['startUp', '推荐创业培训班，讲了办照流程', '本人报名下月开班'],
      ['guaranteedLoan', '讲了创业担保贷款的条件', '本人回去准备'],
    ],
  };

/** Goal and steps of a plan by class; days after it was made. */
const plans: Readonly<
  Record<
    ServiceClass,
    { goal: string; steps: readonly (readonly [whose: string, kind: string, what: string, days: number])[] }
  >
> = {
  A: {
    goal: '一个月内找到对口工作',
    steps: [
      ['office', 'matching', '每周推送对口岗位', 14],
      ['worker', 'matching', '参加面试，告知结果', 28],
    ],
  },
  B: {
    goal: '三个月内找到稳定的长白班工作',
    steps: [
      ['office', 'guidance', '做一次职业指导', 7],
      ['office', 'matching', '推荐三个就近岗位', 21],
      ['worker', 'training', '参加电工初级培训', 60],
    ],
  },
  C: {
    goal: '先找一份短时工作，再逐步过渡到全日制',
    steps: [
      ['office', 'counselling', '每月谈一次心，看看家里的困难', 14],
      ['office', 'matching', '陪同对接一家用工单位', 28],
      ['worker', 'jobSearchSkills', '每周用手机看两次岗位', 28],
    ],
  },
  D: {
    goal: '半年内把小店开起来',
    steps: [
      ['office', 'startUp', '推荐创业培训，做一次开业指导', 14],
      ['worker', 'startUp', '写出创业打算', 28],
    ],
  },
};

/** Rows of the class, of the services given, and for some valid registrations of a plan that is under way. */
export function serviceRows(rows: PersonRows, served: Served): void {
  const { context, personId, random, add } = rows;
  const { registrationId, application, registration, first, computed, clerk } = served;
  const { tenant } = context;
  const { office } = application;
  const actor = accountId(context, clerk);
  add(
    'service_class',
    tenant,
    rows.id(),
    registrationId,
    personId,
    office,
    computed.class,
    computed.class,
    JSON.stringify(computed.points.map(({ label, points }) => ({ label, points }))),
    JSON.stringify(first.interview?.profile),
    '',
    JSON.stringify(computed.citations),
    first.at,
    actor,
    clerk.name,
  );
  add(
    'registration_action',
    tenant,
    rows.id(),
    registrationId,
    personId,
    office,
    'classify',
    'active',
    'active',
    first.at,
    actor,
    clerk.name,
    JSON.stringify({ text: `${computed.class}类（${serviceClasses[computed.class]}）` }),
  );
  // Services go with contacts in which the two spoke.
  const spoken = registration.contacts.filter(
    ({ reached, means }) => reached && means !== 'comparison' && means !== 'selfReport',
  );
  for (const [n, [kind, content, outcome]] of services[computed.class].entries()) {
    const contact = spoken[n];
    if (!contact || !random.chance(0.7)) continue;
    add(
      'service_record',
      tenant,
      rows.id(),
      registrationId,
      personId,
      office,
      kind,
      content,
      'done',
      outcome,
      contact.at.slice(0, 10),
      contact.at,
      actor,
      clerk.name,
      null,
    );
  }
  const active = registration.status === 'active';
  if (served.difficulty && active) difficultyRow(rows, served, 'recognised', '失业的残疾人', first.at);
  const latest = spoken.at(-1);
  if (!active || !latest) return;
  if (!served.difficulty && random.chance(0.02))
    difficultyRow(rows, served, random.chance(0.3) ? 'refused' : 'applied', '城镇零就业家庭成员', latest.at);
  // A few of those in difficulty still have no plan, which the worklist alarms.
  if (random.chance(served.difficulty ? 0.8 : 0.35)) planRows(rows, served, latest);
}

function difficultyRow(
  rows: PersonRows,
  served: Served,
  state: 'applied' | 'recognised' | 'refused',
  category: string,
  at: string,
): void {
  const { registrationId, applicationId, application, registration, clerk } = served;
  const { context, personId, add } = rows;
  const day = at.slice(0, 10);
  const policy = context.law.policy(application.division, day);
  if (!policy.difficultyCategories) return;
  const held = difficultyHolds(day, requirePolicy(policy, 'difficultyMonths').value);
  const decided = state !== 'applied';
  const holds = state === 'recognised';
  const id = rows.id();
  add(
    'difficulty',
    context.tenant,
    id,
    personId,
    registrationId,
    application.division,
    application.office,
    state,
    category,
    JSON.stringify([requirePolicy(policy, 'difficultyCategories').citation]),
    at,
    difficultyDue(day, policy, shippedCalendar)?.due,
    decided ? at : null,
    decided ? accountId(context, clerk) : null,
    decided ? clerk.name : null,
    decided ? (holds ? '登记表填有伤残等级。' : '家庭成员中有人已就业，不是零就业家庭。') : '',
    holds ? held.from : null,
    holds ? held.to : null,
    holds ? held.to : null,
    null,
    null,
    decided ? 2 : 1,
  );
  // Half of them asked for it on the form of the registration.
  if (rows.history.person.index % 2 === 0)
    recognitionPart(rows, { applicationId, application, wantsBenefit: false, registration, clerk }, id, category);
}

function planRows(
  rows: PersonRows,
  { registrationId, application, computed, clerk, difficulty }: Served,
  made: CityContact,
): void {
  const { context, personId, random, add } = rows;
  const { goal, steps } = plans[computed.class];
  const id = rows.id();
  const agreed = random.chance(0.8);
  const subject = [registrationId, personId, application.office, application.division] as const;
  add(
    'plan',
    context.tenant,
    id,
    ...subject,
    difficulty ? 'difficulty' : 'ordinary',
    goal,
    accountId(context, clerk),
    clerk.name,
    agreed ? 'agreed' : 'draft',
    made.at,
    accountId(context, clerk),
    clerk.name,
    agreed ? made.at : null,
    agreed ? 'telephone' : null,
    null,
    null,
    made.at,
    clerk.name,
    agreed ? 2 : 1,
  );
  for (const [n, [whose, kind, what, days]] of steps.entries()) {
    add(
      'plan_step',
      context.tenant,
      rows.id(),
      id,
      ...subject,
      n + 1,
      whose,
      kind,
      what,
      addDays(made.at.slice(0, 10), days),
      'open',
      '',
      null,
      null,
    );
  }
}
