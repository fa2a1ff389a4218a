import { spawnSync } from 'node:child_process';
import { cutNames } from '@yingdeng/rules/statistics/cuts.ts';
import { employmentCountNames } from '@yingdeng/rules/statistics/employment-counts.ts';
import { serviceRowNames } from '@yingdeng/rules/statistics/service-sheet.ts';
import { type RowName, rowNames, sheetRows } from '@yingdeng/rules/statistics/sheet.ts';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../../test/desk.ts';
import type { Answer } from '../../../platform/http.ts';
import { statisticsHandlers } from '../index.ts';

type Sheet = Answer<'getReport'>;
type Acted = { sheet: Sheet; code?: string };

const COUNTY = '410803';
const AT = `/api/reports/${COUNTY}/2026-11`;
const REASON = encodeURIComponent('报送市局');

let desk: Desk;
let statistician: string;
let supervisor: string;
let sheet: Sheet;

/** Words of a document page by page, without spaces; undefined where nothing reads them. */
function pagesOf(pdf: Buffer): string[] | undefined {
  const { stdout, error } = spawnSync('pdftotext', ['-raw', '-', '-'], { input: pdf });
  if (error) return undefined;
  const pages = stdout.toString().split('\f').slice(0, -1);
  return pages.map((page) => page.replace(/\s/g, ''));
}
const act = async (action: string, who = statistician, path = 'act') => {
  const answer = await desk.post<Acted>(who, `/api/reports/${sheet.head.id}/${path}`, {
    action,
    version: sheet.version,
  });
  sheet = answer.body.sheet;
};
/** What the sheet says of a figure; what is nought is left out there. */
const figure = (row: string, cut: string) => sheet.figures[row]?.[cut] ?? [0, 0];
/** A count as a file has it: of nobody known is not nought. */
function countOf(row: string, cut: string, dash: string): number | string {
  const [count, unknown] = figure(row, cut);
  return count === 0 && unknown > 0 && unknown === figure(row, 'all')[0] ? dash : count;
}

beforeAll(async () => {
  desk = await openDesk(statisticsHandlers);
  desk.fixtures.now = new Date('2026-11-21T01:00:00Z');
  statistician = await desk.staff('statistician', COUNTY, '赵统计');
  supervisor = await desk.staff('supervisor', COUNTY, '钱督导');
  for (const submittedOn of ['2026-09-10', '2026-10-22', '2026-11-03'])
    await desk.registered({ submittedOn, office: COUNTY });
});
afterAll(() => desk.close());

