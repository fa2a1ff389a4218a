import { codeText } from '@yingdeng/contract/code-tables.ts';
import { checkApplicationForm, formFields, normaliseForm } from '@yingdeng/rules/application-form.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { FormField } from '@yingdeng/rules/form-fields.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { LawSilent } from '@yingdeng/rules/provisions/policy.ts';
import type { Context } from '../../context.ts';
import { businessDate } from '../../platform/clock.ts';
import { dueState } from '../../platform/due.ts';
import type { Answer } from '../../platform/http.ts';
import { dayAndTime } from '../../platform/words.ts';
import { joinForm, type OpenForm, type SealedForm } from '../application/index.ts';
import type { DecisionRow, ExitItemRow, FirstContactRow, ForwardedRow } from './worklist.sql.ts';

/** One line of a list. `id` is the application's: it leads to the case page from every list. */
export type Item = Answer<'getDecisionWorklist'>['items'][number];

/** Today and the last day that counts as near. */
export interface Days {
  readonly today: PlainDate;
  readonly near: PlainDate;
}

/** What an item needs besides its row. */
export interface Reader extends Days {
  /** Account that reads the list. */
  readonly account: string;
}

type Common = Pick<Item, 'id' | 'number' | 'name' | 'idMasked' | 'office' | 'officeName' | 'channel' | 'assigned'>;
type Row = Pick<
  DecisionRow,
  | 'application_id'
  | 'number'
  | 'office'
  | 'channel'
  | 'assigned_to'
  | 'assigned_name'
  | 'name'
  | 'form_name'
  | 'identity_sealed'
  | 'form_sealed'
>;

/** What the lines of all lists have: who, where, in whose hand. */
export function common(context: Context, row: Row, account: string): Common {
  const sealed = row.identity_sealed ?? row.form_sealed;
  const idNumber = sealed ? (context.crypto.open<{ idNumber?: string }>(sealed).idNumber ?? '') : '';
  return {
    id: row.application_id,
    number: row.number,
    name: row.name ?? row.form_name ?? '',
    idMasked: maskIdentityNumber(idNumber),
    office: row.office,
    officeName: context.reference.officeName(row.office),
    channel: row.channel,
    ...(row.assigned_to
      ? {
          assigned: {
            id: row.assigned_to,
            name: row.assigned_name ?? '已删除的账号',
            mine: row.assigned_to === account,
          },
        }
      : {}),
  };
}

export function decisionItem(context: Context, row: DecisionRow, days: Reader): Item {
  const note =
    row.open_findings > 0 ? `${row.open_findings}项信息待核实` : row.checked_at ? '核验没有发现疑点' : '正在自动核验';
  return {
    ...common(context, row, days.account),
    kind: 'decision',
    at: row.submitted_at.toISOString(),
    dueOn: row.due_on,
    state: dueState(row.due_on, days.today, context.reference.calendar),
    note,
  };
}

/** Fields named in one line at most. */
const NAMED = 3;

/** What came from the platform: first what has to be settled with the worker, since the clock runs on (H122-2c). */
export function forwardedItem(context: Context, row: ForwardedRow, days: Reader): Item {
  const item = decisionItem(context, row, days);
  const faulty = faultyFields(context, row);
  const named = faulty.slice(0, NAMED).map((field) => formFields[field].label);
  const toMend = `${faulty.length}处要与本人核对：${named.join('、')}${faulty.length > NAMED ? '等' : ''}`;
  const notes = [...(row.corrected ? ['本人在平台有更改'] : []), ...(faulty.length > 0 ? [toMend] : [])];
  return notes.length > 0 ? { ...item, note: notes.join('；') } : item;
}

function faultyFields(context: Context, row: ForwardedRow): FormField[] {
  if (!row.form_sealed) return [];
  const form = normaliseForm(
    joinForm(row.form as unknown as OpenForm, context.crypto.open<SealedForm>(row.form_sealed)),
  );
  const today = businessDate(row.submitted_at);
  try {
    const { faults } = checkApplicationForm(form, {
      today,
      policy: context.reference.policy(form.placeDivision, today),
    });
    return faults.map(({ field }) => field as FormField);
  } catch (error) {
    if (error instanceof LawSilent) return [];
    throw error;
  }
}

const means: Readonly<Record<string, string>> = {
  telephone: '电话',
  visit: '上门走访',
  message: '短信',
  counter: '窗口面谈',
  comparison: '信息比对',
  selfReport: '本人报告',
};

export function firstContactItem(context: Context, row: FirstContactRow, days: Reader): Item {
  const note = row.last_at
    ? `${dayAndTime(row.last_at)}${means[row.last_means ?? ''] ?? ''}，${row.last_means === 'selfReport' || row.last_means === 'comparison' ? '还没有面谈' : '没有联系上'}`
    : '还没有联系过';
  return {
    ...common(context, row, days.account),
    kind: 'contact',
    at: row.registered_at.toISOString(),
    dueOn: row.first_contact_due,
    state: dueState(row.first_contact_due, days.today, context.reference.calendar),
    note,
  };
}

/** Whether an exit waits for the office again: the answer is in, or the time to answer ends. */
const ready = (row: ExitItemRow, days: Days): boolean =>
  row.answered || (row.answer_due !== null && row.answer_due <= days.near);

export function exitItem(context: Context, row: ExitItemRow, days: Reader): Item {
  const stage = {
    asked: row.answered ? '本人已答复' : '等本人答复',
    proposed: row.answered ? '本人已答复，待办理' : '待办理',
    awaitingReview: '等第二人复核',
  }[row.status];
  return {
    ...common(context, row, days.account),
    kind: 'exit',
    at: row.proposed_at.toISOString(),
    ...(row.answer_due ? { dueOn: row.answer_due } : {}),
    state: ready(row, days) ? 'near' : 'open',
    note: `${codeText('exitReason', row.reason) ?? row.reason}（${stage}）`,
  };
}
