import { inRange } from '@yingdeng/rules/access.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { requirePolicy } from '@yingdeng/rules/provisions/policy.ts';
import { firstCheckDue, type GivenPlacement, placementEnds } from '@yingdeng/rules/welfare-post.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { once } from '../../platform/idempotency.ts';
import { longDate } from '../../platform/words.ts';
import { proposeExit } from '../exit/index.ts';
import {
  difficultyInForce,
  lawful,
  openSubject,
  record,
  type ServiceSubject,
  tellSubject,
  writeService,
} from '../service/index.ts';
import { type PlacementRow, placementsOf, putPlacement, setPlacementExit } from './placement.sql.ts';
import { lockPost, type PostRow, takePlace } from './post.sql.ts';

interface OnRegistration {
  readonly registrationId: string;
  readonly key: string;
  readonly now: Date;
}
interface Given extends GivenPlacement {
  readonly postId: string;
}

/** Days a person was in public-welfare posts before, all of them together. */
export function daysBefore(rows: readonly PlacementRow[]): number {
  return rows
    .filter(({ state }) => state === 'left')
    .reduce((sum, { starts_on, left_on }) => sum + daysBetween(starts_on, left_on ?? starts_on) + 1, 0);
}
const daysBetween = (from: PlainDate, to: PlainDate) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/**
 * Places a person recognised as having difficulty in a post with a free place (A21-4f), then proposes exit 14 with the placement as its
 * evidence; it is confirmed like every other (M79-4b). The placement stands also when no exit can be proposed; the message says why.
 * @throws AppError request.notFound, access.denied, registration.changed, service.faulty, service.notAllowed, law.silent
 */
export async function place(context: Context, actor: Actor, on: OnRegistration, given: Given): Promise<string> {
  const { registrationId, key, now } = on;
  const request = { route: 'placeInWelfarePost', key, request: [registrationId, given], now };
  // The post may belong to the county while the clerk's range is a street: the right to place is that over the person.
  const { result } = await once(context.db, reachingNation(actor), request, async (tx) => {
    const subject = await openSubject(tx, registrationId, 'post.manage');
    if (!inRange(subject.office, actor)) throw new AppError('request.notFound');
    return put(context, tx, subject, given, now);
  });
  return exitOf(context, actor, on, given.startsOn, result);
}

/** What a repeated request needs to propose the same exit again. */
interface Placed {
  readonly placement: string;
  readonly text: string;
}

async function put(context: Context, tx: Tx, subject: ServiceSubject, given: Given, now: Date): Promise<Placed> {
  const { tenant } = subject;
  const today = businessDate(now);
  const [post, difficulty, earlier] = await Promise.all([
    tx.first(lockPost, tenantOfId(given.postId), given.postId),
    tx.first(difficultyInForce, tenant, subject.person_id, today),
    tx.rows(placementsOf, subject.person_id, tenant),
  ]);
  if (!difficulty) throw new AppError('service.notAllowed', { why: notRecognised }, { clause: 'A21-4f' });
  if (!post || post.tenant !== tenant) throw new AppError('request.notFound');
  const limits = requirePolicy(context.reference.policy(subject.division, today), 'welfareLimits');
  const endsBy = lawful(
    placementEnds(given, {
      today,
      registeredOn: subject.registered_on,
      daysBefore: daysBefore(earlier),
      limits: limits.value,
    }),
  );
  if ((await tx.run(takePlace, tenant, post.id, today)) === 0)
    throw new AppError('service.notAllowed', { why: '这个岗位已满或已停止，请另选一个。' });
  const id = newTenantId(tenant, now);
  const written = await tx.run(
    putPlacement,
    tenant,
    id,
    post.id,
    subject.id,
    subject.application_id,
    subject.person_id,
    subject.division,
    subject.office,
    difficulty.id,
    given.startsOn,
    endsBy,
    given.pensionOn ?? null,
    given.pensionSource.trim(),
    JSON.stringify({ welfareLimits: { value: limits.value, citation: limits.citation } }),
    now,
    tx.actor.id,
    tx.actor.name,
    firstCheckDue(given.startsOn),
  );
  if (written === 0)
    throw new AppError('service.notAllowed', { why: '此人已在公益性岗位上，先记离岗，再安置到别的岗位。' });
  const text = wordsOf(post, given.startsOn, endsBy);
  await record(tx, context, subject, now, {
    action: 'post',
    audited: 'post.manage',
    text: `安置，${text}`,
    detail: { placement: id, post: post.id },
  });
  await writeService(
    context,
    tx,
    subject,
    { kind: 'publicWelfarePost', content: `安置到公益性岗位：${text}`, result: 'done', outcome: '已上岗', on: today },
    now,
  );
  await tellSubject(context, tx, subject, now, { template: 'post.placed', text, occasion: id });
  return { placement: id, text };
}

export const notRecognised = '公益性岗位只安置就业困难人员；此人没有有效的认定，请先认定。';

const wordsOf = (post: PostRow, startsOn: PlainDate, endsBy: PlainDate) =>
  `${post.employer}，${post.title}，${longDate(startsOn)}上岗，最长到${longDate(endsBy)}`;

/** Proposes exit 14 under a key of its own, so that a repeated request proposes once. @returns what happened, in words */
async function exitOf(
  context: Context,
  actor: Actor,
  on: OnRegistration,
  startsOn: PlainDate,
  { placement, text }: Placed,
): Promise<string> {
  try {
    const done = await proposeExit(
      context,
      actor,
      { registrationId: on.registrationId, key: `${on.key}-exit`.slice(-80), now: on.now },
      {
        source: 'clerk',
        reason: '14',
        evidence: [{ kind: 'postRecord', date: startsOn, text }],
        exitOn: startsOn,
        remark: '',
      },
    );
    await context.db.transaction(actor, (tx) => tx.run(setPlacementExit, tenantOfId(placement), placement, done.exit));
    return `已安置，本人会收到消息。${done.message}`;
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    return `已安置，本人会收到消息。没有提出退出：${error.message}`;
  }
}
