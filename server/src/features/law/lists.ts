import { randomUUID } from 'node:crypto';
import type { FieldFault } from '@yingdeng/contract/errors.ts';
import { inRange } from '@yingdeng/rules/access.ts';
import { isPlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { type Tx, violates } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { refuseFaulty } from '../../platform/faulty.ts';
import type { Answer, Call } from '../../platform/http.ts';
import { once } from '../../platform/idempotency.ts';
import { mandatedColumns } from '../public/index.ts';
import { type ListVersionRow, listVersions } from './law.sql.ts';
import { putDraft } from './list-draft.sql.ts';

type List = ListVersionRow['list'];
type Shown = Answer<'getListVersions'>['versions'][number];

/** Columns that the law of the place prints for a list (A21-4c), the general ones where it names none. */
export function columnsOf(context: Context, division: string, list: List, on: string): readonly string[] {
  return context.reference.policy(division, on).listColumns?.value[list] ?? mandatedColumns[list];
}

function shown(row: ListVersionRow, mandated: readonly string[]): Shown {
  // The database keeps no order of members: what is mandated first, then what the place added.
  const extra = Object.keys(row.items[0] ?? {}).filter((column) => !mandated.includes(column));
  return {
    list: row.list,
    version: row.version,
    validFrom: row.valid_from,
    approvedBy: row.approved_by,
    ...(row.written_by ? { writtenBy: row.written_by } : {}),
    createdAt: row.created_at.toISOString(),
    columns: [...mandated, ...extra],
    items: row.items,
  };
}

/** Every version of one place, newest first. */
export async function showListVersions(
  context: Context,
  { actor, query, now }: Call<'getListVersions'>,
): Promise<Answer<'getListVersions'>> {
  const rows = await context.db.read(actor, (tx) => tx.rows(listVersions, query.division));
  const on = businessDate(now);
  return { versions: rows.map((row) => shown(row, columnsOf(context, query.division, row.list, on))) };
}

/**
 * Writes the next version of a list, for a second person to approve; people are handed it only then (A21-4c). One waits at a time.
 * @throws AppError access.denied, admin.faulty, admin.notAllowed
 */
export async function draftList(
  context: Context,
  { actor, body, key, now }: Call<'addListVersion'>,
): Promise<Answer<'addListVersion'>> {
  const { list, division, after, items, validFrom } = body;
  if (!inRange(division, actor)) throw new AppError('access.denied', { why: '只能为本辖区及以下的地区编写清单。' });
  const { result } = await once(context.db, actor, { route: 'addListVersion', key, request: body, now }, async (tx) => {
    await readyFor(context, tx, { list, division, after, items, validFrom }, now);
    const id = randomUUID();
    await tx
      .run(putDraft, id, list, division, after, JSON.stringify(items), validFrom, actor.id, actor.name, now)
      .catch((error: unknown) => {
        if (violates(error, 'list_draft_waiting'))
          throw new AppError('admin.notAllowed', { why: '已有一版在等待批准，请先处理那一版。' });
        throw error;
      });
    await audit(tx, context.crypto, now, {
      tenant: division.slice(0, 4),
      office: division,
      action: 'list.write',
      subjectKind: 'list',
      subjectId: `${list}:${division}:${after + 1}`,
      detail: { validFrom, rows: items.length },
    });
    return { draft: id };
  });
  return { draft: result.draft, message: '已提交，另一位同事批准后发布。' };
}

/** A version as it is written. */
interface GivenVersion {
  readonly list: List;
  readonly division: string;
  readonly after: number;
  readonly items: readonly Readonly<Record<string, string>>[];
  readonly validFrom: string;
}

/**
 * Whether a version may follow the newest one on a day; checked when it is written, and again when it is approved.
 * @throws AppError admin.notAllowed, admin.faulty
 */
export async function readyFor(context: Context, tx: Tx, given: GivenVersion, now: Date): Promise<void> {
  const { list, division, after, items, validFrom } = given;
  const on = businessDate(now);
  const [newest] = (await tx.rows(listVersions, division)).filter((row) => row.list === list);
  if ((newest?.version ?? 0) !== after) throw overtaken();
  refuseFaulty(faultsOf(items, columnsOf(context, division, list, on), validFrom, on, newest?.valid_from));
}

const overtaken = () =>
  new AppError('admin.notAllowed', { why: '另一位管理员刚发布了新版本，请刷新后在新版本上修改。' });

const MOST_COLUMNS = 10;

function faultsOf(
  items: readonly Readonly<Record<string, string>>[],
  mandated: readonly string[],
  validFrom: string,
  today: string,
  newestFrom = '',
): FieldFault[] {
  const faults: FieldFault[] = [];
  if (!isPlainDate(validFrom) || validFrom < today)
    faults.push({ field: 'validFrom', message: `施行日期：不能早于今天（${today}）。` });
  else if (validFrom < newestFrom)
    faults.push({ field: 'validFrom', message: `施行日期：不能早于上一版的施行日期（${newestFrom}）。` });
  const columns = Object.keys(items[0] ?? {})
    .sort()
    .join('|');
  for (const [index, item] of items.entries()) {
    const row = `第${index + 1}行`;
    for (const column of mandated)
      if (!item[column]) faults.push({ field: `items.${index}.${column}`, message: `${row}：${column}没有填。` });
    if (Object.keys(item).sort().join('|') !== columns || Object.keys(item).length > MOST_COLUMNS)
      faults.push({ field: `items.${index}`, message: `${row}：栏目和其他行不一致。` });
  }
  return faults;
}
