// A provision: one parameter set by one clause, for a place, from a day.
import type { PlainDate } from '../calendar.ts';
import type { Parameter, ParameterValues } from './parameters.ts';

/** Authority, highest first. */
export const levels = ['national', 'province', 'city', 'county'] as const;
export type Level = (typeof levels)[number];

interface ProvisionOf<P extends Parameter> {
  /** Unique for ever; shipped ones are 'clause id:parameter'. */
  readonly id: string;
  readonly parameter: P;
  readonly value: ParameterValues[P];
  /** The place, as the leading digits of its division code: '' the whole country, '41' Henan, '2103' Anshan. */
  readonly division: string;
  readonly level: Level;
  /** Number and title of the document, and the clause as printed. */
  readonly document: string;
  readonly documentTitle: string;
  readonly clause: string;
  readonly clauseId: string;
  /** First day in force, and last (absent: until further notice). */
  readonly from: PlainDate;
  readonly to?: PlainDate;
  /** What a reader must know: a date that is assumed, a reading where the clause gives no figure. */
  readonly note?: string;
}

/** One parameter set by one clause; `value` has the type of its `parameter`. */
export type Provision<P extends Parameter = Parameter> = { [K in P]: ProvisionOf<K> }[P];

/** Where a value comes from, as shown to people and stored with every decision, deadline, refusal and exit. */
export interface Citation {
  provisionId: string;
  document: string;
  documentTitle: string;
  clause: string;
  clauseId: string;
  level: Level;
  division: string;
  from: PlainDate;
  to?: PlainDate;
}

/** The citation of a provision. */
export function citationOf(provision: Provision): Citation {
  const { id, document, documentTitle, clause, clauseId, level, division, from, to } = provision;
  const citation: Citation = { provisionId: id, document, documentTitle, clause, clauseId, level, division, from };
  return to === undefined ? citation : { ...citation, to };
}

/** A citation in one line: 「人社厅发〔2020〕79号 一(三)」. */
export function cite(citation: Pick<Citation, 'document' | 'clause'>): string {
  return `${citation.document} ${citation.clause}`;
}
