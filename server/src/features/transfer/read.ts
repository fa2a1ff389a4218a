import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { declineGrounds, transferRequestText } from '@yingdeng/rules/transfer-request.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { dueState } from '../../platform/due.ts';
import type { Answer } from '../../platform/http.ts';
import { citedDays } from '../casefile/index.ts';
import { sidesOf } from './answer.ts';
import { openRequests, type RequestRow, type SubjectRow, settledRequests, subjectsOf } from './request.sql.ts';

type Shown = Answer<'getTransfers'>['requests'][number];

/** Requests shown at most; more than a hundred open ones at one office would be a day's work. */
const MOST = 200;
const SHOWN_DAYS = 90;

/** Requests the actor's office asked or has to answer (M79-1a): open ones by due day, or those of the last ninety days that are settled. */
export async function readTransfers(
  context: Context,
  actor: Actor,
  view: 'open' | 'settled',
  now: Date,
): Promise<Answer<'getTransfers'>> {
  const since = new Date(now.getTime() - SHOWN_DAYS * 86_400_000);
  const rows = await context.db.read(actor, (tx) =>
    view === 'open' ? tx.rows(openRequests, MOST) : tx.rows(settledRequests, since, MOST),
  );
  // Name and number lie in the other city; the requests themselves say that they are this office's business.
  const subjects = await context.db.read(reachingNation(actor), (tx) =>
    tx.rows(
      subjectsOf,
      rows.map(({ tenant }) => tenant),
      rows.map((row) => row.registration_id),
    ),
  );
  const known = new Map(subjects.map((row) => [row.id, row]));
  const today = businessDate(now);
  return {
    requests: rows.flatMap((row) => {
      const subject = known.get(row.registration_id);
      return subject ? [shown(context, actor, row, subject, today)] : [];
    }),
  };
}

function shown(context: Context, actor: Actor, row: RequestRow, subject: SubjectRow, today: string): Shown {
  const name = (office: string) => context.reference.officeNameFromAfar(office);
  const acting = sidesOf(actor, row);
  const answers = row.side === 'from' ? row.office : row.from_office;
  const open = row.state === 'asked';
  const mayAnswer = open && acting.includes(row.side === 'from' ? 'to' : 'from');
  const askedOn = businessDate(row.asked_at);
  return {
    id: row.id,
    // The page of the case opens for the office that holds it.
    ...(acting.includes('from') ? { applicationId: subject.application_id } : {}),
    name: subject.name,
    idMasked: maskIdentityNumber(context.crypto.open<{ idNumber?: string }>(subject.identity_sealed).idNumber ?? ''),
    number: subject.number,
    registeredOn: subject.registered_on,
    side: row.side,
    fromOffice: name(row.from_office),
    toOffice: name(row.office),
    place: row.place_kind,
    reason: row.reason,
    askedAt: row.asked_at.toISOString(),
    askedBy: row.asked_by_name,
    due: {
      on: row.due_on,
      from: askedOn,
      ...citedDays(context, row.basis, 'decisionWorkingDays', answers.slice(0, 6), askedOn),
      state: open ? dueState(row.due_on, today, context.reference.calendar) : 'met',
    },
    state: row.state,
    stateText: transferRequestText[row.state],
    ...(row.settled_at
      ? {
          settled: {
            at: row.settled_at.toISOString(),
            who: row.settled_by_name ?? '',
            text: [row.ground ? declineGrounds[row.ground].text : '', row.answer].filter(Boolean).join('；'),
          },
        }
      : {}),
    // Past its day the office the person came to need not wait any longer.
    may: {
      accept: mayAnswer || (open && row.side === 'to' && acting.includes('to') && today > row.due_on),
      decline: mayAnswer,
      withdraw: open && acting.includes(row.side),
    },
    version: row.version,
  };
}
