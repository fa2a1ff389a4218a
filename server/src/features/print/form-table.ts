import { codeEntries, codeText, formReasons } from '@yingdeng/contract/code-tables.ts';
import { divisionName, ownName } from '@yingdeng/contract/divisions.ts';
import type { ApplicationForm } from '@yingdeng/rules/application-form.ts';
import { type FormField, formFields } from '@yingdeng/rules/form-fields.ts';
import type { Piece } from '../../platform/pdf/lines.ts';
import type { Box } from '../../platform/pdf/sheet.ts';
import type { Cell, Row, Table } from '../../platform/pdf/table.ts';

/** Columns of the grid. All cells of annex 1 begin and end on one of them. */
const COLUMNS = 48;
const FIRST = 6;
const REST = COLUMNS - FIRST;
/** Rows are at least so high, in sizes of the text. */
const ROW = 2.45;

/** What the table of annex 1 is made of. */
export interface FormContent {
  readonly form: ApplicationForm;
  /** The places one could choose from on the day of submission (registrationPlaces of the law of that day). */
  readonly places: readonly string[];
  readonly commitment: string;
  /** Draws the signature and its date below the commitment. */
  readonly sign: (room: Box) => void;
}

/** Room for the signature below the commitment, in points. */
const SIGNATURE_ROOM = 48;

/** The table of annex 1, cell by cell as printed (A21-8a, R044, R045). */
export function formTable({ form, places, commitment, sign }: FormContent): Table {
  const rows: Row[] = [
    row({ span: COLUMNS, content: '个人基本信息', align: 'center', strong: true }),
    row(
      label(6, 'name'),
      value(11, form.name),
      label(5, 'sex'),
      value(3, codeText('sex', form.sex)),
      label(5, 'ethnic'),
      value(5, codeText('ethnic', form.ethnic)),
      label(6, 'political'),
      value(7, codeText('political', form.political)),
    ),
    row(
      label(6, 'education'),
      value(11, codeText('education', form.education)),
      label(5, 'health'),
      value(13, healthText(form)),
      label(6, 'unemployedMonth'),
      value(7, monthText(form.unemployedMonth)),
    ),
    row(
      label(6, 'documentType'),
      value(11, codeText('identityDocument', form.documentType)),
      label(5, 'documentNumber'),
      value(26, documentText(form)),
    ),
    row(label(FIRST, 'household', '户籍地址'), lines(REST, addressPieces(form.household))),
    row(label(FIRST, 'residence', '常住地址'), lines(REST, addressPieces(form.residence))),
    ...[0, 1, 2].map((index) =>
      row(
        ...(index === 0
          ? [
              {
                span: 17,
                rows: 3,
                align: 'center',
                content: paragraphs('职业（工种）资格及等级', '或', '专业技术职务名称及级别'),
              } as const,
            ]
          : []),
        { span: 3, content: String(index + 1), align: 'center' },
        lines(28, [{ text: form.qualifications[index] ?? '' }]),
      ),
    ),
    row(
      { span: FIRST, rows: 2, content: '联系方式', align: 'center' },
      label(6, 'mobile'),
      value(18, form.mobile),
      label(5, 'landline'),
      value(13, form.landline),
    ),
    row(label(6, 'email'), value(18, form.email), label(5, 'otherContact', '其他'), value(13, form.otherContact)),
    // Annex 1 marks this label with no star; the choice decides which office the form goes to.
    row({ span: FIRST, content: '登记失业地', align: 'center' }, lines(REST, placePieces(form, places))),
    {
      cells: [
        { span: FIRST, rows: 2, content: starred('reason'), align: 'center' },
        { span: REST / 2, content: reasonLines(form, 1, 7) },
        { span: REST / 2, content: reasonLines(form, 8, 13) },
      ],
    },
    row(
      lines(REST, [
        { text: `${starred('wantsBenefit')}　` },
        { text: '是　', tick: form.wantsBenefit },
        { text: '否', tick: !form.wantsBenefit },
      ]),
    ),
    row(
      { span: FIRST, content: '求职意向', align: 'center' },
      { span: 3, content: '1', align: 'center' },
      lines(18, [{ text: form.wishes[0] ?? '' }]),
      { span: 3, content: '2', align: 'center' },
      lines(18, [{ text: form.wishes[1] ?? '' }]),
    ),
    {
      cells: [label(FIRST, 'otherNotes'), lines(REST, [{ text: form.otherNotes ?? '' }])],
      atLeast: 4,
    },
    {
      cells: [
        { span: COLUMNS, content: [[{ text: `　　${commitment}` }]], strong: true, foot: SIGNATURE_ROOM, draw: sign },
      ],
      atLeast: 8,
    },
  ];
  return { columns: COLUMNS, rows };
}

