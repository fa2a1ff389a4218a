import { MISSING_NOTE, PAGE, Sheet } from '../../platform/pdf/sheet.ts';
import { drawTable, type Table } from '../../platform/pdf/table.ts';
import { drawFooter, type Printing } from './printing.ts';

/** A certificate ready to be drawn: texts as they are read. */
export interface CertificateSheet {
  readonly name: string;
  readonly idMasked: string;
  readonly number: string;
  readonly place: string;
  readonly registeredOn: string;
  readonly officeName: string;
  readonly officeAddress: string;
  readonly officeTelephone: string;
  /** Set when the registration has ended. */
  readonly exitedOn?: string;
  readonly checkCode: string;
  readonly verifyAt: string;
}

const EDGE = 40;
const LEFT = 84;
const WIDTH = PAGE.width - 2 * LEFT;
const GREEN = '#1f5f4a';

/** The certificate of a registration on one page of A4. Whether it still holds, only the verification tells. */
export async function certificatePdf(facts: CertificateSheet, printing: Printing): Promise<Buffer> {
  const sheet = new Sheet({ title: `失业登记凭证 ${facts.number}`, author: printing.office, now: printing.now });
  const line = { x: LEFT, width: WIDTH };
  const border = { x: EDGE, y: EDGE, width: PAGE.width - 2 * EDGE, height: PAGE.height - 2 * EDGE - 22 };
  sheet.frame(border, 1.6, GREEN);
  sheet.frame({ x: EDGE + 5, y: EDGE + 5, width: border.width - 10, height: border.height - 10 }, 0.5, GREEN);

  sheet.write('失业登记凭证', { ...line, y: 88, height: 44 }, { size: 30, align: 'center', strong: true });
  sheet.write(facts.officeName, { ...line, y: 136, height: 22 }, { size: 12, align: 'center', color: '#333333' });
  sheet.rule(LEFT + 130, 166, LEFT + WIDTH - 130, 166, 1, GREEN);

  let y = 190;
  if (facts.exitedOn) {
    const box = { ...line, y, height: 52 };
    sheet.frame(box, 1.2);
    sheet.write(
      [
        { text: `本登记已于${facts.exitedOn}退出，本凭证不再有效。\n`, strong: true },
        { text: '仅说明此前办理过失业登记。', scale: 0.85 },
      ],
      box,
      { size: 13, align: 'center', leading: 1.5 },
    );
    y += 68;
  }
  y += drawTable(sheet, factsTable(facts), { ...line, y }, { size: 12, leading: 1.45 }) + 22;
  y = drawVerification(sheet, facts, y);

  const style = { size: 10, leading: 1.6, color: '#222222' };
  const notes = [
    '说明：',
    '1. 本凭证说明上述人员已在所列机构办理失业登记。登记是否有效，以核验结果为准。',
    '2. 退出失业登记后，本凭证随即失效。',
    '3. 知道登记编号和校验码的人可以核验登记情况，请妥善保管本凭证。',
    ...(sheet.lacksCharacters ? [MISSING_NOTE] : []),
  ];
  for (const note of notes) y += sheet.write(note, { ...line, y, height: 0 }, style, true);
  drawFooter(sheet, printing);
  return sheet.finish();
}

function factsTable(facts: CertificateSheet): Table {
  const pairs: [string, string][] = [
    ['姓名', facts.name],
    ['证件号码', facts.idMasked],
    ['登记编号', facts.number],
    ['登记失业地', facts.place],
    ['登记日期', facts.registeredOn],
    ['办理机构', facts.officeName],
    ['机构地址', facts.officeAddress],
    ['联系电话', facts.officeTelephone],
    ['有效期', facts.exitedOn ? `已于${facts.exitedOn}结束` : '以核验结果为准'],
  ];
  return {
    columns: 4,
    rows: pairs
      .filter(([, value]) => value !== '')
      .map(([label, value]) => ({
        cells: [
          { span: 1, content: label, align: 'center' },
          { span: 3, content: [[{ text: ` ${value}`, strong: label === '姓名' || label === '登记编号' }]] },
        ],
        atLeast: 2.7,
      })),
  };
}

/** The code and the address where anybody verifies. Returns where the next thing may stand. */
function drawVerification(sheet: Sheet, facts: CertificateSheet, y: number): number {
  const box = { x: LEFT, y, width: WIDTH, height: 84 };
  sheet.fill(box, '#eef5f1').frame(box, 0.6, GREEN);
  const half = { x: LEFT + 14, width: 120 };
  sheet.write('校验码', { ...half, y: y + 12, height: 18 }, { size: 11, align: 'center', color: '#333333' });
  sheet.write(facts.checkCode, { ...half, y: y + 34, height: 34 }, { size: 24, align: 'center', strong: true });
  sheet.rule(LEFT + 146, y + 12, LEFT + 146, y + 72, 0.5, GREEN);
  sheet.write(
    [
      { text: '任何人都可以核验本凭证：打开\n' },
      { text: facts.verifyAt, strong: true },
      { text: '\n输入登记编号和校验码。' },
    ],
    { x: LEFT + 160, y: y + 8, width: WIDTH - 172, height: 68 },
    { size: 11, leading: 1.55 },
  );
  return y + box.height + 20;
}
