import { cutNames, cuts } from '@yingdeng/rules/statistics/cuts.ts';
import { sheetRows } from '@yingdeng/rules/statistics/sheet.ts';
import ExcelJS from 'exceljs';
import { type ReportFacts, signatures } from './facts.ts';

const HEAD = 5;
const thin = { style: 'thin' as const };
const ruled = { top: thin, left: thin, bottom: thin, right: thin };

/** The report as a workbook: the return itself, the unknown beside it, what each line and column counts. Numbers are numbers. */
export async function reportXlsx(facts: ReportFacts, now: Date): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.creator = facts.unit;
  book.created = now;
  figureSheet(book, '月报表', facts, 'count');
  figureSheet(book, '不详人数', facts, 'unknown');
  besideSheet(book, facts);
  meaningSheet(book, facts);
  return Buffer.from(await book.xlsx.writeBuffer());
}

function figureSheet(book: ExcelJS.Workbook, name: string, facts: ReportFacts, of: 'count' | 'unknown'): void {
  const sheet = book.addWorksheet(name, {
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    views: [{ state: 'frozen', xSplit: 1, ySplit: HEAD }],
    headerFooter: { oddHeader: facts.draft ? `&C&B${facts.draft}` : '', oddFooter: '&C第&P页，共&N页' },
  });
  sheet.pageSetup.printTitlesRow = `1:${HEAD}`;
  const last = facts.columns.length + 1;
  sheet.columns = [{ width: 40 }, ...facts.columns.map(() => ({ width: 10 }))];
  const across = (row: number, text: string, style: Partial<ExcelJS.Style> = {}) => {
    sheet.mergeCells(row, 1, row, last);
    const cell = sheet.getCell(row, 1);
    cell.value = text;
    Object.assign(cell, { alignment: { wrapText: true, vertical: 'middle' }, ...style });
  };
  across(1, `${facts.title}${of === 'unknown' ? '（不详人数）' : ''}`, {
    font: { size: 16, bold: true },
    alignment: { horizontal: 'center' },
  });
  across(2, facts.draft ?? '', { font: { bold: true }, alignment: { horizontal: 'center' } });
  across(3, `填报单位：${facts.unit}　　报表期：${facts.period}`);
  across(4, '计量单位：人', { alignment: { horizontal: 'right' } });
  sheet.getRow(HEAD).values = ['项目', ...facts.columns.map(({ text }) => text)];
  for (const { text, level, cells } of facts.rows) {
    const row = sheet.addRow([text, ...cells.map((cell) => cell[of] ?? '—')]);
    row.getCell(1).alignment = { indent: level * 2, wrapText: true, vertical: 'middle' };
    row.font = { bold: level === 0 };
  }
  for (let at = HEAD; at <= HEAD + facts.rows.length; at += 1) {
    const row = sheet.getRow(at);
    for (let column = 1; column <= last; column += 1) row.getCell(column).border = ruled;
    if (at === HEAD) {
      row.font = { bold: true };
      row.alignment = { wrapText: true, horizontal: 'center', vertical: 'middle' };
    }
  }
  let at = HEAD + facts.rows.length + 1;
  const notes = facts.notes.map((note, index) => `注${index + 1}：${note}`);
  const lines = [
    ...facts.below,
    signatures.map((name) => `${name}：${name === '报出日期' ? '　　年　　月　　日' : '　　　　　　'}`).join('　'),
    facts.steps && `办理经过：${facts.steps}`,
    facts.digest && `封存摘要（SM3）：${facts.digest}`,
    ...notes,
    facts.line,
  ];
  for (const text of lines) {
    if (!text) continue;
    across(at, text);
    // Merged cells do not grow by themselves: some sixty Chinese characters to a line of 230.
    sheet.getRow(at).height = 16 * Math.max(1, Math.ceil(text.length / 110));
    at += 1;
  }
}

function besideSheet(book: ExcelJS.Workbook, { draft, unit, period, services, employment }: ReportFacts): void {
  const sheet = book.addWorksheet('服务和就业', { headerFooter: { oddHeader: draft ? `&C&B${draft}` : '' } });
  sheet.columns = [{ width: 36 }, { width: 12 }, { width: 12 }, { width: 60 }, { width: 12 }];
  sheet.addRow([draft ?? '']);
  sheet.addRow([`填报单位：${unit}　　报表期：${period}`]);
  for (const [title, rows] of [
    ['服务情况', services],
    ['就业情况（人社统EP1口径）', employment],
  ] as const) {
    sheet.addRow([title, '人数（次）', '占比（%）', '含义', '依据']).font = { bold: true };
    for (const { text, level, count, share, meaning, lacking, clause } of rows) {
      const row = sheet.addRow([text, count ?? '—', share ?? '', lacking ? `${meaning}；${lacking}` : meaning, clause]);
      row.getCell(1).alignment = { indent: level * 2 };
    }
  }
}

function meaningSheet(book: ExcelJS.Workbook, facts: ReportFacts): void {
  const sheet = book.addWorksheet('指标说明');
  sheet.columns = [{ width: 8 }, { width: 40 }, { width: 60 }, { width: 12 }];
  sheet.addRow(['', '指标', '含义', '依据']).font = { bold: true };
  for (const name of cutNames) {
    const { text, meaning, clause } = cuts[name];
    sheet.addRow(['栏', text, meaning, clause]);
  }
  for (const { name, text } of facts.rows) sheet.addRow(['行', text, '', sheetRows[name].clause]);
}
