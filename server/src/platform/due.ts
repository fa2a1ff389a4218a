import { addWorkingDays, type Calendar, CalendarNotMaintained, type PlainDate } from '@yingdeng/rules/calendar.ts';

/** How a due date stands on a day: `near` is today or the next working day. */
export function dueState(due: PlainDate, today: PlainDate, calendar: Calendar): 'open' | 'near' | 'late' {
  if (due < today) return 'late';
  try {
    return due <= addWorkingDays(today, 1, calendar) ? 'near' : 'open';
  } catch (error) {
    // The last day of the calendar: the due date was computed from it, so it can be at most the day itself.
    if (error instanceof CalendarNotMaintained) return 'near';
    throw error;
  }
}
