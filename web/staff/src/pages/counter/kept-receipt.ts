import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';

interface Kept {
  readonly receipt: Answer<'enterApplication'>;
  readonly name: string;
}

let kept: Kept | undefined;

/** The last receipt, kept in memory only. */
export function keepReceipt(last: Kept): void {
  kept = last;
}

/** The kept receipt of an application, until the page is reloaded. */
export function keptReceipt(applicationId: string): Kept | undefined {
  return kept?.receipt.id === applicationId ? kept : undefined;
}
