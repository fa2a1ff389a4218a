import { encodeCsv } from '../../../platform/csv-bytes.ts';
import type { TextEncoding } from '../../../platform/text-encoding.ts';
import type { DecisionItem } from '../decisions/send.ts';

/** A decision of a file: which row of `decision_upload` it is, and what the platform is told. */
export interface FiledDecision {
  readonly id: string;
  readonly item: DecisionItem;
}

const header = [
  'item',
  'applicationNumber',
  'AAB301',
  'serial',
  'outcome',
  'decidedAt',
  'registrationNumber',
  'reason',
] as const;

/** The bytes of a file of decisions (M79-7a): numbered from 1, since one application may have two of them. @throws UnmappableText */
export function decisionFileBytes(decisions: readonly FiledDecision[], encoding: TextEncoding): Buffer {
  const rows = decisions.map(({ item }, n) =>
    header.map((name) => (name === 'item' ? String(n + 1) : (item[name] ?? ''))),
  );
  return encodeCsv({ header, rows }, encoding);
}
