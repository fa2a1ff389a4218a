import { divisionName } from '@yingdeng/contract/divisions.ts';
import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { type Alarm, alarmsOf, type ExchangeFacts, type Waiting as Told } from '@yingdeng/rules/exchange/alarms.ts';
import type { Context } from '../../../context.ts';
import type { Actor } from '../../../platform/actor.ts';
import { businessDate } from '../../../platform/clock.ts';
import { type JobName, jobStates } from '../../../platform/jobs.ts';
import { silentLines } from '../../../platform/outside-line.ts';
import { dayAndTime } from '../../../platform/words.ts';
import { countiesReported } from '../days.sql.ts';
import { RECONCILED_DAYS } from '../days.ts';
import { countiesWritten } from '../files/files.sql.ts';
import { LOST_AFTER_MS } from '../files/outbox-folder.ts';
import { countiesByTenant, tenantsOf, uploadDivision } from '../places.ts';
import {
  decisionsReturned,
  decisionsWaiting,
  messagesUnconfirmed,
  receiptsMissing,
  reconciledUntil,
  recordsUnmended,
  type Waiting,
} from './alarm.sql.ts';

/** The jobs of the exchange, as people call them. */
const exchangeJobs: Partial<Record<JobName, string>> = {
  exits: '上传退出',
  mends: '重传已更正的退出',
  decisions: '上传办理结果',
  forwarded: '下载平台申请',
  files: '收取平台文件',
  backload: '上传历史登记',
  reconcile: '与平台对账',
  matters: '转送失业保险金等事项',
  civil: '与民政部门交换文件',
};

/** A gateway that has said nothing of a message for a week will not say anything. */
const FORGOTTEN_DAYS = 7;

/** What must be looked at now, within what the actor may see, the most pressing first (M79-7a, M79-8a). */
export async function readAlarms(context: Context, actor: Actor): Promise<Alarm[]> {
  return alarmsOf(await factsOf(context, actor), context.config.exchange, divisionName);
}

/** The facts of this moment: a few short index ranges. */
export async function factsOf(context: Context, actor: Actor): Promise<ExchangeFacts> {
  const now = context.clock.now();
  const times = context.config.exchange;
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  // What is carried by hand takes days: a report that lies written is made, and its receipt is missed when the file is held to be lost.
  const carried = context.config.platformFiles && new Date(now.getTime() - LOST_AFTER_MS);
  const tenants = tenantsOf(context, actor);
  const today = businessDate(now);
  const from = addDays(today, 1 - RECONCILED_DAYS);
  const place = actor.office.slice(0, 6).padEnd(6, '0');
  const hours = context.config.sms ? context.reference.policy(place, today).messageReceiptHours?.value : undefined;
  const [jobs, lines, [receipts, unmended, waiting, returned, reconciled, reported, unconfirmed]] = await Promise.all([
    jobStates(context, now),
    silentLines(context, place),
    context.db.read(actor, (tx) =>
      Promise.all([
        tx.first(receiptsMissing, tenants, carried ?? before(times.receiptMinutes)),
        tx.rows(recordsUnmended, tenants, before(times.mendHours * 60)),
        tx.first(decisionsWaiting, tenants, carried ?? before(times.decisionMinutes)),
        tx.first(decisionsReturned, tenants),
        tx.first(reconciledUntil, tenants),
        tx.rows(carried ? countiesWritten : countiesReported, tenants, from, addDays(today, -1)),
        hours === undefined
          ? undefined
          : tx.first(messagesUnconfirmed, before(FORGOTTEN_DAYS * 1440), before(hours * 60)),
      ]),
    ),
  ]);
  return {
    today,
    // Asia/Shanghai has had no other offset than eight hours since 1991.
    minute: Math.floor(now.getTime() / 60_000 + 8 * 60) % (24 * 60),
    silentJobs: jobs.flatMap(({ job, late, lastAt }) => {
      const text = exchangeJobs[job];
      return late && text ? [{ text, ...(lastAt ? { seen: dayAndTime(lastAt) } : {}) }] : [];
    }),
    silentLines: lines.map(({ name, since }) => ({ name, since: dayAndTime(since) })),
    unconfirmed: { ...told(unconfirmed), hours: hours ?? 0 },
    unsent: unsentDays(context, actor, from, addDays(today, -1), reported),
    receiptsMissing: told(receipts),
    returned: told(unmended.find(({ state }) => state === 'returned')),
    blocked: told(unmended.find(({ state }) => state === 'blocked')),
    decisionsWaiting: told(waiting),
    decisionsReturned: told(returned),
    differencesOpen: reconciled?.open ?? 0,
    ...(reconciled?.until ? { reconciledTo: reconciled.until } : {}),
  };
}

const told = (row: Waiting | undefined): Told => ({
  count: row?.count ?? 0,
  ...(row?.since ? { since: dayAndTime(row.since) } : {}),
});

/** Days that are over, newest first, with the counties of the range that have not reported them. */
function unsentDays(
  context: Context,
  actor: Actor,
  from: PlainDate,
  to: PlainDate,
  reported: readonly { date: string; divisions: string[] }[],
): { date: PlainDate; divisions: string[] }[] {
  const counties = new Set([...countiesByTenant(context, actor).values()].flat().map(uploadDivision));
  const days: { date: PlainDate; divisions: string[] }[] = [];
  for (let date = to; date >= from; date = addDays(date, -1)) {
    const done = new Set(reported.find((row) => row.date === date)?.divisions);
    const divisions = [...counties].filter((county) => !done.has(county));
    if (divisions.length > 0) days.push({ date, divisions });
  }
  return days;
}
