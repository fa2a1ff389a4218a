import { sql } from '../../platform/sql.ts';

/** Where a registration came from another city, and when; by its application or by its own id. */
export const cameFrom = sql<
  {
    id: string;
    application_id: string;
    office: string;
    came_from: string | null;
    moved_to: string | null;
    arrived_at: Date | null;
  },
  [tenant: string, application: string | null, registration: string | null]
>(
  'transfer.cameFrom',
  `select r.id, r.application_id, r.office, r.came_from, r.moved_to, (
     select t.at from registration_transfer t
     where t.tenant = r.tenant and t.registration_id = r.id and left(t.from_office, 4) <> t.tenant order by t.at desc limit 1
   ) as arrived_at
   from registration r
   where r.tenant = $1 and (r.application_id = $2::uuid or r.id = $3::uuid)`,
);
