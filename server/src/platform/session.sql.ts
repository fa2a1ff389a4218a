import type { Role } from '@yingdeng/rules/access.ts';
import { sql } from './sql.ts';

/** Every staff request; primary key, one row. */
export const findStaffSession = sql<
  { id: string; display_name: string; role: Role; office: string },
  [token: Buffer, now: Date]
>(
  'session.findStaff',
  `select a.id, a.display_name, a.role, a.office
   from session s join account a on a.id = s.account_id
   where s.token_hash = $1 and s.expires_at > $2 and a.closed_at is null`,
);

export const openStaffSession = sql<Record<string, never>, [token: Buffer, account: string, now: Date, expires: Date]>(
  'session.openStaff',
  `insert into session (token_hash, kind, account_id, created_at, last_used_at, expires_at) values ($1, 'staff', $2, $3, $3, $4)`,
);

export const closeSession = sql<Record<string, never>, [token: Buffer]>(
  'session.close',
  'delete from session where token_hash = $1',
);

/** Nightly; index on expires_at. */
export const forgetSessions = sql<Record<string, never>, [now: Date]>(
  'session.forget',
  'delete from session where expires_at < $1',
);
