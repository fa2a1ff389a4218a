import { MISSING_NOTE, PAGE, Sheet, type TextStyle } from '../../platform/pdf/sheet.ts';
import { drawTable, type Row, tableHeight } from '../../platform/pdf/table.ts';
import { drawFooter, type Printing } from './printing.ts';

/** A list as it is handed out on paper. */
export interface HandOut {
  readonly name: string;
  readonly place: string;
  readonly version: number;
  readonly validFrom: string;
  readonly columns: readonly string[];
  readonly items: readonly Readonly<Record<string, string>>[];
}

const LEFT = 40;
const TOP = 44;
const WIDTH = PAGE.width - 2 * LEFT;
const BOTTOM = PAGE.height - 56;
const BODY: TextStyle = { size: 10, leading: 1.45 };

/** One of the three lists in the version in force, with its mandated columns (A21-4c), on as many pages as it needs; the head stands on each. */
export async function handOutPdf(list: HandOut, printing: Printing): Promise<Buffer> {
  const sheet = new Sheet({ title: `${list.name} ${list.place}`, author: printing.office, now: printing.now });
  const spans = spansOf(list);
  const columns = spans.reduce((sum, span) => sum + span, 0);
  const row = (texts: readonly string[], head = false): Row => ({
    cells: texts.map((content, index) => ({
      span: spans[index] ?? 1,
      content,
      strong: head || index === 0,
      ...(head ? { align: 'center' as const } : {}),
    })),
    atLeast: 2,
  });
  const draw = (one: Row, y: number) => drawTable(sheet, { columns, rows: [one] }, { x: LEFT, y, width: WIDTH }, BODY);
  const line = { x: LEFT, width: WIDTH };
  sheet.write(list.name, { ...line, y: TOP, height: 26 }, { size: 18, align: 'center', strong: true });
  const about = `${list.place}，第${list.version}版，${list.validFrom}起施行`;
  sheet.write(about, { ...line, y: TOP + 28, height: 16 }, { size: 9.5, align: 'center', color: '#333333' });
  let y = TOP + 52;
  y += draw(row(list.columns, true), y);
  for (const item of list.items) {
    const one = row(list.columns.map((column) => item[column] ?? ''));
    if (y + tableHeight(sheet, { columns, rows: [one] }, WIDTH, BODY) > BOTTOM) {
      drawFooter(sheet, printing);
      y = TOP;
      sheet.nextPage();
      y += draw(row(list.columns, true), y);
    }
    y += draw(one, y);
  }
  if (list.items.length === 0) sheet.write('清单里还没有内容。', { ...line, y: y + 8, height: 16 }, BODY);
  if (sheet.lacksCharacters) sheet.write(MISSING_NOTE, { ...line, y: BOTTOM, height: 0 }, { size: 8 }, true);
  drawFooter(sheet, printing);
  return sheet.finish();
}

/** Wider columns for what is longer, between 2 and 8 parts. */
function spansOf({ columns, items }: HandOut): number[] {
  return columns.map((column) => {
    const longest = Math.max(column.length, ...items.map((item) => (item[column] ?? '').length));
    return Math.min(8, Math.max(2, Math.ceil(longest / 10)));
  });
}
