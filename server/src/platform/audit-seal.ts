import type { Context } from '../context.ts';
import { systemActor } from './actor.ts';
import { type AuditRow, NO_TENANT } from './audit.ts';
import { cutAt, lastSeal, putSeal, windowMacs } from './audit-seal.sql.ts';
import { type Crypto, sm3 } from './crypto.ts';

/** A row of audit_event as it lies in the database. */
export interface AuditEventRow extends AuditRow {
  mac: Buffer;
}

/** What a seal covers besides the digests of the rows. */
export interface SealWindow {
  readonly tenant: string;
  readonly sequence: number;
  readonly from: Date;
  readonly to: Date;
  readonly count: number;
}

/** The seal before the first one. */
export const chainBeginning = { sequence: 0, to_at: new Date(0), digest: Buffer.alloc(32) } as const;
/** A window closes only when no transaction can still write into it: they end within a minute. */
export const OPEN_MINUTES = 2;
/** Rows of one window at most, so that sealing after a long pause stays in bounds. */
const WINDOW_ROWS = 20_000;
export const sealActor = systemActor('audit-seal');

/**
 * The digest of a seal: SM3 over the previous digest, the window and the digests of its rows in id order, keyed, so that
 * whoever can write to the database but does not have the audit key cannot make a chain that fits.
 */
export function sealDigest(crypto: Crypto, previous: Uint8Array, window: SealWindow, macs: readonly Buffer[]): Buffer {
  const { tenant, sequence, from, to, count } = window;
  const text = `|${tenant}|${sequence}|${from.getTime()}|${to.getTime()}|${count}|`;
  return crypto.auditMac(sm3(previous, text, ...macs).toString('hex'));
}

/** Every tenant that can have audit rows: the cities, the provinces and the nation of the organisation, and none. */
export function auditTenants(context: Context): string[] {
  return [...new Set([NO_TENANT, ...context.reference.officesUnder('').map(({ code }) => code.slice(0, 4))])].sort();
}

/**
 * Seals what happened up to two minutes ago, city by city. Windows follow each other without a gap; one without rows is not
 * sealed but becomes part of the next. Safe to repeat and with several workers: a window has one seal.
 * @returns how many seals were written.
 */
export async function sealAudit(context: Context): Promise<number> {
  const end = new Date(context.clock.now().getTime() - OPEN_MINUTES * 60_000);
  let sealed = 0;
  for (const tenant of auditTenants(context)) {
    while (await sealNext(context, tenant, end)) sealed += 1;
  }
  return sealed;
}

async function sealNext(context: Context, tenant: string, end: Date): Promise<boolean> {
  return context.db.transaction(sealActor, async (tx) => {
    const last = (await tx.first(lastSeal, tenant)) ?? chainBeginning;
    if (last.to_at >= end) return false;
    const to = (await tx.first(cutAt, tenant, last.to_at, end, WINDOW_ROWS))?.at ?? end;
    const macs = (await tx.rows(windowMacs, tenant, last.to_at, to)).map(({ mac }) => mac);
    if (macs.length === 0) return false;
    const window = { tenant, sequence: last.sequence + 1, from: last.to_at, to, count: macs.length };
    const digest = sealDigest(context.crypto, last.digest, window, macs);
    const now = context.clock.now();
    const written = await tx.run(
      putSeal,
      tenant,
      window.sequence,
      window.from,
      to,
      macs.length,
      last.digest,
      digest,
      now,
    );
    return written > 0;
  });
}
