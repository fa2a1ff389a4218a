import { inRange } from '@yingdeng/rules/access.ts';
import {
  type EnrolmentState,
  enrolmentStateText,
  type GivenEnrolmentAct,
  nextEnrolment,
} from '@yingdeng/rules/training.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import { longDate } from '../../platform/words.ts';
import {
  allowed,
  lawful,
  myRegistration,
  openSubject,
  readSubject,
  record,
  type ServiceSubject,
  tellSubject,
  writeService,
} from '../service/index.ts';
import { type EnrolmentRow, enrol, lockEnrolment, putEnrolment, settleEnrolment } from './enrolment.sql.ts';
import { findProject, freeSeat, type ProjectRow, takeSeat } from './project.sql.ts';

/**
 * Enrols a registrant with consent; the seat is taken in the same transaction (A21-4d).
 * @throws AppError request.notFound, access.denied, registration.changed, service.faulty, service.notAllowed
 */
export async function enrolPerson(
  context: Context,
  actor: Actor,
  on: { registrationId: string; key: string; now: Date },
  given: { projectId: string; consent: boolean },
): Promise<void> {
  const { registrationId, key, now } = on;
  if (!given.consent) throw new AppError('service.faulty', { why: '报名前须征得本人同意。' }, { clause: 'A21-4d' });
  const request = { route: 'enrolInTraining', key, request: [registrationId, given], now };
  // The project may belong to the county while the clerk's range is a street: the right to enrol is that over the person.
  await once(context.db, reachingNation(actor), request, async (tx) => {
    const subject = await openSubject(tx, registrationId, 'training.manage');
    if (!inRange(subject.office, actor)) throw new AppError('request.notFound');
    const project = await projectIn(tx, subject, given.projectId);
    await takeOne(tx, project, now);
    const id = newTenantId(subject.tenant, now);
    const written = await tx.run(
      putEnrolment,
      subject.tenant,
      id,
      project.id,
      subject.id,
      subject.application_id,
      subject.person_id,
      subject.division,
      subject.office,
      'enrolled',
      now,
      project.ends_on,
      now,
      actor.id,
      actor.name,
    );
    if (written === 0) throw new AppError('service.notAllowed', { why: twice });
    await enrolled(context, tx, subject, project, id, now);
    return { enrolment: id };
  });
}

const twice = '本人已报名或已提出想参加这个项目。';

async function projectIn(tx: Tx, subject: Pick<ServiceSubject, 'tenant'>, id: string): Promise<ProjectRow> {
  const project = await tx.first(findProject, tenantOfId(id), id);
  if (!project || project.tenant !== subject.tenant) throw new AppError('request.notFound');
  return project;
}

async function takeOne(tx: Tx, project: Pick<ProjectRow, 'tenant' | 'id'>, now: Date): Promise<void> {
  if ((await tx.run(takeSeat, project.tenant, project.id, businessDate(now))) === 0)
    throw new AppError('service.notAllowed', { why: '名额已满或报名已截止，请另选一个项目。' });
}

async function enrolled(
  context: Context,
  tx: Tx,
  subject: ServiceSubject,
  project: ProjectRow,
  id: string,
  now: Date,
): Promise<void> {
  await record(tx, context, subject, now, {
    action: 'training',
    audited: 'training.manage',
    text: `报名${project.name}（${project.institution}）`,
    detail: { enrolment: id, project: project.id },
  });
  await tellSubject(context, tx, subject, now, {
    template: 'training.enrolled',
    text: `${project.name}，${project.institution}，${longDate(project.starts_on)}在${project.place}开班`,
    occasion: id,
  });
}

/**
 * Answers a wish, or records how the training ended. A finished one is a service with its result (A21-5a); a certificate is what the person
 * names, never a paper (M79-2c). Dropping out before the start frees the seat.
 * @returns the registration. @throws AppError request.notFound, access.denied, registration.changed, service.faulty, service.notAllowed
 */
