import type { Readable } from 'node:stream';
import { inRange } from '@yingdeng/rules/access.ts';
import { firstContactDue } from '@yingdeng/rules/contact.ts';
import type { SpecialGroup } from '@yingdeng/rules/provisions/parameters.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import { groupServed, type ServedInput, servedFaults, servedGroups, tidyServed } from '@yingdeng/rules/served.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { personKey } from '../../platform/identity.ts';
import { formatOf, readRowsOf } from '../../platform/sheet-read.ts';
import { type FaultyRow, faultSheet } from '../../platform/sheet-write.ts';
import { columnsOf, inputOf, isEmptyRow } from './columns.ts';
import { knownServed, putImport, putServed } from './served.sql.ts';

/** A list of one place and programme; a larger one comes in several files. */
const LARGEST = 8 << 20;
const MOST_ROWS = 20_000;
const CHUNK = 500;
const FAULTS_TOLD = 200;

/** A file as it was sent, and what it is. */
export interface GivenList {
  readonly name: string;
  readonly group: SpecialGroup;
  readonly source: string;
  /** Nothing is kept: only what would become of each row. */
  readonly checkOnly: boolean;
  readonly body: unknown;
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
  readonly input: ServedInput;
  readonly personId: string;
  readonly hash: Buffer;
}
type Counts = { rows: number; fresh: number; changed: number; same: number; faulty: number; registered: number };

/**
 * Takes a list of one group (M79-1b, H122-3a), row by row: good rows are put or renewed, refused ones are kept nowhere and go back with the
 * answer. The same list again changes nothing. Who is registered already is linked at once and neither served nor counted twice.
 * @throws AppError import.unusable, request.tooLarge, served.notAllowed
 */
export async function importServed(
  context: Context,
  actor: Actor,
  given: GivenList,
  now: Date,
): Promise<Answer<'importServed'>> {
  const today = businessDate(now);
  const refused = groupServed(context.reference.policy(actor.office.slice(0, 6).padEnd(6, '0'), today), given.group);
  if (isRefusal(refused))
    throw new AppError('served.notAllowed', { why: refused.message }, refused.clause ? { clause: refused.clause } : {});
  const bytes = await whole(given.body);
  const format = formatOf(bytes, given.name);
  const { header, rows, faulty } = await readList(context, actor, format, bytes, today);
  const counts: Counts = {
    rows: rows.length + faulty.length,
    fresh: 0,
    changed: 0,
    same: 0,
    faulty: faulty.length,
    registered: 0,
  };
  // A person may stand on the list of another office; that is seen, and left to that office (every place was checked to be in range).
  await context.db.transaction(reachingNation(actor), async (tx) => {
    for (let from = 0; from < rows.length; from += CHUNK)
      await keep(context, tx, { given, range: actor }, rows.slice(from, from + CHUNK), { counts, faulty }, now);
    if (!given.checkOnly) await note(context, tx, given, counts, now);
  });
  return {
    ...counts,
    message: messageOf(counts, given.checkOnly),
    faults: faulty.slice(0, FAULTS_TOLD).map(({ line, faults }) => ({ line, text: faults })),
    ...(faulty.length > 0 ? { sheet: await sheetOf(format, header, faulty, given.name) } : {}),
  };
}

async function whole(body: unknown): Promise<Buffer> {
  const stream = body as Readable | undefined;
  if (!stream || typeof stream[Symbol.asyncIterator] !== 'function')
    throw new AppError('import.unusable', { why: '没有收到文件。' });
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > LARGEST) throw new AppError('request.tooLarge');
    pieces.push(piece);
  }
  if (size === 0) throw new AppError('import.unusable', { why: '文件是空的。' });
  return Buffer.concat(pieces);
}

async function readList(context: Context, actor: Actor, format: 'csv' | 'xlsx', bytes: Buffer, today: string) {
  const rows: Row[] = [];
  const faulty: FaultyRow[] = [];
  let header: readonly string[] | undefined;
  let columns: ReturnType<typeof columnsOf> | undefined;
  const seen = new Map<string, number>();
  // An office that exists and lies within the range of whoever imports.
  const known = (place: string) =>
    place >= actor.lo && place < actor.hi && context.reference.office(place) !== undefined;
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
  };
  for await (const { line, cells } of readRowsOf(format, pieces)) {
    if (isEmptyRow(cells)) continue;
    if (!columns) {
      columns = columnsOf(cells);
      header = cells;
      continue;
    }
    if (rows.length + faulty.length >= MOST_ROWS)
      throw new AppError('import.unusable', { why: `超过${MOST_ROWS}行，请分成几个文件。` });
    const input = tidyServed(inputOf(cells, columns));
    const faults = servedFaults(input, { today, inRange: known });
    const before = seen.get(input.idNumber);
    if (faults.length === 0 && before !== undefined) faults.push(`身份证件号码：与第${before}行重复。`);
    if (faults.length > 0) {
      faulty.push({ line, cells, faults: faults.join('') });
      continue;
    }
    seen.set(input.idNumber, line);
    rows.push({ line, cells, input, ...personKey(context.crypto, input.idNumber) });
  }
  if (!header || rows.length + faulty.length === 0)
    throw new AppError('import.unusable', { why: header ? '只有表头，没有人员。' : '文件是空的。' });
  return { header, rows, faulty };
}

