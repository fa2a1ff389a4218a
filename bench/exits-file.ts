import { spawn } from 'node:child_process';
import { closeSync, createReadStream, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { divisionSet, statisticsOnly } from '@yingdeng/contract/divisions.ts';
import { createCsvScanner } from '@yingdeng/rules/exit-file/csv.ts';
import { createExitFileChecker, readExitFile, type TextEncoding } from '@yingdeng/rules/exit-file/index.ts';
import { createCompactRepeatFinder } from '@yingdeng/rules/exit-file/repeats.ts';
import { checkByTable } from '@yingdeng/rules/exit-record/check.ts';
import { checkExitRecord, type ExitRecord, exitFields } from '@yingdeng/rules/exit-record/index.ts';
import { parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { exitRows } from './exit-rows.ts';
import { ajvCheck } from './exits-check.ts';
import { inBrowser } from './exits-file-browser.ts';
import { median } from './system.ts';

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const TODAY = '2020-08-31';
const codes = exitFields.map(({ field }) => field);
const program = fileURLToPath(new URL('../server/bin/yingdeng.js', import.meta.url));

/** Writes a file of `ROWS` rows piece by piece. */
function writeFile(path: string, encoding: TextEncoding, quoteAll: boolean): void {
  const piece = 20_000;
  const file = openSync(path, 'w');
  const cell = (value: unknown) => (quoteAll ? `"${value}"` : String(value));
  writeSync(file, `${codes.join(',')}\n`);
  for (let at = 0; at < ROWS; at += piece) {
    const rows = exitRows(Math.min(piece, ROWS - at), at + 7, at);
    const text = rows.map((row) => `${codes.map((code) => cell(row[code])).join(',')}\n`).join('');
    writeSync(file, iconv.encode(text, encoding));
  }
  closeSync(file);
}

const blocks = (path: string) => createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>;

/** The floor: every byte read and made text. */
async function decodeOnly(path: string, encoding: TextEncoding): Promise<number> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let units = 0;
  for await (const block of blocks(path)) units += decoder.decode(block, { stream: true }).length;
  return units > ROWS ? ROWS : 0;
}

/** Rows of a library that streams, each as a record. */
async function byCsvParse(path: string, encoding: TextEncoding, row: (record: ExitRecord) => void): Promise<number> {
  const parser = parse({ columns: true, relax_column_count: true, skip_empty_lines: true });
  if (encoding === 'utf-8') createReadStream(path, { highWaterMark: 1 << 18 }).pipe(parser);
  else
    createReadStream(path, { highWaterMark: 1 << 18 })
      .pipe(iconv.decodeStream(encoding))
      .pipe(parser);
  let rows = 0;
  for await (const record of parser as AsyncIterable<ExitRecord>) {
    rows++;
    row(record);
  }
  return rows;
}

async function scanOnly(path: string, encoding: TextEncoding): Promise<number> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let rows = -1;
  const scanner = createCsvScanner(',', () => void rows++);
  for await (const block of blocks(path)) scanner.push(decoder.decode(block, { stream: true }));
  scanner.end();
  return rows;
}

async function whole(path: string, encoding: TextEncoding): Promise<number> {
  const checker = createExitFileChecker({ today: TODAY, divisions: divisionSet, statisticsOnly });
  const { rows } = await readExitFile(
    () => blocks(path),
    () => ({ row: (row) => void checker.check(row) }),
    encoding,
  );
  if (checker.tally.faulty < rows / 100) throw new Error('the checker found too little');
  return rows;
}

/** The command as a vendor runs it: seconds and peak memory of the process. */
async function command(path: string, ...options: string[]): Promise<{ seconds: number; peak: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, [program, 'exits', 'check', path, '--today', TODAY, ...options], {
    stdio: 'ignore',
  });
  let peak = 0;
  let running = true;
  child.once('exit', () => {
    running = false;
  });
  while (running) {
    peak = Math.max(peak, peakOf(child.pid));
    await sleep(20);
  }
  return { seconds: (performance.now() - started) / 1000, peak };
}

