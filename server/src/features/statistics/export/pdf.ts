import { LANDSCAPE as PAGE, Sheet, type TextStyle } from '../../../platform/pdf/sheet.ts';
import { drawTable, type Row, type Table, tableHeight } from '../../../platform/pdf/table.ts';
import { type ExportRow, type ReportFacts, signatures } from './facts.ts';

const LEFT = 28;
const WIDTH = PAGE.width - 2 * LEFT;
const TOP = 26;
const BOTTOM = PAGE.height - 40;
const BODY: TextStyle = { size: 7.5, leading: 1.25 };
/** Parts of the grid that the name of a line takes; each column of figures takes one. */
const LABEL = 6;

/** The report for signature: A4 across, its head on each page, the signatures on the last; 草稿 on each page until it is sealed. */
export async function reportPdf(facts: ReportFacts, now: Date): Promise<Buffer> {
  const sheet = new Sheet({ title: `${facts.title} ${facts.unit}`, author: facts.unit, now, landscape: true });
  const columns = LABEL + facts.columns.length;
  const table = (row: Row): Table => ({ columns, rows: [row] });
  const draw = (row: Row, y: number) => drawTable(sheet, table(row), { x: LEFT, y, width: WIDTH }, BODY);
  const header: Row = {
    cells: [
      { span: LABEL, content: '项目', align: 'center', strong: true },
      ...facts.columns.map(({ text }) => ({ span: 1, content: text, align: 'center' as const, strong: true })),
    ],
  };
  let page = 1;
  const foot = () => drawFoot(sheet, facts, page);
  const begin = (): number => {
    const y = drawHead(sheet, facts);
    return y + draw(header, y);
  };
  const next = (): void => {
    foot();
    sheet.nextPage();
    page += 1;
  };
  let y = begin();
  for (const one of facts.rows) {
    const row = lineOf(one);
    if (y + tableHeight(sheet, table(row), WIDTH, BODY) > BOTTOM) {
      next();
      y = begin();
    }
    y += draw(row, y);
  }
  y += 6;
  for (const row of besideLines(facts)) {
    if (y + tableHeight(sheet, { columns: BESIDE, rows: [row] }, WIDTH, BODY) > BOTTOM) {
      next();
      y = drawHead(sheet, facts);
    }
    y += drawTable(sheet, { columns: BESIDE, rows: [row] }, { x: LEFT, y, width: WIDTH }, BODY);
  }
  const unknown = unknownOf(facts);
  const ending: [string, TextStyle][] = [
    ...facts.below.map((text): [string, TextStyle] => [text, { size: 8.5, leading: 1.5 }]),
    [
      signatures.map((name) => `${name}：${name === '报出日期' ? '　　年　月　日' : '　　　　　　　　'}`).join('　'),
      { size: 10, leading: 3.6 },
    ],
    ...(facts.steps ? [[`办理经过：${facts.steps}。`, { size: 8, leading: 1.5 }] as [string, TextStyle]] : []),
    ...(facts.digest
      ? [[`封存摘要（SM3）：${facts.digest}`, { size: 8, leading: 1.5, strong: true }] as [string, TextStyle]]
      : []),
    ...(unknown ? [[unknown, { size: 8, leading: 1.5 }] as [string, TextStyle]] : []),
    ...facts.notes.map((text, index): [string, TextStyle] => [`注${index + 1}：${text}`, { size: 8, leading: 1.5 }]),
  ];
  y += 6;
  for (const [text, style] of ending) {
    if (y + sheet.lines(text, WIDTH, style).height > BOTTOM) {
      next();
      y = drawHead(sheet, facts);
    }
    y += sheet.write(text, { x: LEFT, y, width: WIDTH, height: 0 }, style, true);
  }
  foot();
  return sheet.finish();
}

function lineOf({ text, level, cells }: ExportRow): Row {
  const strong = level === 0;
  return {
    cells: [
      { span: LABEL, content: `${'　'.repeat(level)}${text}`, strong },
      ...cells.map(({ count }) => ({ span: 1, content: String(count ?? '—'), align: 'right' as const, strong })),
    ],
  };
}

/** Parts of the grid under the figures: three lines beside each other, each a name and a number. */
const BESIDE = 24;

/** Services and re-employment, three beside each other; lines of the services that are nought are left out here, the workbook has them. */
function besideLines({ services, employment }: ReportFacts): Row[] {
  const shown = [
    ...services.filter(({ level, count, share }) => level === 0 || count || share !== undefined),
    ...employment,
  ];
  const rows: Row[] = [];
  for (let at = 0; at < shown.length; at += 3) {
    const three = [0, 1, 2].map((index) => shown[at + index]);
    rows.push({
      cells: three.flatMap((one) => [
        { span: 6, content: one?.text ?? '' },
        {
          span: 2,
          align: 'right' as const,
          content: one ? `${one.count ?? '—'}${one.share === undefined ? '' : `（${one.share.toFixed(1)}%）`}` : '',
        },
      ]),
    });
  }
  return rows;
}

/** Columns of whose persons something is not known, at the end of the period; the paper has no room for it in every cell. */
function unknownOf({ rows, columns }: ReportFacts): string {
  const closing = rows.find(({ name }) => name === 'closing');
  const parts = (closing?.cells ?? []).flatMap(({ unknown }, index) =>
    unknown > 0 ? [`${columns[index]?.text}${unknown}人`] : [],
  );
  return parts.length > 0 ? `期末不详人数：${parts.join('，')}。` : '';
}

/** Title, unit, period on each page. Returns where the table may begin. */
function drawHead(sheet: Sheet, facts: ReportFacts): number {
  if (facts.draft) {
    const middle = { x: LEFT, y: PAGE.height / 2 - 80, width: WIDTH, height: 160 };
    sheet.write('草稿', middle, { size: 150, align: 'center', color: '#ececec' });
    const box = { x: LEFT, y: TOP - 8, width: 190, height: 20 };
    sheet.frame(box, 0.8).write(facts.draft, box, { size: 8.5, align: 'center', strong: true });
  }
  sheet.write(facts.title, { x: LEFT, y: TOP, width: WIDTH, height: 24 }, { size: 16, align: 'center', strong: true });
  const y = TOP + 30;
  sheet.write(`填报单位：${facts.unit}`, { x: LEFT, y, width: WIDTH, height: 14 }, { size: 9 });
  sheet.write(`报表期：${facts.period}`, { x: LEFT, y, width: WIDTH, height: 14 }, { size: 9, align: 'center' });
  sheet.write('计量单位：人', { x: LEFT, y, width: WIDTH, height: 14 }, { size: 9, align: 'right' });
  return y + 18;
}

/** Who, when, why on each page; the digest too, so that no page of a sealed report stands without it. */
function drawFoot(sheet: Sheet, facts: ReportFacts, page: number): void {
  const y = PAGE.height - 34;
  const style: TextStyle = { size: 7.5, leading: 1.35, color: '#444444' };
  sheet.rule(LEFT, y, LEFT + WIDTH, y, 0.4, '#888888');
  const text = `${facts.line}　第${page}页${facts.digest ? `\n封存摘要 ${facts.digest}` : ''}`;
  sheet.write(text, { x: LEFT, y: y + 3, width: WIDTH, height: 0 }, { ...style, align: 'center' }, true);
}
