import type { Answer, Body } from '@yingdeng/web-shared/routes.gen.ts';

interface Kept {
  readonly receipt: Answer<'enterApplication'>;
  readonly submission: Body<'enterApplication'>;
}

let kept: Kept | undefined;

/** The last submission, for its receipt and print. Kept in memory only: full numbers never go into the browser's store. */
export function keepReceipt(last: Kept): void {
  kept = last;
}

/** The kept submission of an application, until the page is reloaded. */
export function keptReceipt(applicationId: string): Kept | undefined {
  return kept?.receipt.id === applicationId ? kept : undefined;
}
