import type { Context } from '../../context.ts';
import type { Handlers } from '../../platform/http.ts';
import { addYear, changeOneDay, showCalendar } from './calendar.ts';
import { approveList, readListWork, registerListChange, returnList } from './list-approval.ts';
import { draftList, showListVersions } from './lists.ts';
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
    addListVersion: (call) => draftList(context, call),
    getListWork: ({ actor, now }) => readListWork(context, actor, now),
    approveList: (call) => approveList(context, call),
    returnList: (call) => returnList(context, call),
    registerListChange: (call) => registerListChange(context, call),
  };
}
