import { checkExitRecord } from './check.ts';
import { createRepeatFinder, repeatedKey } from './repeats.ts';
import type { ExitFacts, ExitRecord, ExitRecordResult } from './types.ts';

/**
 * Checks the records of one batch in order, repeated keys included: the same content again is harmless, other content
 * is a fault of the later record. `factsOf` gives the facts of one record, or the same facts for all.
 */
export function checkExitBatch<R extends ExitRecord>(
  records: readonly R[],
  factsOf: ExitFacts | ((record: R, index: number) => ExitFacts),
): ExitRecordResult[] {
  const repeats = createRepeatFinder();
  return records.map((record, index) => {
    const result = checkExitRecord(record, typeof factsOf === 'function' ? factsOf(record, index) : factsOf);
    return repeats.add(record) === 'other' ? withRepeatedKey(result) : result;
  });
}

/** The result with the fault of a repeated key added. */
export function withRepeatedKey(result: ExitRecordResult): ExitRecordResult {
  return { faults: [...result.faults, repeatedKey], warnings: result.warnings };
}