/** The most memory a process has had, in bytes; 0 where the system does not say. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Where the time goes: each part alone over records and texts that are there already. */
async function parts(path: string): Promise<void> {
  const records: ExitRecord[] = [];
  await readExitFile(
    () => blocks(path),
    () => ({ row: ({ record }) => void (record && records.length < 200_000 && records.push(record)) }),
    'utf-8',
  );
  const facts = { today: TODAY };
  const time = (name: string, work: (record: ExitRecord) => unknown) => {
    const seconds: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const started = performance.now();
      for (const record of records) work(record);
      if (round > 0) seconds.push((performance.now() - started) / 1000);
    }
    console.log(`    ${name.padEnd(52)}${rate(records.length, median(seconds))}`);
  };
  console.log('  alone, over records in memory:');
  time('checkExitRecord', (record) => checkExitRecord(record, facts));
  time('checkByTable', (record) => checkByTable(record, facts));
  let repeats = createCompactRepeatFinder();
  let seen = 0;
  time('repeated keys', (record) => {
    if (seen++ % records.length === 0) repeats = createCompactRepeatFinder();
    return repeats.add(record);
  });
}

const rate = (rows: number, seconds: number) =>
  `${Math.round(rows / seconds).toLocaleString('en')} rows/s`.padStart(18);
const mib = (bytes: number) => (bytes > 0 ? `${Math.round(bytes / 2 ** 20)} MiB` : 'not taken');

/**
 * A file of a million rows checked in Node and in Chromium. In Node against the floor (the bytes made text) and against
 * peers of the same work: csv-parse alone, csv-parse with ajv. In Chromium against the same floor there.
 */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'yingdeng-bench-'));
  try {
    const files = [
      { name: 'UTF-8, bare', path: join(folder, 'bare.csv'), encoding: 'utf-8', quoteAll: false },
      { name: 'UTF-8, all quoted', path: join(folder, 'quoted.csv'), encoding: 'utf-8', quoteAll: true },
      { name: 'GB18030, bare', path: join(folder, 'gb18030.csv'), encoding: 'gb18030', quoteAll: false },
    ] as const;
    for (const { path, encoding, quoteAll } of files) writeFile(path, encoding, quoteAll);
    const accepts = ajvCheck();
    for (const { name, path, encoding } of files) {
      const contestants: readonly (readonly [string, () => Promise<number>])[] = [
        ['floor: bytes made text', () => decodeOnly(path, encoding)],
        ['… and cut into values', () => scanOnly(path, encoding)],
        ['ours: checked, repeated keys found', () => whole(path, encoding)],
        ['peer: csv-parse alone', () => byCsvParse(path, encoding, () => {})],
        ['peer: csv-parse, ajv', () => byCsvParse(path, encoding, (record) => void accepts(record))],
      ];
      const seconds = contestants.map((): number[] => []);
      for (let round = 0; round < ROUNDS; round++) {
        for (const [n, [what, work]] of contestants.entries()) {
          // The peers take long and are steady: every second round is enough.
          if (what.startsWith('peer') && round % 2 === 1) continue;
          const started = performance.now();
          if ((await work()) !== ROWS) throw new Error(`${what} did not see every row`);
          seconds[n]!.push((performance.now() - started) / 1000);
        }
      }
      console.log(`exits-file: ${ROWS} rows, ${name}, ${Math.round(statSync(path).size / 1e6)} MB, node`);
      for (const [n, [what]] of contestants.entries())
        console.log(`    ${what.padEnd(52)}${rate(ROWS, median(seconds[n]!))}`);
      const [floor, , ours, parse, ajv] = seconds.map((one) => median(one)) as [number, number, number, number, number];
      console.log(
        `    ours takes ${(ours / floor).toFixed(1)} times the floor; csv-parse alone ${(parse / ours).toFixed(1)} times ` +
          `ours, csv-parse with ajv ${(ajv / ours).toFixed(1)} times`,
      );
    }
    const [bare, , gb18030] = files;
    await parts(bare.path);
    for (const [what, options] of [
      ['the command', []],
      [
        'the command with --repair and --changes',
        ['--repair', join(folder, 'copy.csv'), '--changes', join(folder, 'list.csv')],
      ],
    ] as const) {
      const { seconds, peak } = await command(bare.path, ...options);
      console.log(`  ${what}: ${seconds.toFixed(2)} s, ${rate(ROWS, seconds).trim()}, peak ${mib(peak)}`);
    }
    for (const { name, path, encoding } of [bare, gb18030]) await inBrowser(name, path, encoding, ROWS, ROUNDS);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
