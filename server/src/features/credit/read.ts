import { can } from '@yingdeng/rules/access.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import {
  type CreditAction,
  type CreditCause,
  type CreditStanding,
  creditCauses,
  creditCovers,
  creditExpired,
  creditHold,
  creditLevels,
  creditStateText,
} from '@yingdeng/rules/credit.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Answer } from '../../platform/http.ts';
import { readSubject } from '../service/index.ts';
import { cursorOf, keyOf, listRange } from '../worklist/index.ts';
import { type CreditRow, creditOf, owedCredit } from './credit.sql.ts';

type File = Answer<'getCredit'>;
type Shown = File['records'][number];

/** A record as the rules judge it. */
export const standingOf = (row: CreditRow): CreditStanding => ({
  state: row.state,
  level: row.level,
  answered: row.answer !== '',
  ...(row.answer_due ? { answerDue: row.answer_due } : {}),
  objected: row.objection !== '',
  objectionAnswered: row.objection_answer !== '',
  proposedBy: row.proposed_by,
  ...(row.decided_by ? { decidedBy: row.decided_by } : {}),
  ...(row.expires_on ? { expiresOn: row.expires_on } : {}),
});

/** Credit records of a person. @throws AppError request.notFound */
export function readCredit(context: Context, actor: Actor, registrationId: string, now: Date): Promise<File> {
  return context.db.read(actor, async (tx) => {
    const subject = await readSubject(tx, registrationId);
    const scope = { actorRange: actor, division: subject.office };
    const decides = can(actor.role, 'credit.decide', scope);
    const rows = await tx.rows(creditOf, subject.person_id);
    const actions: CreditAction[] = decides ? ['decide', 'answerObjection', 'repair'] : [];
    return {
      registrationId,
      records: rows.map((row) => shown(row, actions, actor.id, businessDate(now))),
      mayPropose: can(actor.role, 'credit.propose', scope) ? covered(context, subject.division, businessDate(now)) : [],
    };
  });
}

/** The causes that the law of a place and day puts on record; without its terms, none (A21-5c, A21-8a). */
function covered(context: Context, division: string, today: PlainDate): CreditCause[] {
  const { creditLimits, creditRecords } = context.reference.policy(division, today);
  if (!creditLimits || !creditRecords) return [];
  return (Object.keys(creditCauses) as CreditCause[]).filter(
    (cause) => creditCovers(cause, creditRecords.value) === null,
  );
}

function shown(row: CreditRow, actions: readonly CreditAction[], actor: string, today: PlainDate): Shown {
  const standing = standingOf(row);
  return {
    id: row.id,
    causeText: creditCauses[row.cause],
    level: row.level,
    levelText: creditLevels[row.level],
    state: row.state,
    stateText: creditStateText[row.state],
    expired: creditExpired(standing, today),
    yuan: row.facts.yuan,
    months: row.facts.months,
    refuses: row.facts.refuses,
    evidence: row.evidence,
    proposedAt: row.proposed_at.toISOString(),
    proposedBy: row.proposed_by_name,
    ...(row.answer_due ? { answerDue: row.answer_due } : {}),
    answer: row.answer,
    ...(row.decided_by_name ? { decidedBy: row.decided_by_name } : {}),
    decisionText: row.decision_text,
    ...(row.expires_on ? { expiresOn: row.expires_on } : {}),
    objection: row.objection,
    ...(row.objection_due ? { objectionDue: row.objection_due } : {}),
    objectionAnswer: row.objection_answer,
    repairText: row.repair_text,
    version: row.version,
    may: actions.filter((action) => creditHold(standing, action, { actor, today }) === null),
  };
}

/** All that is on record about the worker, evidence and names too. */
export function readMyCredit(context: Context, actor: Actor, now: Date): Promise<Answer<'getMyCredit'>> {
  return context.db.read(actor, async (tx) => {
    const rows = await tx.rows(creditOf, actor.person);
    return { records: rows.map((row) => shown(row, ['answer', 'object'], actor.id, businessDate(now))) };
  });
}

/** Records to decide and objections to answer, the earliest due first. */
export async function readCreditWorklist(
  context: Context,
  actor: Actor,
  query: { after?: string | undefined; limit: number; office?: string | undefined },
): Promise<Answer<'getCreditWorklist'>> {
  const { divisions, lo, hi } = listRange(actor, query.office, 'credit.read');
  const after = keyOf(query.after);
  const rows = await context.db.read(actor, (tx) =>
    tx.rows(owedCredit, divisions, lo, hi, after.value, after.id, query.limit + 1),
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => {
      const { idNumber } = context.crypto.open<{ idNumber?: string }>(row.identity_sealed);
      return {
        id: row.id,
        applicationId: row.application_id,
        name: row.name,
        idMasked: maskIdentityNumber(idNumber ?? ''),
        officeName: context.reference.officeName(row.office),
        causeText: creditCauses[row.cause],
        levelText: creditLevels[row.level],
        dueOn: row.due,
        answered: row.answered,
        objected: row.objected,
      };
    }),
    ...(rows.length > page.length && last ? { next: cursorOf({ value: last.due, id: last.id }) } : {}),
  };
}
