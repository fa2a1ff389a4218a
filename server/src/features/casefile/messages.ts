import { contactResults } from '@yingdeng/rules/contact.ts';
import { deliveryFailures, deliveryText, failureOf, numberInDoubt } from '@yingdeng/rules/messages/delivery.ts';
import type { Answer } from '../../platform/http.ts';
import type { ContactRow, MessageRow } from './casefile.sql.ts';

type CaseFile = Answer<'getApplicationCase'>;

/** A message with how it was sent and whether it arrived. */
export function messageOf(row: MessageRow): CaseFile['messages'][number] {
  return {
    at: row.created_at.toISOString(),
    body: row.body,
    state: row.state,
    stateText: deliveryText(row),
    ...(row.settled_at ? { settledAt: row.settled_at.toISOString() } : {}),
  };
}

/** Whether the number is in doubt: by what the gateway reported and by what was found on calling it, until it is reached or changed (A21-5a). */
export function numberOf(from: {
  contacts: readonly Pick<ContactRow, 'means' | 'result' | 'at'>[];
  messages: readonly Pick<MessageRow, 'state' | 'failure' | 'settled_at'>[];
  changed: Date | undefined;
}): Pick<CaseFile, 'numberInDoubt'> {
  const settled = from.messages.flatMap((row) => (row.settled_at ? [{ ...row, at: row.settled_at }] : []));
  const reached = from.contacts.filter(
    ({ means, result }) => (means === 'telephone' && result === 'reached') || result === 'replied',
  );
  const doubt = numberInDoubt({
    wrong: [
      ...from.contacts.flatMap(({ result, at }) =>
        result === 'wrongNumber' ? [{ at, why: `打电话：${contactResults.wrongNumber}` }] : [],
      ),
      ...settled.flatMap(({ state, failure, at }) => {
        const known = deliveryFailures[failureOf(failure ?? undefined)];
        return state === 'failed' && known.number ? [{ at, why: `发短信：${known.text}` }] : [];
      }),
    ],
    right: [
      ...reached.map(({ at }) => at),
      ...settled.flatMap(({ state, at }) => (state === 'delivered' ? [at] : [])),
      ...(from.changed ? [from.changed] : []),
    ],
  });
  return doubt ? { numberInDoubt: { at: doubt.at.toISOString(), why: doubt.why } } : {};
}
