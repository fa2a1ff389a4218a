import { divisionName } from '@yingdeng/contract/divisions.ts';
import { whyNot } from '@yingdeng/rules/access.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import type { Context } from '../../../context.ts';
import type { Actor } from '../../../platform/actor.ts';
import { audit } from '../../../platform/audit.ts';
import { businessDate } from '../../../platform/clock.ts';
import { tenantOfId } from '../../../platform/crypto.ts';
import type { Tx } from '../../../platform/database.ts';
import { dueState } from '../../../platform/due.ts';
import { AppError } from '../../../platform/errors.ts';
import { blockForbidden } from '../../../platform/forbidden.ts';
import type { Answer } from '../../../platform/http.ts';
import { once } from '../../../platform/idempotency.ts';
import { maskTelephone } from '../../../platform/words.ts';
import { reportToSupervision } from '../../application/index.ts';
import { cursorOf, keyOf, listRange } from '../../worklist/index.ts';
import { answerPlatform } from '../decisions/answer.ts';
import { formOfPlatform } from './form.ts';
import {
  addEntry,
  applicationByNumber,
  type FaultyRow,
  faultyPage,
  lockTask,
  settleTask,
  type TaskRow,
} from './task.sql.ts';

type Page = Answer<'getForwardedFaulty'>;

/** How a person settles a faulty one. */
export interface Settlement {
  readonly do: 'contacted' | 'joined' | 'answered' | 'closed';
  readonly note: string;
  readonly number?: string;
}

/** Forwarded applications of which no case could be made, earliest due date first, with what the platform delivered. */
export async function faultyForwarded(
  context: Context,
  actor: Actor,
  query: { after?: string; limit: number },
): Promise<Page> {
  const { divisions, lo, hi } = listRange(actor, undefined, 'application.read');
  const after = keyOf(query.after);
  const rows = await context.db.read(actor, (tx) =>
    tx.rows(faultyPage, divisions, lo, hi, after.value, after.id, query.limit + 1),
  );
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const today = businessDate(context.clock.now());
  return {
    items: shown.map((row) => ({
      ...whoIs(context, row),
      id: row.id,
      platformNumber: row.platform_number,
      revision: row.revision,
      officeName: context.reference.officeName(row.office),
      submittedAt: row.submitted_at.toISOString(),
      dueOn: row.due_on,
      state: dueState(row.due_on, today, context.reference.calendar),
      faults: row.faults,
      entries: row.entries,
    })),
    ...(rows.length > shown.length && last ? { next: cursorOf({ value: last.due_on, id: last.id }) } : {}),
  };
}

/** What can be read of the person, masked. */
function whoIs(
  context: Context,
  row: FaultyRow,
): Pick<Page['items'][number], 'name' | 'idMasked' | 'mobileMasked' | 'placeText'> {
  const content = context.crypto.open<{ form?: Readonly<Record<string, unknown>> } | null>(row.content_sealed);
  const form = formOfPlatform(typeof content?.form === 'object' && content.form !== null ? content.form : {});
  return {
    name: form.name.slice(0, 60),
    idMasked: maskIdentityNumber(form.idNumber.slice(0, 30)),
    mobileMasked: form.mobile ? maskTelephone(form.mobile.slice(0, 20)) : '',
    placeText: divisionName(form.placeDivision) || form.placeDivision.slice(0, 12),
  };
}

/**
 * Settles a faulty one. `contacted` is kept and leaves it open; `joined` ties it to a case of ours, whose decision then answers it;
 * `answered` sends the applicant words through the platform; `closed` needs a reason. @throws AppError
 */
export async function settleForwarded(
  context: Context,
  actor: Actor,
  on: { id: string; key: string; now: Date },
  given: Settlement,
): Promise<void> {
  const { id, key, now } = on;
  const note = given.note.trim();
  try {
    if (given.do === 'answered') blockForbidden(note, '经全国平台给申请人的答复');
    await once(context.db, actor, { route: 'settleForwarded', key, request: [id, given], now }, async (tx) => {
      const task = await openTask(tx, actor, id, 'faulty');
      const entry = JSON.stringify([{ at: now.toISOString(), who: actor.name, note: `${words[given.do]}：${note}` }]);
      if (given.do === 'contacted') void tx.run(addEntry, task.tenant, id, entry);
      else await settle(tx, task, { ...given, note }, entry, now);
      await audit(tx, context.crypto, now, {
        tenant: task.tenant,
        office: task.office,
        action: 'exchange.mend',
        subjectKind: 'forwardedApplication',
        subjectId: id,
        detail: { do: given.do },
      });
      return { id };
    });
  } catch (error) {
    await reportToSupervision(context, actor, { id, now }, 'forwardedApplication', error);
    throw error;
  }
}

const words: Readonly<Record<Settlement['do'], string>> = {
  contacted: '联系本人',
  joined: '并入本系统的申请',
  answered: '答复申请人',
  closed: '不再办理',
};

async function settle(tx: Tx, task: TaskRow, given: Settlement, entry: string, now: Date): Promise<void> {
  const { tenant, id } = task;
  let application: string | null = null;
  if (given.do === 'joined') {
    application = (await tx.first(applicationByNumber, tenant, given.number ?? ''))?.id ?? null;
    if (!application) throw new AppError('exchange.notAllowed', { why: '没有找到这个受理编号的申请，请核对编号。' });
  }
  if (given.do === 'answered') {
    if (task.platform_number.startsWith('unreadable-'))
      throw new AppError('exchange.notAllowed', { why: '平台没有给出申请编号，不能经平台答复，请直接联系本人。' });
    await answerPlatform(tx, {
      tenant,
      office: task.office,
      platformNumber: task.platform_number,
      outcome: 'handedOver',
      decidedAt: now,
      occasion: `${task.revision}:${id}`,
      reason: given.note,
    });
  }
  await tx.run(settleTask, tenant, id, given.do, application, [], null, entry, now, tx.actor.id, tx.actor.name);
}

/** Locks an open task of the actor's range. @throws AppError request.notFound, access.denied, exchange.notAllowed */
export async function openTask(tx: Tx, actor: Actor, id: string, kind: TaskRow['kind']): Promise<TaskRow> {
  const task = await tx.first(lockTask, tenantOfId(id), id);
  if (!task || task.kind !== kind) throw new AppError('request.notFound');
  const denied = whyNot(actor.role, kind === 'faulty' ? 'exchange.mend' : 'application.check', {
    actorRange: actor,
    division: task.office,
  });
  if (denied) throw new AppError('access.denied', { why: denied });
  if (task.state !== 'open')
    throw new AppError('exchange.notAllowed', { why: `已由${task.settled_by_name ?? '其他人'}处理，请刷新后查看。` });
  return task;
}
