import { addWorkingDays, type Calendar, CalendarNotMaintained, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { dueState } from '../../platform/due.ts';

/** How a due date stands: kept, open, near (today or the next working day), late (passed, or kept too late). */
type DueState = 'met' | 'open' | 'near' | 'late';

/** State of a due date that was met on `doneOn`, or is open. */
export function stateOfDue(
  due: PlainDate,
  doneOn: PlainDate | undefined,
  today: PlainDate,
  calendar: Calendar,
): DueState {
  if (doneOn === undefined) return dueState(due, today, calendar);
  return doneOn <= due ? 'met' : 'late';
}

/** The last due date that counts as near, so that the database can count what `dueState` calls near. */
export function nearUntil(today: PlainDate, calendar: Calendar): PlainDate {
  try {
    return addWorkingDays(today, 1, calendar);
  } catch (error) {
    if (error instanceof CalendarNotMaintained) return '9999-12-31';
    throw error;
  }
}