const row = (...cells: Cell[]): Row => ({ cells, atLeast: ROW });
const paragraphs = (...texts: string[]): Piece[][] => texts.map((text) => [{ text }]);
const lines = (span: number, pieces: readonly Piece[]): Cell => ({ span, content: [pieces] });
const value = (span: number, text: string | undefined): Cell => ({ span, content: text ?? '', align: 'center' });

/** The name of a field with the star of the form. */
const starred = (field: FormField, text: string = formFields[field].label): string =>
  formFields[field].starred ? `${text}*` : text;
const label = (span: number, field: FormField, text?: string): Cell => ({
  span,
  content: starred(field, text),
  align: 'center',
});

function monthText(month: string): string {
  return month ? `${Number(month.slice(0, 4))}年${Number(month.slice(5, 7))}月` : '年　月';
}

/** Health, with the grade that note 2 asks for. */
function healthText(form: ApplicationForm): string {
  const health = codeText('health', form.health) ?? '';
  if (!form.disability) return health;
  const { scale, grade } = form.disability;
  const level =
    scale === 'card'
      ? `残疾人证${codeText('disabilityCardGrade', grade) ?? ''}`
      : (codeText('injuryGrade', grade) ?? '');
  return `${health}（${level}）`;
}

/** The number of the document; the social security number too where it is another. */
function documentText({ documentNumber, idNumber }: ApplicationForm): string {
  return documentNumber === idNumber || !idNumber ? documentNumber : `${documentNumber}（社会保障号码 ${idNumber}）`;
}

/** ___省（区/市）___市（州）___县（区）___（详细地址） */
function addressPieces({ division, detail }: ApplicationForm['household']): Piece[] {
  const province = ownName(`${division.slice(0, 2)}0000`) ?? '';
  const county = ownName(division) ?? division;
  const path = divisionName(division);
  // What stands between them: nothing in a municipality, whose counties lie directly below it.
  const city = path.startsWith(province) ? path.slice(province.length, path.length - county.length) : '';
  const filled = (text: string, printed: string): Piece[] => [
    { text, underline: true, blank: text === '' ? 3 : 0.3 },
    { text: `${printed} `, scale: 0.8 },
  ];
  return [
    ...filled(province, '省（区/市）'),
    ...filled(city, '市（州）'),
    ...filled(county, '县（区）'),
    ...filled(detail, '（详细地址）'),
  ];
}

const placeLabels: Readonly<Record<string, string>> = { household: '户籍地址', residence: '常住地址' };

/** The boxes of the day's law in the order of the form; a place without an address on the form is named. */
function placePieces(form: ApplicationForm, places: readonly string[]): Piece[] {
  const chosen = form.registrationPlace;
  return codeEntries('registrationPlace')
    .filter(([place]) => places.includes(place) || place === chosen)
    .map(([place, text]) => {
      const named = place === chosen && placeLabels[place] === undefined ? `：${divisionName(form.placeDivision)}` : '';
      return { text: `${placeLabels[place] ?? text}${named}　　`, tick: place === chosen };
    });
}

/** Some of the thirteen boxes, one a paragraph. */
function reasonLines(form: ApplicationForm, from: number, to: number): Piece[][] {
  return formReasons
    .filter(({ box }) => box >= from && box <= to)
    .map(({ box, text, needsText }) => {
      const tick = form.reason === String(box);
      if (!needsText) return [{ text, tick }];
      const own = tick ? (form.reasonText ?? '') : '';
      return [
        { text: `${text}：`, tick },
        { text: own, underline: true, blank: own === '' ? 6 : 0.5 },
        { text: '（请填写）' },
      ];
    });
}
