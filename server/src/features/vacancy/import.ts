import type { Readable } from 'node:stream';
import { can, whyNot } from '@yingdeng/rules/access.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { once } from '../../platform/idempotency.ts';
import { nextTimeCursor, readTimeCursor } from '../../platform/keyset.ts';
import { formatOf } from '../../platform/sheet-read.ts';
import { type FaultyRow, faultSheet } from '../../platform/sheet-write.ts';
import { tenantsOf } from '../../platform/tenants.ts';
import {
  dropParts,
  faultyRows,
  findImport,
  forgetParts,
  forgetRows,
  type ImportLineRow,
  type ImportRow,
  listImports,
  lockImport,
  moveImport,
  nextImport,
  putImport,
  putPart,
  readRows,
} from './import.sql.ts';
import { checkImport, importActor } from './import-check.ts';
import { keepImport } from './import-keep.ts';
import type { On } from './write.ts';

const MEGABYTE = 1 << 20;
const LARGEST = 60 * MEGABYTE;
const KEEP_DAYS = 30;
const ROWS_SHOWN = 50;
const PAGE = 1_000;

const stateTexts: Record<ImportRow['state'], string> = {
  receiving: '正在接收',
  waiting: '等待核对',
  checking: '正在核对',
  preview: '核对完，等您确认',
  keeping: '正在导入',
  done: '已导入',
  failed: '不能导入',
  cancelled: '已取消',
};

/** An import as pages show it. */
function importOf(row: ImportRow): Answer<'uploadVacancies'>['import'] {
  const { id, state, fault, rows, faulty, fresh, changed, same, kept } = row;
  return {
    id,
    fileName: row.file_name,
    at: row.created_at.toISOString(),
    who: row.account_name,
    state,
    stateText: stateTexts[state],
    fault,
    rows,
    faulty,
    fresh,
    changed,
    same,
    kept,
  };
}

/**
 * Takes a file as it comes, a piece at a time, into the database; the worker checks it afterwards. The kind follows from its first bytes.
 * @throws AppError import.unusable, request.tooLarge
 */
export async function receiveImport(
  context: Context,
  actor: Actor,
  given: { name: string; body: unknown; now: Date },
): Promise<Answer<'uploadVacancies'>> {
  const { now } = given;
  const { office } = actor;
  const tenant = office.slice(0, 4);
  const id = newTenantId(tenant, now);
  const stream = given.body as Readable | undefined;
  if (!stream || typeof stream[Symbol.asyncIterator] !== 'function')
    throw new AppError('import.unusable', { why: '没有收到文件。' });
  let part = 0;
  let bytes = 0;
  const keep = async (piece: Buffer) => {
    await context.db.transaction(actor, async (tx) => {
      if (part === 0) {
        const format = formatOf(piece, given.name);
        await tx.run(putImport, tenant, id, office, actor.id, actor.name, given.name, format, now);
      }
      await tx.run(putPart, tenant, id, office, part, piece);
    });
    part += 1;
  };
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LARGEST) throw new AppError('request.tooLarge');
    waiting.push(chunk);
    size += chunk.length;
    if (size < MEGABYTE) continue;
    await keep(Buffer.concat(waiting));
    waiting = [];
    size = 0;
  }
  if (size > 0) await keep(Buffer.concat(waiting));
  if (part === 0) throw new AppError('import.unusable', { why: '文件是空的。' });
  const row = await context.db.transaction(actor, async (tx) => {
    await tx.first(moveImport, tenant, id, ['receiving'], 'waiting', now, '');
    await audit(tx, context.crypto, now, {
      tenant,
      office,
      action: 'vacancy.manage',
      subjectKind: 'import',
      subjectId: id,
      reason: '上传岗位文件',
      detail: { bytes },
    });
    return tx.first(findImport, tenant, id);
  });
  if (!row) throw new AppError('server.failed');
  return { import: importOf(row) };
}

/** Imports of the own range, newest first. */
export async function readImports(
  context: Context,
  actor: Actor,
  query: { after?: string; limit: number },
): Promise<Answer<'getVacancyImports'>> {
  const { at, id } = readTimeCursor(query.after);
  const rows = await context.db.read(actor, (tx) => tx.rows(listImports, tenantsOf(actor.office), at, id, query.limit));
  const next = nextTimeCursor(
    rows.map((row) => ({ at: row.created_at, id: row.id })),
    query.limit,
  );
  return { items: rows.map(importOf), ...(next ? { next } : {}) };
}

const outcomeTexts: Record<ImportLineRow['outcome'], string> = {
  faulty: '有错误',
  fresh: '新岗位',
  changed: '修改已有岗位',
  same: '没有变化',
  kept: '已导入',
};

