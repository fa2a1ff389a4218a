import { codeText } from '@yingdeng/contract/code-tables.ts';
import { can, whyNot } from '@yingdeng/rules/access.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import { violates } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import type { Answer } from '../../platform/http.ts';
import { once } from '../../platform/idempotency.ts';
import { nextTimeCursor, readTimeCursor } from '../../platform/keyset.ts';
import { tenantsOf } from '../../platform/tenants.ts';
import { longDate } from '../../platform/words.ts';
import { notify } from '../notice/index.ts';
import {
  answeredObjections,
  findObjection,
  myObjections,
  mySubjects,
  type ObjectionRow,
  openObjections,
  putAnswer,
  putObjection,
  type StaffObjectionRow,
} from './objection.sql.ts';

type Shown = Answer<'getMyObjections'>['objections'][number];
type StaffShown = Answer<'getObjections'>['objections'][number];

/** The decision in words: what it was, why, when. */
function subjectText(row: { kind: string; reason: string | null; decided_on: string | null; number: string }): string {
  const on = row.decided_on ? `${longDate(row.decided_on)}` : '';
  return row.kind === 'exit'
    ? `${on}结束失业登记（${codeText('exitReason', row.reason ?? '') ?? '其他原因'}）`
    : `${on}不予登记的决定（受理编号${row.number}）`;
}

function shown(row: ObjectionRow): Shown {
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.subject_kind,
    subjectText: subjectText({ ...row, kind: row.subject_kind }),
    text: row.text,
    state: row.state,
    ...(row.answered_at
      ? { answer: { at: row.answered_at.toISOString(), who: row.answered_by_name ?? '', text: row.answer ?? '' } }
      : {}),
  };
}

function shownToStaff(context: Context, row: StaffObjectionRow): StaffShown {
  return {
    ...shown(row),
    applicationId: row.application_id,
    number: row.number,
    name: row.name,
    office: row.office,
    officeName: context.reference.officeName(row.office),
  };
}

/** What the person may object to, and what was said. */
export async function readMyObjections(context: Context, actor: Actor): Promise<Answer<'getMyObjections'>> {
  const [subjects, objections] = await context.db.read(actor, (tx) =>
    Promise.all([tx.rows(mySubjects, actor.person), tx.rows(myObjections, actor.person)]),
  );
  return {
    subjects: subjects.map((row) => ({
      kind: row.kind,
      id: row.id,
      text: subjectText(row),
      open: objections.some((one) => one.subject_id === row.id && one.state === 'open'),
    })),
    objections: objections.map(shown),
  };
}

/**
 * The worker objects to a refusal or an exit. The words are the person's own and are not judged. No clause sets a day for the answer, so none
 * is promised. @throws AppError request.notFound for anybody else's decision, objection.notAllowed while one is open
 */
export async function submitObjection(
  context: Context,
  actor: Actor,
  on: { key: string; now: Date },
  given: { kind: 'application' | 'exit'; subjectId: string; text: string },
): Promise<Answer<'submitObjection'>> {
  const { key, now } = on;
  const text = given.text.trim();
  const request = { route: 'submitObjection', key, request: [given.kind, given.subjectId, text], now };
  const work = once(context.db, actor, request, async (tx) => {
    const subjects = await tx.rows(mySubjects, actor.person);
    const subject = subjects.find((one) => one.id === given.subjectId && one.kind === given.kind);
    if (!subject) throw new AppError('request.notFound');
    const id = newTenantId(subject.tenant, now);
    await tx.run(
      putObjection,
      subject.tenant,
      id,
      actor.person,
      subject.office,
      subject.application_id,
      subject.kind,
      subject.id,
      text,
      now,
    );
    await audit(tx, context.crypto, now, {
      tenant: subject.tenant,
      office: subject.office,
      action: 'objection.submit',
      subjectKind: subject.kind,
      subjectId: subject.id,
      personId: actor.person,
      detail: { objection: id },
    });
    return { objection: id };
  });
  const { result } = await work.catch((error: unknown) => {
    if (violates(error, 'objection_open'))
      throw new AppError('objection.notAllowed', { why: '您对这个决定已经提过异议，我们会答复，请等一等。' });
    throw error;
  });
  const all = await readMyObjections(context, actor);
  const objection = all.objections.find((one) => one.id === result.objection);
  if (!objection) throw new AppError('request.notFound');
  return { objection, message: '已收到您的意见，由督导人员处理，我们会答复您。' };
}

/** Objections of the range. */
export async function readObjections(
  context: Context,
  actor: Actor,
  query: { state: 'open' | 'answered'; after?: string; limit: number },
): Promise<Answer<'getObjections'>> {
  const open = query.state === 'open';
  const start = { at: new Date(0), id: '00000000-0000-0000-0000-000000000000' };
  const after = open && query.after === undefined ? start : readTimeCursor(query.after);
  const rows = await context.db.read(actor, (tx) =>
    tx.rows(open ? openObjections : answeredObjections, tenantsOf(actor.office), after.at, after.id, query.limit),
  );
  return {
    objections: rows.map((row) => shownToStaff(context, row)),
    next: nextTimeCursor(
      rows.map((row) => ({ at: open ? row.at : (row.answered_at ?? row.at), id: row.id })),
      query.limit,
    ),
  };
}

/**
 * A supervisor answers; the worker is told and reads the answer in the portal. A decision that was wrong is mended by its own procedure
 * (restoring an exit), never by an answer. @throws AppError request.notFound, access.denied, objection.notAllowed, decision.forbiddenGround
 */
export async function answerObjection(
  context: Context,
  actor: Actor,
  on: { id: string; key: string; now: Date },
  given: { text: string },
): Promise<Answer<'answerObjection'>> {
  const { id, key, now } = on;
  const text = given.text.trim();
  const tenant = tenantOfId(id);
  await once(context.db, actor, { route: 'answerObjection', key, request: [id, text], now }, async (tx) => {
    const row = await tx.first(findObjection, tenant, id);
    if (!row) throw new AppError('request.notFound');
    const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: row.office };
    if (!can(actor.role, 'objection.answer', scope))
      throw new AppError('access.denied', { why: whyNot(actor.role, 'objection.answer', scope) ?? '' });
    blockForbidden(text, '对异议的答复');
    const written = await tx.run(putAnswer, tenant, id, text, now, actor.id, actor.name);
    if (written === 0) {
      const by = row.answered_by_name ?? '其他人';
      throw new AppError('objection.notAllowed', { why: `这条异议已由${by}答复，请刷新后查看。` });
    }
    await audit(tx, context.crypto, now, {
      tenant,
      office: row.office,
      action: 'objection.answer',
      subjectKind: row.subject_kind,
      subjectId: row.subject_id,
      personId: row.person_id,
      detail: { objection: id },
    });
    if (!row.deceased_on) {
      const { mobile } = row.mobile_sealed ? context.crypto.open<{ mobile?: string }>(row.mobile_sealed) : {};
      await notify(context, tx, now, {
        tenant,
        office: row.office,
        personId: row.person_id,
        template: 'objection.answered',
        facts: { number: row.number },
        ...(mobile ? { mobile } : {}),
        subjectKind: row.subject_kind,
        subjectId: row.subject_id,
        occasion: id,
      });
    }
    return { objection: id };
  });
  const row = await context.db.read(actor, (tx) => tx.first(findObjection, tenant, id));
  if (!row) throw new AppError('request.notFound');
  return { objection: shownToStaff(context, row), message: '已答复，本人会收到消息。' };
}
