import {
  addDays,
  type Calendar,
  CalendarNotMaintained,
  type PlainDate,
  workingDayOnOrAfter,
} from '@yingdeng/rules/calendar.ts';

/** How a due date stands: kept, open, near (today or the next working day), late (passed, or kept too late). */
export type DueState = 'met' | 'open' | 'near' | 'late';

/** The last day that counts as near: the next working day after today. */
export function nearUntil(today: PlainDate, calendar: Calendar): PlainDate {
  try {
    return workingDayOnOrAfter(addDays(today, 1), calendar);
  } catch (error) {
    // Beyond the calendar no due date can have been computed; a page must still open on its last day.
    if (error instanceof CalendarNotMaintained) return today;
    throw error;
  }
}

/** State of an open due date. */
export function openDue(due: PlainDate, today: PlainDate, near: PlainDate): 'open' | 'near' | 'late' {
  if (due < today) return 'late';
  return due <= near ? 'near' : 'open';
}

/** State of a due date that was met on `doneOn`, or is open. */
export function stateOfDue(due: PlainDate, doneOn: PlainDate | undefined, today: PlainDate, near: PlainDate): DueState {
  if (doneOn === undefined) return openDue(due, today, near);
  return doneOn <= due ? 'met' : 'late';
}
