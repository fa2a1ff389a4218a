import { type Action, hasAction } from '@yingdeng/rules/access.ts';
import { addDays } from '@yingdeng/rules/calendar.ts';
import { monthOf } from '@yingdeng/rules/contact.ts';
import { STEP_NEAR_DAYS } from '@yingdeng/rules/plan.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Answer } from '../../platform/http.ts';
import { MOST_WITHOUT } from '../service/index.ts';
import { daysOf, keyOf, type ListRange, listRange } from '../worklist/index.ts';
import {
  countCredit,
  countDifficulties,
  countMatters,
  countReferrals,
  countServedFirst,
  countServedMonth,
  countSteps,
  countTransfers,
  countWithoutPlan,
  type ListCount,
} from './today.sql.ts';

type Counts = Answer<'getToday'>['lists'];

/** A list from its beginning, without an end. */
const whole = ({ divisions, lo, hi }: ListRange, from?: string) => {
  const first = keyOf(undefined);
  // No limit reads a statement's `limit` to its end.
  return [divisions, lo, hi, from ?? first.value, first.id, null as unknown as number] as const;
};

/** The lists beside the worklists in the office's range, each counted by its own statement; empty ones are left out. */
export async function countLists(context: Context, actor: Actor, now: Date): Promise<Counts> {
  const { today, near } = daysOf(context, now);
  const stepsNear = addDays(today, STEP_NEAR_DAYS);
  const counts = await context.db.read(actor, async (tx) => {
    const of = (
      action: Action,
      list: Counts[number]['list'],
      count: (range: ListRange) => Promise<ListCount | undefined>,
    ) =>
      hasAction(actor.role, action)
        ? count(listRange(actor, undefined, action)).then((found) => ({ list, open: 0, near: 0, late: 0, ...found }))
        : undefined;
    const matters = (stage: 'introduce' | 'carry' | 'answer' | 'check') =>
      of('matter.read', stage, (range) => tx.first(countMatters, ...whole(range), stage, today, near));
    return Promise.all([
      of('service.read', 'planSteps', async (range) => {
        const [all, mine] = await Promise.all([
          tx.first(countSteps, ...whole(range), null, today, stepsNear),
          tx.first(countSteps, ...whole(range), actor.id, today, stepsNear),
        ]);
        return all && { ...all, ...(mine?.open ? { mine: mine.open } : {}) };
      }),
      of('service.read', 'withoutPlan', ({ divisions, lo, hi }) =>
        tx.first(countWithoutPlan, divisions, lo, hi, today, MOST_WITHOUT),
      ),
      of('service.read', 'difficulties', (range) => tx.first(countDifficulties, ...whole(range), today, near)),
      of('referral.read', 'referrals', (range) =>
        tx.first(countReferrals, ...whole(range), '-infinity', 'infinity', false, today, near),
      ),
      matters('introduce'),
      matters('carry'),
      matters('answer'),
      matters('check'),
      of('served.read', 'servedFirst', (range) => tx.first(countServedFirst, ...whole(range), today, near)),
      of('served.read', 'servedMonth', (range) =>
        tx.first(countServedMonth, ...whole(range, '0000-00'), monthOf(today)),
      ),
      of('registration.transfer', 'transfers', ({ lo, hi }) => tx.first(countTransfers, lo, hi, today, near)),
      of('credit.read', 'credit', (range) => tx.first(countCredit, ...whole(range))),
    ]);
  });
  return counts.filter((one) => one !== undefined).filter(({ open }) => open > 0);
}
