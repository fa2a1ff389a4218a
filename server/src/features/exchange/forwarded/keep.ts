import { decisionDue } from '@yingdeng/rules/application.ts';
import { CalendarNotMaintained, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { adopt, formDifferences } from '@yingdeng/rules/form-difference.ts';
import { LawSilent } from '@yingdeng/rules/provisions/policy.ts';
import type { Context } from '../../../context.ts';
import { canonicalJson } from '../../../platform/audit.ts';
import { businessDate } from '../../../platform/clock.ts';
import { sm3, tenantIdFrom } from '../../../platform/crypto.ts';
import type { Tx } from '../../../platform/database.ts';
import { amendForm, followPlace, joinPlatform, openForm } from '../../application/index.ts';
import { answerPlatform } from '../decisions/answer.ts';
import type { Delivery } from './delivery.ts';
import { formOfPlatform } from './form.ts';
import { casesElsewhere, deliveryBefore, putFaultyEvent, putForwarded, putMendEntry } from './forwarded.sql.ts';
import type { LiveCase } from './live.ts';
import { namesAnotherCounty, platformActor, type Taken } from './taken.ts';
import { putTask, settleEarlier } from './task.sql.ts';

/**
 * Keeps a delivery as it came together with all that follows from it, in one transaction: the correction beside an open case,
 * the task of the office, the answer to the platform, the event for supervision.
 * @throws AppError when the open case was decided or cannot be moved; then nothing is kept
 */
export async function keep(context: Context, tenant: string, item: Delivery, outcome: Taken): Promise<void> {
  const now = context.clock.now();
  const faults = [...(outcome.faults ?? []), ...(outcome.state === 'faulty' ? [] : item.remarks)];
  const place = formOfPlatform(item.form).placeDivision;
  const office = place.startsWith(tenant) && /^\d{6}$/.test(place) ? place : `${tenant}00`;
  await context.db.transaction(platformActor, async (tx) => {
    // What an earlier delivery left to a person is overtaken by this one, also where the place was another city.
    const earlier = item.revision > 1 ? await tx.rows(casesElsewhere, item.number, tenant) : [];
    const ended = outcome.state === 'faulty' ? 'replaced' : outcome.state === 'applied' ? 'takenIn' : 'replaced';
    for (const one of [tenant, ...earlier.map((row) => row.tenant)])
      void tx.run(settleEarlier, one, item.number, item.revision, ended, now, platformActor.name);
    const applicationId = outcome.beside
      ? await putBeside(tx, context, tenant, item, outcome.beside)
      : outcome.applicationId;
    void tx.run(
      putForwarded,
      tenant,
      item.number,
      item.revision,
      office,
      item.submittedAt,
      now,
      context.crypto.seal(item.content),
      sm3(canonicalJson(item.content)),
      outcome.state,
      applicationId ?? null,
      JSON.stringify(faults),
    );
    if (applicationId && outcome.personId && outcome.faults && outcome.faults.length > 0) {
      const id = tenantIdFrom(tenant, `mend:${item.number}:${item.revision}`);
      const detail = JSON.stringify({ faults: outcome.faults });
      void tx.run(putMendEntry, tenant, id, applicationId, outcome.personId, office, now, detail);
    }
    if (outcome.state === 'faulty')
      await putFaulty(
        tx,
        context,
        tenant,
        office,
        item,
        faults.map(({ message }) => message),
      );
    if (outcome.answer && item.answerable) {
      await answerPlatform(tx, {
        tenant,
        office,
        platformNumber: item.number,
        outcome: outcome.answer,
        decidedAt: now,
        occasion: String(item.revision),
      });
    }
  });
}

/**
 * A delivery about a case that is open: the clock may start earlier, another county is followed at once, and what else differs
 * is put beside the form for the clerk. @returns the case's id, another one when it went to another city.
 */
async function putBeside(tx: Tx, context: Context, tenant: string, item: Delivery, live: LiveCase): Promise<string> {
  const now = context.clock.now();
  const later = formOfPlatform(item.form);
  const on = (id: string) => ({ id, key: '', now });
  let { id } = live;
  let open = await openForm(tx, context, on(id));
  const own = open.row.platform_number === item.number;
  const before = await tx.first(deliveryBefore, tenant, item.number, item.revision);
  // Handed over by a clerk, the case stays where it is unless the worker says another place than before.
  const moved = !before || placeOf(context.crypto.open(before.content_sealed)) !== later.placeDivision;
  if (own && moved && namesAnotherCounty(later.placeDivision, tenant, open.row.division)) {
    const reason = '本人在全国平台更改了登记失业地';
    id = await followPlace(tx, context, id, { division: later.placeDivision, reason }, now);
    open = await openForm(tx, context, on(id));
    const form = adopt(open.form, later, ['placeDivision']);
    await amendForm(tx, context, open, { form, fields: ['placeDivision'], note: reason }, now);
    open = { ...open, form };
  }
  await joinPlatform(tx, context, id, item.submittedAt, open.row.division, now);
  const fields = formDifferences(open.form, later).map(({ field }) => field);
  if (fields.length > 0) {
    const { tenant: home, division, office, due_on } = open.row;
    await tx.run(
      putTask,
      home,
      taskId(home, item),
      item.number,
      item.revision,
      division,
      office,
      'correction',
      id,
      item.submittedAt,
      due_on,
      now,
      context.crypto.seal(later),
    );
  }
  return id;
}

function placeOf(content: unknown): string {
  return formOfPlatform((content as { form?: Readonly<Record<string, unknown>> }).form ?? {}).placeDivision;
}

/** The office, or the city when no office is named, settles it with a person; supervision hears of it. */
async function putFaulty(
  tx: Tx,
  context: Context,
  tenant: string,
  office: string,
  item: Delivery,
  words: readonly string[],
): Promise<void> {
  const now = context.clock.now();
  const due = dueOf(context, office, item.submittedAt);
  const { number, revision, submittedAt } = item;
  void tx.run(
    putTask,
    tenant,
    taskId(tenant, item),
    number,
    revision,
    office,
    office,
    'faulty',
    null,
    submittedAt,
    due,
    now,
    null,
  );
  const text = `全国平台转来的申请（${number}）需要人工核对：${words.join('；')}`;
  const id = tenantIdFrom(tenant, `forwarded:${number}:${revision}`);
  await tx.run(putFaultyEvent, tenant, id, office, now, JSON.stringify({ text, platformNumber: number }));
}

const taskId = (tenant: string, { number, revision }: Delivery) => tenantIdFrom(tenant, `task:${number}:${revision}`);

/** Due as a case would be; where the law or the calendar is silent, at once. */
function dueOf(context: Context, division: string, submittedAt: Date): PlainDate {
  const on = businessDate(submittedAt);
  try {
    return decisionDue(on, context.reference.policy(division, on), context.reference.calendar).due;
  } catch (error) {
    if (error instanceof LawSilent || error instanceof CalendarNotMaintained) return on;
    throw error;
  }
}
