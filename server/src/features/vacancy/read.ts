import { divisionRange, whyNot } from '@yingdeng/rules/access.ts';
import type { Context } from '../../context.ts';
import { type Actor, NATION } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { tenantsOf } from '../../platform/tenants.ts';
import { afterPrefix } from '../people/index.ts';
import { inputOf, lineOf, sayField } from './fields.ts';
import {
  changesOf,
  findVacancy,
  listVacancies,
  referralsTo,
  type VacancyRow,
  vacanciesByInitials,
  vacanciesByName,
  vacanciesByNumber,
  vacanciesByPinyin,
} from './vacancy.sql.ts';
import { whyNotChange } from './write.ts';

/** What the list may be narrowed by. */
interface VacancyQuery {
  readonly q?: string;
  readonly state: 'valid' | 'ended' | 'all';
  readonly office?: string;
  readonly doubted?: 'yes';
  readonly after?: string;
  readonly limit: number;
}

const NEWEST = ':';
const number = /^\d{12}$/;

/**
 * Vacancies of the cities the actor's office reaches: the list, newest first, or what a name, pinyin or initials begin.
 * @throws AppError access.denied for an office outside the range
 */
export async function readVacancies(
  context: Context,
  actor: Actor,
  query: VacancyQuery,
  now: Date,
): Promise<Answer<'getVacancies'>> {
  const today = businessDate(now);
  const { limit } = query;
  const range = query.office ? officeRange(actor, query.office) : NATION;
  const rows = await context.db.read(actor, (tx) => find(tx, tenantsOf(actor.office), { ...query, today, range }));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      ...lineOf(row, today),
      officeName: context.reference.officeName(row.office),
    })),
    ...(rows.length > limit && last && !query.q ? { next: last.number } : {}),
  };
}

function officeRange(actor: Actor, office: string): { lo: string; hi: string } {
  const code = office.padEnd(6, '0');
  const denied = whyNot(actor.role, 'vacancy.read', { actorRange: { lo: actor.lo, hi: actor.hi }, division: code });
  if (denied) throw new AppError('access.denied', { why: denied });
  return divisionRange(code);
}

function find(
  tx: Tx,
  tenants: readonly string[],
  query: VacancyQuery & { today: string; range: { lo: string; hi: string } },
): Promise<VacancyRow[]> {
  const { state, today, limit, after = NEWEST } = query;
  const { lo, hi } = query.range;
  const valid = state === 'all' ? null : state === 'valid';
  const q = query.q?.trim() ?? '';
  if (q === '') {
    const states = state === 'valid' ? ['open'] : ['open', 'closed'];
    const doubted = query.doubted === 'yes';
    return tx.rows(listVacancies, tenants, limit + 1, after, states, valid, today, lo, hi, doubted);
  }
  if (number.test(q)) return tx.rows(vacanciesByNumber, tenants, q);
  const letters = /^[a-zA-Z' ]+$/.test(q) ? q.replace(/[' ]/g, '').toLowerCase() : undefined;
  const prefix = letters ?? q.replace(/\s+/g, '');
  const params = [tenants, limit, prefix, afterPrefix(prefix), valid, today, lo, hi] as const;
  if (letters === undefined) return tx.rows(vacanciesByName, ...params);
  return byLetters(tx, params);
}

async function byLetters(
  tx: Tx,
  params: readonly [readonly string[], number, string, string, boolean | null, string, string, string],
): Promise<VacancyRow[]> {
  const [byPinyin, byInitials] = await Promise.all([
    tx.rows(vacanciesByPinyin, ...params),
    tx.rows(vacanciesByInitials, ...params),
  ]);
  const both = new Map([...byInitials, ...byPinyin].map((row) => [row.id, row]));
  return [...both.values()].slice(0, params[1]);
}

const actionTexts = { enter: '录入', change: '修改', close: '关闭', reopen: '重新开放', import: '导入' } as const;

/** One vacancy as its page shows it. @throws AppError request.notFound */
export async function readVacancy(
  context: Context,
  actor: Actor,
  id: string,
  now: Date,
): Promise<Answer<'getVacancy'>> {
  const tenant = tenantOfId(id);
  const [row, changes, sent] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.first(findVacancy, tenant, id),
      tx.rows(changesOf, tenant, id),
      tx.first(referralsTo, actor.office.slice(0, 4), id),
    ]),
  );
  if (!row) throw new AppError('request.notFound');
  const why = whyNotChange(actor, row);
  return {
    ...lineOf(row, businessDate(now)),
    office: row.office,
    officeName: context.reference.officeName(row.office),
    fields: inputOf(row),
    closedReason: row.closed_reason,
    version: row.version,
    referred: sent?.referred ?? 0,
    hired: sent?.hired ?? 0,
    changes: changes.map((change) => ({
      at: change.at.toISOString(),
      who: change.actor_name,
      text: actionTexts[change.action],
      fields: Object.entries(change.fields).map(([field, [before, after]]) => ({
        label: field === 'reason' ? '原因' : sayField(field, before).label,
        before: sayField(field, before).text,
        after: sayField(field, after).text,
      })),
    })),
    mayChange: why === undefined,
    ...(why ? { why } : {}),
  };
}
