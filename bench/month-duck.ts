import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, version } from '@duckdb/node-api';
import type pg from 'pg';
import { type Rows, statements } from './month-numbers.ts';

/** The tables the numbers come from, with the columns they need; instants without their zone, which is UTC. */
const tables: Readonly<Record<string, string>> = {
  office: 'code::text, town',
  person:
    'tenant::text, id, sex::text, birth_date, education, disability::text, health, hukou::text, household_division::text, veteran, document_type::text, residence_urban',
  registration:
    "tenant::text, id, person_id, division::text, office::text, status, channel, reason, registered_at at time zone 'UTC' as registered_at, registered_on, exited_on",
  exit: "tenant::text, registration_id, division::text, status, reason::text, confirmed_at at time zone 'UTC' as confirmed_at",
  difficulty: 'tenant::text, person_id, category, valid_from, valid_to',
  sub_matter: 'tenant::text, person_id, kind, state',
  served_person: 'tenant::text, person_id, group_name',
};
const types: Readonly<Record<string, string>> = {
  id: 'uuid',
  person_id: 'uuid',
  registration_id: 'uuid',
  birth_date: 'date',
  registered_on: 'date',
  exited_on: 'date',
  valid_from: 'date',
  valid_to: 'date',
  registered_at: 'timestamp',
  confirmed_at: 'timestamp',
  town: 'boolean',
  veteran: 'boolean',
  residence_urban: 'boolean',
};
const nameOf = (column: string): string => / as (\w+)$/.exec(column)?.[1] ?? column.trim().replace(/::\w+$/, '');

/** DuckDB over the same rows: exported as CSV by the database itself, read into a file of DuckDB's own. */
export interface Duck {
  readonly version: string;
  readonly seconds: { readonly exported: number; readonly read: number };
  /** The numbers, every statement one after the other. */
  count(): Promise<Rows[]>;
  close(): void;
}

/** Exports and reads the rows; two threads, as PostgreSQL has two cores here. */
export async function openDuck(owner: pg.Client, threads: number): Promise<Duck> {
  const folder = mkdtempSync(join(tmpdir(), 'yingdeng-bench-duck-'));
  // The database server is another user.
  chmodSync(folder, 0o777);
  const instance = await DuckDBInstance.create(join(folder, 'month.duckdb'), { threads: String(threads) });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const seconds = await readInto(owner, connection, folder);
    const texts = statements("strftime(birth_date, '%Y%m%d')::int");
    return {
      version: version(),
      seconds,
      count: async () => {
        const found: Rows[] = [];
        for (const text of texts) found.push((await connection.runAndReadAll(text)).getRowObjects() as Rows);
        return found;
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** Has the database write every table as CSV and DuckDB read it. */
async function readInto(owner: pg.Client, connection: DuckDBConnection, folder: string): Promise<Duck['seconds']> {
  const seconds = { exported: 0, read: 0 };
  for (const [table, columns] of Object.entries(tables)) {
    const file = join(folder, `${table}.csv`);
    let from = performance.now();
    await owner.query(`copy (select ${columns} from ${table}) to '${file}' (format csv)`);
    seconds.exported += (performance.now() - from) / 1000;
    from = performance.now();
    const typed = columns
      .split(/, (?=\w)/)
      .map((column) => `'${nameOf(column)}': '${types[nameOf(column)] ?? 'varchar'}'`);
    await connection.run(
      `create table "${table}" as select * from read_csv('${file}', auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', columns = {${typed.join(', ')}})`,
    );
    seconds.read += (performance.now() - from) / 1000;
    rmSync(file, { force: true });
  }
  await connection.run('checkpoint');
  return seconds;
}
