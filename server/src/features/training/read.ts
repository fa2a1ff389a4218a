import { can } from '@yingdeng/rules/access.ts';
import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { enrolmentStateText, trainingFit, trainingFitText } from '@yingdeng/rules/training.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { dueState } from '../../platform/due.ts';
import type { Answer } from '../../platform/http.ts';
import { myRegistration, readSubject, type ServiceSubject } from '../service/index.ts';
import { wishedOccupations } from '../vacancy/index.ts';
import { cursorOf, keyOf, listRange } from '../worklist/index.ts';
import { type EnrolmentRow, enrolmentsOf, owedEnrolments } from './enrolment.sql.ts';
import { openProjects } from './project.sql.ts';
import { projectOf } from './projects.ts';

type File = Answer<'getTraining'>;
type Project = File['projects'][number];
type Page = Answer<'getTrainingWorklist'>;

/** Training of a registrant; projects that fit the wish first. @throws AppError request.notFound */
export function readTraining(context: Context, actor: Actor, registrationId: string, now: Date): Promise<File> {
  return context.db.read(actor, async (tx) => {
    const subject = await readSubject(tx, registrationId);
    const open = subject.status !== 'exited';
    const enrols = open && can(actor.role, 'training.manage', { actorRange: actor, division: subject.office });
    return {
      registrationId,
      projects: enrols ? await fitting(context, tx, subject, businessDate(now)) : [],
      enrolments: await enrolmentsShown(context, tx, subject.person_id, now),
      open,
    };
  });
}

/** Projects with a free seat, those that fit what the person looks for first, each with the reason; of alike ones the own county's. */
async function fitting(context: Context, tx: Tx, subject: ServiceSubject, today: PlainDate): Promise<Project[]> {
  const [rows, occupations] = await Promise.all([
    tx.rows(openProjects, subject.tenant, today, null),
    wishedOccupations(context, tx, subject.id),
  ]);
  const wish = { occupations, startUp: subject.class === 'D' };
  const near = ({ office }: { office: string }) => Number(office.startsWith(subject.division));
  return rows
    .filter(({ taken, seats }) => taken < seats)
    .sort((a, b) => near(b) - near(a))
    .map((row) => {
      const fit = trainingFit(row, wish);
      return {
        ...projectOf(context, tx.actor, row, today),
        ...(fit ? { fitText: trainingFitText[fit] } : {}),
      };
    })
    .sort((a, b) => worth(b) - worth(a));
}

const worth = ({ fitText }: Project) => (fitText === undefined ? 0 : fitText === trainingFitText.related ? 1 : 2);

async function enrolmentsShown(context: Context, tx: Tx, person: string, now: Date): Promise<File['enrolments']> {
  const rows = await tx.rows(enrolmentsOf, person);
  return rows.map((row) => enrolmentOf(context, tx.actor, row, businessDate(now)));
}

function enrolmentOf(context: Context, actor: Actor, row: EnrolmentRow, today: PlainDate): File['enrolments'][number] {
  return {
    id: row.enrolment,
    project: projectOf(context, actor, row, today),
    state: row.enrolment_state,
    stateText: enrolmentStateText[row.enrolment_state],
    askedOn: businessDate(row.asked_at),
    by: row.enrolled_by_name ?? '本人',
    ...(row.settled_on ? { settledOn: row.settled_on } : {}),
    certificate: row.certificate,
    result: row.result,
    version: row.enrolment_version,
  };
}

/** The worker's own: open projects that fit, and how the enrolments stand. */
export function readMyTraining(context: Context, actor: Actor, now: Date): Promise<Answer<'getMyTraining'>> {
  return context.db.read(actor, async (tx) => {
    const mine = await tx.first(myRegistration, actor.person);
    const enrolments = await enrolmentsShown(context, tx, actor.person, now);
    if (!mine) return { projects: [], enrolments };
    const taken = new Set(
      enrolments.filter(({ state }) => state === 'wished' || state === 'enrolled').map(({ project }) => project.id),
    );
    const projects = await fitting(context, tx, await readSubject(tx, mine.id), businessDate(now));
    return { projects: projects.filter(({ id, fitText }) => fitText && !taken.has(id)), enrolments };
  });
}

/** Wishes to answer, or enrolments whose course is over and whose result is owed; the soonest first. */
export async function readTrainingWorklist(
  context: Context,
  actor: Actor,
  query: { after?: string | undefined; limit: number; office?: string | undefined; stage: 'wished' | 'enrolled' },
  now: Date,
): Promise<Page> {
  const today = businessDate(now);
  const { divisions, lo, hi } = listRange(actor, query.office, 'training.read');
  const after = keyOf(query.after);
  const upTo = query.stage === 'wished' ? 'infinity' : addDays(today, -1);
  const rows = await context.db.read(actor, (tx) =>
    tx.rows(owedEnrolments, divisions, lo, hi, after.value, after.id, query.limit + 1, query.stage, upTo),
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => {
      const { idNumber } = context.crypto.open<{ idNumber?: string }>(row.identity_sealed);
      return {
        id: row.id,
        applicationId: row.application_id,
        name: row.name,
        idMasked: maskIdentityNumber(idNumber ?? ''),
        officeName: context.reference.officeName(row.office),
        project: row.project,
        institution: row.institution,
        dueOn: row.due_on,
        state: dueState(row.due_on, today, context.reference.calendar),
      };
    }),
    ...(rows.length > page.length && last ? { next: cursorOf({ value: last.due_on, id: last.id }) } : {}),
  };
}
