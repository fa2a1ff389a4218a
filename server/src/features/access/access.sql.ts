import type { Role } from '@yingdeng/rules/access.ts';
import { sql } from '../../platform/sql.ts';

export interface AccountRow {
  id: string;
  username: string;
  display_name: string;
  role: Role;
  office: string;
  password_hash: string;
  second_factor_sealed: Buffer;
  last_code_step: number;
  failed_attempts: number;
  locked_until: Date | null;
}

/** Sign-in; unique index on username. */
export const findAccount = sql<AccountRow, [username: string]>(
  'access.findAccount',
  `select id, username, display_name, role, office, password_hash, second_factor_sealed, last_code_step, failed_attempts, locked_until
   from account where username = $1 and closed_at is null`,
);

/** Uses up a code: of two sign-ins with the same code only one finds the older step. */
export const signedIn = sql<Record<string, never>, [id: string, step: number]>(
  'access.signedIn',
  'update account set last_code_step = $2, failed_attempts = 0, locked_until = null where id = $1 and last_code_step < $2',
);

/** Counts a failure; the fifth locks. Time is passed in. */
export const failed = sql<
  { failed_attempts: number; locked_until: Date | null },
  [id: string, limit: number, until: Date]
>(
  'access.failed',
  `update account set failed_attempts = failed_attempts + 1,
     locked_until = case when failed_attempts + 1 >= $2 then $3 else locked_until end
   where id = $1 returning failed_attempts, locked_until`,
);

/** A lock has run out: the count begins anew. */
export const unlocked = sql<Record<string, never>, [id: string]>(
  'access.unlocked',
  'update account set failed_attempts = 0, locked_until = null where id = $1',
);

export const insertCode = sql<
  Record<string, never>,
  [id: string, mobile: Buffer, code: Buffer, profile: Buffer, now: Date, expires: Date]
>(
  'access.insertCode',
  `insert into one_time_code (id, mobile_hash, code_hash, profile_sealed, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)`,
);

/** One try at a code, counted whether it is right or not. */
export const tryCode = sql<{ code_hash: Buffer; profile_sealed: Buffer; tries: number }, [id: string, now: Date]>(
  'access.tryCode',
  'update one_time_code set tries = tries + 1 where id = $1 and expires_at > $2 returning code_hash, profile_sealed, tries',
);

export const dropCode = sql<Record<string, never>, [id: string]>(
  'access.dropCode',
  'delete from one_time_code where id = $1',
);
