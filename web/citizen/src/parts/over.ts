import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';

/** Scenarios in which nothing is in hand any more and a new application may be made. */
const over: readonly string[] = ['exited', 'refused', 'withdrawn', 'duplicate'];

/** Whether a case with this status is over. */
export function isOver({ scenario }: Answer<'enquireProgress'>['status']): boolean {
  return over.includes(scenario);
}
