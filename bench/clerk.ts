import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { type BenchSystem, benchNow, withClient } from './system.ts';
import { seal } from './worklist-rows.ts';

/** A clerk of a county with an open session; returns the cookie. */
export async function clerkOf(system: BenchSystem, county: string): Promise<string> {
  await withClient(system.ownerUrl, (client) =>
    client.query("insert into office (code, kind, name) values ($1, 'county', '中站区公共就业服务机构')", [county]),
  );
  return staffOf(system, county, 'clerk', benchNow);
}

/** Somebody of an office that is there, signed in at an instant; returns the cookie. The database keeps the keyed hash of the token only. */
export async function staffOf(system: BenchSystem, office: string, role: string, now: string): Promise<string> {
  const account = randomUUID();
  const token = randomBytes(32).toString('base64url');
  const { keys } = system.secrets;
  const hash = createHmac('sm3', Buffer.from(keys.lookup, 'hex')).update(`token:${token}`).digest();
  await withClient(system.ownerUrl, async (client) => {
    await client.query(
      `insert into account (id, username, display_name, role, office, password_hash, second_factor_sealed, created_at)
     values ($1, $5, '李经办', $6, $2, '-', $3, $4)`,
      [account, office, seal(keys, ''), now, `bench-${role}`, role],
    );
    await client.query(
      `insert into session (token_hash, kind, account_id, created_at, last_used_at, expires_at)
     values ($1, 'staff', $2, $3, $3, $3::timestamptz + interval '10 hours')`,
      [hash, account, now],
    );
  });
  return `yingdeng_session=s.${token}`;
}
