import { randomUUID } from 'node:crypto';
import { inRange } from '@yingdeng/rules/access.ts';
import { checkApproval, checkListChange, publicationDue } from '@yingdeng/rules/list-publication.ts';
import type { Refusal } from '@yingdeng/rules/refusal.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { type Tx, violates } from '../../platform/database.ts';
import { dueState } from '../../platform/due.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer, Call } from '../../platform/http.ts';
import { once } from '../../platform/idempotency.ts';
import { longDate } from '../../platform/words.ts';
import { addListVersion } from './law.sql.ts';
import {
  type DraftRow,
  draftsIn,
  lockDraft,
  openChanges,
  putChange,
  settleChanges,
  settleDraft,
} from './list-draft.sql.ts';
import { columnsOf, readyFor } from './lists.ts';

/** How long a returned version stays in sight of its writer. */
const RETURNED_DAYS = 30;

/** What of the lists waits in the actor's range: versions for a second person, changes that no version follows yet. */
export async function readListWork(context: Context, actor: Actor, now: Date): Promise<Answer<'getListWork'>> {
  const since = new Date(now.getTime() - RETURNED_DAYS * 86_400_000);
  const today = businessDate(now);
  const [drafts, changes] = await context.db.read(actor, (tx) =>
    Promise.all([tx.rows(draftsIn, actor.lo, actor.hi, since), tx.rows(openChanges, actor.lo, actor.hi)]),
  );
  return {
    drafts: drafts.flatMap((row) =>
      row.state === 'published' ? [] : [draftOf(context, actor, { ...row, state: row.state }, today)],
    ),
    changes: changes.map((row) => ({
      id: row.id,
      list: row.list,
      division: row.division,
      changedOn: row.changed_on,
      reason: row.reason,
      dueOn: row.due_on,
      state: dueState(row.due_on, today, context.reference.calendar),
      registeredBy: row.registered_by,
    })),
  };
}

function draftOf(
  context: Context,
  actor: Actor,
  row: DraftRow & { state: 'waiting' | 'returned' },
  today: string,
): Answer<'getListWork'>['drafts'][number] {
  const mandated = columnsOf(context, row.division, row.list, today);
  const extra = Object.keys(row.items[0] ?? {}).filter((column) => !mandated.includes(column));
  return {
    id: row.id,
    list: row.list,
    division: row.division,
    version: row.after + 1,
    validFrom: row.valid_from,
    columns: [...mandated, ...extra],
    items: row.items,
    author: row.author,
    createdAt: row.created_at.toISOString(),
    own: row.author_id === actor.id,
    state: row.state,
    note: row.note,
    ...(row.settled_by ? { settledBy: row.settled_by } : {}),
  };
}

/**
 * A second person approves a version: from its day people are handed it, and the changes it follows are published (A21-4c).
 * @throws AppError request.notFound, admin.notAllowed for its writer, admin.faulty when its day has passed meanwhile
 */
export async function approveList(
  context: Context,
  { actor, params, key, now }: Call<'approveList'>,
): Promise<Answer<'approveList'>> {
  const request = { route: 'approveList', key, request: [params.id], now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const draft = await openDraft(tx, params.id);
    const { list, division, after, items, valid_from: validFrom } = draft;
    await readyFor(context, tx, { list, division, after, items, validFrom }, now);
    const version = after + 1;
    await tx
      .run(addListVersion, list, division, version, JSON.stringify(items), validFrom, actor.name, draft.author, now)
      .catch((error: unknown) => {
        if (violates(error, 'list_version_pkey'))
          throw new AppError('admin.notAllowed', { why: '这一版已经发布过，请刷新后查看。' });
        throw error;
      });
    await tx.run(settleDraft, draft.id, 'published', actor.id, actor.name, now, '');
    await tx.run(settleChanges, list, division, draft.created_at, version, now);
    await written(context, tx, draft, now, 'list.publish', { validFrom, writtenBy: draft.author, rows: items.length });
    return { version };
  });
  return { version: result.version, message: `第${result.version}版已发布。` };
}

/** A second person returns a version with the reason. @throws AppError request.notFound, admin.notAllowed */
export async function returnList(
  context: Context,
  { actor, params, body, key, now }: Call<'returnList'>,
): Promise<Answer<'returnList'>> {
  const request = { route: 'returnList', key, request: [params.id, body], now };
  await once(context.db, actor, request, async (tx) => {
    const draft = await openDraft(tx, params.id);
    await tx.run(settleDraft, draft.id, 'returned', actor.id, actor.name, now, body.reason);
    await written(context, tx, draft, now, 'list.return', {});
    return { draft: draft.id };
  });
  return { message: '已退回编写人。' };
}

async function openDraft(tx: Tx, id: string): Promise<DraftRow> {
  const draft = await tx.first(lockDraft, id);
  if (!draft || !inRange(draft.division, tx.actor)) throw new AppError('request.notFound');
  lawful(checkApproval({ authorId: draft.author_id, state: draft.state }, { id: tx.actor.id }));
  return draft;
}

function written(
  context: Context,
  tx: Tx,
  draft: DraftRow,
  now: Date,
  action: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  return audit(tx, context.crypto, now, {
    tenant: draft.division.slice(0, 4),
    office: draft.division,
    action,
    subjectKind: 'list',
    subjectId: `${draft.list}:${draft.division}:${draft.after + 1}`,
    detail,
  });
}

/**
 * Registers a change that a list must follow, and by when (A21-4c).
 * @throws AppError access.denied, admin.notAllowed; LawSilent where the law sets no limit
 */
export async function registerListChange(
  context: Context,
  { actor, body, key, now }: Call<'registerListChange'>,
): Promise<Answer<'registerListChange'>> {
  const { list, division, changedOn, reason } = body;
  if (!inRange(division, actor)) throw new AppError('access.denied', { why: '只能登记本辖区及以下地区的变化。' });
  lawful(checkListChange(body, businessDate(now)));
  const dueOn = publicationDue(changedOn, context.reference.policy(division, changedOn), context.reference.calendar);
  await once(context.db, actor, { route: 'registerListChange', key, request: body, now }, async (tx) => {
    await tx.run(putChange, randomUUID(), list, division, changedOn, reason, dueOn, actor.id, actor.name, now);
    await audit(tx, context.crypto, now, {
      tenant: division.slice(0, 4),
      office: division,
      action: 'list.registerChange',
      subjectKind: 'list',
      subjectId: `${list}:${division}`,
      detail: { changedOn, dueOn },
    });
    return { dueOn };
  });
  return { dueOn, message: `已登记，请在${longDate(dueOn)}前发布新版本。` };
}

/** @throws AppError with the rule's words and clause */
function lawful(refusal: Refusal | null): void {
  if (!refusal) return;
  throw new AppError('admin.notAllowed', { why: refusal.message }, refusal.clause ? { clause: refusal.clause } : {});
}
