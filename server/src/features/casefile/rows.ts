import { codeText } from '@yingdeng/contract/code-tables.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { type ContactFinding, contactFindings } from '@yingdeng/rules/contact-finding.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Answer } from '../../platform/http.ts';
import { allowedOnExit } from './allowed.ts';
import type { ContactRow, ExitRow, HandoverRow } from './casefile.sql.ts';

type Registration = NonNullable<Answer<'getApplicationCase'>['registration']>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const optional = <Name extends string>(name: Name, value: unknown): Partial<Record<Name, string>> =>
  (typeof value === 'string' && value !== '' ? { [name]: value } : {}) as Partial<Record<Name, string>>;

/** A contact or attempt with the lists handed over in it. */
export function contactOf(row: ContactRow, handovers: readonly HandoverRow[]): Registration['contacts'][number] {
  const { interview } = row;
  return {
    id: row.id,
    purpose: row.purpose,
    means: row.means,
    outcome: row.outcome,
    result: row.result,
    at: row.at.toISOString(),
    officer: row.officer_name,
    note: row.note,
    ...findingOf(row),
    ...(interview
      ? {
          interview: {
            reason: text(interview.reason),
            skills: text(interview.skills),
            wishes: text(interview.wishes),
            exitConditionsTold: interview.exitConditionsTold === true,
            ...optional('class', interview.class),
            ...optional('classReason', interview.classReason),
          },
        }
      : {}),
    lists: handovers
      .filter((one) => one.contact_id === row.id)
      .map((one) => ({ list: one.list, division: one.list_division, version: one.version, how: one.how })),
  };
}

function findingOf({ finding, finding_since: since }: ContactRow): { findingText?: string } {
  if (!finding || !Object.hasOwn(contactFindings, finding)) return {};
  const { text: words } = contactFindings[finding as ContactFinding];
  return { findingText: since ? `${words}，从${since}起` : words };
}

interface Piece {
  kind?: unknown;
  date?: unknown;
  text?: unknown;
  note?: unknown;
}
interface UploadFault {
  check?: unknown;
  field?: unknown;
  message?: unknown;
}
const list = <Item>(value: unknown): Item[] => (Array.isArray(value) ? (value as Item[]) : []);

const mended = (row: ExitRow) => row.upload_state === 'waiting' && list(row.faults).length > 0;

/** An exit with its upload and what this actor may do with it. */
export function exitOf(actor: Actor, row: ExitRow, today: PlainDate): Registration['exits'][number] {
  return {
    id: row.id,
    serial: row.serial,
    status: row.status,
    source: row.source,
    reason: row.reason,
    reasonText: codeText('exitReason', row.reason) ?? row.reason,
    ...optional('subReason', row.sub_reason),
    evidence: list<Piece>(row.evidence).map((piece) => ({
      kind: text(piece.kind),
      ...optional('date', piece.date),
      text: text(piece.text) || text(piece.note),
    })),
    exitOn: row.exit_on,
    remark: row.remark,
    proposedAt: row.proposed_at.toISOString(),
    proposedBy: row.proposed_by_name,
    ...(row.answer
      ? {
          answer: {
            agrees: row.answer.agrees === true,
            text: text(row.answer.text),
            at: row.answer.at ?? row.proposed_at.toISOString(),
          },
        }
      : {}),
    ...optional('reviewedBy', row.reviewed_by_name),
    ...(row.confirmed_at ? { confirmedAt: row.confirmed_at.toISOString() } : {}),
    ...optional('confirmedBy', row.confirmed_by_name),
    ...(row.notice
      ? {
          notice: {
            notify: row.notice.notify === true,
            why: text(row.notice.why),
            ...optional('clause', row.notice.clause),
          },
        }
      : {}),
    ...optional('restoredReason', row.restored_reason),
    ...(row.upload_state && row.business_date
      ? {
          upload: {
            // A mended record keeps its faults until it is in its next batch; nothing is to be done about them any more.
            state: mended(row) ? 'mended' : row.upload_state,
            businessDate: row.business_date,
            faults: (mended(row) ? [] : list<UploadFault>(row.faults)).map((fault) => ({
              check: text(fault.check),
              field: text(fault.field),
              message: text(fault.message),
            })),
            ...optional('receipt', row.receipt),
            ...(row.settled_at ? { settledAt: row.settled_at.toISOString() } : {}),
          },
        }
      : {}),
    version: row.version,
    allowed: allowedOnExit(actor, row, today),
  };
}
