import { addDays } from '@yingdeng/rules/calendar.ts';
import { endsBecause, type MatterKind, type MatterState, offeredMatters } from '@yingdeng/rules/one-matter.ts';
import type { CityApplication, CityRegistration } from './model.ts';
import { Random } from './random.ts';
import type { PersonRows } from './row-context.ts';
import type { CityAccount } from './staff.ts';

/** A case whose parts are drawn. */
export interface Asked {
  readonly applicationId: string;
  readonly application: CityApplication;
  readonly wantsBenefit: boolean;
  readonly registration: CityRegistration | undefined;
  readonly clerk: CityAccount;
}

interface Part {
  readonly state: MatterState;
  readonly number?: string;
  readonly decidedAt?: string | undefined;
  readonly by?: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly months?: number;
  readonly monthlyFen?: number;
  readonly from?: string;
  readonly stopped?: { on: string; reason: string };
  readonly todo?: readonly [what: string, due: string];
  readonly wish?: string;
  /** Asked for later on, by a clerk with the person's consent. */
  readonly later?: { readonly at: string; readonly how: string };
  /** Of recognition: its own row, which says how it stands. */
  readonly subject?: string;
}

const refusals = ['缴费不满一年', '本人意愿中断就业', '已领取过这一段缴费年限的失业保险金'];
const introductions = ['介绍了城东物流园的三个岗位', '介绍了附近两家服装厂的岗位', '介绍了社区物业公司的岗位'];
const benefitOffice = '失业保险系统';

/** What was asked for together with each registration, as the commands and the notices would have left it; a sequence of its own. */
export function matterRows(rows: PersonRows, asked: Asked): void {
  const random = new Random(rows.context.seed, 21, rows.history.person.index);
  // Whoever came through the benefit office has asked for it there (A21-4h).
  if (asked.wantsBenefit || asked.application.channel === 'benefit')
    put(rows, asked, 'benefit', benefitOf(random, rows, asked));
  const waits = asked.registration?.status === 'active' && asked.registration.contacts.every(({ reached }) => !reached);
  if (random.chance(waits ? 0.5 : 0.15)) put(rows, asked, 'introduction', introductionOf(random, asked));
  const { application } = asked;
  const offered = offeredMatters(rows.context.law.policy(application.division, application.submittedOn));
  const offers = (kind: MatterKind) => offered.some((one) => one.kind === kind);
  // Asked for on the form and still to come; who is registered has it in the recognition itself.
  if (!asked.registration && offers('difficulty') && random.chance(0.08))
    put(rows, asked, 'difficulty', {
      ...withoutRegistration(asked, 'difficulty'),
      wish: rows.history.person.disability ? '失业的残疾人' : '城镇零就业家庭成员',
    });
  if (offers('livingAllowance') && random.chance(0.012)) civilAffairs(random, rows, asked);
}

/** The part of the form that a recognition came of (M79-5a): its state is the recognition's own. */
export function recognitionPart(rows: PersonRows, asked: Asked, difficulty: string, category: string): void {
  put(rows, asked, 'difficulty', { state: 'forwarded', wish: category, subject: difficulty });
}

const incomes = [
  '夫妻两人都没有工作，家里每月只有老人的养老金1100元',
  '一个人带孩子，每月收入不到600元',
  '家里有病人，每月收入约900元',
];

/** Referred to civil affairs with the person's consent once the two had spoken (M79-5b); in each of its states. */
function civilAffairs(random: Random, rows: PersonRows, asked: Asked): void {
  const { registration, clerk } = asked;
  const first = registration?.contacts.find(({ purpose, reached }) => purpose === 'first' && reached);
  if (registration?.status !== 'active' || !first) return;
  const { at, means } = first;
  const how = means === 'visit' || means === 'counter' ? means : 'telephone';
  const part = { wish: random.pick(incomes), later: { at, how } };
  const on = at.slice(0, 10);
  const answeredOn = addDays(on, random.between(6, 25));
  const answer = {
    number: `MZ${String(rows.history.person.index).padStart(9, '0')}`,
    decidedAt: `${answeredOn}T15:30:00+08:00`,
    by: '民政部门',
  };
  const { number } = answer;
  const drawn = random.unit();
  const outcome = (): Part => {
    if (answeredOn > rows.context.asOf)
      return drawn < 0.5
        ? { state: 'asked', todo: ['carry', on] }
        : { state: 'forwarded', number, todo: ['answer', on] };
    if (drawn < 0.2) return { state: 'forwarded', number, todo: ['answer', on] };
    if (drawn < 0.7) return { ...answer, state: 'accepted', from: answeredOn };
    if (drawn < 0.92) return { ...answer, state: 'refused', reason: '家庭人均收入高于最低生活保障标准' };
    return { state: 'withdrawn', decidedAt: answer.decidedAt, by: clerk.name, reason: '本人说亲戚接济，不再申请' };
  };
  put(rows, asked, 'livingAllowance', { ...part, ...outcome() });
}