describe('H122-3e: a report is handed out as a file', () => {
  it('only once it is computed, with a reason, to whoever may read it', async () => {
    expect((await desk.file(statistician, `${AT}/report.xlsx?reason=${REASON}`)).status).toBe(409);
    ({ sheet } = (await desk.post<Acted>(statistician, `${AT}/prepare`, {})).body);
    expect((await desk.file(statistician, `${AT}/report.xlsx`)).status).toBe(400);
    expect((await desk.file(await desk.staff('clerk', COUNTY), `${AT}/report.csv?reason=${REASON}`)).status).toBe(403);
    const other = await desk.staff('statistician', '410802');
    expect((await desk.file(other, `${AT}/report.pdf?reason=${REASON}`)).status).toBe(403);
    expect(await desk.fixtures.sql("select 1 from audit_event where action = 'statistics.export'")).toEqual([]);
  });

  it('XLSX has every figure of the sheet as a number, what is not known beside it, and says that it is a draft', async () => {
    const { bytes, name } = await desk.file(statistician, `${AT}/report.xlsx?reason=${REASON}`);
    expect(name).toBe('河南省焦作市中站区登记失业人员情况月报表2026-11（草稿）.xlsx');
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as never);
    for (const [title, part] of [
      ['月报表', 0],
      ['不详人数', 1],
    ] as const) {
      const page = book.getWorksheet(title);
      expect(page?.getCell('A2').text).toContain('草稿');
      expect(page?.headerFooter.oddHeader).toContain('草稿');
      rowNames.forEach((row, index) => {
        const line = page?.getRow(6 + index);
        expect(line?.getCell(1).text).toBe(sheetRows[row].text);
        cutNames.forEach((cut, at) => {
          const shown = part === 0 ? countOf(row, cut, '—') : figure(row, cut)[1];
          expect([row, cut, line?.getCell(at + 2).value]).toEqual([row, cut, shown]);
        });
      });
    }
    expect(figure('closing', 'all')).toEqual([3, 0]);
    // Nobody said where they live: no number, and how many did not say.
    expect(countOf('closing', 'townResident', '—')).toBe('—');
    expect(figure('closing', 'townResident')).toEqual([0, 3]);
    const all = JSON.stringify(book.getWorksheet('月报表')?.getSheetValues());
    for (const words of ['单位负责人', '计量单位：人', '报送市局', '赵统计', '2026年10月21日至2026年11月20日24时'])
      expect(all).toContain(words);
  });

  it('CSV has one line a figure, with the ministry’s values of reason, exit, sex and household', async () => {
    const { bytes, type } = await desk.file(statistician, `${AT}/report.csv?reason=${REASON}`);
    expect(type).toContain('text/csv');
    const lines = parse(bytes.toString('utf8'), { columns: true }) as Record<string, string>[];
    const figures = lines.slice(0, rowNames.length * cutNames.length);
    const beside = lines.slice(figures.length);
    expect(beside.map(({ item }) => item)).toEqual([...serviceRowNames, ...employmentCountNames]);
    expect(beside.find(({ item }) => item === 'contactsDue')?.count).toBe(`${sheet.services?.contactsDue ?? 0}`);
    expect(sheet.services?.contactsDue).toBeGreaterThan(0);
    expect(beside.find(({ item }) => item === 'newUrban')?.count).toBe('');
    figures.forEach((line, index) => {
      const row = rowNames[Math.floor(index / cutNames.length)] as RowName;
      const count = `${countOf(row, line.group ?? '', '')}`;
      const unknown = `${figure(row, line.group ?? '')[1]}`;
      expect(line).toMatchObject({ AAB301: COUNTY, month: '2026-11 草稿', count, unknown });
    });
    expect(lines.find((line) => line.item === 'new' && line.AJC093 === '22' && line.group === 'all')).toBeDefined();
    expect(lines.filter((line) => line.item === 'exits' && line.AJC00A === '24')).toHaveLength(cutNames.length);
    expect(new Set(lines.filter(({ AAC004 }) => AAC004 === '2').map(({ group }) => group))).toEqual(new Set(['women']));
  });

  it('PDF is a draft on every page until it is sealed; then every page has the digest, and who took it when and why', async () => {
    const draft = await desk.file(statistician, `${AT}/report.pdf?reason=${REASON}`);
    expect(draft.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const pages = pagesOf(draft.bytes);
    if (pages) {
      expect(pages.length).toBeGreaterThan(1);
      for (const page of pages) expect(page).toContain('草稿：已计算，未封存');
    }
    await act('check');
    await act('approve', supervisor, 'approve');
    await act('seal');
    const { bytes, name } = await desk.file(statistician, `${AT}/report.pdf?reason=${REASON}`);
    expect(name).toBe('河南省焦作市中站区登记失业人员情况月报表2026-11.pdf');
    for (const page of pagesOf(bytes) ?? []) {
      expect(page).not.toContain('草稿');
      expect(page).toContain(sheet.seal?.digest);
      expect(page).toMatch(/导出人：赵统计（.*）导出时间：2026年11月21日\d\d:\d\d事由：报送市局/);
    }
    const whole = pagesOf(bytes)?.join('');
    if (whole)
      for (const words of ['单位负责人', '批准钱督导', '期末实有登记失业人数3']) expect(whole).toContain(words);
  });

  it('M79-9: a restated report names the old one with its digest and why', async () => {
    const old = sheet;
    await desk.post(statistician, `/api/reports/${old.head.id}/act`, {
      action: 'restate',
      version: old.version,
      reason: '补入一条漏填的户籍',
    });
    ({ sheet } = (await desk.post<Acted>(statistician, `${AT}/prepare`, {})).body);
    const line = `本表为第2次报送，代替第1次（封存摘要${old.seal?.digest}）。重报理由：补入一条漏填的户籍。`;
    const { bytes } = await desk.file(statistician, `${AT}/report.xlsx?reason=${REASON}`);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as never);
    expect(JSON.stringify(book.getWorksheet('月报表')?.getSheetValues())).toContain(line);
    const pdf = await desk.file(statistician, `${AT}/report.pdf?reason=${REASON}`);
    const pages = pagesOf(pdf.bytes);
    if (pages) expect(pages.join('')).toContain(line);
    const first = await desk.file(statistician, `${AT}/report.pdf?reason=${REASON}&revision=1`);
    expect(first.name).not.toContain('草稿');
  });

  it('and each file is recorded with its reason', async () => {
    const rows = await desk.fixtures.sql<{ reason: string; detail: { format: string; state: string } }>(
      "select reason, detail from audit_event where action = 'statistics.export' order by at, detail->>'format' desc",
    );
    expect(rows.map(({ reason, detail }) => [reason, detail.format, detail.state])).toEqual([
      ['报送市局', 'xlsx', 'computed'],
      ['报送市局', 'pdf', 'computed'],
      ['报送市局', 'csv', 'computed'],
      ['报送市局', 'pdf', 'sealed'],
      ['报送市局', 'xlsx', 'computed'],
      ['报送市局', 'pdf', 'computed'],
      ['报送市局', 'pdf', 'sealed'],
    ]);
  });
});
