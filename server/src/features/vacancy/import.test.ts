import { randomUUID } from 'node:crypto';
import ExcelJS from 'exceljs';
import type { FastifyInstance } from 'fastify';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { Fixtures } from '../../../test/fixtures.ts';
import { vacancyHandlers, workOnImports } from './index.ts';

let database: TestDatabase;
let fixtures: Fixtures;
let app: FastifyInstance;
let clerk: string;

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  app = await testApp(fixtures.context, vacancyHandlers(fixtures.context));
  clerk = await fixtures.staff('clerk', '410802', '张经办');
});
afterAll(async () => {
  await app.close();
  await fixtures.close();
  await database.drop();
});

const header =
  '单位名称,单位岗位编号,岗位名称,职业,工作地点,详细地址,月工资下限,月工资上限,学历要求,招聘人数,单位办公电话,岗位说明,有效期止';
const line = (ref: string, change: Partial<Record<'title' | 'phone' | 'wage' | 'note' | 'place', string>> = {}) =>
  `东方机械厂,${ref},${change.title ?? '焊工'},焊工,${change.place ?? '410802'},工业路1号,${change.wage ?? '4000'},6000,大专,3,${change.phone ?? '0391-3569000'},${change.note ?? ''},2026/12/31`;
const csv = (...lines: string[]) => Buffer.from([header, ...lines, ''].join('\r\n'));
const work = () => workOnImports(fixtures.context, new AbortController().signal);
const get = async (url: string, cookie = clerk) => (await app.inject({ url, headers: { cookie } })).json();
const upload = (bytes: Buffer, name = '岗位.csv', cookie = clerk) =>
  app.inject({
    method: 'POST',
    url: `/api/vacancy-imports?name=${encodeURIComponent(name)}`,
    headers: { cookie, 'content-type': 'application/octet-stream' },
    payload: bytes,
  });
const post = async (url: string, cookie = clerk) => {
  const headers = { cookie, 'idempotency-key': randomUUID() };
  return (await app.inject({ method: 'POST', url, payload: {}, headers })).json();
};
/** Uploads and checks; returns the import as its page shows it. */
const checked = async (bytes: Buffer, name?: string) => {
  const { id } = (await upload(bytes, name)).json().import;
  await work();
  return get(`/api/vacancy-imports/${id}`);
};
const keep = async (id: string) => {
  const answer = await post(`/api/vacancy-imports/${id}/keep`);
  await work();
  return answer;
};
const vacancies = () =>
  fixtures.sql<{ employer_ref: string; title: string; wage_from: number; version: number }>(
    'select employer_ref, title, wage_from, version from vacancy order by employer_ref',
  );

