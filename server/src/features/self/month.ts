import { contactMeans, lastDayOf, monthOf } from '@yingdeng/rules/contact.ts';
import { monthReports, monthStanding } from '@yingdeng/rules/month-report.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Answer } from '../../platform/http.ts';
import { dayAndTime } from '../../platform/words.ts';
import { type MyMonthRow, myMonth } from './month.sql.ts';

/** This month of the valid registration: owed, covered, what was said (A21-5a, A21-5b, M79-4a). */
export async function readMyMonth(context: Context, actor: Actor, now: Date): Promise<Answer<'getMyMonth'>> {
  const today = businessDate(now);
  const month = monthOf(today);
  const row = await context.db.read(actor, (tx) => tx.first(myMonth, actor.person, month));
  if (!row) return { month, monthEnd: lastDayOf(month) };
  const standing = monthStanding(row.last_contact_month ?? undefined, row.registered_on, today);
  const { document, clause, clauseId } = context.reference.policy(row.division, today).followUpsPerMonth?.citation ?? {
    document: '',
    clause: '',
    clauseId: '',
  };
  return {
    month,
    monthEnd: standing.due,
    registration: {
      id: row.id,
      number: row.number,
      owed: standing.owed,
      covered: standing.covered,
      coveredText: coveredText(row),
      clause: { document, clause, clauseId },
      ...(row.report && row.report_at
        ? { report: { kind: row.report, text: sentenceOf(row), at: row.report_at.toISOString() } }
        : {}),
      canReportExit: row.status === 'active',
    },
  };
}

function coveredText(row: MyMonthRow): string {
  if (row.report_at) return `您在${dayAndTime(row.report_at)}报告过。`;
  if (!row.seen_at) return '';
  const means = contactMeans[row.seen_means as keyof typeof contactMeans] ?? '';
  return `工作人员在${dayAndTime(row.seen_at)}${row.seen_means === 'comparison' ? '比对过信息' : `联系过您（${means}）`}。`;
}

/** The person's own sentence, without the words of the choice. */
function sentenceOf(row: MyMonthRow): string {
  const note = row.report_note ?? '';
  const head = row.report ? `${monthReports[row.report]}。` : '';
  return note.startsWith(head) ? note.slice(head.length) : note;
}
