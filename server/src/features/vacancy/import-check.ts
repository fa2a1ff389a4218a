import { divisionSet } from '@yingdeng/contract/divisions.ts';
import { divisionRange, inRange } from '@yingdeng/rules/access.ts';
import { requirePolicy } from '@yingdeng/rules/provisions/policy.ts';
import { type VacancyInput, vacancyFaults, vacancySourceKey, vacancyWarnings } from '@yingdeng/rules/vacancy.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { type FileRow, readRowsOf } from '../../platform/sheet-read.ts';
import { differences, inputOf, tidy } from './fields.ts';
import {
  countRows,
  dropParts,
  findPart,
  type ImportRow,
  moveImport,
  putHeader,
  putProgress,
  putRows,
} from './import.sql.ts';
import { type Columns, columnsOf, inputFromCells, isEmptyRow } from './import-columns.ts';
import { vacanciesBySource } from './vacancy.sql.ts';
import { policyAt } from './write.ts';

/** Rows checked and stored together. */
const CHUNK = 2_000;
/** More is no file of vacancies of one office. */
const MOST_ROWS = 200_000;

export const importActor = systemActor('imports');

interface Checked {
  line: number;
  cells: readonly string[];
  data: VacancyInput | null;
  source_key: string | null;
  warnings: readonly { kind: string; message: string }[];
  faults: string;
  outcome: 'faulty' | 'fresh' | 'changed' | 'same';
}

/**
 * Reads and checks a file row by row and stores what it found; nothing of it is a vacancy yet. May be killed anywhere: a second reading of the
 * same file gives the same rows. A file that cannot be used at all says why.
 */
export async function checkImport(context: Context, row: ImportRow, signal: AbortSignal): Promise<void> {
  const { tenant, id } = row;
  const now = () => context.clock.now();
  const move = (from: readonly string[], to: string, fault = '') =>
    context.db.transaction(importActor, (tx) => tx.first(moveImport, tenant, id, from, to, now(), fault));
  if (!(await move(['waiting', 'checking'], 'checking'))) return;
  try {
    if (!(await checkRows(context, row, signal))) return;
    await context.db.transaction(importActor, async (tx) => {
      await tx.run(countRows, tenant, id);
      await tx.run(dropParts, tenant, id);
      await tx.first(moveImport, tenant, id, ['checking'], 'preview', now(), '');
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    await move(['checking'], 'failed', error.message);
  }
}

/** False when it was told to stop before the end. The database stores one chunk while the next is read and checked. */
async function checkRows(context: Context, row: ImportRow, signal: AbortSignal): Promise<boolean> {
  const storing = new OneInFlight();
  try {
    return await checkAndStore(context, row, signal, storing);
  } finally {
    // Whatever ended the reading, nothing is written behind its back.
    await storing.done();
  }
}

/** One piece of work at a time behind the caller's back; its failure is the caller's at the next step. */
class OneInFlight {
  #work: Promise<void> = Promise.resolve();
  /** Waits for what is under way and begins the next. @throws what the one before threw */
  async begin(work: () => Promise<void>): Promise<void> {
    await this.done();
    this.#work = work();
    // Heard of in `done`; until then it is nobody's unhandled rejection.
    this.#work.catch(() => {});
  }
  /** @throws what the last one threw */
  done(): Promise<void> {
    return this.#work;
  }
}

async function checkAndStore(
  context: Context,
  row: ImportRow,
  signal: AbortSignal,
  storing: OneInFlight,
): Promise<boolean> {
  const { tenant, id } = row;
  const seen = new Map<string, number>();
  let columns: Columns | undefined;
  let chunk: FileRow[] = [];
  let rows = 0;
  const flush = async (at: Columns) => {
    const checked = chunk.map((one) => checkRow(context, row, one, at, seen));
    chunk = [];
    const upTo = rows;
    await storing.begin(async () => {
      await compare(context, row, checked);
      await context.db.transaction(importActor, (tx) =>
        Promise.all([
          tx.run(putRows, tenant, id, row.office, JSON.stringify(checked)),
          tx.run(putProgress, tenant, id, upTo, context.clock.now()),
        ]),
      );
    });
  };
  for await (const one of readRowsOf(row.format, () => partsOf(context, row))) {
    if (signal.aborted) return false;
    if (isEmptyRow(one.cells)) continue;
    if (!columns) {
      columns = columnsOf(one.cells);
      await context.db.transaction(importActor, (tx) => tx.run(putHeader, tenant, id, one.cells));
      continue;
    }
    rows += 1;
    if (rows > MOST_ROWS) throw new AppError('import.unusable', { why: `超过${MOST_ROWS}行，请分成几个文件。` });
    chunk.push(one);
    if (chunk.length === CHUNK) await flush(columns);
  }
  if (!columns) throw new AppError('import.unusable', { why: '文件是空的。' });
  if (chunk.length > 0) await flush(columns);
  if (rows === 0) throw new AppError('import.unusable', { why: '只有表头，没有岗位。' });
  await storing.done();
  return true;
}

async function* partsOf(context: Context, row: ImportRow): AsyncGenerator<Uint8Array> {
  for (let part = 0; ; part += 1) {
    const found = await context.db.read(importActor, (tx) => tx.first(findPart, row.tenant, row.id, part));
    if (!found) return;
    yield found.bytes;
  }
}

function checkRow(
  context: Context,
  row: ImportRow,
  { line, cells }: FileRow,
  at: Columns,
  seen: Map<string, number>,
): Checked {
  const today = businessDate(context.clock.now());
  const limits = requirePolicy(policyAt(context, row.office, context.clock.now()), 'vacancyLimits').value;
  const { input, faults } = inputFromCells(cells, at, today);
  const given = tidy(input);
  const messages = [...faults, ...vacancyFaults(given, { today, known: divisionSet, limits })].map(
    (one) => one.message,
  );
  const key = vacancySourceKey(given);
  const before = key === undefined ? undefined : seen.get(key);
  if (key !== undefined && before === undefined) seen.set(key, line);
  if (before !== undefined) messages.push(`单位岗位编号：与第${before}行重复。`);
  const faulty = messages.length > 0;
  return {
    line,
    cells,
    data: faulty ? null : given,
    source_key: faulty ? null : (key ?? null),
    warnings: faulty ? [] : vacancyWarnings(given, limits),
    faults: messages.join(''),
    outcome: faulty ? 'faulty' : 'fresh',
  };
}

/** What keeping a row would do: new, a change, nothing; or not this office's to change. */
async function compare(context: Context, row: ImportRow, checked: Checked[]): Promise<void> {
  const keys = checked.flatMap((one) => one.source_key ?? []);
  const known = await context.db.read(importActor, (tx) => tx.rows(vacanciesBySource, row.tenant, keys));
  const byKey = new Map(known.map((one) => [one.source_key, one]));
  const range = divisionRange(row.office);
  for (const one of checked) {
    const there = byKey.get(one.source_key);
    if (!there || !one.data) continue;
    if (!inRange(there.office, range)) {
      one.outcome = 'faulty';
      one.faults = `单位岗位编号：这个岗位（${there.number}）由${context.reference.officeName(there.office)}录入，不在您的管辖范围内。`;
      one.data = null;
      continue;
    }
    const same = there.state === 'open' && Object.keys(differences(inputOf(there), one.data)).length === 0;
    one.outcome = same ? 'same' : 'changed';
  }
}
