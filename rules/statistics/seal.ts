// The seal of a report: a page of plain lines that names every frozen list, or every part, with its digest. Whoever has the lists writes the
// same page and gets the same digest; a list that was changed names itself, because its line no longer agrees.

/** A frozen list of an office: what it holds, how many lines, digest (SM3, hex) of its text. */
export interface SealedList {
  readonly office: string;
  readonly kind: ListKind;
  readonly persons: number;
  readonly digest: string;
}

/** What is frozen of an office: who was registered at the end, what moved in the period, who counts besides (H122-3a), what was due and given
 * (A21-4a); of the first report the opening too. */
export const listKinds = {
  opening: '期初名册',
  stock: '期末名册',
  movements: '本期变动',
  besides: '参照群体',
  services: '服务情况',
} as const;
export type ListKind = keyof typeof listKinds;

/** A report of a part, as the whole names it. */
export interface SealedPart {
  readonly division: string;
  readonly persons: number;
  readonly digest: string;
}

/** What a seal says of the report itself. */
export interface SealHead {
  readonly division: string;
  readonly month: string;
  readonly revision: number;
  /** Digest of the report of the month before; empty for the first one. */
  readonly last: string;
}

const head = ({ division, month, revision, last }: SealHead): string =>
  `yingdeng-report 1\n${division} ${month} ${revision}\nlast ${last || '-'}\n`;

/** The page of a county: one line a list, by office and kind. Its SM3 digest is the seal. */
export function countyPage(of: SealHead, lists: readonly SealedList[]): string {
  const lines = lists.map(({ office, kind, persons, digest }) => `list ${office} ${kind} ${persons} ${digest}`).sort();
  return `${head(of)}${lines.map((line) => `${line}\n`).join('')}`;
}

/** The page of a city or province: one line a part, by division. */
export function wholePage(of: SealHead, parts: readonly SealedPart[]): string {
  const lines = parts.map(({ division, persons, digest }) => `part ${division} ${persons} ${digest}`).sort();
  return `${head(of)}${lines.map((line) => `${line}\n`).join('')}`;
}
