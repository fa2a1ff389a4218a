import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { nextContactOn } from '@yingdeng/rules/contact-rhythm.ts';
import type { Context } from '../../context.ts';
import { businessDate } from '../../platform/clock.ts';
import type { RegistrationRow } from './contact.sql.ts';

/** When the next contact is owed after one at an instant; an earlier one that is sent later brings nothing forward (M79-4a). */
export function nextContact(
  context: Context,
  row: Pick<RegistrationRow, 'division' | 'registered_on' | 'class' | 'last_contact_at'>,
  at: Date,
  now: Date,
): PlainDate {
  const latest = row.last_contact_at && row.last_contact_at > at ? row.last_contact_at : at;
  const policy = context.reference.policy(row.division, businessDate(now));
  return nextContactOn(
    { registeredOn: row.registered_on, lastContactOn: businessDate(latest), class: row.class },
    policy,
  );
}
