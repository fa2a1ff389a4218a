import pg from 'pg';
import type { Actor } from './actor.ts';
import { CopyOut } from './copy-out.ts';
import type { Statement } from './sql.ts';

// Dates stay 'YYYY-MM-DD' text: a business date has no time zone and must not get one.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
// Counts fit a double; bigint columns here are counts and steps.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** PostgreSQL's error codes that commands handle. */
export const UNIQUE_VIOLATION = '23505';
const TRANSACTION_ABORTED = '25P02';

/** Name of the violated constraint; on a cluster it comes with a shard suffix, so compare the beginning. */
export function violates(error: unknown, constraint: string): boolean {
  const e = error as { code?: string; constraint?: string };
  return e?.code === UNIQUE_VIOLATION && (e.constraint ?? '').startsWith(constraint);
}

/** Runs statements inside one transaction. Calls may be issued without awaiting: they travel together and run in order. */
export interface Tx {
  readonly actor: Actor;
  /** All rows. */
  rows<Row, Params extends readonly unknown[]>(statement: Statement<Row, Params>, ...params: Params): Promise<Row[]>;
  /** The first row, or undefined. */
  first<Row, Params extends readonly unknown[]>(
    statement: Statement<Row, Params>,
    ...params: Params
  ): Promise<Row | undefined>;
  /** All rows as raw fields, in PostgreSQL's binary form: for values of megabytes. */
  fields<Row, Params extends readonly unknown[]>(
    statement: Statement<Row, Params>,
    ...params: Params
  ): Promise<Buffer[][]>;
  /** How many rows were written. */
  run<Row, Params extends readonly unknown[]>(statement: Statement<Row, Params>, ...params: Params): Promise<number>;
}

/** One statement of a flight, with its parameters. */
export type Step = readonly [statement: Statement<unknown, readonly unknown[]>, params: readonly unknown[]];

/** Pairs a statement with its parameters, checked against each other. */
export function step<Row, Params extends readonly unknown[]>(
  statement: Statement<Row, Params>,
  ...params: Params
): Step {
  return [statement as unknown as Statement<unknown, readonly unknown[]>, params];
}

/** The result of one step of a flight. */
export interface StepResult {
  readonly rows: unknown[];
  readonly count: number;
}

const literal = pg.escapeLiteral;

interface TransactionOptions {
  readonly readOnly?: boolean;
  /** Every statement sees what the first one saw. */
  readonly snapshot?: boolean;
}

/** Opens the transaction and says who acts. Literal SET LOCAL, because set_config() does not reach cluster workers. */
function opening(actor: Actor, { readOnly, snapshot }: TransactionOptions): string {
  return (
    `begin${snapshot ? ' isolation level repeatable read' : ''}${readOnly ? ' read only' : ''};` +
    `set local yingdeng.role=${literal(actor.role)};` +
    `set local yingdeng.lo=${literal(actor.lo)};` +
    `set local yingdeng.hi=${literal(actor.hi)};` +
    `set local yingdeng.person=${literal(actor.person)}`
  );
}

/** The database as the application role sees it. */
export class Database {
  readonly #pool: pg.Pool;

