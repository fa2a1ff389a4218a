import { inRange } from '@yingdeng/rules/access.ts';
import {
  checkDue,
  checkLeaving,
  checkOnDuty,
  type GivenCheck,
  type LeaveReason,
  leaveReasons,
} from '@yingdeng/rules/welfare-post.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import { longDate } from '../../platform/words.ts';
import { allowed, lawful, readSubject, record, type ServiceSubject, tellSubject } from '../service/index.ts';
import { leave, lockPlacement, moveCheckDue, type PlacementRow, putCheck } from './placement.sql.ts';
import { freePlace } from './post.sql.ts';

interface OnPlacement {
  readonly id: string;
  readonly key: string;
  readonly now: Date;
}

/**
 * Records whether the person was on duty in a month; once a month (A21-4f). It goes on after the exit that the placement led to.
 * @returns the registration. @throws AppError request.notFound, access.denied, service.faulty, service.notAllowed, decision.forbiddenGround
 */
export function recordCheck(context: Context, actor: Actor, on: OnPlacement, given: GivenCheck): Promise<string> {
  return act(
    context,
    actor,
    { route: 'checkWelfareDuty', action: 'post.check', on, given },
    async (tx, row, subject) => {
      lawful(checkOnDuty(given, { today: businessDate(on.now), startsOn: row.starts_on }));
      const text = given.text.trim();
      blockForbidden(text, '在岗核查');
      const written = await tx.run(
        putCheck,
        row.tenant,
        newTenantId(row.tenant, on.now),
        row.id,
        row.person_id,
        row.office,
        given.month,
        given.onDuty,
        given.means,
        text,
        on.now,
        actor.id,
        actor.name,
      );
      if (written === 0) throw new AppError('service.notAllowed', { why: `${given.month}已经核查过。` });
      await tx.run(moveCheckDue, row.tenant, row.id, checkDue(given.month, row.basis.welfareLimits.value));
      await record(tx, context, subject, on.now, {
        action: 'post',
        audited: 'post.check',
        text: `${given.month}核查：${given.onDuty ? '在岗' : `不在岗，${text}`}`,
        detail: { placement: row.id, month: given.month, onDuty: given.onDuty },
      });
    },
  );
}

/**
 * The person leaves the post; its place is free again. Nothing else follows by itself: a new registration is the person's to ask for.
 * @returns the registration. @throws AppError request.notFound, access.denied, service.faulty, service.notAllowed, decision.forbiddenGround
 */
export function leavePost(
  context: Context,
  actor: Actor,
  on: OnPlacement & { version: number },
  given: { on: string; reason: LeaveReason; text: string },
): Promise<string> {
  const { version } = on;
  // The post may belong to another office of the city: its place is freed all the same.
  return act(
    context,
    actor,
    { route: 'leaveWelfarePost', action: 'post.manage', on, given: [version, given] },
    async (tx, row, subject) => {
      if (row.version !== version) throw new AppError('service.notAllowed', { why: '这次安置有变动，请刷新后再记。' });
      lawful(checkLeaving(given, { today: businessDate(on.now), startsOn: row.starts_on }));
      const text = given.text.trim();
      blockForbidden(text, '离岗原因');
      await tx.run(leave, row.tenant, row.id, given.on, given.reason, text, on.now, actor.name);
      await tx.run(freePlace, row.tenant, row.post_id);
      const words = `${longDate(given.on)}，${leaveReasons[given.reason].text}${text ? `（${text}）` : ''}`;
      await record(tx, context, subject, on.now, {
        action: 'post',
        audited: 'post.manage',
        text: `离岗，${words}`,
        detail: { placement: row.id, reason: given.reason },
      });
      await tellSubject(context, tx, subject, on.now, { template: 'post.left', text: words, occasion: row.id });
    },
  );
}

/** One act on a placement that still runs. The right to it is judged by the actor's own range; the reach is for the post's row. */
async function act(
  context: Context,
  actor: Actor,
  what: { route: string; action: 'post.check' | 'post.manage'; on: OnPlacement; given: unknown },
  work: (tx: Tx, row: PlacementRow, subject: ServiceSubject) => Promise<void>,
): Promise<string> {
  const { on, route } = what;
  const request = { route, key: on.key, request: [on.id, what.given], now: on.now };
  const { result } = await once(context.db, reachingNation(actor), request, async (tx) => {
    const row = await tx.first(lockPlacement, tenantOfId(on.id), on.id);
    if (!row || !inRange(row.office, actor)) throw new AppError('request.notFound');
    allowed(actor, what.action, row.office);
    if (row.state === 'left')
      throw new AppError('service.notAllowed', { why: `此人已于${row.left_on}离岗，请刷新后查看。` });
    await work(tx, row, await readSubject(tx, row.registration_id));
    return row.registration_id;
  });
  return result;
}
