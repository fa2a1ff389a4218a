import { forbiddenGrounds } from '@yingdeng/rules/forbidden-grounds.ts';
import { AppError } from './errors.ts';

/**
 * Blocks a text to the worker that names a forbidden demand or ground (M79-2); supervision hears of it through the error's detail.
 * @throws AppError decision.forbiddenGround
 */
export function blockForbidden(text: string, what: string): void {
  const [hit] = forbiddenGrounds(text);
  if (!hit) return;
  const supervisionEvent = {
    kind: 'forbiddenGround',
    text: `${what}中含有“${hit.phrase}”，已拦截。`,
    clauses: [hit.clause],
  };
  throw new AppError(
    'decision.forbiddenGround',
    { phrase: hit.phrase },
    { clause: hit.clause, detail: { supervisionEvent } },
  );
}