/** One import with some of its rows. @throws AppError request.notFound */
export async function readImport(
  context: Context,
  actor: Actor,
  on: { id: string; outcome?: ImportLineRow['outcome']; after: number },
): Promise<Answer<'getVacancyImport'>> {
  const tenant = tenantOfId(on.id);
  const [row, rows] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.first(findImport, tenant, on.id),
      tx.rows(readRows, tenant, on.id, on.after, on.outcome ?? null, ROWS_SHOWN + 1),
    ]),
  );
  if (!row) throw new AppError('request.notFound');
  const shown = rows.slice(0, ROWS_SHOWN);
  const last = shown.at(-1);
  return {
    import: importOf(row),
    rows: shown.map((line) => ({
      line: line.line,
      employerName: String(line.data?.employerName ?? line.cells[row.header.indexOf('单位名称')] ?? ''),
      title: String(line.data?.title ?? line.cells[row.header.indexOf('岗位名称')] ?? ''),
      text: line.data ? `${line.data.wageFrom}–${line.data.wageTo}元，${line.data.posts}人` : '',
      outcome: line.outcome,
      outcomeText: outcomeTexts[line.outcome],
      faults: line.faults,
      warnings: line.warnings.map(({ message }) => message),
    })),
    ...(rows.length > ROWS_SHOWN && last ? { next: last.line } : {}),
  };
}

/** Keeps what was checked, or drops it. @throws AppError request.notFound, import.notAllowed */
export async function moveOnImport(
  context: Context,
  actor: Actor,
  on: On & { id: string },
  to: 'keeping' | 'cancelled',
): Promise<Answer<'keepVacancyImport'>> {
  const tenant = tenantOfId(on.id);
  const request = { route: `import.${to}`, key: on.key, request: on.id, now: on.now };
  await once(context.db, actor, request, async (tx) => {
    const row = await tx.first(lockImport, tenant, on.id);
    if (!row) throw new AppError('request.notFound');
    const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: row.office };
    if (!can(actor.role, 'vacancy.manage', scope))
      throw new AppError('access.denied', { why: whyNot(actor.role, 'vacancy.manage', scope) ?? '' });
    if (row.state !== 'preview' && !(to === 'cancelled' && row.state === 'waiting'))
      throw new AppError('import.notAllowed', { why: `这个文件现在是“${stateTexts[row.state]}”，不能再操作。` });
    if (to === 'keeping' && row.fresh + row.changed === 0)
      throw new AppError('import.notAllowed', { why: '没有可以导入的岗位。' });
    await tx.first(moveImport, tenant, on.id, [row.state], to, on.now, '');
    if (to === 'cancelled') await tx.run(dropParts, tenant, on.id);
    await audit(tx, context.crypto, on.now, {
      tenant,
      office: row.office,
      action: 'vacancy.manage',
      subjectKind: 'import',
      subjectId: on.id,
      reason: to === 'keeping' ? '确认导入岗位' : '取消导入岗位',
    });
    return on.id;
  });
  const row = await context.db.read(actor, (tx) => tx.first(findImport, tenant, on.id));
  if (!row) throw new AppError('request.notFound');
  return {
    import: importOf(row),
    message: to === 'keeping' ? '正在导入，可以离开这个页面。' : '已取消，什么也没有导入。',
  };
}

/** The faulty rows as a file. @throws AppError request.notFound, import.notAllowed when there are none */
export async function readFaultSheet(
  context: Context,
  actor: Actor,
  id: string,
): Promise<{ sheet: Readable; fileName: string }> {
  const tenant = tenantOfId(id);
  const row = await context.db.read(actor, (tx) => tx.first(findImport, tenant, id));
  if (!row) throw new AppError('request.notFound');
  if (row.faulty === 0) throw new AppError('import.notAllowed', { why: '没有有错误的行。' });
  const pages = async function* (): AsyncGenerator<readonly FaultyRow[]> {
    for (let after = 0; ; ) {
      const from = after;
      const page = await context.db.read(actor, (tx) => tx.rows(faultyRows, tenant, id, from, PAGE));
      if (page.length === 0) return;
      yield page;
      after = page.at(-1)?.line ?? after;
    }
  };
  const name = row.file_name.replace(/\.\w+$/, '');
  return {
    sheet: faultSheet(row.format, row.header, pages(), '需要修改的岗位'),
    fileName: `${name}-需要修改.${row.format}`,
  };
}

/** The day on which this process last forgot old rows: once a day is enough. */
let forgottenOn = '';

/**
 * The timed job: one step of whichever import waits longest; once a day, when there is none, the rows of a month ago are forgotten.
 * @returns how many imports it worked on
 */
export async function workOnImports(context: Context, signal: AbortSignal): Promise<number> {
  const row = await context.db.read(importActor, (tx) => tx.first(nextImport));
  if (row?.state === 'keeping') await keepImport(context, row, signal);
  else if (row) await checkImport(context, row, signal);
  else await forgetOld(context);
  return row ? 1 : 0;
}

async function forgetOld(context: Context): Promise<void> {
  const now = context.clock.now();
  const today = businessDate(now);
  if (forgottenOn === today) return;
  const before = new Date(now.getTime() - KEEP_DAYS * 86_400_000);
  await context.db.transaction(importActor, (tx) =>
    Promise.all([tx.run(forgetRows, before), tx.run(forgetParts, before)]),
  );
  forgottenOn = today;
}
