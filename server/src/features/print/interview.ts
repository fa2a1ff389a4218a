import { MISSING_NOTE, PAGE, Sheet, type TextStyle } from '../../platform/pdf/sheet.ts';
import { drawTable, type Row, type Table, tableHeight } from '../../platform/pdf/table.ts';
import { drawFooter, type Printing } from './printing.ts';

/** The interview as the worker takes it home; texts as they are read. */
export interface InterviewSheet {
  readonly name: string;
  readonly idMasked: string;
  readonly number: string;
  readonly registeredOn: string;
  readonly interviewedOn: string;
  readonly facts: { readonly reason: string; readonly skills: string; readonly wishes: string };
  /** What the office offers first; the class itself is not printed. */
  readonly services: string;
  readonly nextContactOn?: string;
  readonly officer: string;
  readonly officeName: string;
  readonly officeAddress: string;
  readonly officeTelephone: string;
  readonly plan?: {
    readonly goal: string;
    readonly agreed: boolean;
    readonly steps: readonly { whose: string; service: string; what: string; dueOn: string }[];
  };
  readonly lists: readonly { name: string; version: string; how: string }[];
  readonly readAt: string;
  readonly exitConditions: readonly string[];
  readonly hotlines: readonly string[];
}

const LEFT = 54;
const TOP = 50;
const WIDTH = PAGE.width - 2 * LEFT;
const BOTTOM = PAGE.height - 60;
const BODY: TextStyle = { size: 11, leading: 1.5 };
/** Tried from the largest: the plan with all its steps stands on the first page. */
const SIZES = [11, 10.5, 10, 9.5, 9, 8.5, 8];

/** 《就业服务告知单》 on two pages of A4: what was said and agreed, then what was handed over, when a registration ends, how to object. */
export async function interviewPdf(facts: InterviewSheet, printing: Printing): Promise<Buffer> {
  const sheet = new Sheet({ title: `就业服务告知单 ${facts.number}`, author: printing.office, now: printing.now });
  let y = title(sheet, facts);
  const tables = [
    personTable(facts),
    talkTable(facts),
    officeTable(facts),
    ...(facts.plan ? [planTable(facts.plan)] : []),
  ];
  const heads = ['登记', '面谈了解的情况', '我们为您做什么', '接下来的安排'];
  const room = BOTTOM - y - heads.length * 26;
  const height = (size: number) =>
    tables.reduce((sum, table) => sum + tableHeight(sheet, table, WIDTH, { ...BODY, size }), 0);
  const size = SIZES.find((one) => height(one) <= room) ?? SIZES.at(-1) ?? BODY.size;
  for (const [index, table] of tables.entries()) {
    y = heading(sheet, heads[index] ?? '', y);
    y += drawTable(sheet, table, { x: LEFT, y, width: WIDTH }, { ...BODY, size }) + 8;
  }
  if (!facts.plan) {
    y = heading(sheet, heads[3] ?? '', y);
    sheet.write(
      '计划定好后，会请您确认；在网上服务大厅“我的计划”里可以看到。',
      { x: LEFT, y, width: WIDTH, height: 0 },
      BODY,
      true,
    );
  }
  drawFooter(sheet, printing);
  secondPage(sheet.nextPage(), facts);
  drawFooter(sheet, printing);
  return sheet.finish();
}

function title(sheet: Sheet, facts: InterviewSheet): number {
  const line = { x: LEFT, width: WIDTH };
  sheet.write('就业服务告知单', { ...line, y: TOP, height: 28 }, { size: 20, align: 'center', strong: true });
  const under = `${facts.interviewedOn}与您面谈后交给您，请保存好。`;
  sheet.write(under, { ...line, y: TOP + 32, height: 16 }, { size: 10, align: 'center', color: '#333333' });
  return TOP + 56;
}

function heading(sheet: Sheet, text: string, y: number): number {
  sheet.write(text, { x: LEFT, y, width: WIDTH, height: 20 }, { size: 12.5, strong: true });
  return y + 22;
}

/** Label and value rows over six columns. */
const pairs = (rows: readonly (readonly [string, string])[]): Row[] =>
  rows
    .filter(([, value]) => value !== '')
    .map(([label, value]) => ({
      cells: [
        { span: 1, content: label, align: 'center' as const },
        { span: 5, content: value },
      ],
      atLeast: 1.9,
    }));

