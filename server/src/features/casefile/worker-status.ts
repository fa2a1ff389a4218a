import { isGround } from '@yingdeng/rules/eligibility.ts';
import { statusForWorker, type WorkerFacts, type WorkerStatus } from '@yingdeng/rules/status-for-worker.ts';
import type { Context } from '../../context.ts';

/** A case as its rows hold it, for the one text a worker is shown. */
export interface WorkerCaseRow {
  readonly application: {
    readonly status: NonNullable<WorkerFacts['application']>['status'] | 'handedOver';
    readonly due_on: string;
    readonly office: string;
    readonly ground: string | null;
    readonly handedOver: boolean;
  };
  readonly registration?: {
    readonly status: NonNullable<WorkerFacts['registration']>['status'];
    readonly office: string;
    readonly first_contact_due: string | null;
    readonly first_contact_at: Date | null;
    readonly exited_on: string | null;
    readonly attempts: number;
  };
  /** The latest exit of the registration. */
  readonly exit?: ExitRow;
}

interface ExitRow {
  readonly status: NonNullable<WorkerFacts['exit']>['status'];
  readonly answered: boolean;
  readonly answer_due: string | null;
}

/** Whether a guarded exit's last-chance notice is out and not answered (M79-4c). */
export function lastChanceOpen({ status, answered, answer_due }: ExitRow): boolean {
  return status === 'proposed' && answer_due !== null && !answered;
}

/** The one text of a case, the same for the worker who signed in and for whoever asks by number (M79-6a). */
export function workerStatus(
  context: Context,
  today: string,
  { application, registration, exit }: WorkerCaseRow,
): WorkerStatus {
  const { reference } = context;
  return statusForWorker({
    today,
    application: {
      // Handed over, it goes on elsewhere under another id: for the worker it is in hand.
      status: application.status === 'handedOver' ? 'submitted' : application.status,
      due: application.due_on,
      office: reference.officeName(application.office),
      handedOver: application.handedOver,
      grounds: [application.ground].filter(isGround),
    },
    ...(registration
      ? {
          registration: {
            status: registration.status,
            office: reference.officeName(registration.office),
            firstContactDone: registration.first_contact_at !== null,
            firstContactDue: registration.first_contact_due ?? undefined,
            attempts: registration.attempts,
            restored: exit?.status === 'restored',
            exitedOn: registration.exited_on ?? undefined,
          },
        }
      : {}),
    ...(exit
      ? {
          exit: {
            status: exit.status,
            answered: exit.answered,
            ...(lastChanceOpen(exit) ? { lastChanceUntil: exit.answer_due ?? undefined } : {}),
          },
        }
      : {}),
  });
}
