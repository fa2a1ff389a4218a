import { townshipsOf } from '@yingdeng/contract/divisions.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { lastDayOf, monthOf } from '@yingdeng/rules/contact.ts';
import { servedGroups } from '@yingdeng/rules/served.ts';
import type { Context } from '../../context.ts';
import type { Tx } from '../../platform/database.ts';
import { dueState } from '../../platform/due.ts';
import type { Answer } from '../../platform/http.ts';
import { maskTelephone } from '../../platform/words.ts';
import { firstOwed, monthOwed, type ServedRow } from './served.sql.ts';

type Served = Answer<'getFieldDay'>['served'][number];

const START = '00000000-0000-0000-0000-000000000000';

/**
 * People of the three groups to contact on a round: first contacts owed, then those not seen this month (M79-1b). The lists bring no address, so
 * each stands under the street of the office. @returns at most `limit`
 */
export async function servedRound(
  context: Context,
  tx: Tx,
  range: { divisions: readonly string[]; lo: string; hi: string },
  on: { today: PlainDate; limit: number },
): Promise<Served[]> {
  const { divisions, lo, hi } = range;
  const month = monthOf(on.today);
  const [first, later] = await Promise.all([
    tx.rows(firstOwed, divisions, lo, hi, '-infinity', START, on.limit),
    tx.rows(monthOwed, divisions, lo, hi, '0000-00', START, on.limit, month),
  ]);
  const one = (row: ServedRow, purpose: Served['purpose'], dueOn: PlainDate): Served => {
    const { mobile } = context.crypto.open<{ mobile?: string }>(row.contact_sealed);
    return {
      servedId: row.id,
      name: row.name,
      mobileMasked: mobile ? maskTelephone(mobile) : '',
      street: townshipsOf(row.office.slice(0, 6)).find(({ code }) => code === row.office.slice(0, 9))?.name ?? '',
      groupText: servedGroups[row.group_name].text,
      purpose,
      dueOn,
      state: dueState(dueOn, on.today, context.reference.calendar),
      note: row.note,
    };
  };
  return [
    ...first.map((row) => one(row, 'first', row.first_contact_due ?? on.today)),
    ...later.map((row) => one(row, 'followUp', lastDayOf(month))),
  ].slice(0, on.limit);
}
