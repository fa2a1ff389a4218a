import { isOccupation, occupationName } from '@yingdeng/contract/occupations.ts';
import { inRange } from '@yingdeng/rules/access.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { checkProject, type GivenProject, trainingKinds } from '@yingdeng/rules/training.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import type { Answer } from '../../platform/http.ts';
import { once } from '../../platform/idempotency.ts';
import { allowed, lawful } from '../service/index.ts';
import {
  changeProject,
  endedProjects,
  findProject,
  lockProject,
  openProjects,
  type ProjectRow,
  putProject,
} from './project.sql.ts';

type Project = Answer<'getTrainingProjects'>['items'][number];

const stateTexts = { open: '可报名', full: '已满', ended: '报名已截止', closed: '已停止' } as const;

/** A project as it is shown on a day. */
export function projectOf(context: Context, actor: Actor, row: ProjectRow, today: PlainDate): Project {
  const state =
    row.state === 'closed' ? 'closed' : row.apply_by < today ? 'ended' : row.taken >= row.seats ? 'full' : 'open';
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    kindText: trainingKinds[row.kind],
    occupation: row.occupation ?? '',
    occupationText: row.occupation ? occupationName(row.occupation) : '',
    institution: row.institution,
    place: row.place,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    applyBy: row.apply_by,
    seats: row.seats,
    taken: row.taken,
    fee: row.fee,
    telephone: row.telephone,
    content: row.content,
    state,
    stateText: stateTexts[state],
    officeName: context.reference.officeName(row.office),
    mine: inRange(row.office, actor),
    version: row.version,
  };
}

/** Projects of the actor's city. */
export async function readProjects(
  context: Context,
  actor: Actor,
  query: { state: 'open' | 'ended'; q?: string | undefined },
  now: Date,
): Promise<Answer<'getTrainingProjects'>> {
  const today = businessDate(now);
  const words = query.q?.trim().replace(/[\\%_]/g, '\\$&') || null;
  const tenant = actor.office.slice(0, 4);
  const rows = await context.db.read(actor, (tx) =>
    tx.rows(query.state === 'open' ? openProjects : endedProjects, tenant, today, words),
  );
  return { items: rows.map((row) => projectOf(context, actor, row, today)) };
}

/** Enters a project of the own office. @throws AppError service.faulty, decision.forbiddenGround */
export async function enterProject(
  context: Context,
  actor: Actor,
  on: { key: string; now: Date },
  given: GivenProject,
): Promise<Project> {
  const { key, now } = on;
  const { office } = actor;
  const tenant = office.slice(0, 4);
  judged(given, now);
  const request = { route: 'enterTrainingProject', key, request: given, now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    allowed(actor, 'training.manage', office);
    const id = newTenantId(tenant, now);
    await tx.run(putProject, tenant, id, ...fieldsOf(given), office.slice(0, 6), office, now, actor.name);
    await audited(context, tx, { tenant, office, id }, now, { entered: given.name.trim(), seats: given.seats });
    return id;
  });
  return shown(context, actor, result, now);
}

/**
 * Changes a project, or ends it with the reason: who is enrolled stays.
 * @throws AppError request.notFound, access.denied, service.faulty, service.notAllowed, decision.forbiddenGround
 */
export async function changeGivenProject(
  context: Context,
  actor: Actor,
  on: { id: string; version: number; key: string; now: Date },
  given: GivenProject,
  closedReason: string | undefined,
): Promise<Project> {
  const reason = closedReason?.trim();
  if (reason === undefined) judged(given, on.now);
  else if (reason.length < 2) throw new AppError('service.faulty', { why: '请写明停止的原因。' });
  const request = {
    route: 'changeTrainingProject',
    key: on.key,
    request: [on.id, on.version, given, reason],
    now: on.now,
  };
  await once(context.db, actor, request, async (tx) => {
    const row = await tx.first(lockProject, tenantOfId(on.id), on.id);
    if (!row) throw new AppError('request.notFound');
    allowed(actor, 'training.manage', row.office);
    if (row.version !== on.version) throw new AppError('service.notAllowed', { why: '这个项目有变动，请刷新后再改。' });
    if (given.seats < row.taken)
      throw new AppError('service.faulty', { why: `名额：已报名${row.taken}人，不能少于这个数。` });
    const state = reason === undefined ? 'open' : 'closed';
    await tx.run(changeProject, row.tenant, row.id, ...fieldsOf(given), state, reason ?? '');
    await audited(context, tx, row, on.now, { changed: given.name.trim(), seats: given.seats, state });
    return row.id;
  });
  return shown(context, actor, on.id, on.now);
}

async function shown(context: Context, actor: Actor, id: string, now: Date): Promise<Project> {
  const row = await context.db.read(actor, (tx) => tx.first(findProject, tenantOfId(id), id));
  if (!row) throw new AppError('request.notFound');
  return projectOf(context, actor, row, businessDate(now));
}

function judged(given: GivenProject, now: Date): void {
  lawful(checkProject(given, { today: businessDate(now), known: isOccupation }));
  blockForbidden(`${given.name}\n${given.content}`, '培训项目');
}

const fieldsOf = (given: GivenProject) =>
  [
    given.name.trim(),
    given.kind,
    given.occupation || null,
    given.institution.trim(),
    given.place.trim(),
    given.startsOn,
    given.endsOn,
    given.applyBy,
    given.seats,
    given.fee,
    given.telephone.trim(),
    given.content.trim(),
  ] as const;

async function audited(
  context: Context,
  tx: Tx,
  row: { tenant: string; office: string; id: string },
  now: Date,
  detail: Record<string, unknown>,
): Promise<void> {
  await audit(tx, context.crypto, now, {
    tenant: row.tenant,
    office: row.office,
    action: 'training.manage',
    subjectKind: 'trainingProject',
    subjectId: row.id,
    detail,
  });
}
