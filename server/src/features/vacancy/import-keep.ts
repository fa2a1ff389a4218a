import { divisionRange, inRange } from '@yingdeng/rules/access.ts';
import type { VacancyInput } from '@yingdeng/rules/vacancy.ts';
import type { Context } from '../../context.ts';
import { audit } from '../../platform/audit.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { differences, inputOf } from './fields.ts';
import {
  addKept,
  type ImportLineRow,
  type ImportRow,
  lockImport,
  markRows,
  moveImport,
  rowsToKeep,
} from './import.sql.ts';
import { importActor } from './import-check.ts';
import { storedOf } from './stored.ts';
import { insertVacancies, putChanges, takeRevision, updateVacancies, vacanciesBySource } from './vacancy.sql.ts';
import { changeRows, numberOf } from './write.ts';

/** Rows kept in one transaction: a clerk's entry waits for a fraction of a second at most. */
const CHUNK = 1_000;

/**
 * Keeps the rows of an import, a transaction at a time, each with its vacancies, their history and the marks on the rows: killed anywhere, the
 * next turn goes on behind the last one. Rows are compared again with what stands now.
 */
export async function keepImport(context: Context, row: ImportRow, signal: AbortSignal): Promise<void> {
  let after: number | undefined = 0;
  while (after !== undefined && !signal.aborted) {
    // From the last line on: entries of rows that were kept a moment ago still lie in the index.
    const from: number = after;
    after = await context.db.transaction(importActor, (tx) => keepChunk(context, tx, row, from));
  }
}

/** One transaction over the rows behind a line; the last line it kept, or undefined when nothing is left. */
async function keepChunk(
  context: Context,
  tx: Tx,
  { tenant, id }: ImportRow,
  after: number,
): Promise<number | undefined> {
  const now = context.clock.now();
  const row = await tx.first(lockImport, tenant, id);
  if (row?.state !== 'keeping') return undefined;
  const lines = await tx.rows(rowsToKeep, tenant, id, CHUNK, after);
  if (lines.length === 0) {
    await finish(context, tx, row, now);
    return undefined;
  }
  const taken = await tx.first(takeRevision, tenant, lines.length);
  if (!taken) throw new AppError('server.failed');
  const keys = lines.flatMap((line) => line.source_key ?? []);
  const known = new Map((await tx.rows(vacanciesBySource, tenant, keys)).map((one) => [one.source_key, one]));
  const range = divisionRange(row.office);
  const fresh: Record<string, unknown>[] = [];
  const changed: Record<string, unknown>[] = [];
  const changes: { id: string; office: string; fields: Record<string, unknown> }[] = [];
  const foreign: number[] = [];
  lines.forEach((line, i) => {
    const given = line.data as unknown as VacancyInput;
    const there = known.get(line.source_key);
    if (!there) {
      const vacancy = newTenantId(tenant, now);
      fresh.push(
        stored(line, given, { id: vacancy, number: numberOf(tenant, taken.last_number - lines.length + i + 1) }),
      );
      changes.push({ id: vacancy, office: row.office, fields: {} });
    } else if (!inRange(there.office, range)) {
      foreign.push(line.line);
    } else {
      changed.push(stored(line, given, { id: there.id, number: there.number }));
      changes.push({ id: there.id, office: there.office, fields: differences(inputOf(there), given) });
    }
  });
  const by = [now, row.account_id, row.account_name] as const;
  const kept = lines.map((line) => line.line).filter((line) => !foreign.includes(line));
  await Promise.all([
    ...(fresh.length > 0
      ? [tx.run(insertVacancies, tenant, row.office, JSON.stringify(fresh), taken.revision, ...by)]
      : []),
    ...(changed.length > 0 ? [tx.run(updateVacancies, tenant, JSON.stringify(changed), taken.revision, ...by)] : []),
    tx.run(putChanges, tenant, changeRows(tenant, now, changes), 'import', ...by),
    tx.run(markRows, tenant, id, kept, 'kept', ''),
    ...(foreign.length > 0
      ? [tx.run(markRows, tenant, id, foreign, 'faulty', '这个岗位已由其他机构录入，不在您的管辖范围内。')]
      : []),
    tx.run(addKept, tenant, id, kept.length, now),
  ]);
  return lines.at(-1)?.line;
}

const stored = (line: ImportLineRow, given: VacancyInput, key: { id: string; number: string }) =>
  storedOf(given, key, line.warnings as never);

async function finish(context: Context, tx: Tx, row: ImportRow, now: Date): Promise<void> {
  await tx.first(moveImport, row.tenant, row.id, ['keeping'], 'done', now, '');
  await audit(tx, context.crypto, now, {
    tenant: row.tenant,
    office: row.office,
    action: 'vacancy.manage',
    subjectKind: 'import',
    subjectId: row.id,
    reason: `导入岗位，由${row.account_name}确认`,
    detail: { account: row.account_id, kept: row.kept, faulty: row.faulty, same: row.same },
  });
}
