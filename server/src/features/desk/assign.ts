import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { once } from '../../platform/idempotency.ts';
import {
  accountsOf,
  type ColleagueRow,
  giveApplications,
  giveRegistrations,
  type HandRow,
  lockApplications,
  lockRegistrations,
} from './assign.sql.ts';
import { type Kind, mayDo } from './colleagues.ts';

/** A line of a worklist: its kind and the application's id. `was`: in whose hand it was when the list was read. */
export interface WorkItem {
  readonly kind: Kind;
  readonly id: string;
  readonly was?: string | null;
}

/** One request to share out work. */
export interface Sharing {
  readonly items: readonly WorkItem[];
  readonly key: string;
  readonly now: Date;
}

/** How a kind of work is kept: which rows are locked and written, and whether something is left to do. */
const kept = {
  decision: { table: 'application', open: (row: HandRow) => row.to_decide, done: '已经办结' },
  contact: { table: 'registration', open: (row: HandRow) => row.to_contact, done: '已经联系过' },
  exit: { table: 'registration', open: (row: HandRow) => row.to_exit, done: '退出已经处理' },
} as const satisfies Record<Kind, unknown>;
type Table = (typeof kept)[Kind]['table'];

const locking = { application: lockApplications, registration: lockRegistrations } as const;
const giving = { application: giveApplications, registration: giveRegistrations } as const;

/** A line that cannot be given, and why. */
interface No {
  readonly kind: Kind;
  readonly id: string;
  readonly number: string;
  readonly why: string;
}

/**
 * A supervisor gives work to a colleague of the range, or lays it back (`to` null).
 * @throws AppError request.notFound for an account outside the range; work.notAllowed with every line that cannot be given: then none is.
 */
export async function assignWork(
  context: Context,
  actor: Actor,
  sharing: Sharing & { to: string | null },
): Promise<{ assigned: number; message: string }> {
  const { to } = sharing;
  return share(context, actor, 'assignWork', 'work.assign', sharing, async (tx) => {
    const [target] = to === null ? [] : await tx.rows(accountsOf, [to]);
    if (to !== null && (!target || target.closed || target.office < actor.lo || target.office >= actor.hi))
      throw new AppError('request.notFound');
    return { target, refusal: () => undefined };
  });
}

/**
 * Takes work that nobody has in hand, or gives the own work back.
 * @throws AppError work.notAllowed with every line that somebody else has: then none is taken.
 */
export async function takeWork(
  context: Context,
  actor: Actor,
  sharing: Sharing & { giveBack: boolean },
): Promise<{ assigned: number; message: string }> {
  return share(context, actor, 'takeWork', 'work.take', sharing, async (tx) => {
    const [target] = sharing.giveBack ? [] : await tx.rows(accountsOf, [actor.id]);
    return {
      target,
      refusal: (row) => {
        if (row.assigned_to === actor.id) return undefined;
        if (row.assigned_to) return `已由${row.assigned_name ?? '别人'}经办，需要时请督导人员改派`;
        return sharing.giveBack ? '不在您手上' : undefined;
      },
    };
  });
}

interface Rule {
  /** Who gets it; undefined: nobody. */
  readonly target: ColleagueRow | undefined;
  /** What speaks against one case by its present holder. */
  refusal(row: HandRow): string | undefined;
}

/** The one transaction: lock every case, refuse all when one cannot be given, write, audit. */
async function share(
  context: Context,
  actor: Actor,
  route: 'assignWork' | 'takeWork',
  action: 'work.assign' | 'work.take',
  sharing: Sharing & { to?: string | null; giveBack?: boolean },
  ruleOf: (tx: Tx) => Promise<Rule>,
): Promise<{ assigned: number; message: string }> {
  const { items, key, now, to, giveBack } = sharing;
  const request = { route, key, request: [items, to ?? null, giveBack ?? false], now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const rule = await ruleOf(tx);
    const rows = await lock(tx, items);
    const rowOf = ({ kind, id }: WorkItem) => rows[kept[kind].table].get(id);
    const refused = items.flatMap((item): No[] => {
      const row = rowOf(item);
      const why = refusalOf(item, row, rule);
      return why ? [{ kind: item.kind, id: item.id, number: row?.number ?? '', why }] : [];
    });
    if (refused.length > 0) throw notAllowed(items.length, refused);
    const holder = rule.target?.id ?? null;
    const changed = items.filter((item) => (rowOf(item)?.assigned_to ?? null) !== holder);
    for (const table of ['application', 'registration'] as const)
      await give(
        tx,
        table,
        changed.flatMap((item) => (kept[item.kind].table === table ? (rowOf(item) ?? []) : [])),
        holder,
        now,
      );
    for (const item of changed) {
      const row = rowOf(item);
      if (!row) continue;
      void audit(tx, context.crypto, now, {
        tenant: tenantOfId(row.id),
        office: row.office,
        action,
        subjectKind: kept[item.kind].table,
        subjectId: row.id,
        detail: { kind: item.kind, from: row.assigned_to, to: holder },
      });
    }
    return { assigned: items.length, to: rule.target?.display_name ?? '' };
  });
  return { assigned: result.assigned, message: words(result.assigned, result.to, action) };
}

const words = (count: number, to: string, action: string) => {
  if (to === '') return `${count}件已放回，等人领取。`;
  return action === 'work.take' ? `${count}件由您经办。` : `${count}件已分派给${to}。`;
};

/** Every case of the request by table and application id. */
async function lock(tx: Tx, items: readonly WorkItem[]): Promise<Record<Table, Map<string, HandRow>>> {
  const found = { application: new Map<string, HandRow>(), registration: new Map<string, HandRow>() };
  for (const table of ['application', 'registration'] as const) {
    const ids = new Set(items.filter(({ kind }) => kept[kind].table === table).map(({ id }) => id));
    // In order of city, as the rows are in order of id.
    const byTenant = [...Map.groupBy(ids, tenantOfId)].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [tenant, wanted] of byTenant)
      for (const row of await tx.rows(locking[table], tenant, wanted)) found[table].set(row.application_id, row);
  }
  return found;
}

async function give(tx: Tx, table: Table, rows: readonly HandRow[], holder: string | null, now: Date): Promise<void> {
  const ids = new Set(rows.map(({ id }) => id));
  for (const [tenant, some] of Map.groupBy(ids, tenantOfId))
    await tx.run(giving[table], tenant, some, holder, holder === null ? null : now);
}

function refusalOf(item: WorkItem, row: HandRow | undefined, rule: Rule): string | undefined {
  const { open, done } = kept[item.kind];
  if (!row) return '没有这件业务，或者不在您的管辖区划内';
  if (!open(row)) return done;
  const holder = rule.refusal(row);
  if (holder) return holder;
  if (item.was !== undefined && item.was !== row.assigned_to && row.assigned_to !== (rule.target?.id ?? null))
    return row.assigned_to ? `刚才已归${row.assigned_name ?? '别人'}经办` : '刚才已被放回';
  if (rule.target && !mayDo(rule.target, item.kind, row.office))
    return `${rule.target.display_name}没有权限，或者不在其管辖区划内`;
  return undefined;
}

function notAllowed(asked: number, refused: readonly No[]): AppError {
  const named = refused
    .slice(0, 3)
    .map(({ number, why }) => (number ? `${number}${why}` : why))
    .join('；');
  const rest = refused.length > 3 ? '等' : '';
  const whole = asked > 1 ? `选中的${asked}件都没有改动。` : '';
  return new AppError(
    'work.notAllowed',
    { why: `${refused.length}件不能办理：${named}${rest}。${whole}` },
    { detail: { items: refused } },
  );
}
