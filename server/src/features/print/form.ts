import { groupedCaseNumber } from '@yingdeng/rules/numbers.ts';
import { MISSING_NOTE, PAGE, Sheet } from '../../platform/pdf/sheet.ts';
import { drawTable, type Table, tableHeight } from '../../platform/pdf/table.ts';
import { longDate } from '../../platform/words.ts';
import { type FormContent, formTable } from './form-table.ts';
import { drawFooter, type Printing } from './printing.ts';

/** A form ready to be drawn. */
export interface FormSheet extends Omit<FormContent, 'sign'> {
  /** Absent before submission. */
  readonly number?: string;
  readonly signaturePath?: string;
  /** Absent while the sheet waits for a signature by hand. */
  readonly signedOn?: string;
  /** Stands where a signature would, when it was not drawn here. */
  readonly unsigned: string;
  /** Said below the form: that numbers are masked, where a signature on paper is kept. */
  readonly remarks: readonly string[];
}

const NOTES = [
  '相关说明：',
  '1. 标记“*”的为必填项。',
  '2. 如健康状况为残疾，需注明伤残等级。',
  '3. 劳动者通过失业登记服务全国统一入口申请办理失业登记，将填写此表。上述信息将下发至各地，由登记失业地公共就业服务机构为劳动者办理失业登记。',
];

const LEFT = 44;
const TOP = 48;
const WIDTH = PAGE.width - 2 * LEFT;
/** Tried from the largest: one page holds the form, however much was written. */
const SIZES = [10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5];

/** 《失业人员登记表》 of annex 1 on one page of A4 (A21-8a, R044, R045). */
export async function formPdf(facts: FormSheet, printing: Printing): Promise<Buffer> {
  const sheet = new Sheet({
    title: facts.number ? `失业人员登记表 ${facts.number}` : '失业人员登记表',
    author: printing.office,
    now: printing.now,
  });
  const small = { size: 9, leading: 1.45 };
  const line = { x: LEFT, width: WIDTH };
  sheet.write('失业人员登记表', { ...line, y: TOP, height: 26 }, { size: 19, align: 'center', strong: true });
  const numbered = `受理编号：${facts.number ? groupedCaseNumber(facts.number) : '提交后生成'}`;
  sheet.write(numbered, { ...line, y: TOP + 30, height: 14 }, { size: 9, align: 'right' });
  const y = TOP + 48;

  const table = formTable({ ...facts, sign: (room) => sign(sheet, room, facts) });
  // A line is kept for the note on characters that no face has: measuring the table tells whether it is needed.
  const notes = [...NOTES, ...facts.remarks];
  const noted = [...notes, MISSING_NOTE].reduce((sum, note) => sum + sheet.lines(note, WIDTH, small).height, 0);
  const size = fittingSize(sheet, table, PAGE.height - y - noted - 58);
  if (sheet.lacksCharacters) notes.push(MISSING_NOTE);
  let below = y + drawTable(sheet, table, { ...line, y }, { size, leading: 1.4 }) + 8;
  for (const note of notes) below += sheet.write(note, { ...line, y: below, height: 0 }, small, true);
  drawFooter(sheet, printing);
  return sheet.finish();
}

/** The largest size at which the table is no higher than the room. */
function fittingSize(sheet: Sheet, table: Table, room: number): number {
  const fits = (size: number) => tableHeight(sheet, table, WIDTH, { size, leading: 1.4 }) <= room;
  return SIZES.find(fits) ?? SIZES.at(-1) ?? 6.5;
}

/** 申请人（签字）：… 年 月 日 */
function sign(sheet: Sheet, room: { x: number; y: number; width: number; height: number }, facts: FormSheet): void {
  const text = { size: 10.5 };
  const right = room.x + room.width;
  sheet.write('申请人（签字）：', { ...room, x: right - 330, width: 90 }, { ...text, align: 'right' });
  const place = { x: right - 236, y: room.y, width: 120, height: room.height };
  const drawn = facts.signaturePath !== undefined && sheet.signature(facts.signaturePath, place);
  if (!drawn) sheet.write(facts.unsigned, place, { size: 8 });
  sheet.write(
    facts.signedOn ? longDate(facts.signedOn) : '　　　年　　月　　日',
    { ...room, x: right - 110, width: 104 },
    { ...text, align: 'right' },
  );
}
