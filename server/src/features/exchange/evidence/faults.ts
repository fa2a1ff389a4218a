import { mendAdvice } from '@yingdeng/rules/exchange/mending.ts';

/** Faults of a record with how each is mended. */
export function faultsOf(
  faults: readonly { check: string; field: string; message: string }[],
): { check: string; field: string; message: string; mend: string }[] {
  return faults.map(({ check, field, message }) => ({ check, field, message, mend: mendAdvice(check, field).text }));
}
