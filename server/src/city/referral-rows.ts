import { occupationOf } from '@yingdeng/contract/occupations.ts';
import { addDays, shippedCalendar } from '@yingdeng/rules/calendar.ts';
import { educationLevel, type Seeker, wageOf } from '@yingdeng/rules/matching.ts';
import { requirePolicy } from '@yingdeng/rules/provisions/policy.ts';
import { referralAskDue } from '@yingdeng/rules/referral.ts';
import type { CityApplication, CityContact, CityRegistration } from './model.ts';
import { Random } from './random.ts';
import { accountId, codeList, type PersonRows } from './row-context.ts';
import type { CityAccount } from './staff.ts';
import { vacancyFor } from './vacancies.ts';

interface Referred {
  readonly registrationId: string;
  readonly applicationId: string;
  readonly application: CityApplication;
  readonly registration: CityRegistration;
  readonly first: CityContact;
  readonly clerk: CityAccount;
}

const settled = [
  ['notHired', '单位已招满'],
  ['notHired', '面试没有通过'],
  ['declined', '离家太远，接送孩子不方便'],
  ['declined', '工作时间不合适'],
] as const;

/** A referral for some of those who were interviewed: of the last weeks and open, of before and settled; drawn from a sequence of its own. */
export function referralRows(rows: PersonRows, referred: Referred): void {
  const { context, history, personId, add } = rows;
  const { registration, application, first, clerk, registrationId } = referred;
  const random = new Random(context.seed, 12, history.person.index);
  wishRow(rows, referred);
  if (registration.status !== 'active' || !first.interview || !random.chance(0.12)) return;
  const open = random.chance(0.45);
  const day = addDays(context.asOf, -(open ? random.between(0, 17) : random.between(20, 38)));
  if (day <= first.at.slice(0, 10)) return;
  const policy = context.law.policy(application.division, day);
  const worth = requirePolicy(policy, 'matchingPoints').value;
  const found = vacancyFor(random, context.vacancies, seekerOf(rows, first), { day, worth });
  if (!found) return;
  const own = open && random.chance(0.25);
  const at = `${day}T${String(random.between(9, 16)).padStart(2, '0')}:${String(random.between(10, 59))}:00+08:00`;
  const ask = referralAskDue(day, policy, shippedCalendar);
  const [state, reason] = open ? ['open', ''] : random.pick(settled);
  const told = own && random.chance(0.5) ? JSON.stringify({ result: 'notHired', reason: '单位说已经招满', at }) : null;
  const staff = accountId(context, clerk);
  add(
    'referral',
    context.tenant,
    rows.id(),
    registrationId,
    personId,
    referred.applicationId,
    application.division,
    application.office,
    found.vacancy.id,
    found.copy,
    JSON.stringify(found.points),
    own ? 'self' : random.pick(['counter', 'telephone', 'telephone', 'visit']),
    '',
    at,
    at,
    own ? null : staff,
    own ? history.person.name : clerk.name,
    ask.due,
    JSON.stringify({ referralAskWorkingDays: { value: ask.workingDays, citation: ask.citation } }),
    state,
    told,
    reason,
    open ? null : 'telephone',
    state === 'declined' ? random.chance(0.3) : null,
    state === 'declined' ? false : null,
    open ? null : `${addDays(day, 12)}T10:20:00+08:00`,
    open ? null : staff,
    open ? null : clerk.name,
    open ? 1 : 2,
  );
}

/** The search as the interview tells it; what the commands read from the same texts (features/vacancy/seeker.ts). */
function seekerOf({ history }: PersonRows, { interview }: CityContact): Seeker {
  const { person } = history;
  const codes = (text: string) => text.split(/[，。、]/).flatMap((part) => occupationOf(part) ?? []);
  const wage = wageOf(interview?.wishes ?? '');
  return {
    wishes: codes(interview?.wishes ?? ''),
    trained: codes(interview?.skills ?? ''),
    division: person.residence.division,
    education: educationLevel(person.education),
    skill: 0,
    ...(wage === undefined ? {} : { wage }),
  };
}

const looked = ['407', '401', '402', '403', '409', '410', '618', '631', '206', '301'];

/** What some of the registered put in themselves, or a clerk with them: codes, a wage, a level (A21-4b). */
function wishRow(rows: PersonRows, { registrationId, application, registration, first, clerk }: Referred): void {
  const { context, history, personId, add } = rows;
  const random = new Random(context.seed, 36, history.person.index);
  if (registration.status !== 'active' || !first.interview || !random.chance(0.15)) return;
  const { wishes, trained, wage } = seekerOf(rows, first);
  const own = random.chance(0.5);
  add(
    'job_wish',
    context.tenant,
    registrationId,
    personId,
    application.office,
    codeList([...new Set([...wishes, random.pick(looked)])].slice(0, 3)),
    codeList(trained.slice(0, 5)),
    wage ?? (random.chance(0.6) ? random.between(25, 55) * 100 : null),
    random.chance(0.3) ? random.between(1, 3) : 0,
    first.at,
    own ? history.person.name : clerk.name,
  );
}
