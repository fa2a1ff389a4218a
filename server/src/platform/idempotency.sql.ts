import { sql } from './sql.ts';

export const findAnswer = sql<
  { route: string; request_digest: Buffer; response: unknown },
  [actor: string, key: string]
>('idempotency.find', 'select route, request_digest, response from idempotency where actor = $1 and key = $2');

export const keepAnswer = sql<
  Record<string, never>,
  [actor: string, key: string, route: string, digest: Buffer, status: number, response: string, at: Date]
>(
  'idempotency.keep',
  'insert into idempotency (actor, key, route, request_digest, status, response, at) values ($1, $2, $3, $4, $5, $6, $7)',
);

/** Nightly; reads the index on `at`; a week of keys is enough for any retry. */
export const forgetAnswers = sql<Record<string, never>, [before: Date]>(
  'idempotency.forget',
  'delete from idempotency where at < $1',
);
