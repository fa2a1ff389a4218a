import { sql } from '../../platform/sql.ts';

export interface MyMonthRow {
  id: string;
  number: string;
  division: string;
  status: 'active' | 'exitProposed';
  registered_on: string;
  last_contact_month: string | null;
  report: 'looking' | 'foundWork' | 'training' | 'other' | null;
  report_note: string | null;
  report_at: Date | null;
  seen_means: string | null;
  seen_at: Date | null;
}

/** A person's valid registration with the latest own report and the latest contact of a month; two look-ups by key. */
export const myMonth = sql<MyMonthRow, [person: string, month: string]>(
  'self.myMonth',
  `select r.id, r.number, r.division, r.status, r.registered_on, r.last_contact_month,
     o.report, o.note as report_note, o.at as report_at, s.means as seen_means, s.at as seen_at
   from registration r
   left join lateral (select report, note, at from contact_record where tenant = r.tenant and registration_id = r.id
     and month = $2 and means = 'selfReport' order by at desc, id desc limit 1) o on true
   left join lateral (select means, at from contact_record where tenant = r.tenant and registration_id = r.id
     and month = $2 and outcome = 'contact' and means <> 'selfReport' order by at desc, id desc limit 1) s on true
   where r.person_id = $1 and r.status <> 'exited' order by r.registered_at desc limit 1`,
);
