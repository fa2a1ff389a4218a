import { type Statement, sql } from '../../platform/sql.ts';
import { owedMatters } from '../bundle/index.ts';
import { owedCredit } from '../credit/index.ts';
import { owedDecisions } from '../difficulty/index.ts';
import { firstOwed, monthOwed } from '../served/index.ts';
import { dueSteps, withoutPlan } from '../service/index.ts';
import { owedAnswers } from '../transfer/index.ts';
import { referralPage } from '../vacancy/index.ts';

export interface ListCount {
  open: number;
  near: number;
  late: number;
}

type Counted<Params extends readonly unknown[]> = Statement<ListCount, [...Params, today: string, near: string]>;

/**
 * Counts the rows of a list's own statement, so that the figure cannot differ from the list. `due`: its day column, near
 * from today to the day given; `places`: how many parameters the list has.
 */
function counting<Row, Params extends readonly unknown[]>(
  list: Statement<Row, Params>,
  due: string,
  places: Params['length'],
): Counted<Params> {
  const [today, near] = [`$${places + 1}::date`, `$${places + 2}::date`];
  return sql(
    `today.${list.name}`,
    `select count(*)::int as open, (count(*) filter (where l.${due} >= ${today} and l.${due} <= ${near}))::int as near,
       (count(*) filter (where l.${due} < ${today}))::int as late
     from (${list.text}) l`,
  );
}

/** Lists whose rows have no day of their own. */
function countingOnly<Row, Params extends readonly unknown[]>(
  list: Statement<Row, Params>,
): Statement<ListCount, Params> {
  return sql(`today.${list.name}`, `select count(*)::int as open, 0 as near, 0 as late from (${list.text}) l`);
}

export const countSteps = counting(dueSteps, 'due_on', 7);
export const countWithoutPlan = countingOnly(withoutPlan);
export const countReferrals = counting(referralPage, 'ask_due', 9);
export const countMatters = counting(owedMatters, 'todo_due', 7);
export const countServedFirst = counting(firstOwed, 'first_contact_due', 6);
export const countServedMonth = countingOnly(monthOwed);
export const countDifficulties = counting(owedDecisions, 'due', 6);
export const countTransfers = counting(owedAnswers, 'due_on', 2);
export const countCredit = countingOnly(owedCredit);