export async function actOnEnrolment(
  context: Context,
  actor: Actor,
  on: { id: string; version: number; key: string; now: Date },
  given: GivenEnrolmentAct,
): Promise<string> {
  const { now } = on;
  const request = { route: 'actOnEnrolment', key: on.key, request: [on.id, on.version, given], now };
  const { result } = await once(context.db, reachingNation(actor), request, async (tx) => {
    const row = await tx.first(lockEnrolment, tenantOfId(on.id), on.id);
    if (!row || !inRange(row.case_office, actor)) throw new AppError('request.notFound');
    allowed(actor, 'training.manage', row.case_office);
    const today = businessDate(now);
    const next = lawful(nextEnrolment(row.enrolment_state, given, { today, startsOn: row.starts_on }));
    if (row.enrolment_version !== on.version)
      throw new AppError('service.notAllowed', { why: '这次报名有变动，请刷新后再记。' });
    blockForbidden(`${given.text}\n${given.certificate}`, '培训结果');
    await (next === 'enrolled' ? answerWish(context, tx, row, now) : end(context, tx, row, next, given, now));
    return row.registration_id;
  });
  return result;
}

async function answerWish(context: Context, tx: Tx, row: EnrolmentRow, now: Date): Promise<void> {
  const subject = await openSubject(tx, row.registration_id, 'training.manage');
  await takeOne(tx, row, now);
  await tx.run(enrol, row.tenant, row.enrolment, row.ends_on, now, tx.actor.id, tx.actor.name);
  await enrolled(context, tx, subject, row, row.enrolment, now);
}

async function end(
  context: Context,
  tx: Tx,
  row: EnrolmentRow,
  state: EnrolmentState,
  given: GivenEnrolmentAct,
  now: Date,
): Promise<void> {
  const today = businessDate(now);
  const certificate = state === 'finished' ? given.certificate.trim() : '';
  const text = given.text.trim();
  await tx.run(settleEnrolment, row.tenant, row.enrolment, state, today, certificate, text, tx.actor.name);
  if (state === 'dropped' && today < row.starts_on) await tx.run(freeSeat, row.tenant, row.id);
  const subject = await readSubject(tx, row.registration_id);
  const outcome = state === 'finished' ? (certificate ? `取得${certificate}` : '没有取得证书') : text;
  await record(tx, context, subject, now, {
    action: 'training',
    audited: 'training.manage',
    text: `“${row.name}”${enrolmentStateText[state]}：${outcome}`,
    detail: { enrolment: row.enrolment, state },
  });
  if (state === 'finished')
    await writeService(
      context,
      tx,
      subject,
      {
        kind: row.kind === 'startUp' ? 'startUp' : 'training',
        content: `参加${row.institution}“${row.name}”`,
        result: 'done',
        outcome,
        on: today,
      },
      now,
    );
  if (state === 'declined')
    await tellSubject(context, tx, subject, now, {
      template: 'training.declined',
      text: `${row.name}，${text}`,
      occasion: row.enrolment,
    });
}

/** The worker says 想参加: the office answers with a seat or the reason. @throws AppError request.notFound, service.notAllowed */
export async function wish(
  context: Context,
  actor: Actor,
  on: { projectId: string; key: string; now: Date },
): Promise<void> {
  const { projectId, key, now } = on;
  await once(context.db, actor, { route: 'wishTraining', key, request: projectId, now }, async (tx) => {
    const mine = await tx.first(myRegistration, actor.person);
    if (!mine) throw new AppError('service.notAllowed', { why: '没有有效的失业登记，登记以后再报名。' });
    const subject = await readSubject(tx, mine.id);
    const project = await projectIn(tx, subject, projectId);
    if (project.state === 'closed' || project.apply_by < businessDate(now))
      throw new AppError('service.notAllowed', { why: '这个项目报名已截止，请看看别的。' });
    const id = newTenantId(subject.tenant, now);
    const written = await tx.run(
      putEnrolment,
      subject.tenant,
      id,
      project.id,
      subject.id,
      subject.application_id,
      subject.person_id,
      subject.division,
      subject.office,
      'wished',
      now,
      project.apply_by,
      null,
      null,
      null,
    );
    if (written === 0) throw new AppError('service.notAllowed', { why: '您已经报名或说过想参加，不用再点。' });
    await record(tx, context, subject, now, {
      action: 'training',
      audited: 'service.record',
      text: `本人想参加${project.name}`,
      detail: { enrolment: id, project: project.id },
    });
    return { enrolment: id };
  });
}
