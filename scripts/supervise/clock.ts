import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { addDays, daysBetween, type PlainDate, shanghaiDate } from '@yingdeng/rules/calendar.ts';

const DAY_MS = 86_400_000;
/** Due dates of a month's cases must lie inside the calendar. */
const ROOM_DAYS = 31;
/** The day the synthetic city's history ends on, and one after it. */
const DEMO_DAY = '2026-11-22';

/**
 * The instant the demonstration runs from, when the real one lies too near the end of the working-day calendar or beyond it: no due
 * date could be computed there, and none is ever guessed. Whole days are taken off, the same number at every start of a data
 * folder. Undefined: the real clock will do.
 */
export function rehearsedNow(file: string, now: Date, calendarEnds: PlainDate): string | undefined {
  const kept = existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
  const days = kept ?? daysToTakeOff(shanghaiDate(now), calendarEnds);
  if (kept === undefined) writeFileSync(file, `${days}\n`);
  return days === 0 ? undefined : new Date(now.getTime() - days * DAY_MS).toISOString();
}

function daysToTakeOff(today: PlainDate, calendarEnds: PlainDate): number {
  return today <= addDays(calendarEnds, -ROOM_DAYS) ? 0 : daysBetween(DEMO_DAY, today);
}
