import { sql } from '../../platform/sql.ts';

/** How the upload of something that moved in a period stands; `none`: there is no record of an upload. */
export interface UploadRow {
  registration_id: string;
  /** Undone before the period closed: the report does not count it. */
  undone: boolean;
  state: 'none' | 'waiting' | 'blocked' | 'sent' | 'accepted' | 'returned';
}

type Period = [tenant: string, division: string, opens: Date, closes: Date];

/** Exits a county confirmed within a period, with how their record stands with the platform; index exit_confirmed. */
export const exitUploads = sql<UploadRow, Period>(
  'statistics.exitUploads',
  `select e.registration_id, coalesce(e.restored_at < $4, false) as undone, coalesce(u.state, 'none') as state
   from exit e left join exit_record u on u.tenant = e.tenant and u.exit_id = e.id
   where e.tenant = $1 and e.division = $2 and e.status in ('confirmed', 'restored') and e.confirmed_at >= $3 and e.confirmed_at < $4`,
);

/** How the decisions on some registrations stand with the platform. */
export const decisionUploads = sql<UploadRow, [tenant: string, registrations: readonly string[]]>(
  'statistics.decisionUploads',
  `select r.id as registration_id, false as undone, coalesce(u.state, 'none') as state
   from registration r left join decision_upload u on u.tenant = r.tenant and u.application_id = r.application_id
   where r.tenant = $1 and r.id = any($2::uuid[])`,
);