/** The registration is open, or did not come about: the parts wait, or end with it. */
function withoutRegistration({ application }: Asked, kind: MatterKind): Part {
  if (application.status === 'submitted' || application.status === 'registered') return { state: 'asked' };
  return {
    state: 'withdrawn',
    decidedAt: application.decidedAt,
    by: '系统自动办理',
    reason: endsBecause(kind, application.status) ?? '',
  };
}

/** The number the benefit system gave it. */
export const benefitNumber = ({ history }: PersonRows, { division, submittedOn }: CityApplication): string =>
  `${division}SB${submittedOn.slice(2).replaceAll('-', '')}${String(history.person.index).padStart(7, '0')}`;

function benefitOf(random: Random, rows: PersonRows, asked: Asked): Part {
  const { application, registration } = asked;
  const number = benefitNumber(rows, application);
  if (!registration) {
    const waits = application.channel === 'benefit' && application.status === 'submitted';
    return waits ? { state: 'forwarded', number } : withoutRegistration(asked, 'benefit');
  }
  const drawn = random.unit();
  const decidedAt = registration.registeredAt;
  if (drawn < 0.15) return { state: 'forwarded', number };
  if (drawn < 0.4) return { state: 'refused', number, decidedAt, by: benefitOffice, reason: random.pick(refusals) };
  const part: Part = {
    state: 'accepted',
    number,
    decidedAt,
    by: benefitOffice,
    months: random.between(3, 24),
    monthlyFen: 152_000,
    from: registration.registeredOn,
  };
  if (registration.status === 'exited' || !random.chance(0.02)) return part;
  const on = rows.context.asOf;
  return { ...part, stopped: { on, reason: '已重新就业' }, todo: ['check', on] };
}

function introductionOf(random: Random, asked: Asked): Part {
  const { registration, clerk } = asked;
  if (!registration) return withoutRegistration(asked, 'introduction');
  const first = registration.contacts.find(({ purpose, reached }) => purpose === 'first' && reached);
  if (first) return { state: 'accepted', decidedAt: first.at, by: clerk.name, outcome: random.pick(introductions) };
  if (registration.status === 'exited')
    return { state: 'withdrawn', decidedAt: registration.registeredAt, by: clerk.name, reason: '失业登记已经结束。' };
  return { state: 'asked', todo: ['introduce', registration.firstContactDue ?? registration.registeredOn] };
}

const actionOf: Readonly<Partial<Record<MatterState, string>>> = {
  accepted: 'accept',
  refused: 'refuse',
  withdrawn: 'withdraw',
};

function put(rows: PersonRows, asked: Asked, kind: MatterKind, part: Part): void {
  const { context, personId, history, add } = rows;
  const { application, applicationId } = asked;
  const id = rows.id();
  const askedAt = part.later?.at ?? application.submittedAt;
  const askedBy = part.later ? asked.clerk.name : history.person.name;
  const atOnce = kind === 'benefit' && application.channel === 'benefit';
  const forwarded =
    part.number === undefined && part.subject === undefined
      ? undefined
      : (part.later?.at ?? (atOnce ? application.submittedAt : asked.registration?.registeredAt));
  add(
    'sub_matter',
    context.tenant,
    id,
    applicationId,
    personId,
    application.division,
    application.office,
    kind,
    part.state,
    part.wish ?? '',
    part.later?.at.slice(0, 10),
    part.later?.how,
    askedAt,
    askedBy,
    forwarded,
    part.number,
    part.subject,
    part.decidedAt,
    part.by,
    part.outcome ?? '',
    part.reason ?? '',
    part.months,
    part.monthlyFen,
    part.from,
    part.stopped?.on,
    part.stopped?.reason,
    part.todo?.[0],
    part.todo?.[1],
  );
  const step = (action: string, from: string, to: string, at: string, by: string, text: string) =>
    add(
      'sub_matter_action',
      context.tenant,
      rows.id(),
      id,
      personId,
      application.office,
      action,
      from,
      to,
      at,
      null,
      by,
      text,
    );
  step('ask', '', 'asked', askedAt, askedBy, '提出');
  if (forwarded) {
    const text = part.subject ? '已申请认定' : atOnce ? '在失业保险经办机构提出' : '已转送';
    step('forward', 'asked', 'forwarded', forwarded, '系统自动办理', text);
  }
  if (part.decidedAt && part.by) {
    const text = part.state === 'accepted' ? '结果：办成' : part.reason || '结果：没有办成';
    const from = forwarded ? 'forwarded' : 'asked';
    step(actionOf[part.state] ?? 'refuse', from, part.state, part.decidedAt, part.by, text);
  }
}
