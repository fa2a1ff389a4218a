import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { type CivilRow, civilCells, civilColumns, civilUnmappable } from '@yingdeng/rules/exchange/civil.ts';
import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { businessDate } from '../../../platform/clock.ts';
import { sm3 } from '../../../platform/crypto.ts';
import { encodeCsv } from '../../../platform/csv-bytes.ts';
import type { Tx } from '../../../platform/database.ts';
import { disk } from '../../../platform/disk.ts';
import type { TextEncoding } from '../../../platform/text-encoding.ts';
import { findMatter, forwardMatter, movedTo, recordMatter, setTodo } from '../../matter/index.ts';
import { countFiles, lockFiles } from '../files/decision-files.sql.ts';
import { putWholeFile } from '../files/files.sql.ts';
import { foldersIn } from '../files/folders.ts';
import { type FileKey, readStem, stemOf } from '../files/names.ts';
import { putPair } from '../files/outbox.ts';
import { prepareOutbox } from '../files/outbox-folder.ts';
import {
  civilFilesToWrite,
  lastCivilFile,
  openReferrals,
  type RecipientRow,
  type ReferralRow,
  recipients,
  takenBack,
} from './civil.sql.ts';

export const actor = { ...systemActor('civil'), name: '民政数据交换' };

/** What a file says, as it is kept: the rows in their order, and who could not go in any file. */
export interface CivilContent {
  readonly rows: readonly CivilRow[];
  readonly held: readonly { registration: string; text: string }[];
}

/** The bytes of a file for civil affairs (M79-5b); the same rows give the same bytes. @throws UnmappableText */
export function civilFileBytes(rows: readonly CivilRow[], encoding: TextEncoding): Buffer {
  return encodeCsv({ header: civilColumns, rows: civilCells(rows) }, encoding);
}

/** The letters with which the names of a county's files begin, of a month or of all. */
export const prefixOf = (division: string, month = ''): string =>
  stemOf({ kind: 'civil', division, date: '2000-01-01', sequence: 1 }).slice(0, -'20000101_0001'.length) +
  month.replace('-', '');

/** On which day the file of the month after is written; an answer is owed by then. */
export function nextFileOn(today: PlainDate, day: number): PlainDate {
  const next = addDays(`${today.slice(0, 7)}-28`, 4).slice(0, 7);
  return `${next}-${String(day).padStart(2, '0')}`;
}

/**
 * Forms the file of a county: every referral without an answer, what was taken back since the last file, and who draws the allowance and is
 * registered, or was until lately. What it says is kept before the disk is touched. A referral whose words no file can carry is left to its office.
 * `once`: not when there is one of this month already. @returns the file's name, undefined when there was one
 */
export async function formCivilFile(
  context: Context,
  division: string,
  { encoding, day }: { encoding: TextEncoding; day: number },
  once: boolean,
): Promise<string | undefined> {
  const now = context.clock.now();
  const today = businessDate(now);
  const tenant = division.slice(0, 4);
  const ofMonth = prefixOf(division, today.slice(0, 7));
  const all = prefixOf(division);
  return context.db.transaction(actor, async (tx) => {
    await tx.run(lockFiles, `civil:${division}`);
    if (once && ((await tx.first(countFiles, tenant, ofMonth, `${ofMonth}:`))?.files ?? 0) > 0) return undefined;
    const since = (await tx.first(lastCivilFile, tenant, all, `${all}:`))?.made_at ?? new Date(0);
    const first: FileKey = { kind: 'civil', division, date: today, sequence: 1 };
    const ofDay = stemOf(first).slice(0, -'0001'.length);
    const before = (await tx.first(countFiles, tenant, ofDay, `${ofDay}:`))?.files ?? 0;
    const key = { ...first, sequence: before + 1 };
    const name = `${stemOf(key)}.csv`;
    const { rows, held } = await collect(context, tx, division, { name, since, dueOn: nextFileOn(today, day) });
    const bytes = civilFileBytes(rows, encoding);
    const batch = `civil-${division}-${today.replaceAll('-', '')}-${String(key.sequence).padStart(4, '0')}`;
    const content: CivilContent = { rows, held };
    const size = bytes.length;
    const facts = [tenant, name, division, batch, encoding, size, sm3(bytes), now, rows.length] as const;
    await tx.run(putWholeFile, ...facts, context.crypto.seal(content), 'civil');
    return name;
  });
}

