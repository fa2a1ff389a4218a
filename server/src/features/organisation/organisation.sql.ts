import type { Role } from '@yingdeng/rules/access.ts';
import type { OfficeRow } from '../../platform/reference.sql.ts';
import { sql } from '../../platform/sql.ts';

export interface AccountRow {
  id: string;
  username: string;
  display_name: string;
  role: Role;
  office: string;
  created_at: Date;
  locked_until: Date | null;
  closed_at: Date | null;
  version: number;
  changed_at: Date | null;
  changed_by: string;
}

/** Accounts of a range of offices, a page in order of office and user name; index account_office, some hundreds a city. */
export const accountPage = sql<
  AccountRow,
  [
    lo: string,
    hi: string,
    afterOffice: string,
    afterName: string,
    text: string,
    state: 'open' | 'locked' | 'closed' | null,
    now: Date,
    limit: number,
  ]
>(
  'organisation.accounts',
  `select id, username, display_name, role, office, created_at, locked_until, closed_at, version, changed_at, changed_by from account
   where office >= $1 and office < $2 and (office, username) > ($3, $4)
     and ($5 = '' or position($5 in username) > 0 or position($5 in display_name) > 0)
     and case $6::text
       when 'open' then closed_at is null
       when 'closed' then closed_at is not null
       when 'locked' then closed_at is null and locked_until > $7
       else true end
   order by office, username limit $8`,
);

/** Primary key. */
export const findAccount = sql<AccountRow, [id: string]>(
  'organisation.account',
  `select id, username, display_name, role, office, created_at, locked_until, closed_at, version, changed_at, changed_by
   from account where id = $1`,
);

/**
 * Taken by whoever changes an account: two administrators who close each other at the same moment would leave none.
 * Such changes are rare, so one lock serves the installation.
 */
export const lockAccounts = sql<Record<string, never>>(
  'organisation.lockAccounts',
  'select pg_advisory_xact_lock(7240011)',
);

/** Some hundreds at most in a province. */
export const openAdministrators = sql<{ id: string; office: string }>(
  'organisation.administrators',
  `select id, office from account where role = 'administrator' and closed_at is null`,
);

export const insertAccount = sql<
  Record<string, never>,
  [
    id: string,
    username: string,
    name: string,
    role: string,
    office: string,
    password: string,
    secondFactor: Buffer,
    now: Date,
  ]
>(
  'organisation.insertAccount',
  `insert into account (id, username, display_name, role, office, password_hash, second_factor_sealed, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

// Whatever an administrator sees on the page of an account makes a new version: name, role, office, open or closed.

export const updateAccount = sql<
  Record<string, never>,
  [id: string, name: string, role: string, office: string, now: Date, by: string]
>(
  'organisation.updateAccount',
  `update account set display_name = $2, role = $3, office = $4, version = version + 1, changed_at = $5, changed_by = $6
   where id = $1`,
);

export const closeAccount = sql<Record<string, never>, [id: string, now: Date, by: string]>(
  'organisation.closeAccount',
  'update account set closed_at = $2, version = version + 1, changed_at = $2, changed_by = $3 where id = $1',
);

export const reopenAccount = sql<Record<string, never>, [id: string, now: Date, by: string]>(
  'organisation.reopenAccount',
  'update account set closed_at = null, version = version + 1, changed_at = $2, changed_by = $3 where id = $1',
);

export const unlockAccount = sql<Record<string, never>, [id: string]>(
  'organisation.unlockAccount',
  'update account set failed_attempts = 0, locked_until = null where id = $1',
);

export const setPassword = sql<Record<string, never>, [id: string, hash: string]>(
  'organisation.setPassword',
  'update account set password_hash = $2, failed_attempts = 0, locked_until = null where id = $1',
);

/** A new secret has had no codes yet. */
export const setSecondFactor = sql<Record<string, never>, [id: string, sealed: Buffer]>(
  'organisation.setSecondFactor',
  'update account set second_factor_sealed = $2, last_code_step = 0 where id = $1',
);

/** Index session_account. Only the system's role reaches sessions. */
export const endSessions = sql<Record<string, never>, [account: string]>(
  'organisation.endSessions',
  'delete from session where account_id = $1',
);

/** Index account_office; one page of offices. */
export const countAccounts = sql<{ office: string; count: number }, [offices: readonly string[]]>(
  'organisation.countAccounts',
  'select office, count(*) as count from account where office = any ($1::text[]) and closed_at is null group by office',
);

export const insertOffice = sql<
  Record<string, never>,
  [
    code: string,
    kind: string,
    name: string,
    address: string,
    telephone: string,
    business: string,
    responsiblePerson: string,
    town: boolean,
  ]
>(
  'organisation.insertOffice',
  `insert into office (code, kind, name, address, telephone, business, responsible_person, town)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

export const updateOffice = sql<
  Record<string, never>,
  [
    code: string,
    name: string,
    address: string,
    telephone: string,
    business: string,
    responsiblePerson: string,
    open: boolean,
    now: Date,
    by: string,
    town: boolean,
  ]
>(
  'organisation.updateOffice',
  `update office set name = $2, address = $3, telephone = $4, business = $5, responsible_person = $6, open = $7,
     version = version + 1, changed_at = $8, changed_by = $9, town = $10
   where code = $1`,
);

/** The office as it stands, held until the change is done; primary key. What a process remembers may be half a minute old. */
export const lockOffice = sql<OfficeRow & { changed_at: Date | null; changed_by: string }, [code: string]>(
  'organisation.lockOffice',
  `select code, kind, name, address, telephone, business, responsible_person, town, open, version, changed_at, changed_by
   from office where code = $1 for update`,
);

/** Whether cases still lie at an office; the two worklist indexes lead with tenant and office. */
export const casesAt = sql<{ cases: boolean }, [tenant: string, office: string]>(
  'organisation.casesAt',
  `select exists (select 1 from application where tenant = $1 and office = $2 and status = 'submitted')
     or exists (select 1 from registration where tenant = $1 and office = $2 and status in ('active', 'exitProposed')) as cases`,
);