describe('import of vacancies', () => {
  it('A21-4d: is looked at before it is kept; the same file again changes nothing, a changed row changes its vacancy', async () => {
    const first = await checked(csv(line('A1'), line('A2', { title: '普工' })));
    expect(first.import).toMatchObject({ state: 'preview', rows: 2, fresh: 2, faulty: 0 });
    expect(await vacancies()).toEqual([]);
    await keep(first.import.id);
    expect((await get(`/api/vacancy-imports/${first.import.id}`)).import).toMatchObject({ state: 'done', kept: 2 });
    expect(await vacancies()).toMatchObject([
      { employer_ref: 'A1', title: '焊工', version: 1 },
      { employer_ref: 'A2', title: '普工', version: 1 },
    ]);
    const again = await checked(csv(line('A1'), line('A2', { title: '普工' })));
    expect(again.import).toMatchObject({ fresh: 0, changed: 0, same: 2 });
    expect((await post(`/api/vacancy-imports/${again.import.id}/keep`)).code).toBe('import.notAllowed');
    const third = await checked(csv(line('A1', { wage: '5000' }), line('A3')));
    expect(third.import).toMatchObject({ fresh: 1, changed: 1 });
    await keep(third.import.id);
    expect(await vacancies()).toMatchObject([{ wage_from: 5000, version: 2 }, { version: 1 }, { employer_ref: 'A3' }]);
    const history = await fixtures.sql("select fields from vacancy_change where fields <> '{}'");
    expect(history).toEqual([{ fields: { wageFrom: [4000, 5000] } }]);
  });

  it('faulty rows go back as the same file with one more column; mended and sent again they are kept', async () => {
    const { import: one, rows } = await checked(
      csv(
        line('B1'),
        line('B2', { phone: '13800001234' }),
        line('', { note: '"限男性，年龄40岁以下"' }),
        line('B1'),
        line('B5', { wage: '=1+1' }),
      ),
    );
    expect(one).toMatchObject({ rows: 5, faulty: 4, fresh: 1 });
    expect(rows.map((row: { line: number; faults: string }) => [row.line, row.faults.slice(0, 12)])).toEqual([
      [2, ''],
      [3, '单位办公电话：手机号属于'],
      [4, '单位岗位编号：没有填。有'],
      [5, '单位岗位编号：与第2行重'],
      [6, '月工资下限：应是整数，单'],
    ]);
    const sheet = await app.inject({ url: `/api/vacancy-imports/${one.id}/faults`, headers: { cookie: clerk } });
    const text = sheet.body;
    expect(text.split('\r\n')[0]).toBe(`\uFEFF${header},错误`);
    expect(text).toContain('歧视性内容');
    expect(text).toContain("'=1+1");
    const mended = text.replaceAll('13800001234', '0391-3569001').replaceAll("'=1+1", '4100');
    const second = await checked(Buffer.from(mended));
    expect(second.import).toMatchObject({ rows: 4, faulty: 1, fresh: 3 });
    // The column we added is replaced, not repeated.
    const again = await app.inject({
      url: `/api/vacancy-imports/${second.import.id}/faults`,
      headers: { cookie: clerk },
    });
    expect(again.body.split('\r\n')[0]).toBe(`\uFEFF${header},错误`);
  });

  it('reads XLSX with numbers, dates, formulas and rich text, and the template itself', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('岗位');
    sheet.addRow(header.split(','));
    sheet.addRow([
      { richText: [{ text: '云台' }, { text: '餐饮' }] },
      'X1',
      '厨师',
      '403',
      '解放区',
      '人民路',
      { formula: '2000*2', result: 4000 },
      5000,
      '不限',
      2,
      '0391-3569000',
      null,
      new Date(Date.UTC(2026, 11, 31)),
    ]);
    const { import: one, rows } = await checked(Buffer.from(await book.xlsx.writeBuffer()), '岗位.xlsx');
    expect(rows[0]).toMatchObject({ employerName: '云台餐饮', faults: '', outcome: 'fresh' });
    await keep(one.id);
    expect(
      await fixtures.sql("select work_division, wage_from, valid_to from vacancy where employer_ref = 'X1'"),
    ).toEqual([{ work_division: '410802', wage_from: 4000, valid_to: '2026-12-31' }]);
    const template = await app.inject({ url: '/api/vacancy-imports/template.xlsx', headers: { cookie: clerk } });
    expect((await checked(template.rawPayload, '模板.xlsx')).import).toMatchObject({
      state: 'failed',
      fault: '只有表头，没有岗位。',
    });
    const faulty = new ExcelJS.Workbook();
    const rowsOf = faulty.addWorksheet('岗位');
    rowsOf.addRow(header.split(','));
    rowsOf.addRow(['某厂', 'X9', '焊工', '焊工', '火星', '路', 1, 2, '不限', 1, '110', '', '2026-12-31']);
    const bad = await checked(Buffer.from(await faulty.xlsx.writeBuffer()), '岗位.xlsx');
    const back = await app.inject({ url: `/api/vacancy-imports/${bad.import.id}/faults`, headers: { cookie: clerk } });
    const read = new ExcelJS.Workbook();
    await read.xlsx.load(back.rawPayload as unknown as ArrayBuffer);
    const [first] = read.worksheets;
    expect(first?.getRow(1).getCell(14).value).toBe('错误');
    expect(String(first?.getRow(2).getCell(14).value)).toContain('工作地点');
  });

  it('reads GB18030; refuses what it cannot use at all, with the reason', async () => {
    const gb = await checked(iconv.encode([header, line('G1'), ''].join('\n'), 'gb18030'));
    expect(gb.import).toMatchObject({ state: 'preview', fresh: 1 });
    expect((await checked(Buffer.from('单位名称,岗位名称\n某厂,焊工\n'))).import.fault).toContain('表头缺少以下列');
    expect((await checked(Buffer.from(`${header}\n"没有配对`))).import.fault).toContain('不是正确的CSV');
    expect((await upload(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), '旧.xls')).json().code).toBe('import.unusable');
    expect((await upload(Buffer.alloc(0))).json().code).toBe('import.unusable');
    const broken = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(40, 1)]);
    expect((await checked(broken, '坏.xlsx')).import).toMatchObject({ state: 'failed' });
  });

  it('killed while checking or keeping, the next turn goes on and nothing is there twice', async () => {
    const lines = Array.from({ length: 2_500 }, (_, i) => line(`K${i}`));
    const { id } = (await upload(csv(...lines))).json().import;
    const stopped = new AbortController();
    stopped.abort();
    await workOnImports(fixtures.context, stopped.signal);
    expect((await get(`/api/vacancy-imports/${id}`)).import.state).toBe('checking');
    // Two workers at once, as after a lost connection.
    await Promise.all([work(), work()]);
    expect((await get(`/api/vacancy-imports/${id}`)).import).toMatchObject({
      state: 'preview',
      rows: 2_500,
      fresh: 2_500,
    });
    await post(`/api/vacancy-imports/${id}/keep`);
    await Promise.all([work(), work()]);
    await work();
    expect((await get(`/api/vacancy-imports/${id}`)).import).toMatchObject({ state: 'done', kept: 2_500 });
    const [count] = await fixtures.sql<{ n: number; numbers: number }>(
      "select count(*)::int as n, count(distinct number)::int as numbers from vacancy where employer_ref like 'K%'",
    );
    expect(count).toEqual({ n: 2_500, numbers: 2_500 });
  });

  it('another office’s import is not there; another office’s vacancy is not overwritten', async () => {
    const other = await fixtures.staff('clerk', '410803', '李经办');
    const { id } = (await upload(csv(line('A1', { wage: '5500' })), '别处.csv', other)).json().import;
    await work();
    const seen = await get(`/api/vacancy-imports/${id}`, other);
    expect(seen.import).toMatchObject({ faulty: 1 });
    expect(seen.rows[0].faults).toContain('不在您的管辖范围内');
    expect((await get(`/api/vacancy-imports/${id}`)).code).toBe('request.notFound');
    expect((await post(`/api/vacancy-imports/${id}/keep`)).code).toBe('request.notFound');
    expect((await upload(csv(line('Z1')), 'x.csv', await fixtures.staff('supervisor', '410802'))).statusCode).toBe(403);
  });

  it('is dropped while nothing is kept; what was done stands in the audit', async () => {
    const { import: one } = await checked(csv(line('C1')));
    expect((await post(`/api/vacancy-imports/${one.id}/cancel`)).import.state).toBe('cancelled');
    expect((await post(`/api/vacancy-imports/${one.id}/keep`)).code).toBe('import.notAllowed');
    const rows = await fixtures.sql<{ reason: string }>(
      "select reason from audit_event where subject_kind = 'import' and subject_id = $1 order by at, id",
      [one.id],
    );
    expect(rows.map(({ reason }) => reason).sort()).toEqual(['上传岗位文件', '取消导入岗位'].sort());
  });
});