async function collect(
  context: Context,
  tx: Tx,
  division: string,
  file: { name: string; since: Date; dueOn: PlainDate },
): Promise<CivilContent> {
  const rows: CivilRow[] = [];
  const held: CivilContent['held'][number][] = [];
  const [open, back, drawing] = [
    await tx.rows(openReferrals, division),
    await tx.rows(takenBack, division, file.since),
    await tx.rows(recipients, division, businessDate(file.since)),
  ];
  for (const one of open) {
    const row = referralRow(context, one, 'referral');
    const why = civilUnmappable(row);
    if (why) {
      held.push({ registration: one.number, text: why });
      await leaveToOffice(context, tx, division.slice(0, 4), one.id, why);
      continue;
    }
    rows.push(row);
    if (one.state === 'asked') await forward(context, tx, division.slice(0, 4), one.id, file);
  }
  for (const one of back) rows.push(referralRow(context, one, 'withdrawn'));
  for (const one of drawing) {
    const row = recipientRow(context, one);
    const why = civilUnmappable(row);
    if (why) held.push({ registration: one.number, text: why });
    else rows.push(row);
  }
  return { rows, held };
}

const numberOf = (context: Context, sealed: Buffer) => context.crypto.open<{ idNumber: string }>(sealed).idNumber;

/** What civil affairs need and no more: who, of which registration, the consent, and what the person said. */
function referralRow(context: Context, row: ReferralRow, kind: 'referral' | 'withdrawn'): CivilRow {
  return {
    kind,
    reference: row.id,
    name: row.name,
    idNumber: numberOf(context, row.identity_sealed),
    registration: row.number,
    registeredOn: row.registered_on,
    endedOn: row.exited_on ?? '',
    consentedOn: row.consented_on ?? '',
    consentHow: row.consent_how ?? '',
    // What was said goes no further than it has to.
    said: kind === 'withdrawn' ? '' : row.wish,
  };
}

function recipientRow(context: Context, row: RecipientRow): CivilRow {
  return {
    kind: row.exited_on ? 'ended' : 'recipient',
    reference: '',
    name: row.name,
    idNumber: numberOf(context, row.identity_sealed),
    registration: row.number,
    registeredOn: row.registered_on,
    endedOn: row.exited_on ?? '',
    consentedOn: '',
    consentHow: '',
    said: '',
  };
}

/** It is under way; without an answer it is in sight of its office when the next file is due. */
async function forward(
  context: Context,
  tx: Tx,
  tenant: string,
  id: string,
  file: { name: string; dueOn: PlainDate },
): Promise<void> {
  const row = await tx.first(findMatter, tenant, id);
  if (!row) return;
  const now = context.clock.now();
  await tx.run(forwardMatter, tenant, id, row.version, now, null, null, 'answer', file.dueOn);
  const to = movedTo(row, 'forward');
  await recordMatter(tx, context, row, to, now, { action: 'forward', text: `已随文件${file.name}转送` });
}

async function leaveToOffice(context: Context, tx: Tx, tenant: string, id: string, why: string): Promise<void> {
  const row = await tx.first(findMatter, tenant, id);
  if (!row || row.todo === 'carry' || row.state !== 'asked') return;
  const now = context.clock.now();
  await tx.run(setTodo, tenant, id, 'carry', businessDate(now));
  await recordMatter(tx, context, row, row.state, now, { action: 'forward', text: `${why}，请人工转送` });
}

/** Writes what is named and does not lie there. @throws DiskTrouble, PlatformRefused when another file has the name */
export async function writeCivilFiles(context: Context, tenants: readonly string[], root: string): Promise<number> {
  const files = await context.db.read(actor, (tx) => tx.rows(civilFilesToWrite, tenants));
  if (files.length === 0) return 0;
  const { outbox } = foldersIn(root);
  await prepareOutbox(outbox);
  for (const { name, division, batch_id: id, encoding, count, content_sealed } of files) {
    const stem = name.slice(0, -'.csv'.length);
    const content = civilFileBytes(context.crypto.open<CivilContent>(content_sealed).rows, encoding);
    const date = readStem(stem)?.date ?? '';
    await putPair(context, disk, outbox, { id, division, date }, { stem, kind: 'civil', count, encoding, content });
  }
  return files.length;
}
