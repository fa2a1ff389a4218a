import { addDays, daysBetween, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { type EnrolmentState, enrolmentStateText } from '@yingdeng/rules/training.ts';
import type { CityContact } from './model.ts';
import { noted, type OnRegistration, officeTime, serviceGiven } from './noted.ts';
import type { CityProject } from './programmes.ts';
import { Random, weights } from './random.ts';
import { accountId, type PersonRows } from './row-context.ts';

/** How it stands with a course that is to come, and with one that is over. */
const coming = weights<EnrolmentState>(['wished', 38], ['enrolled', 47], ['declined', 15]);
const over = weights<EnrolmentState>(['finished', 60], ['dropped', 15], ['enrolled', 25]);
const dropped = ['家里老人住院，没有时间', '找到工作，没有学完', '路太远，上了三天没有再来'];
const declined = ['这一期名额已满，下一期再报', '本人时间对不上，等周末班'];
const certificates = ['结业证书', '五级技能等级证书'];

/**
 * A course for some of the registered people (A21-4d, A21-4e): wished for by the worker, enrolled, finished with or without a certificate, or
 * not; its result still owed for some. Courses were announced before anybody asked for them. A sequence of its own.
 */
export function trainingRows(rows: PersonRows, on: OnRegistration, first: CityContact, startUp: boolean): void {
  const { context, personId, add, history } = rows;
  const { asOf } = context;
  const random = new Random(context.seed, 32, history.person.index);
  if (on.registration.status !== 'active' || !random.chance(startUp ? 0.25 : 0.09)) return;
  const met = first.at.slice(0, 10);
  const may = ({ kind, applyBy }: CityProject) => kind === (startUp ? 'startUp' : 'skill') && applyBy > met;
  const projects = (context.programmes.projects.get(on.division) ?? []).filter(may);
  if (projects.length === 0) return;
  const project = random.pick(projects);
  const started = project.startsOn <= asOf;
  const state = project.endsOn < asOf ? random.weighted(over) : started ? 'enrolled' : random.weighted(coming);
  const from = [met, project.enteredOn].sort()[1]!;
  const to = [project.applyBy, asOf].sort()[0]!;
  if (to <= from) return;
  const askedOn = between(random, from, to);
  const own = state === 'wished' || state === 'declined';
  const seated = state !== 'wished' && state !== 'declined';
  const settledOn =
    state === 'finished' || state === 'dropped'
      ? between(random, addDays(project.startsOn, 1), asOf)
      : state === 'declined'
        ? asOf
        : undefined;
  const askedAt = own ? `${askedOn}T${random.between(10, 20)}:15:00+08:00` : officeTime(random, askedOn);
  const certificate = state === 'finished' && random.chance(0.7) ? random.pick(certificates) : '';
  const result = state === 'dropped' ? random.pick(dropped) : state === 'declined' ? random.pick(declined) : '';
  add(
    'training_enrolment',
    context.tenant,
    rows.id(),
    project.id,
    on.registrationId,
    on.applicationId,
    personId,
    on.division,
    on.office,
    state,
    askedAt,
    seated ? project.endsOn : project.applyBy,
    seated ? askedAt : null,
    seated ? accountId(context, on.clerk) : null,
    seated ? on.clerk.name : null,
    settledOn,
    certificate,
    result,
    settledOn ? on.clerk.name : null,
    settledOn ? 2 : 1,
  );
  const text = own ? `本人想参加${project.name}` : `报名${project.name}（${project.institution}）`;
  noted(rows, on, { action: 'training', text, at: askedAt, ...(own ? {} : { by: on.clerk }) });
  if (!settledOn) return;
  const at = officeTime(random, settledOn);
  const outcome = state === 'finished' ? (certificate ? `取得${certificate}` : '没有取得证书') : result;
  noted(rows, on, {
    action: 'training',
    text: `“${project.name}”${enrolmentStateText[state]}：${outcome}`,
    at,
    by: on.clerk,
  });
  if (state !== 'finished') return;
  const content = `参加${project.institution}“${project.name}”`;
  serviceGiven(rows, on, { kind: startUp ? 'startUp' : 'training', content, result: 'done', outcome, at });
}

/** A day of a span, both ends within. */
const between = (random: Random, from: PlainDate, to: PlainDate): PlainDate =>
  addDays(from, random.between(0, Math.max(0, daysBetween(from, to))));