async function keep(
  context: Context,
  tx: Tx,
  { given, range }: { given: GivenList; range: { lo: string; hi: string } },
  rows: readonly Row[],
  { counts, faulty }: { counts: Counts; faulty: FaultyRow[] },
  now: Date,
): Promise<void> {
  const tenant = tx.actor.office.slice(0, 4);
  const people = rows.map(({ personId }) => personId);
  const known = new Map(
    (
      await tx.rows(
        knownServed,
        tenant,
        given.group,
        people,
        rows.map(({ hash }) => hash),
      )
    ).map((one) => [one.person_id, one]),
  );
  const put: object[] = [];
  for (const { line, cells, input, personId, hash } of rows) {
    const there = known.get(personId);
    if (there?.office && !inRange(there.office, range)) {
      faulty.push({ line, cells, faults: '身份证件号码：此人已在其他机构的名单中，请与那个机构联系。' });
      counts.faulty += 1;
      continue;
    }
    if (there?.registration_id) counts.registered += 1;
    const same =
      there?.id != null &&
      there.ended_on === null &&
      there.office === input.place &&
      (there.programme_from ?? '') === input.from &&
      (there.programme_to ?? '') === input.to &&
      there.note === input.note &&
      there.same !== null &&
      (context.crypto.open<{ mobile?: string }>(there.same).mobile ?? '') === input.mobile;
    counts[same ? 'same' : there?.id ? 'changed' : 'fresh'] += 1;
    if (same) continue;
    const division = input.place.slice(0, 6);
    const today = businessDate(now);
    const policy = context.reference.policy(division, today);
    const due = firstContactDue(today, policy, context.reference.calendar);
    put.push({
      id: there?.id ?? newTenantId(tenant, now),
      office: input.place,
      person_id: personId,
      id_hash: hash.toString('hex'),
      name: input.name,
      identity: context.crypto.seal({ idNumber: input.idNumber }).toString('hex'),
      contact: context.crypto.seal(input.mobile ? { mobile: input.mobile } : {}).toString('hex'),
      programme_from: input.from || null,
      programme_to: input.to || null,
      note: input.note,
      due: due?.due ?? today,
      registration_id: there?.registration_id ?? null,
      basis: due ? { firstContactWorkingDays: { value: due.workingDays, citation: due.citation } } : {},
    });
  }
  if (given.checkOnly || put.length === 0) return;
  const by = [now, tx.actor.name, businessDate(now)] as const;
  await tx.run(putServed, tenant, given.group, given.source, JSON.stringify(put), ...by);
}

async function note(context: Context, tx: Tx, given: GivenList, counts: Counts, now: Date): Promise<void> {
  const { actor } = tx;
  const tenant = actor.office.slice(0, 4);
  const id = newTenantId(tenant, now);
  const { rows, fresh, changed, same, faulty, registered } = counts;
  const what = [given.group, given.source, given.name] as const;
  await tx.run(
    putImport,
    tenant,
    id,
    actor.office,
    ...what,
    rows,
    fresh,
    changed,
    same,
    faulty,
    registered,
    now,
    actor.id,
    actor.name,
  );
  await audit(tx, context.crypto, now, {
    tenant,
    office: actor.office,
    action: 'served.manage',
    subjectKind: 'import',
    subjectId: id,
    reason: `导入${servedGroups[given.group].text}`,
    detail: { ...counts },
  });
}

function messageOf(counts: Counts, checkOnly: boolean): string {
  const good = counts.fresh + counts.changed + counts.same;
  const bad = counts.faulty > 0 ? `，${counts.faulty}行有错误，没有收下` : '';
  return checkOnly ? `核对完：${good}行可以导入${bad}。` : `已导入${counts.fresh + counts.changed}人${bad}。`;
}

async function sheetOf(
  format: 'csv' | 'xlsx',
  header: readonly string[],
  faulty: readonly FaultyRow[],
  name: string,
): Promise<{ name: string; content: string }> {
  const pages = async function* (): AsyncGenerator<readonly FaultyRow[]> {
    yield faulty;
  };
  const pieces: Buffer[] = [];
  for await (const piece of faultSheet(format, header, pages(), '需要修改的人员')) pieces.push(Buffer.from(piece));
  const plain = name.replace(/\.\w+$/, '');
  return { name: `${plain}-需要修改.${format}`, content: Buffer.concat(pieces).toString('base64') };
}
