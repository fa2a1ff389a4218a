import type { CounterSubmission } from '@yingdeng/contract/application-form.ts';
import type { ApplicationForm } from '@yingdeng/rules/application-form.ts';
import { commitmentDigestInput } from '@yingdeng/rules/commitment.ts';
import { sheetCode } from '@yingdeng/rules/paper-signature.ts';
import type { Actor } from '../../platform/actor.ts';
import { sm3 } from '../../platform/crypto.ts';

type Paper = Extract<CounterSubmission['commitment'], { paper: unknown }>['paper'];

/** How a signature on paper is stored with its application. */
export interface PaperRecord {
  readonly sheet: string;
  readonly signedOn: string;
  readonly witness: string;
  readonly fileNumber: string;
  readonly recordedBy: string;
}

/** SM3 over the version's words and the normalised form: what was signed. */
export function commitmentDigest(version: string, form: ApplicationForm): Buffer {
  return sm3(commitmentDigestInput(version, form));
}

/** The code that a sheet of this content carries. */
export function sheetCodeOf(version: string, form: ApplicationForm): string {
  return sheetCode(commitmentDigest(version, form).toString('hex'));
}

/** What is kept of a signature on paper: the clerk who records it is the one who answers for the shelf. */
export function recorded({ sheet, signedOn, witness, fileNumber }: Paper, clerk: Actor): PaperRecord {
  return { sheet, signedOn, witness: witness.trim(), fileNumber: fileNumber.trim(), recordedBy: clerk.name };
}
