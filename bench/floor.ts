import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

/** The tables a submission writes, parents first. */
const tables = ['person', 'application', 'application_action', 'audit_event', 'message'] as const;

/** What must differ from row to row: keys by chance, and what the indexes of names and numbers would otherwise pile up. */
const own: Record<string, string> = {
  'person.id': 'md5(:r::text)::uuid',
  'person.id_hash': "decode(md5(:r::text) || md5(:r::text || 'h'), 'hex')",
  'person.mobile_hash': "decode(md5(:r::text || 'm') || md5(:r::text), 'hex')",
  'person.name_pinyin': 'left(md5(:r::text), 11)',
  'person.name_initials': 'left(md5(:r::text), 3)',
  'person.id_tail': "left(md5(:r::text || 't'), 4)",
  'application.id': "md5('a' || :r::text)::uuid",
  'application.person_id': 'md5(:r::text)::uuid',
  'application.number': "lpad((:r::bigint % 9999999999999999)::text, 16, '0')",
  'application_action.id': "md5('b' || :r::text)::uuid",
  'application_action.application_id': "md5('a' || :r::text)::uuid",
  'application_action.person_id': 'md5(:r::text)::uuid',
  'audit_event.id': "md5('c' || :r::text)::uuid",
  'audit_event.subject_id': "md5('a' || :r::text)::uuid::text",
  'audit_event.person_id': 'md5(:r::text)::uuid',
  'message.id': "md5('d' || :r::text)::uuid",
  'message.subject_id': "md5('a' || :r::text)::uuid",
  'message.person_id': 'md5(:r::text)::uuid',
};

/** Columns that carry the time of writing: it moves on, as it does for us. */
const times = new Set(['created_at', 'updated_at', 'at', 'submitted_at', 'not_before']);

/** The bare inserts of one submission, drawn from a row that the system itself has stored. */
export interface Floor {
  /** Name and version of what inserts. */
  readonly tool: string;
  /** Rows' transactions per second; with `pipelined`, BEGIN to COMMIT travel at once. */
  run(seconds: number, pipelined: boolean): Promise<number>;
  close(): void;
}

/** pgbench of the newest PostgreSQL that is here, or in the path. */
function findPgbench(): string | undefined {
  const home = '/usr/lib/postgresql';
  const versions = existsSync(home) ? readdirSync(home).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(home, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.map((folder) => join(folder, 'pgbench')).find((file) => existsSync(file));
}

/** Prepares the floor from the last stored submission. `clients` connections as the owner of all, without policies. */
export async function prepareFloor(ownerUrl: string, clients: number): Promise<Floor> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const values: Record<string, string> = {};
  const inserts: string[] = [];
  for (const table of tables) {
    const types = await client.query<{ name: string }>(
      "select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 order by ordinal_position",
      [table],
    );
    const names = types.rows.map((row) => row.name);
    const { rows } = await client.query<Record<string, string | null>>(
      `select ${names.map((name) => `${name}::text`).join(', ')} from ${table} order by tenant desc limit 1`,
    );
    const row = rows[0]!;
    const used = names.filter((name) => row[name] !== null);
    const expressions = used.map((name) => {
      const made = own[`${table}.${name}`] ?? (times.has(name) ? 'now()' : undefined);
      if (made) return made;
      // pgbench takes no empty variable.
      if (row[name] === '') return "''";
      values[`${table}_${name}`] = row[name]!;
      return `:${table}_${name}`;
    });
    inserts.push(`insert into ${table} (${used.join(', ')}) values (${expressions.join(', ')})`);
  }
  await client.end();
  const statements = ['begin', ...inserts, 'commit'];
  const pgbench = findPgbench();
  return pgbench
    ? byPgbench(pgbench, ownerUrl, clients, statements, values)
    : byNode(ownerUrl, clients, statements, values);
}

async function byPgbench(
  program: string,
  ownerUrl: string,
  clients: number,
  statements: readonly string[],
  values: Readonly<Record<string, string>>,
): Promise<Floor> {
  const run = promisify(execFile);
  const folder = mkdtempSync(join(tmpdir(), 'yingdeng-floor-'));
  const url = new URL(ownerUrl);
  const draw = '\\set r random(1, 9000000000000000000)\n';
  const text = statements.map((statement) => `${statement};\n`).join('');
  const plain = join(folder, 'plain.sql');
  const pipelined = join(folder, 'pipelined.sql');
  writeFileSync(plain, draw + text);
  writeFileSync(pipelined, `${draw}\\startpipeline\n${text}\\endpipeline\n`);
  return {
    tool: (await run(program, ['--version'])).stdout.trim(),
    run: async (seconds, inPipeline) => {
      const { stdout } = await run(
        program,
        [
          ...['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds)],
          ...['-f', inPipeline ? pipelined : plain],
          ...Object.entries(values).flatMap(([name, value]) => ['-D', `${name}=${value}`]),
        ],
        {
          env: {
            PGHOST: url.hostname,
            PGPORT: url.port,
            PGUSER: url.username,
            PGPASSWORD: decodeURIComponent(url.password),
            PGDATABASE: url.pathname.slice(1),
          },
        },
      );
      const found = /tps = ([\d.]+) \(without/.exec(stdout);
      if (!found) throw new Error(`pgbench said no tps:\n${stdout}`);
      return Number(found[1]);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Where there is no pgbench: the same prepared statements by node-pg, which costs more processor time than pgbench does. */
function byNode(
  ownerUrl: string,
  clients: number,
  statements: readonly string[],
  values: Readonly<Record<string, string>>,
): Floor {
  const asked = statements.map((statement, i) => {
    const names: string[] = [];
    const text = statement.replace(/(?<!:):([a-z]\w*)/g, (_, name: string) => `$${names.push(name)}`);
    return { name: `floor${i}`, text, names };
  });
  return {
    tool: 'no pgbench here: node-pg inserting the same rows (a lower floor than pgbench)',
    run: async (seconds, inPipeline) => {
      const open = Array.from(
        { length: clients },
        () => new pg.Client({ connectionString: ownerUrl, pipeline: inPipeline } as pg.ClientConfig),
      );
      await Promise.all(open.map((client) => client.connect()));
      let count = 0;
      const from = performance.now();
      const until = from + seconds * 1000;
      await Promise.all(
        open.map(async (client) => {
          while (performance.now() < until) {
            const r = String(Math.floor(Math.random() * 9e15));
            const sent = [];
            for (const { name, text, names } of asked) {
              const answer = client.query({
                name,
                text,
                values: names.map((each) => (each === 'r' ? r : values[each])),
              });
              if (!inPipeline) await answer;
              sent.push(answer);
            }
            await Promise.all(sent);
            count += 1;
          }
        }),
      );
      const rate = (count * 1000) / (performance.now() - from);
      await Promise.all(open.map((client) => client.end()));
      return rate;
    },
    close: () => {},
  };
}
