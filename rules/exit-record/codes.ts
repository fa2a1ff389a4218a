import { codeTables } from '@yingdeng/contract/code-tables.ts';

/** Two-digit code tables as a look-up by number, because it is asked for every row of a file of millions. */

function lookup(values: Readonly<Record<string, string>>): Uint8Array {
  const found = new Uint8Array(100);
  for (const code of Object.keys(values)) found[Number(code)] = 1;
  return found;
}

const documents = lookup(codeTables.identityDocument.values);
const reasons = lookup(codeTables.exitReason.values);

function has(table: Uint8Array, text: string): boolean {
  if (text.length !== 2) return false;
  const tens = text.charCodeAt(0) - 48;
  const ones = text.charCodeAt(1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 && table[tens * 10 + ones] === 1;
}

/** Whether AAC058 has the code. */
export function isDocumentCode(text: string): boolean {
  return has(documents, text);
}

/** Whether AJC00A has the code: the twelve of the annex, without 22. */
export function isExitReasonCode(text: string): boolean {
  return has(reasons, text);
}

/** Codes of AAC058 that are used elsewhere but not confirmed for this upload. */
export const pendingDocumentCodes: readonly string[] = codeTables.identityDocument.pending;
