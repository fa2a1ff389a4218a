import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { shanghaiIso } from '../common/time.ts';
import { digestFile, digestOf, readDigestFile } from '../platform/digest-file.ts';
import { putFile } from '../platform/files.ts';
import { csvBytes } from '../platform/receipt-file.ts';
import type { Application, Store } from './store.ts';

const COLUMNS = ['kind', 'reference', 'name', 'AAC002', 'registration'] as const;
const ANSWER = ['item', 'kind', 'name', 'AAC002', 'result', 'from', 'reason'];
type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** How a referral that only a file brought is decided; the other ones were decided as they came. */
export type Decide = (one: Application) => Promise<void>;

/** Makes the folders of civil affairs and marks them as a stand-in's. */
export async function openCivilFolder(folder: string): Promise<void> {
  for (const name of ['out', 'in']) await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, '.stand-in'), '演示用的民政部门在收发这里的文件，正式系统拒绝使用。\n');
}

/**
 * The other side of the monthly files of docs/exchange-files.md: fetches what lies whole in `out` and answers it, with the list of those of the county
 * who were granted the allowance here. @returns how many were answered
 */
export async function answerCivilFiles(folder: string, store: Store, decide: Decide, now: Date): Promise<number> {
  const out = join(folder, 'out');
  let answered = 0;
  for (const name of (await readdir(out)).sort()) {
    if (!/^MZSJJH_.*\.sm3$/.test(name)) continue;
    const stem = name.slice(0, -4);
    const said = await readFile(join(out, name)).then(readDigestFile, () => undefined);
    const bytes = await readFile(join(out, `${stem}.csv`)).catch(() => undefined);
    // Half of a pair may still be on its way.
    if (!said || !bytes) continue;
    const rows = readWhole(said, bytes);
    const answer = rows ? await answerOf(rows, said.division ?? '', store, decide, now) : undefined;
    await write(folder, stem, said, bytes, answer, now);
    for (const ending of ['csv', 'sm3']) await rm(join(out, `${stem}.${ending}`), { force: true });
    answered += 1;
  }
  return answered;
}

function readWhole(said: Record<string, string>, bytes: Buffer): Row[] | undefined {
  if (digestOf(bytes) !== said.sm3) return undefined;
  const text = iconv.decode(bytes, said.encoding ?? 'utf-8');
  const [header = []] = parse(text, { to: 1 }) as string[][];
  const rows = parse(text, { columns: true }) as Row[];
  return COLUMNS.every((column) => header.includes(column)) && String(rows.length) === said.count ? rows : undefined;
}

async function answerOf(
  rows: readonly Row[],
  division: string,
  store: Store,
  decide: Decide,
  now: Date,
): Promise<string[][]> {
  const today = shanghaiIso(now).slice(0, 10).replaceAll('-', '');
  const answer: string[][] = [];
  for (const [n, row] of rows.entries()) {
    if (row.kind !== 'referral') continue;
    const { reference: key, name, AAC002: idNumber, registration } = row;
    const given = { matter: 'livingAllowance' as const, key, name, idNumber, division, registration };
    const one = store.byKey(key) ?? (await store.take(given, now));
    if (one.state === 'waiting') await decide(one);
    const result = one.state === 'accepted' || one.state === 'refused' ? one.state : 'pending';
    const from = result === 'accepted' ? today : '';
    answer.push([String(n + 1), 'referral', name, idNumber, result, from, result === 'refused' ? one.text : '']);
  }
  for (const one of store.applications.values())
    if (one.matter === 'livingAllowance' && one.state === 'accepted' && one.division === division)
      answer.push(['', 'recipient', one.name, one.idNumber, '', one.at.slice(0, 10).replaceAll('-', ''), '']);
  return answer;
}

async function write(
  folder: string,
  stem: string,
  said: Record<string, string>,
  bytes: Buffer,
  answer: readonly string[][] | undefined,
  now: Date,
): Promise<void> {
  const refused = ANSWER.map((column) => (column === 'reason' ? '文件与摘要不符，或者缺少约定的列' : ''));
  const rows = answer ?? [refused];
  const encoding = said.encoding ?? 'UTF-8';
  const csv = csvBytes([ANSWER, ...rows], encoding);
  const name = stem.replace('_', 'HZ_');
  const of = digestOf(bytes);
  const sm3 = digestFile({
    version: 1,
    file: `${name}.csv`,
    kind: 'civil-answer',
    batch: said.batch ?? '',
    division: said.division ?? '',
    date: said.date ?? '',
    count: rows.length,
    encoding,
    bytes: csv.length,
    sm3: digestOf(csv),
    receipt: `MZ${digestOf(`${said.batch}:${of}:${digestOf(csv)}`)
      .slice(0, 16)
      .toUpperCase()}`,
    receivedAt: shanghaiIso(now),
    result: answer ? 'received' : 'refused',
    of,
    ...(answer ? { recipients: 'complete' } : {}),
  });
  await putFile(join(folder, 'in'), `${name}.csv`, csv);
  await putFile(join(folder, 'in'), `${name}.sm3`, sm3);
}
