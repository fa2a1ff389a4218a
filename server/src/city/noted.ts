import type { CityRegistration } from './model.ts';
import { accountId, type PersonRows } from './row-context.ts';
import type { CityAccount } from './staff.ts';

/** A registration as rows that hang on it name it. */
export interface OnRegistration {
  readonly registrationId: string;
  readonly applicationId: string;
  readonly division: string;
  readonly office: string;
  readonly registration: CityRegistration;
  readonly clerk: CityAccount;
}

/** One step of a registration's history that leaves its state as it was then; without `by` the person did it. */
export function noted(
  rows: PersonRows,
  on: OnRegistration,
  step: { action: 'post' | 'training' | 'policy' | 'credit'; text: string; at: string; by?: CityAccount },
): void {
  const { exit, status } = on.registration;
  const state =
    exit?.confirmedAt && exit.confirmedAt <= step.at
      ? 'exited'
      : exit && exit.proposedAt <= step.at && status !== 'active'
        ? 'exitProposed'
        : 'active';
  rows.add(
    'registration_action',
    rows.context.tenant,
    rows.id(),
    on.registrationId,
    rows.personId,
    on.office,
    step.action,
    state,
    state,
    step.at,
    step.by ? accountId(rows.context, step.by) : null,
    step.by?.name ?? rows.history.person.name,
    JSON.stringify({ text: step.text }),
  );
}

/** A service that was given, by the clerk of the case. */
export function serviceGiven(
  rows: PersonRows,
  on: OnRegistration,
  given: { kind: string; content: string; result: 'done' | 'going'; outcome: string; at: string },
): void {
  rows.add(
    'service_record',
    rows.context.tenant,
    rows.id(),
    on.registrationId,
    rows.personId,
    on.office,
    given.kind,
    given.content,
    given.result,
    given.outcome,
    given.at.slice(0, 10),
    given.at,
    accountId(rows.context, on.clerk),
    on.clerk.name,
    null,
  );
}

/** A moment of a day's office hours. */
export const officeTime = (random: { between(low: number, high: number): number }, day: string): string =>
  `${day}T${String(random.between(9, 16)).padStart(2, '0')}:${String(random.between(10, 59))}:00+08:00`;
