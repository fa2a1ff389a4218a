import { statusForWorker } from '@yingdeng/rules/status-for-worker.ts';
import type { Context } from '../../context.ts';
import { businessDate } from '../../platform/clock.ts';
import { dueState } from '../../platform/due.ts';
import type { Answer } from '../../platform/http.ts';
import type { Submitted } from './submit.ts';

/** What the person gets in hand after submitting: number, due date with its clause, what happens next. */
export function receipt(context: Context, submitted: Submitted, now: Date): Answer<'submitApplication'> {
  const { document, clause, clauseId } = submitted.citation;
  return {
    id: submitted.id,
    number: submitted.number,
    submittedOn: submitted.submittedOn,
    due: {
      on: submitted.dueOn,
      workingDays: submitted.workingDays,
      from: submitted.submittedOn,
      citation: { document, clause, clauseId },
      state: dueState(submitted.dueOn, businessDate(now), context.reference.calendar),
    },
    officeName: context.reference.officeName(submitted.office),
    officeTelephone: context.reference.office(submitted.office)?.telephone ?? '',
    status: statusForWorker({
      today: businessDate(now),
      application: {
        status: 'submitted',
        due: submitted.dueOn,
        office: context.reference.officeName(submitted.office),
      },
    }),
    repeated: submitted.repeated,
  };
}
