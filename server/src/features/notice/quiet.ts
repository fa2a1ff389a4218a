import type { QuietHours } from '@yingdeng/rules/provisions/parameters.ts';
import type { Context } from '../../context.ts';
import { businessDate } from '../../platform/clock.ts';

/** The quiet hours at an office's place on a day; none where the law sets none. */
export function quietHoursOf(context: Context, office: string, now: Date): QuietHours | undefined {
  return context.reference.policy(office.slice(0, 6).padEnd(6, '0'), businessDate(now)).quietHours?.value;
}
