import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { type JudgedPolicy, judgePolicies, supportStateText } from '@yingdeng/rules/support-policy.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { dueState } from '../../platform/due.ts';
import type { Answer } from '../../platform/http.ts';
import { difficultyInForce, myRegistration, readSubject, type ServiceSubject } from '../service/index.ts';
import { cursorOf, keyOf, listRange } from '../worklist/index.ts';
import { openSupport, type StepRow, type SupportRow, stepsOf, supportOf } from './support.sql.ts';

type File = Answer<'getSupport'>;
type Application = File['applications'][number];
type Page = Answer<'getSupportWorklist'>;

/** The policies of the place judged by what the system knows of a person today (A21-4g). */
export async function judgedFor(context: Context, tx: Tx, subject: ServiceSubject, now: Date): Promise<JudgedPolicy[]> {
  const on = businessDate(now);
  const difficulty = await tx.first(difficultyInForce, subject.tenant, subject.person_id, on);
  return judgePolicies(
    {
      registered: subject.status !== 'exited',
      registeredOn: subject.registered_on,
      difficulty: difficulty !== undefined,
      disabled: subject.disabled,
      startUp: subject.class === 'D',
      graduate: subject.reason === '1',
      on,
    },
    context.reference.policy(subject.division, on),
  );
}

/** Policies that may help first, the others with what is missing; and the applications. @throws AppError request.notFound */
export function readSupport(context: Context, actor: Actor, registrationId: string, now: Date): Promise<File> {
  return context.db.read(actor, async (tx) => {
    const subject = await readSubject(tx, registrationId);
    const judged = await judgedFor(context, tx, subject, now);
    const citation = context.reference.policy(subject.division, businessDate(now)).supportPolicies?.citation;
    return {
      registrationId,
      policies: plain(judged),
      ...(citation ? { citation } : {}),
      applications: await applicationsOf(tx, subject.person_id),
      open: subject.status !== 'exited',
    };
  });
}

const plain = (judged: readonly JudgedPolicy[]): File['policies'] =>
  [...judged]
    .sort((a, b) => Number(b.possible) - Number(a.possible))
    .map((one) => ({ ...one, conditions: [...one.conditions] }));

async function applicationsOf(tx: Tx, person: string): Promise<Application[]> {
  const rows = await tx.rows(supportOf, person);
  const tenants = [...new Set(rows.map(({ tenant }) => tenant))];
  const ids = rows.map(({ id }) => id);
  const steps = (await Promise.all(tenants.map((tenant) => tx.rows(stepsOf, tenant, ids)))).flat();
  const byApplication = Map.groupBy(steps, (one) => one.policy_application_id);
  return rows.map((row) => applicationOf(row, byApplication.get(row.id) ?? []));
}

function applicationOf(row: SupportRow, steps: readonly StepRow[]): Application {
  return {
    id: row.id,
    policy: row.policy,
    state: row.state,
    stateText: supportStateText[row.state],
    conditions: row.conditions,
    note: row.note,
    ...(row.terms ? { loan: row.terms } : {}),
    acceptedOn: row.accepted_on,
    acceptedBy: row.accepted_by_name,
    ...(row.due_on ? { dueOn: row.due_on } : {}),
    forwardedTo: row.forwarded_to,
    ...(row.forwarded_on ? { forwardedOn: row.forwarded_on } : {}),
    ...(row.settled_on ? { settledOn: row.settled_on } : {}),
    result: row.result,
    steps: steps.map((one) => ({
      stateText: supportStateText[one.to_state],
      text: one.text,
      at: one.at.toISOString(),
      by: one.actor_name,
    })),
    version: row.version,
  };
}

/** The worker's own: only what data do not contradict, and the applications. */
export function readMySupport(context: Context, actor: Actor, now: Date): Promise<Answer<'getMySupport'>> {
  return context.db.read(actor, async (tx) => {
    const mine = await tx.first(myRegistration, actor.person);
    const judged = mine ? await judgedFor(context, tx, await readSubject(tx, mine.id), now) : [];
    return {
      policies: plain(judged.filter(({ possible }) => possible)),
      applications: await applicationsOf(tx, actor.person),
    };
  });
}

/** Applications to forward, or whose result is awaited, the oldest first. */
export async function readSupportWorklist(
  context: Context,
  actor: Actor,
  query: {
    after?: string | undefined;
    limit: number;
    office?: string | undefined;
    stage: 'accepted' | 'forwarded';
  },
  now: Date,
): Promise<Page> {
  const today = businessDate(now);
  const { divisions, lo, hi } = listRange(actor, query.office, 'service.read');
  const after = keyOf(query.after);
  const rows = await context.db.read(actor, (tx) =>
    tx.rows(openSupport, divisions, lo, hi, after.value, after.id, query.limit + 1, query.stage),
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
        policy: row.policy,
        acceptedOn: row.accepted_on,
        forwardedTo: row.forwarded_to,
        ...(row.due_on ? { dueOn: row.due_on } : {}),
        state: row.due_on ? dueState(row.due_on, today, context.reference.calendar) : 'open',
      };
    }),
    ...(rows.length > page.length && last ? { next: cursorOf({ value: last.accepted_on, id: last.id }) } : {}),
  };
}