  /** `size`: connections of this process. Sixteen beat thirty-two on two cores. */
  constructor(url: string, size = 16, onError: (error: Error) => void = () => {}) {
    this.#pool = new pg.Pool({
      connectionString: url,
      max: size,
      pipeline: true,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 10_000,
      // A transaction that hangs must not hold a worklist row, and audit windows close after a minute.
      options: '-c statement_timeout=30000 -c idle_in_transaction_session_timeout=20000 -c timezone=Asia/Shanghai',
    } as pg.PoolConfig);
    this.#pool.on('error', onError);
    // A connection lost in the midst of a transaction fails its statements; without a listener it would end the process as well.
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  /**
   * Runs `work` in one transaction as `actor`. Opening travels with the first statement. Rolls back when `work` throws.
   * @throws what `work` throws, or the database's error.
   */
  async transaction<T>(actor: Actor, work: (tx: Tx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    // A statement may be issued without awaiting it; its error must neither go unseen nor end the process.
    let failure: unknown;
    try {
      const noticed = <T>(answer: Promise<T>): Promise<T> => {
        answer.catch((error: unknown) => {
          failure ??= error;
        });
        return answer;
      };
      const send = <T>(query: string | pg.QueryConfig, read: (result: pg.QueryResult) => T): Promise<T> =>
        noticed(client.query(query).then(read));
      const ask = (statement: Statement<never, never>, params: readonly unknown[]): pg.QueryConfig => ({
        name: statement.name,
        text: statement.text,
        values: params as unknown[],
      });
      void send(opening(actor, options), () => undefined);
      const tx: Tx = {
        actor,
        rows: (statement, ...params) => send(ask(statement as never, params), (result) => result.rows),
        first: (statement, ...params) => send(ask(statement as never, params), (result) => result.rows[0]),
        fields: (statement, ...params) => {
          const { query, rows } = CopyOut.of(statement.text, params);
          client.query(query);
          return noticed(rows);
        },
        run: (statement, ...params) => send(ask(statement as never, params), (result) => result.rowCount ?? 0),
      };
      const result = await work(tx);
      const end = await send('commit', (answer) => answer);
      // COMMIT of a failed transaction answers ROLLBACK: a statement nobody waited for had failed.
      if (end.command !== 'COMMIT') throw failure ?? new Error('the transaction was rolled back');
      return result;
    } catch (error) {
      await client.query('rollback').catch((e: Error) => {
        broken = e;
      });
      // What came after the first failure only says that the transaction is aborted.
      throw (error as { code?: string }).code === TRANSACTION_ABORTED ? (failure ?? error) : error;
    } finally {
      client.release(broken);
    }
  }

  /** A transaction that only reads. */
  read<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction(actor, work, { readOnly: true });
  }

  /** The same, with all its statements seeing one and the same state: what one of them finds and another leaves out must not move between them. */
  snapshot<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction(actor, work, { readOnly: true, snapshot: true });
  }

  /**
   * One transaction whose statements are all known beforehand: opening, every step and COMMIT travel in one round trip.
   * When a step fails, the server skips the rest and COMMIT rolls back.
   * @returns one result a step. @throws the first step's error.
   */
  async flight(actor: Actor, steps: readonly Step[]): Promise<StepResult[]> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      const sent: Promise<pg.QueryResult | Error>[] = [];
      inOneWrite(client, () => {
        sent.push(client.query(opening(actor, {})).catch(asError));
        for (const [statement, params] of steps) {
          sent.push(
            client
              .query({ name: statement.name, text: statement.text, values: params as unknown as unknown[] })
              .catch(asError),
          );
        }
        sent.push(client.query('commit').catch(asError));
      });
      const answers = await Promise.all(sent);
      const failed = answers.find((answer): answer is Error => answer instanceof Error);
      if (failed) {
        if (client.getTransactionStatus() !== 'I') await client.query('rollback');
        throw failed;
      }
      return (answers as pg.QueryResult[])
        .slice(1, -1)
        .map((answer) => ({ rows: answer.rows, count: answer.rowCount ?? 0 }));
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (!code || code.startsWith('08') || code.startsWith('57')) broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** Connections in use and idle, and callers that wait for one. */
  usage(): { busy: number; idle: number; waiting: number } {
    const { totalCount, idleCount, waitingCount } = this.#pool;
    return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

/**
 * Lets everything that `send` issues leave in one packet. The client writes each statement by itself, and every write wakes
 * the kernel, the server and then this process again: a tenth of what a submission costs here.
 */
function inOneWrite(client: pg.PoolClient, send: () => void): void {
  const { stream } = (client as unknown as { connection: { stream: { cork?(): void; uncork?(): void } } }).connection;
  stream.cork?.();
  try {
    send();
  } finally {
    stream.uncork?.();
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
