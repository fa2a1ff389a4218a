import { type ServedInput, servedFieldNames } from '@yingdeng/rules/served.ts';
import ExcelJS from 'exceljs';
import { AppError } from '../../platform/errors.ts';

type Field = keyof ServedInput;
const fields = Object.keys(servedFieldNames) as Field[];
/** Columns a list may leave out. */
const optional: readonly Field[] = ['mobile', 'from', 'to', 'note'];

/** Where each field stands in a row; -1: the list has no such column. */
export type Columns = Readonly<Record<Field, number>>;

/** Finds the columns by their headings, in any order, with or without a star. @throws AppError import.unusable */
export function columnsOf(header: readonly string[]): Columns {
  const names = header.map((name) =>
    name
      .normalize('NFKC')
      .replace(/[\s*（(].*$/, '')
      .trim(),
  );
  const missing = fields.filter((field) => !names.includes(servedFieldNames[field]) && !optional.includes(field));
  if (missing.length > 0) {
    const list = missing.map((field) => servedFieldNames[field]).join('、');
    throw new AppError('import.unusable', { why: `表头缺少以下列：${list}。请用模板的表头，顺序不限。` });
  }
  return Object.fromEntries(fields.map((field) => [field, names.indexOf(servedFieldNames[field])])) as Columns;
}

/** Whether a row says nothing at all. */
export const isEmptyRow = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

/** A row as it was read; dates as people write them become `2026-12-01`, what cannot be read stays for the rule to refuse. */
export function inputOf(cells: readonly string[], at: Columns): ServedInput {
  const text = (field: Field) => (cells[at[field]] ?? '').trim().replace(/^'(?=[=+\-@\d])/, '');
  return {
    name: text('name'),
    idNumber: text('idNumber'),
    mobile: text('mobile').normalize('NFKC'),
    place: text('place').normalize('NFKC'),
    from: dayOf(text('from').normalize('NFKC')),
    to: dayOf(text('to').normalize('NFKC')),
    note: text('note'),
  };
}

function dayOf(text: string): string {
  const parts = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(text);
  return parts ? `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}` : text;
}

const example = ['某某', '410802200301010011', '13800000000', '410802', '2026-07-01', '2026-12-31', '软件技术专业'];
const notes = [
  ['必填', '姓名、身份证件号码、所属机构代码'],
  ['所属机构代码', '由哪个机构服务：6位县区代码，或9、12位街道、社区机构代码'],
  ['享受期限', '领取补助、补贴的起止日期；离校未就业毕业生可以不填'],
  ['有错误的行', '不会保存，随结果退回一份表，改好后再导入'],
];

/** An empty sheet with headings, and a second one that explains. */
export async function templateSheet(): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('人员', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow(fields.map((field) => servedFieldNames[field]));
  sheet.getRow(1).font = { bold: true };
  fields.forEach((_, i) => {
    const column = sheet.getColumn(i + 1);
    column.width = 20;
    column.numFmt = '@';
  });
  const help = book.addWorksheet('填写说明');
  help.addRow(['示例（虚构）']);
  help.addRow(fields.map((field) => servedFieldNames[field]));
  help.addRow(example);
  help.addRow([]);
  for (const line of notes) help.addRow(line);
  help.getColumn(1).width = 20;
  help.getColumn(2).width = 60;
  return Buffer.from(await book.xlsx.writeBuffer());
}
