import { divisionName } from '@yingdeng/contract/divisions.ts';
import { inRange } from '@yingdeng/rules/access.ts';
import { civilKinds } from '@yingdeng/rules/exchange/civil.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import type { Context } from '../../../context.ts';
import type { Actor } from '../../../platform/actor.ts';
import { audit } from '../../../platform/audit.ts';
import { businessDate } from '../../../platform/clock.ts';
import { sm3 } from '../../../platform/crypto.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Answer } from '../../../platform/http.ts';
import { DiskTrouble } from '../../../platform/put-file.ts';
import { openIncoming } from '../files/files.sql.ts';
import { foldersIn } from '../files/folders.ts';
import { look } from '../files/overview.ts';
import { countiesByTenant } from '../places.ts';
import { type AnswerRow, answersOf, civilCounts, civilFile, civilFiles, type ShownFile } from './civil.sql.ts';
import { type CivilContent, civilFileBytes, formCivilFile, nextFileOn, writeCivilFiles } from './form.ts';

type Overview = Answer<'getCivilExchange'>;

/** Files of a year stay on the page. */
const SHOWN_DAYS = 366;
const SHOWN = 60;

/** How data are exchanged with civil affairs, what waits, and every file with its answers, within what the actor may see (M79-5b). */
export async function readCivilExchange(context: Context, actor: Actor, now: Date): Promise<Overview> {
  const { civil, civilFiles: files } = context.config;
  const counties = countiesByTenant(context, actor);
  const tenants = [...counties.keys()];
  const since = new Date(now.getTime() - SHOWN_DAYS * 86_400_000);
  const [rows, counts, incoming] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.rows(civilFiles, tenants, since, SHOWN),
      tx.first(civilCounts, [...counties.values()].flat(), actor.lo, actor.hi),
      tx.rows(openIncoming, 'civil', SHOWN),
    ]),
  );
  const batches = rows.map(({ batch_id }) => batch_id);
  const answers = await context.db.read(actor, (tx) => tx.rows(answersOf, tenants, batches));
  const outbox = files && (await look(foldersIn(files.folder).outbox, '发件文件夹 out'));
  const today = businessDate(now);
  return {
    transport: files ? 'files' : civil ? 'http' : 'none',
    ...(files ? { encoding: files.encoding === 'utf-8' ? 'UTF-8' : 'GB18030', day: files.day } : {}),
    ...(files ? { nextOn: nextOf(today, files.day) } : {}),
    ...(outbox?.reason ? { trouble: outbox.reason } : {}),
    counties: [...counties.values()].flat().map((code) => ({ code, name: divisionName(code) })),
    waiting: counts?.waiting ?? 0,
    sent: counts?.sent ?? 0,
    recipients: counts?.recipients ?? 0,
    files: rows.map((row) =>
      fileOf(
        row,
        answers.filter((one) => one.batch_id === row.batch_id),
        outbox?.names,
        rows.some(({ division, name }) => division === row.division && name > row.name),
      ),
    ),
    incoming: incoming.map(({ at, ...file }) => ({ ...file, at: at.toISOString() })),
  };
}

/** The next day on which files are written: this month's when it is still to come. */
function nextOf(today: string, day: number): string {
  const ofMonth = `${today.slice(0, 8)}${String(day).padStart(2, '0')}`;
  return today < ofMonth ? ofMonth : nextFileOn(today, day);
}

function fileOf(
  row: ShownFile,
  answers: readonly AnswerRow[],
  lying: ReadonlySet<string> | undefined,
  superseded: boolean,
): Overview['files'][number] {
  const state =
    answers.length > 0
      ? 'answered'
      : row.state === 'intended'
        ? 'toWrite'
        : superseded
          ? 'superseded'
          : !lying || lying.has(row.name)
            ? 'lying'
            : 'takenAway';
  return {
    id: row.batch_id,
    name: row.name,
    divisionName: divisionName(row.division),
    count: row.count,
    state,
    at: (row.written_at ?? row.made_at).toISOString(),
    ...(row.trouble ? { trouble: row.trouble } : {}),
    answers: answers.map((one) => ({
      receipt: one.receipt,
      at: one.read_at.toISOString(),
      result: one.result,
      reason: one.reason,
      settled: one.settled,
      pending: one.pending,
      hasList: one.has_list,
      recipients: one.recipients,
      registered: one.registered,
      faults: one.faults,
    })),
  };
}

/** What a file said, person by person, and whether what is kept still has its digest. @throws AppError request.notFound */
export async function readCivilFile(context: Context, actor: Actor, id: string): Promise<Answer<'getCivilFile'>> {
  const tenant = /^civil-(\d{4})\d{2}-\d{8}-\d{4,}$/.exec(id)?.[1];
  const row = tenant && (await context.db.read(actor, (tx) => tx.first(civilFile, tenant, id)));
  if (!row) throw new AppError('request.notFound');
  const { rows, held } = context.crypto.open<CivilContent>(row.content_sealed);
  const recomputed = sm3(civilFileBytes(rows, row.encoding)).toString('hex');
  const kept = row.digest.toString('hex');
  return {
    id: row.batch_id,
    name: row.name,
    divisionName: divisionName(row.division),
    madeAt: row.made_at.toISOString(),
    encoding: row.encoding === 'utf-8' ? 'UTF-8' : 'GB18030',
    digest: kept,
    same: kept === recomputed,
    rows: rows.map((one, n) => ({
      item: n + 1,
      kindText: civilKinds[one.kind],
      name: one.name,
      idMasked: maskIdentityNumber(one.idNumber),
      registration: one.registration,
      ...(one.consentedOn ? { consentedOn: one.consentedOn } : {}),
      ...(one.endedOn ? { endedOn: one.endedOn } : {}),
    })),
    held: [...held],
  };
}

/** One more file of a county at once: what came since the last one need not wait for the next month. @throws AppError exchange.notAllowed, access.denied */
export async function writeCivilFileNow(
  context: Context,
  actor: Actor,
  division: string,
  now: Date,
): Promise<Answer<'writeCivilFile'>> {
  const { civilFiles: files } = context.config;
  if (!files) throw new AppError('exchange.notAllowed', { why: '没有配置与民政部门交换文件的文件夹。' });
  if (!inRange(division, actor) || ![...countiesByTenant(context, actor).values()].flat().includes(division))
    throw new AppError('access.denied', { why: '这个县区不在您的管辖区划内。' });
  const name = (await formCivilFile(context, division, files, false)) ?? '';
  await context.db.transaction(actor, (tx) =>
    audit(tx, context.crypto, now, {
      tenant: division.slice(0, 4),
      office: division,
      action: 'exchange.send',
      subjectKind: 'division',
      subjectId: division,
      detail: { file: name },
    }),
  );
  try {
    await writeCivilFiles(context, [division.slice(0, 4)], files.folder);
    return { message: `已写出${name}。` };
  } catch (error) {
    if (!(error instanceof DiskTrouble)) throw error;
    return { message: `${name}还没写出：${error.reason}。` };
  }
}
