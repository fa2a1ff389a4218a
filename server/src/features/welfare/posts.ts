import { inRange } from '@yingdeng/rules/access.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { checkPost, type GivenPost } from '@yingdeng/rules/welfare-post.ts';
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
import { changePost, closePost, lockPost, type PostRow, postsOf, putPost } from './post.sql.ts';

type Post = Answer<'getWelfarePosts'>['items'][number];

/** A command on one post, as it stood on the screen. */
export interface OnPost {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly now: Date;
}

const stateTexts = { open: '可安置', full: '已满', ended: '已过招用截止日期', closed: '已停止' } as const;

/** A post as it is shown on a day. */
export function postOf(context: Context, actor: Actor, row: PostRow, today: PlainDate): Post {
  const state =
    row.state === 'closed' ? 'closed' : row.valid_to < today ? 'ended' : row.taken >= row.posts ? 'full' : 'open';
  return {
    id: row.id,
    employer: row.employer,
    title: row.title,
    place: row.place,
    duties: row.duties,
    wage: row.wage,
    posts: row.posts,
    taken: row.taken,
    validTo: row.valid_to,
    state,
    stateText: stateTexts[state],
    closedReason: row.closed_reason,
    officeName: context.reference.officeName(row.office),
    mine: inRange(row.office, actor),
    version: row.version,
  };
}

/** Posts of the actor's city, newest first. An actor above a city has none of its own. */
export async function readPosts(
  context: Context,
  actor: Actor,
  query: { state: 'open' | 'closed'; q?: string | undefined },
  now: Date,
): Promise<Answer<'getWelfarePosts'>> {
  const tenant = actor.office.slice(0, 4);
  const words = query.q?.trim().replace(/[\\%_]/g, '\\$&') || null;
  const rows = await context.db.read(actor, (tx) => tx.rows(postsOf, tenant, query.state, words));
  return { items: rows.map((row) => postOf(context, actor, row, businessDate(now))) };
}

/** Enters a post of the own office. @throws AppError service.faulty, decision.forbiddenGround */
export async function enterPost(
  context: Context,
  actor: Actor,
  on: { key: string; now: Date },
  given: GivenPost,
): Promise<Post> {
  const { now, key } = on;
  const { office } = actor;
  const tenant = office.slice(0, 4);
  judged(given, now);
  allowed(actor, 'post.manage', office);
  const { result } = await once(
    context.db,
    actor,
    { route: 'enterWelfarePost', key, request: given, now },
    async (tx) => {
      const id = newTenantId(tenant, now);
      const { employer, title, place, duties, wage, posts, validTo } = trimmed(given);
      await tx.run(
        putPost,
        tenant,
        id,
        office.slice(0, 6),
        office,
        employer,
        title,
        place,
        duties,
        wage,
        posts,
        validTo,
        now,
        actor.name,
      );
      await audited(context, tx, { tenant, office, id }, now, { entered: title, posts });
      return id;
    },
  );
  return readPost(context, actor, result, now);
}

/** Changes a post. @throws AppError request.notFound, access.denied, service.faulty, service.notAllowed, decision.forbiddenGround */
export function changeGivenPost(context: Context, actor: Actor, on: OnPost, given: GivenPost): Promise<Post> {
  judged(given, on.now);
  return act(context, actor, 'changeWelfarePost', on, given, async (tx, row) => {
    if (given.posts < row.taken)
      throw new AppError('service.faulty', { why: `岗位数：已安置${row.taken}人，不能少于这个数。` });
    const { employer, title, place, duties, wage, posts, validTo } = trimmed(given);
    await tx.run(changePost, row.tenant, row.id, employer, title, place, duties, wage, posts, validTo);
    return { changed: title, posts };
  });
}

/** Ends a post for further placements; who is placed stays. @throws AppError request.notFound, access.denied, service.faulty, service.notAllowed */
export function closeGivenPost(context: Context, actor: Actor, on: OnPost, reason: string): Promise<Post> {
  const words = reason.trim();
  if (words.length < 2) throw new AppError('service.faulty', { why: '请写明停止的原因。' });
  return act(context, actor, 'closeWelfarePost', on, words, async (tx, row) => {
    if (row.state === 'closed') throw new AppError('service.notAllowed', { why: '这个岗位已经停止。' });
    await tx.run(closePost, row.tenant, row.id, words);
    return { closed: words };
  });
}

async function act(
  context: Context,
  actor: Actor,
  route: string,
  on: OnPost,
  given: unknown,
  work: (tx: Tx, row: PostRow) => Promise<Record<string, unknown>>,
): Promise<Post> {
  const request = { route, key: on.key, request: [on.id, on.version, given], now: on.now };
  await once(context.db, actor, request, async (tx) => {
    const row = await lockedPost(tx, on.id);
    allowed(actor, 'post.manage', row.office);
    if (row.version !== on.version) throw new AppError('service.notAllowed', { why: '这个岗位有变动，请刷新后再改。' });
    const detail = await work(tx, row);
    await audited(context, tx, row, on.now, detail);
    return row.id;
  });
  return readPost(context, actor, on.id, on.now);
}

async function lockedPost(tx: Tx, id: string): Promise<PostRow> {
  const row = await tx.first(lockPost, tenantOfId(id), id);
  if (!row) throw new AppError('request.notFound');
  return row;
}

async function readPost(context: Context, actor: Actor, id: string, now: Date): Promise<Post> {
  const row = await context.db.transaction(actor, (tx) => lockedPost(tx, id));
  return postOf(context, actor, row, businessDate(now));
}

function judged(given: GivenPost, now: Date): void {
  lawful(checkPost(given, businessDate(now)));
  blockForbidden(`${given.title}\n${given.duties}`, '公益性岗位');
}

const trimmed = (given: GivenPost): GivenPost => ({
  ...given,
  employer: given.employer.trim(),
  title: given.title.trim(),
  place: given.place.trim(),
  duties: given.duties.trim(),
});

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
    action: 'post.manage',
    subjectKind: 'welfarePost',
    subjectId: row.id,
    detail,
  });
}
