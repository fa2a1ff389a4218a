import type { Actor } from './actor.ts';
import { type AuditParams, insertAuditEvent } from './audit.sql.ts';
import type { Crypto } from './crypto.ts';
import { newId } from './crypto.ts';
import type { Tx } from './database.ts';

/** What is written about an act. */
export interface AuditEntry {
  /** Given when a repeated request must not write a second row. */
  readonly id?: string;
  readonly tenant: string;
  /** Office the subject belongs to; its people may see the row. */
  readonly office: string;
  /** An action name of rules/access.ts, or `signIn`, `signInFailed`, `look`. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly personId?: string;
  readonly reason?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Tenant of things that belong to no city. */
export const NO_TENANT = '0000';

/** JSON with members in alphabetical order: the same value gives the same text, whatever stored it in between. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

/** A copy with members in order. A replacer would do too, but is called for every leaf and takes twice the time. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return inOrder(value.toJSON());
  if (Array.isArray(value)) return value.map(inOrder);
  const from = value as Record<string, unknown>;
  const ordered: Record<string, unknown> = {};
  for (const name of Object.keys(from).sort()) ordered[name] = inOrder(from[name]);
  return ordered;
}

/** A row of audit_event without its digest. */
export interface AuditRow {
  tenant: string;
  id: string;
  at: Date;
  office: string;
  actor_kind: string;
  actor_id: string;
  actor_name: string;
  role: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  person_id: string | null;
  reason: string;
  detail: unknown;
}

/** The text that the keyed digest of a row covers: every column but the digest itself. */
export function auditText(row: AuditRow): string {
  return canonicalJson([
    row.tenant,
    row.id,
    row.at.getTime(),
    row.office,
    row.actor_kind,
    row.actor_id,
    row.actor_name,
    row.role,
    row.action,
    row.subject_kind,
    row.subject_id,
    row.person_id,
    row.reason,
    row.detail,
  ]);
}

/** What an audit row has that its writer does not: id, detail as text, keyed digest over all columns. */
export function auditRow(
  crypto: Crypto,
  actor: Actor,
  now: Date,
  entry: AuditEntry,
): { id: string; detail: string; mac: Buffer } {
  const id = entry.id ?? newId(now);
  const detail = JSON.stringify(entry.detail ?? {});
  const mac = crypto.auditMac(
    auditText({
      tenant: entry.tenant,
      id,
      at: now,
      office: entry.office,
      actor_kind: actor.kind,
      actor_id: actor.id,
      actor_name: actor.name,
      role: actor.role,
      action: entry.action,
      subject_kind: entry.subjectKind,
      subject_id: entry.subjectId,
      person_id: entry.personId ?? null,
      reason: entry.reason ?? '',
      detail: JSON.parse(detail),
    }),
  );
  return { id, detail, mac };
}

/** The parameters of an audit row, keyed digest included. */
export function auditParams(crypto: Crypto, actor: Actor, now: Date, entry: AuditEntry): AuditParams {
  const { id, detail, mac } = auditRow(crypto, actor, now, entry);
  return [
    entry.tenant,
    id,
    now,
    entry.office,
    actor.kind,
    actor.id,
    actor.name,
    actor.role,
    entry.action,
    entry.subjectKind,
    entry.subjectId,
    entry.personId ?? null,
    entry.reason ?? '',
    detail,
    mac,
  ];
}

/** Writes the audit row of the transaction's actor. Need not be awaited: a failure undoes the transaction. */
export function audit(tx: Tx, crypto: Crypto, now: Date, entry: AuditEntry): Promise<number> {
  return tx.run(insertAuditEvent, ...auditParams(crypto, tx.actor, now, entry));
}
