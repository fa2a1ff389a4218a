import { endsBecause, type MatterKind, type MatterState } from '@yingdeng/rules/one-matter.ts';
import type { CityApplication, CityRegistration } from './model.ts';
import { Random } from './random.ts';
import type { PersonRows } from './row-context.ts';
import type { CityAccount } from './staff.ts';

/** A case whose parts are drawn. */
interface Asked {
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
}

const refusals = ['缴费不满一年', '本人意愿中断就业', '已领取过这一段缴费年限的失业保险金'];
const introductions = ['介绍了城东物流园的三个岗位', '介绍了附近两家服装厂的岗位', '介绍了社区物业公司的岗位'];
const benefitOffice = '失业保险系统';

/** What was asked for together with each registration, as the commands and the notices would have left it; a sequence of its own. */
export function matterRows(rows: PersonRows, asked: Asked): void {
  const random = new Random(rows.context.seed, 21, rows.history.person.index);
  if (asked.wantsBenefit) put(rows, asked, 'benefit', benefitOf(random, rows, asked));
  const waits = asked.registration?.status === 'active' && asked.registration.contacts.every(({ reached }) => !reached);
  if (random.chance(waits ? 0.5 : 0.15)) put(rows, asked, 'introduction', introductionOf(random, asked));
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

function benefitOf(random: Random, rows: PersonRows, asked: Asked): Part {
  const { application, registration } = asked;
  if (!registration) return withoutRegistration(asked, 'benefit');
  const number = `${application.division}SB${String(rows.history.person.index).padStart(9, '0')}`;
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

function put(rows: PersonRows, asked: Asked, kind: MatterKind, part: Part): void {
  const { context, personId, history, add } = rows;
  const { application, applicationId } = asked;
  const id = rows.id();
  const forwarded = part.number === undefined ? null : asked.registration?.registeredAt;
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
    application.submittedAt,
    history.person.name,
    forwarded,
    part.number,
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
  step('ask', '', 'asked', application.submittedAt, history.person.name, '提出');
  if (part.decidedAt && part.by) {
    const text = part.state === 'accepted' ? '结果：办成' : part.reason || '结果：没有办成';
    step(part.state === 'accepted' ? 'accept' : 'refuse', 'asked', part.state, part.decidedAt, part.by, text);
  }
}
