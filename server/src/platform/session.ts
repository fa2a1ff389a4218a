import { randomBytes } from 'node:crypto';
import { divisionRange, type Role } from '@yingdeng/rules/access.ts';
import type { Context } from '../context.ts';
import { type Actor, systemActor, workerActor } from './actor.ts';
import { personKey } from './identity.ts';
import { closeSession, findStaffSession, openStaffSession } from './session.sql.ts';

export const SESSION_COOKIE = 'yingdeng_session';
/** A worker's session: sealed into the cookie, so that a submission needs no look-up; short, because it cannot be recalled. */
const WORKER_MINUTES = 120;
/** A clerk's session: a working day. */
const STAFF_HOURS = 10;

/** What the identity provider or the one-time code established about a worker. */
export interface WorkerProfile {
  readonly name: string;
  readonly idNumber: string;
  readonly sex?: string;
  readonly mobile?: string;
}

/** Somebody signed in. */
export interface Session {
  readonly actor: Actor;
  readonly profile?: WorkerProfile;
}

interface WorkerTicket {
  readonly use: 'worker-session';
  readonly profile: WorkerProfile;
  readonly person: string;
  readonly until: number;
}

/** Seals a worker's session into a cookie value. */
export function workerTicket(context: Context, profile: WorkerProfile, now: Date): string {
  const ticket: WorkerTicket = {
    use: 'worker-session',
    profile,
    person: personKey(context.crypto, profile.idNumber).personId,
    until: now.getTime() + WORKER_MINUTES * 60_000,
  };
  return `w.${context.crypto.seal(ticket).toString('base64url')}`;
}

/** Opens a session of a staff member and returns the cookie value; the database keeps only its hash. */
export async function staffTicket(context: Context, accountId: string, now: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await context.db.transaction(systemActor('sign-in'), (tx) =>
    tx.run(
      openStaffSession,
      context.crypto.lookupHash('token', token),
      accountId,
      now,
      new Date(now.getTime() + STAFF_HOURS * 3_600_000),
    ),
  );
  return `s.${token}`;
}

/** Who a cookie value stands for; undefined when it is unknown, forged, expired or its account was closed. */
export async function sessionOf(context: Context, cookie: string | undefined, now: Date): Promise<Session | undefined> {
  if (!cookie) return undefined;
  if (cookie.startsWith('w.')) return workerSession(context, cookie.slice(2), now);
  if (!cookie.startsWith('s.')) return undefined;
  const row = await context.db.read(systemActor('sign-in'), (tx) =>
    tx.first(findStaffSession, context.crypto.lookupHash('token', cookie.slice(2)), now),
  );
  if (!row) return undefined;
  return { actor: staffActor(row) };
}

/** Ends a session. A worker's cookie is simply dropped. */
export async function endSession(context: Context, cookie: string | undefined): Promise<void> {
  if (!cookie?.startsWith('s.')) return;
  await context.db.transaction(systemActor('sign-in'), (tx) =>
    tx.run(closeSession, context.crypto.lookupHash('token', cookie.slice(2))),
  );
}

/** The actor of an account: its role and the range of its office. */
export function staffActor(account: { id: string; display_name: string; role: Role; office: string }): Actor {
  const { lo, hi } = divisionRange(account.office);
  return {
    kind: 'staff',
    role: account.role,
    id: account.id,
    name: account.display_name,
    office: account.office,
    lo,
    hi,
    person: '',
  };
}

function workerSession(context: Context, sealed: string, now: Date): Session | undefined {
  let ticket: WorkerTicket;
  try {
    ticket = context.crypto.open<WorkerTicket>(Buffer.from(sealed, 'base64url'));
  } catch {
    return undefined;
  }
  if (ticket.use !== 'worker-session' || ticket.until < now.getTime()) return undefined;
  return { actor: workerActor(ticket.person, ticket.profile.name), profile: ticket.profile };
}
