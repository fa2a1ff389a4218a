import { codeText } from '@yingdeng/contract/code-tables.ts';
import { contactMeans } from '@yingdeng/rules/contact.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { dueState } from '../../platform/due.ts';
import { historyText } from '../../platform/history-words.ts';
import type { Answer } from '../../platform/http.ts';
import { lastChanceOpen, workerStatus } from '../casefile/index.ts';
import {
  type MyApplicationRow,
  type MyRegistrationRow,
  myApplications,
  myContacts,
  myExits,
  myHistory,
  myLists,
  myRegistrations,
} from './worker.sql.ts';

type WorkerCase = Answer<'getMyCases'>['cases'][number];

/** All cases of one person, newest first, each with its one text (M79-6a, R030). */
export async function myCases(context: Context, actor: Actor, now: Date): Promise<WorkerCase[]> {
  return context.db.read(actor, async (tx) => {
    const read = await readAll(tx, actor.person);
    return read.applications.map((application) => caseOf(context, now, application, read));
  });
}

/** One of them. */
export async function myCase(
  context: Context,
  actor: Actor,
  now: Date,
  applicationId: string,
): Promise<WorkerCase | undefined> {
  return (await myCases(context, actor, now)).find((one) => one.applicationId === applicationId);
}

async function readAll(tx: Tx, person: string) {
  const [applications, registrations, exits, history, contacts, lists] = await Promise.all([
    tx.rows(myApplications, person),
    tx.rows(myRegistrations, person),
    tx.rows(myExits, person),
    tx.rows(myHistory, person),
    tx.rows(myContacts, person),
    tx.rows(myLists, person),
  ]);
  return { applications, registrations, exits, history, contacts, lists };
}

type Read = Awaited<ReturnType<typeof readAll>>;

function caseOf(context: Context, now: Date, application: MyApplicationRow, read: Read): WorkerCase {
  const today = businessDate(now);
  const registration = read.registrations.find((row) => row.application_id === application.id);
  const office = registration?.office ?? application.office;
  // One registration, in whichever cities it has lain: its history is whole for the person.
  const lain = registration ? read.registrations.filter((row) => row.number === registration.number) : [];
  const ids = lain.map((row) => row.id);
  const exits = read.exits.filter((row) => row.registration_id === registration?.id);
  const asked = exits.find((row) => row.status === 'asked' || isLastChance(row));
  const contacts = read.contacts.filter((row) => ids.includes(row.registration_id));
  const subjects = [application.id, ...ids, ...lain.map((row) => row.application_id)];
  return {
    applicationId: application.id,
    number: application.number,
    registrationNumber: registration?.number,
    registrationId: registration?.id,
    submittedOn: application.submitted_on,
    officeName: context.reference.officeName(office),
    officeTelephone: context.reference.office(office)?.telephone ?? '',
    due: dueOf(context, application, today),
    status: statusOf(context, today, application, registration, read, contacts),
    history: read.history
      .filter((row) => subjects.includes(row.subject))
      .map((row) => ({ at: row.at.toISOString(), text: historyText(row.action, row.to_status) })),
    contacts: contacts.map((row) => ({
      at: row.at.toISOString(),
      text: `${contactMeans[row.means as keyof typeof contactMeans] ?? row.means}：${contactText(row)}`,
      officer: row.officer_name,
    })),
    lists: read.lists
      .filter((row) => ids.includes(row.registration_id))
      .map((row) => ({ list: row.list, division: row.list_division, version: row.version, at: row.at.toISOString() })),
    exitQuestion: asked && {
      exitId: asked.id,
      text: isLastChance(asked)
        ? `我们准备结束您的失业登记，原因是“${codeText('exitReason', asked.reason) ?? '其他'}”。您不再需要找工作的帮助了吗？`
        : `有信息显示您可能“${codeText('exitReason', asked.reason) ?? '情况有变化'}”。是这样吗？`,
      answerBy: asked.answer_due ?? undefined,
    },
    canWithdraw: application.status === 'submitted',
    canReportExit: registration?.status === 'active',
  };
}

function contactText(row: { means: string; outcome: 'attempt' | 'contact' }): string {
  if (row.means === 'selfReport') return '已收到';
  if (row.means === 'comparison') return row.outcome === 'contact' ? '没有变化' : '有变化，我们会联系您核实';
  return row.outcome === 'contact' ? '联系上了' : '没有联系上';
}

/** A guarded exit whose last-chance notice is out and not answered (M79-4c). */
const isLastChance = (exit: Read['exits'][number]): boolean =>
  lastChanceOpen({ ...exit, answered: exit.answer !== null });

function dueOf(context: Context, application: MyApplicationRow, today: string): WorkerCase['due'] {
  const basis = application.basis.decisionWorkingDays;
  if (!basis) return undefined;
  const { document, clause, clauseId } = basis.citation;
  return {
    on: application.due_on,
    workingDays: basis.value,
    from: application.submitted_on,
    citation: { document, clause, clauseId },
    state: application.status === 'submitted' ? dueState(application.due_on, today, context.reference.calendar) : 'met',
  };
}

function statusOf(
  context: Context,
  today: string,
  application: MyApplicationRow,
  registration: MyRegistrationRow | undefined,
  read: Read,
  contacts: Read['contacts'],
): WorkerCase['status'] {
  const exit = read.exits.find((row) => row.registration_id === registration?.id);
  return workerStatus(context, today, {
    application: {
      ...application,
      handedOver: read.history.some((row) => row.subject === application.id && row.action === 'handOver'),
    },
    ...(registration
      ? {
          registration: {
            ...registration,
            attempts: contacts.filter((row) => row.outcome === 'attempt' && row.means !== 'comparison').length,
          },
        }
      : {}),
    ...(exit ? { exit: { ...exit, answered: exit.answer !== null } } : {}),
  });
}