const personTable = (facts: InterviewSheet): Table => ({
  columns: 6,
  rows: [
    {
      cells: [
        { span: 1, content: '姓名', align: 'center' },
        { span: 2, content: facts.name, strong: true },
        { span: 1, content: '证件号码', align: 'center' },
        { span: 2, content: facts.idMasked },
      ],
      atLeast: 1.9,
    },
    {
      cells: [
        { span: 1, content: '登记编号', align: 'center' },
        { span: 2, content: facts.number },
        { span: 1, content: '登记日期', align: 'center' },
        { span: 2, content: facts.registeredOn },
      ],
      atLeast: 1.9,
    },
  ],
});

const talkTable = ({ facts }: InterviewSheet): Table => ({
  columns: 6,
  rows: pairs([
    ['失业原因', facts.reason],
    ['技能水平', facts.skills],
    ['就业意愿', facts.wishes],
  ]),
});

const officeTable = (facts: InterviewSheet): Table => ({
  columns: 6,
  rows: pairs([
    ['先提供', facts.services],
    ['负责人', `${facts.officer}${facts.officeTelephone ? `，电话${facts.officeTelephone}` : ''}`],
    ['机构', [facts.officeName, facts.officeAddress].filter(Boolean).join('，')],
    ['下次联系', facts.nextContactOn ? `${facts.nextContactOn}前，我们会联系您；您也可以每月在网上报告一次情况。` : ''],
  ]),
});

function planTable(plan: NonNullable<InterviewSheet['plan']>): Table {
  const head = ['谁来做', '服务', '做什么', '期限'];
  const spans = [1, 2, 5, 2];
  const row = (texts: readonly string[], strong = false): Row => ({
    cells: texts.map((content, index) => ({
      span: spans[index] ?? 1,
      content,
      ...(index === 2 && !strong ? {} : { align: 'center' as const }),
      strong,
    })),
    atLeast: 1.9,
  });
  const goal = `目标：${plan.goal}${plan.agreed ? '' : '（待您确认）'}`;
  return {
    columns: 10,
    rows: [
      { cells: [{ span: 10, content: goal }], atLeast: 1.9 },
      row(head, true),
      ...plan.steps.map(({ whose, service, what, dueOn }) => row([whose, service, what, dueOn])),
    ],
  };
}

function secondPage(sheet: Sheet, facts: InterviewSheet): void {
  const line = { x: LEFT, width: WIDTH };
  const text = (content: string, y: number) => sheet.write(content, { ...line, y, height: 0 }, BODY, true);
  let y = heading(sheet, '交给您的三张清单', TOP);
  const lists: Table = {
    columns: 6,
    rows: [
      {
        cells: [
          { span: 2, content: '清单', align: 'center', strong: true },
          { span: 2, content: '版本', align: 'center', strong: true },
          { span: 2, content: '怎样给您的', align: 'center', strong: true },
        ],
        atLeast: 1.9,
      },
      ...facts.lists.map(({ name, version, how }) => ({
        cells: [
          { span: 2, content: name },
          { span: 2, content: version, align: 'center' as const },
          { span: 2, content: how, align: 'center' as const },
        ],
        atLeast: 1.9,
      })),
    ],
  };
  y += drawTable(sheet, lists, { ...line, y }, BODY) + 6;
  y += text(`随时可以看最新的清单：${facts.readAt}，不用登录；也可以到上面的机构索取纸质的。`, y) + 16;

  y = heading(sheet, '什么情形下登记会结束', y);
  y += text('有下列情形之一的，登记会结束。结束前我们会和您核实，结束后会告诉您：', y) + 2;
  for (const [index, condition] of facts.exitConditions.entries()) y += text(`${index + 1}. ${condition}`, y);
  y += text('情况有变化，请告诉负责人，或在网上服务大厅报告。以后再失业，可以重新登记。', y + 4) + 20;

  y = heading(sheet, '不同意怎么办', y);
  y += text('对办理结果、服务或登记结束有不同意见的，可以：', y) + 2;
  const ways = [
    '1. 在网上服务大厅“提出异议”，或到上面的机构书面提出；由负责督导的人员答复您，不由原来的经办人答复。',
    ...(facts.hotlines.length > 0 ? [`2. 拨打咨询热线${facts.hotlines.join('、')}。`] : []),
  ];
  for (const way of ways) y += text(way, y);
  y += text('提出意见不影响您的登记和服务。失业登记不以是否参加失业保险、能否领取失业保险金为条件。', y + 4) + 20;
  if (sheet.lacksCharacters) text(MISSING_NOTE, y);
}
