import type { Context } from '../../context.ts';
import type { Handlers } from '../../platform/http.ts';
import { addYear, changeOneDay, showCalendar } from './calendar.ts';
import { publishList, showListVersions } from './lists.ts';
import { addProvision, listProvisions } from './provisions.ts';

/** What the law of a place is kept as: provisions, the working-day calendar, the lists. */
export function lawHandlers(context: Context): Handlers {
  return {
    getProvisions: (call) => listProvisions(context, call),
    addProvision: (call) => addProvision(context, call),
    getCalendar: async ({ now }) => showCalendar(context, now),
    addCalendarYear: (call) => addYear(context, call),
    changeCalendarDay: (call) => changeOneDay(context, call),
    getListVersions: (call) => showListVersions(context, call),
    addListVersion: (call) => publishList(context, call),
  };
}
