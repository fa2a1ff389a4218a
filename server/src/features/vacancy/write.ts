import { divisionSet } from '@yingdeng/contract/divisions.ts';
import type { FieldFault } from '@yingdeng/contract/errors.ts';
import { can, whyNot } from '@yingdeng/rules/access.ts';
import { type Policy, requirePolicy } from '@yingdeng/rules/provisions/policy.ts';
import { type VacancyInput, vacancyFaults, vacancySourceKey, vacancyWarnings } from '@yingdeng/rules/vacancy.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { once } from '../../platform/idempotency.ts';
import { dayAndTime } from '../../platform/words.ts';
import { differences, inputOf, tidy } from './fields.ts';
import { storedOf } from './stored.ts';
import {
  findVacancy,
  insertVacancies,
  putChanges,
  setVacancyState,
  takeRevision,
  updateVacancies,
  type VacancyRow,
  vacanciesBySource,
} from './vacancy.sql.ts';

/** A command on vacancies: under which key, when. */
export interface On {
  readonly key: string;
  readonly now: Date;
}

/** Number of a vacancy, said on the telephone: city and running number, twelve digits. */
export const numberOf = (tenant: string, running: number): string => `${tenant}${String(running).padStart(8, '0')}`;

/** The law of an office's place today. */
export function policyAt(context: Context, office: string, now: Date): Policy {
  return context.reference.policy(office.slice(0, 6), businessDate(now));
}

/** A vacancy read and checked; faults are refused with field and reason. @throws AppError vacancy.faulty */
function checked(context: Context, office: string, raw: VacancyInput, now: Date) {
  const given = tidy(raw);
  const limits = requirePolicy(policyAt(context, office, now), 'vacancyLimits').value;
  const faults: FieldFault[] = vacancyFaults(given, { today: businessDate(now), known: divisionSet, limits });
  if (faults.length > 0) throw new AppError('vacancy.faulty', { count: faults.length }, { fields: faults });
  return { given, warnings: vacancyWarnings(given, limits) };
}

const staffId = (actor: Actor) => (actor.kind === 'staff' ? actor.id : null);

/**
 * Enters a vacancy at a counter (A21-4d). An employer's own number that is known leads to that vacancy instead of a second one.
 * @throws AppError vacancy.faulty, vacancy.notAllowed
 */
export async function enterVacancy(context: Context, actor: Actor, on: On, raw: VacancyInput): Promise<string> {
  const { now } = on;
  const { office } = actor;
  const { given, warnings } = checked(context, office, raw, now);
  const tenant = office.slice(0, 4);
  const request = { route: 'enterVacancy', key: on.key, request: raw, now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const taken = await tx.first(takeRevision, tenant, 1);
    if (!taken) throw new AppError('server.failed');
    await refuseKnown(tx, tenant, given);
    const id = newTenantId(tenant, now);
    const row = storedOf(given, { id, number: numberOf(tenant, taken.last_number) }, warnings);
    const by = [now, staffId(actor), actor.name] as const;
    await Promise.all([
      tx.run(insertVacancies, tenant, office, JSON.stringify([row]), taken.revision, ...by),
      tx.run(putChanges, tenant, changeRows(tenant, now, [{ id, office, fields: {} }]), 'enter', ...by),
      audit(tx, context.crypto, now, entry(tenant, office, id, { warnings: warnings.map(({ kind }) => kind) })),
    ]);
    return id;
  });
  return result;
}

const entry = (tenant: string, office: string, id: string, detail: Record<string, unknown>) => ({
  tenant,
  office,
  action: 'vacancy.manage',
  subjectKind: 'vacancy',
  subjectId: id,
  detail,
});

/** Rows for `putChanges`. */
export function changeRows(
  tenant: string,
  now: Date,
  changes: readonly { id: string; office: string; fields: Readonly<Record<string, unknown>> }[],
): string {
  return JSON.stringify(
    changes.map(({ id, office, fields }) => ({ id: newTenantId(tenant, now), vacancy_id: id, office, fields })),
  );
}

async function refuseKnown(tx: Tx, tenant: string, given: VacancyInput, own?: string): Promise<void> {
  const key = vacancySourceKey(given);
  const known = key ? (await tx.rows(vacanciesBySource, tenant, [key])).find((row) => row.id !== own) : undefined;
  if (known)
    throw new AppError(
      'vacancy.notAllowed',
      { why: `这家单位的岗位编号${given.employerRef}已经录入（${known.number}），请打开那个岗位修改。` },
      { detail: { id: known.id } },
    );
}

