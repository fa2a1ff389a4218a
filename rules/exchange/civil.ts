import { isPlainDate, type PlainDate } from '../calendar.ts';
import { uncarried } from '../exit-record/index.ts';
import { normaliseIdentityEntry, personKeyForm } from '../identity-number.ts';

/**
 * The monthly file for civil affairs and its answer (M79-5b). The notice asks for the exchange and names no columns: these are of the house,
 * described in docs/exchange-files.md.
 */
export const civilKinds = {
  referral: '转介核查',
  withdrawn: '本人不再申请',
  recipient: '低保对象，正在失业登记',
  ended: '低保对象，失业登记已结束',
} as const;
export type CivilKind = keyof typeof civilKinds;

export const civilColumns = [
  'item',
  'kind',
  'reference',
  'name',
  'AAC002',
  'registration',
  'registeredOn',
  'endedOn',
  'consentedOn',
  'consentHow',
  'said',
] as const;

/** A person of the file. `reference`: id of the referral; empty for somebody who draws the allowance already. */
export interface CivilRow {
  readonly kind: CivilKind;
  readonly reference: string;
  readonly name: string;
  readonly idNumber: string;
  readonly registration: string;
  readonly registeredOn: string;
  readonly endedOn: string;
  readonly consentedOn: string;
  readonly consentHow: string;
  readonly said: string;
}

/** The cells of a file, numbered from 1 in the order of the rows. */
export function civilCells(rows: readonly CivilRow[]): string[][] {
  return rows.map((row, n) =>
    civilColumns.map((name) => (name === 'item' ? String(n + 1) : name === 'AAC002' ? row.idNumber : row[name])),
  );
}

/** Why a person cannot go in any file, with place and code point of each character; undefined when nothing is in the way. */
export function civilUnmappable(row: Pick<CivilRow, 'name' | 'said'>): string | undefined {
  const of = (named: string, text: string) =>
    uncarried(text).map(({ position, codePoint }) => `${named}第${position}个字符${codePoint}`);
  const found = [...of('姓名', row.name), ...of('本人所说', row.said)];
  return found.length > 0 ? `有文件无法传送的字符（${found.join('、')}）` : undefined;
}

export const civilAnswerColumns = ['item', 'kind', 'name', 'AAC002', 'result', 'from', 'reason'] as const;

/** A row of the answer as it was read. */
export type CivilAnswerRow = Readonly<Record<(typeof civilAnswerColumns)[number], string>>;

/** What civil affairs found about a referral: the person is in since a day, is not with the reason, or it is still looking. */
export type CivilResult =
  | { readonly reference: string; readonly result: 'accepted'; readonly from: PlainDate }
  | { readonly reference: string; readonly result: 'refused'; readonly reason: string }
  | { readonly reference: string; readonly result: 'pending' };

/** Somebody who draws the minimum living allowance, as civil affairs names them. */
export interface CivilRecipient {
  readonly line: number;
  readonly name: string;
  readonly idNumber: string;
  readonly from: PlainDate;
}

/** An answer, read row by row. */
export interface CivilAnswer {
  readonly results: readonly CivilResult[];
  readonly recipients: readonly CivilRecipient[];
  /** Rows that say nothing that can be used; `line` is that of the file, the header being 1. No personal data in the words. */
  readonly faults: readonly { line: number; text: string }[];
}

const LONGEST_REASON = 300;
const day = (text: string): PlainDate | undefined => {
  const plain = /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text;
  return isPlainDate(plain) ? plain : undefined;
};

/**
 * Reads an answer against what was sent (M79-5b). A row is believed only when number and identity number fit the item; what does not fit is a
 * fault of its own and stops none of the others. A referral that is not answered stays open.
 */
export function readCivilAnswer(
  rows: readonly CivilAnswerRow[],
  sent: readonly CivilRow[],
  today: PlainDate,
): CivilAnswer {
  const results: CivilResult[] = [];
  const recipients: CivilRecipient[] = [];
  const faults: { line: number; text: string }[] = [];
  const seen = new Set<string>();
  for (const [n, row] of rows.entries()) {
    const line = n + 2;
    const read = row.kind === 'recipient' ? recipientOf(row, line, today) : resultOf(row, sent, today);
    const key = typeof read === 'string' ? '' : 'reference' in read ? read.reference : read.idNumber;
    if (typeof read === 'string') faults.push({ line, text: read });
    else if (seen.has(key)) faults.push({ line, text: '同一个人重复出现' });
    else if ('reference' in read) results.push(read);
    else recipients.push(read);
    seen.add(key);
  }
  return { results, recipients, faults };
}

function recipientOf(row: CivilAnswerRow, line: number, today: PlainDate): CivilRecipient | string {
  const from = day(row.from.trim());
  if (!/^\d{17}[\dXx]$/.test(row.AAC002.trim())) return 'AAC002：不是18位身份证件号码';
  if (row.name.trim() === '') return 'name：没有填姓名';
  if (!from || from > today) return 'from：不是日期，或者在今天以后';
  return { line, name: row.name.trim(), idNumber: normaliseIdentityEntry(row.AAC002), from };
}

function resultOf(row: CivilAnswerRow, sent: readonly CivilRow[], today: PlainDate): CivilResult | string {
  if (row.kind !== 'referral') return 'kind：只能是referral或recipient';
  const asked = sent[Number(row.item) - 1];
  if (asked?.kind !== 'referral') return 'item：不是所发文件中的转介';
  const same = (text: string) => personKeyForm(normaliseIdentityEntry(text));
  if (same(row.AAC002) !== same(asked.idNumber)) return `AAC002：与所发第${row.item}项不是同一个人`;
  const { reference } = asked;
  if (row.result === 'pending') return { reference, result: 'pending' };
  if (row.result === 'accepted') {
    const from = day(row.from.trim());
    return from && from <= today
      ? { reference, result: 'accepted', from }
      : 'from：纳入低保的日期不是日期，或者在今天以后';
  }
  if (row.result !== 'refused') return 'result：只能是accepted、refused或pending';
  const reason = row.reason.trim();
  return reason.length >= 2 && reason.length <= LONGEST_REASON
    ? { reference, result: 'refused', reason }
    : `reason：没有纳入的，要写明原因（${LONGEST_REASON}字以内）`;
}
