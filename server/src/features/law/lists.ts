import type { FieldFault } from '@yingdeng/contract/errors.ts';
import { inRange } from '@yingdeng/rules/access.ts';
import { isPlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { violates } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { refuseFaulty } from '../../platform/faulty.ts';
import type { Answer, Call } from '../../platform/http.ts';
import { once } from '../../platform/idempotency.ts';
import { mandatedColumns } from '../public/index.ts';
import { addListVersion, type ListVersionRow, listVersions } from './law.sql.ts';

type List = ListVersionRow['list'];
type Shown = Answer<'addListVersion'>['version'];

/** Columns that the law of the place prints for a list (A21-4c), the general ones where it names none. */
function columnsOf(context: Context, division: string, list: List, on: string): readonly string[] {
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

/** Publishes the next version; the ones before stay, because people were handed them. */
export async function publishList(
  context: Context,
  { actor, body, key, now }: Call<'addListVersion'>,
): Promise<Answer<'addListVersion'>> {
  const { list, division, after, items, validFrom, approvedBy } = body;
  if (!inRange(division, actor)) throw new AppError('access.denied', { why: '只能为本辖区及以下的地区发布清单。' });
  const mandated = columnsOf(context, division, list, businessDate(now));
  const { result } = await once(context.db, actor, { route: 'addListVersion', key, request: body, now }, async (tx) => {
    const [newest] = (await tx.rows(listVersions, division)).filter((row) => row.list === list);
    if ((newest?.version ?? 0) !== after) throw overtaken();
    refuseFaulty(faultsOf(items, mandated, validFrom, businessDate(now), newest?.valid_from));
    await tx
      .run(addListVersion, list, division, after + 1, JSON.stringify(items), validFrom, approvedBy, now)
      .catch((error: unknown) => {
        throw violates(error, 'list_version_pkey') ? overtaken() : error;
      });
    await audit(tx, context.crypto, now, {
      tenant: division.slice(0, 4),
      office: division,
      action: 'list.publish',
      subjectKind: 'list',
      subjectId: `${list}:${division}:${after + 1}`,
      detail: { validFrom, approvedBy, rows: items.length },
    });
    return { version: after + 1 };
  });
  const rows = await context.db.read(actor, (tx) => tx.rows(listVersions, division));
  const row = rows.find((one) => one.list === list && one.version === result.version);
  if (!row) throw new AppError('server.failed');
  return { version: shown(row, mandated) };
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