/** The vacancy to change, its city's vacancies locked. @throws AppError request.notFound, vacancy.notAllowed, vacancy.changed */
async function openVacancy(tx: Tx, id: string, version: number): Promise<VacancyRow & { revision: number }> {
  const tenant = tenantOfId(id);
  const found = await tx.first(findVacancy, tenant, id);
  if (!found) throw new AppError('request.notFound');
  const why = whyNotChange(tx.actor, found);
  if (why) throw new AppError('vacancy.notAllowed', { why });
  const taken = await tx.first(takeRevision, tenant, 0);
  // Read again behind the lock: whoever was before has committed.
  const row = await tx.first(findVacancy, tenant, id);
  if (!row || !taken) throw new AppError('server.failed');
  if (row.version !== version)
    throw new AppError('vacancy.changed', { who: row.changed_by_name, when: dayAndTime(row.changed_at) });
  return { ...row, revision: taken.revision };
}

/** Why an actor may not change a vacancy, or undefined. */
export function whyNotChange(actor: Actor, row: Pick<VacancyRow, 'office'>): string | undefined {
  const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: row.office };
  if (can(actor.role, 'vacancy.manage', scope)) return undefined;
  return whyNot(actor.role, 'vacancy.manage', scope) ?? undefined;
}

/**
 * Changes a vacancy of the own range; what was before is kept. A changed vacancy that was closed is open again.
 * @throws AppError request.notFound, vacancy.faulty, vacancy.changed, vacancy.notAllowed
 */
export async function changeVacancy(
  context: Context,
  actor: Actor,
  on: On & { id: string; version: number },
  raw: VacancyInput,
): Promise<string> {
  const { id, now } = on;
  const { given, warnings } = checked(context, actor.office, raw, now);
  const tenant = tenantOfId(id);
  const request = { route: 'changeVacancy', key: on.key, request: [id, on.version, raw], now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const row = await openVacancy(tx, id, on.version);
    await refuseKnown(tx, tenant, given, id);
    const fields = differences(inputOf(row), given);
    if (Object.keys(fields).length === 0 && row.state === 'open') return id;
    const stored = JSON.stringify([storedOf(given, { id, number: row.number }, warnings)]);
    const by = [now, staffId(actor), actor.name] as const;
    await Promise.all([
      tx.run(updateVacancies, tenant, stored, row.revision, ...by),
      tx.run(putChanges, tenant, changeRows(tenant, now, [{ id, office: row.office, fields }]), 'change', ...by),
      audit(tx, context.crypto, now, entry(tenant, row.office, id, { changed: Object.keys(fields) })),
    ]);
    return id;
  });
  return result;
}

/** Closes a vacancy with a reason, or opens it again. @throws AppError request.notFound, vacancy.changed, vacancy.notAllowed */
export async function closeVacancy(
  context: Context,
  actor: Actor,
  on: On & { id: string; version: number },
  given: { state: 'open' | 'closed'; reason: string },
): Promise<string> {
  const { id, now } = on;
  const { state } = given;
  const reason = given.reason.trim();
  const tenant = tenantOfId(id);
  const request = { route: 'closeVacancy', key: on.key, request: [id, on.version, given], now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    if (state === 'closed' && reason === '')
      throw new AppError('vacancy.notAllowed', { why: '请写明关闭的原因，如“已招满”。' });
    const row = await openVacancy(tx, id, on.version);
    if (row.state === state) return id;
    if (state === 'open' && row.valid_to < businessDate(now))
      throw new AppError('vacancy.notAllowed', { why: '有效期已过，请先修改有效期，保存后就重新开放。' });
    const by = [now, staffId(actor), actor.name] as const;
    const action = state === 'closed' ? 'close' : 'reopen';
    const change = changeRows(tenant, now, [
      { id, office: row.office, fields: reason ? { reason: ['', reason] } : {} },
    ]);
    await Promise.all([
      tx.run(setVacancyState, tenant, id, state, state === 'closed' ? reason : '', row.revision, ...by),
      tx.run(putChanges, tenant, change, action, ...by),
      audit(tx, context.crypto, now, entry(tenant, row.office, id, { state, reason })),
    ]);
    return id;
  });
  return result;
}
