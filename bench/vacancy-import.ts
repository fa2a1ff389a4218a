import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { clerkOf } from './clerk.ts';
import { type BenchSystem, benchNow, peakMiB, startSystem, startWorker, withClient } from './system.ts';

const ROWS = Number(process.env.BENCH_ROWS ?? '100000');
const header = [
  '单位名称',
  '单位岗位编号',
  '岗位名称',
  '职业',
  '工作地点',
  '详细地址',
  '月工资下限',
  '月工资上限',
  '学历要求',
  '技能等级要求',
  '招聘人数',
  '单位办公电话',
  '岗位说明',
  '有效期止',
];
const titles = ['焊工', '收银员', '普工', '保安员', '厨师', '会计', '货车司机', '家政服务员'];

const cells = (n: number): (string | number)[] => [
  `焦作第${n % 5000}单位`,
  `GW-${n}`,
  titles[n % 8]!,
  titles[n % 8]!,
  ['410802', '410803', '410811', '410821', '410882'][n % 5]!,
  `某路${n % 300}号`,
  3000 + (n % 20) * 100,
  4000 + (n % 30) * 100,
  ['不限', '高中', '大专', '本科'][n % 4]!,
  ['不限', '初级', '中级'][n % 3]!,
  1 + (n % 9),
  '0391-3569000',
  '长白班，双休，包午餐，缴纳社会保险。',
  '2020-12-31',
];

/** A file of vacancies from upload to the last row kept, CSV and XLSX: rows a second and memory, against the same rows inserted bare. */
export async function run(): Promise<void> {
  console.log(`import of ${ROWS.toLocaleString('en')} vacancies`);
  for (const format of ['csv', 'xlsx'] as const) {
    const system = await startSystem(`import-${format}`);
    try {
      await measure(system, format);
    } finally {
      await system.stop();
    }
  }
}

const csvOf = (from: number, to: number): Buffer =>
  Buffer.from([header, ...numbersOf(from, to).map(cells)].map((row) => `${row.join(',')}\r\n`).join(''));

const numbersOf = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

async function xlsxOf(rows: number): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('岗位');
  sheet.addRow(header);
  for (const n of numbersOf(0, rows)) sheet.addRow(cells(n));
  return Buffer.from(await book.xlsx.writeBuffer());
}

interface Times {
  readonly begun: number;
  readonly received: number;
  readonly previewed: number;
  readonly kept: number;
}

/** One file from upload to the last row kept. */
async function through(
  url: string,
  cookie: string,
  worker: ChildProcess,
  { format, file, rows }: { format: string; file: Buffer; rows: number },
): Promise<Times> {
  const begun = performance.now();
  const upload = await fetch(`${url}?name=${encodeURIComponent(`岗位.${format}`)}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(file),
  });
  const { import: one } = (await upload.json()) as { import: { id: string } };
  const received = performance.now();
  const state = async (wanted: string) => {
    for (;;) {
      if (worker.exitCode !== null) throw new Error('the worker has ended');
      const answer = await fetch(`${url}/${one.id}`, { headers: { cookie } });
      const now = ((await answer.json()) as { import: Record<string, string | number> }).import;
      if (now.state === wanted) return now;
      if (now.state === 'failed') throw new Error(String(now.fault));
      await sleep(50);
    }
  };
  const checked = await state('preview');
  const previewed = performance.now();
  await fetch(`${url}/${one.id}/keep`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'idempotency-key': `bench-${one.id}` },
    body: '{}',
  });
  const done = await state('done');
  if (checked.fresh !== rows || done.kept !== rows) throw new Error(JSON.stringify([checked, done]));
  return { begun, received, previewed, kept: performance.now() };
}

async function measure(system: BenchSystem, format: 'csv' | 'xlsx'): Promise<void> {
  const cookie = await clerkOf(system, '410802');
  const [web] = await system.serve(1);
  const worker = startWorker(system, benchNow);
  const url = `http://127.0.0.1:${web!.port}/api/vacancy-imports`;
  try {
    // An installation that is in use has statistics; without any, cached checks of keys walk whatever index comes first.
    await through(url, cookie, worker, { format: 'csv', file: csvOf(ROWS, ROWS + 1_000), rows: 1_000 });
    await withClient(system.ownerUrl, (client) => client.query('vacuum analyze'));
    const file = format === 'csv' ? csvOf(0, ROWS) : await xlsxOf(ROWS);
    const { received, previewed, kept, begun } = await through(url, cookie, worker, { format, file, rows: ROWS });
    const bare = await floor(system);
    const rate = (from: number, to: number) => Math.round(ROWS / ((to - from) / 1000)).toLocaleString('en');
    const seconds = (kept - received) / 1000;
    console.log(
      `  ${format}, ${(file.length / 2 ** 20).toFixed(1)} MiB: received in ${((received - begun) / 1000).toFixed(1)} s; checked ${rate(received, previewed)} rows a second, ` +
        `kept ${rate(previewed, kept)}, both ${rate(received, kept)}; the same rows by one INSERT ${Math.round((ROWS + 1_000) / bare).toLocaleString('en')}, ratio ${((bare * ROWS) / (ROWS + 1_000) / seconds).toFixed(2)}; ` +
        `peak memory: worker ${peakMiB(worker.pid)} MiB, web ${peakMiB(web!.pid)} MiB`,
    );
  } finally {
    const gone = new Promise((resolved) => worker.once('exit', resolved));
    worker.kill('SIGTERM');
    await gone;
  }
}

/** Seconds to insert the very same rows into a table with the same indexes, as the owner, in one statement. */
function floor(system: BenchSystem): Promise<number> {
  return withClient(system.ownerUrl, async (client) => {
    await client.query('create table bare (like vacancy including all)');
    const from = performance.now();
    await client.query('insert into bare select * from vacancy');
    return (performance.now() - from) / 1000;
  });
}
