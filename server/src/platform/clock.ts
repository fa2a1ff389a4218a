import { type PlainDate, shanghaiDate } from '@yingdeng/rules/calendar.ts';

/** The one source of time. Commands take the instant once and pass it on, so a case has one time and tests have any. */
export interface Clock {
  now(): Date;
}

/** The machine's clock, shifted when the configuration names another instant (demonstrations and tests). */
export function clockFrom(start?: string): Clock {
  if (!start) return { now: () => new Date() };
  const shift = new Date(start).getTime() - Date.now();
  return { now: () => new Date(Date.now() + shift) };
}

/** The business date in Asia/Shanghai of an instant. */
export const businessDate = (now: Date): PlainDate => shanghaiDate(now);
