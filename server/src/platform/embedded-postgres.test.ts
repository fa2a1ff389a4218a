import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { makeMissingLinks } from './embedded-postgres-binaries.ts';
import { findOwner } from './embedded-postgres-owner.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingdeng-embedded-'));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** A program that starts the server and then waits to be killed. */
async function startInChild(
  dataDir: string,
  watchParentByShell: boolean,
): Promise<{ child: ChildProcess; url: string }> {
  const module = new URL('./embedded-postgres.ts', import.meta.url).href;
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(module)});
    const server = await startEmbeddedPostgres(${JSON.stringify({ dataDir, watchParentByShell, fsync: true })});
    console.log('url=' + server.superuserUrl);
    setInterval(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const part of child.stdout) {
    said += String(part);
    const url = /url=(\S+)/.exec(said)?.[1];
    if (url) return { child, url };
  }
  throw new Error(`the child ended: ${said}`);
}

/** Only what is about durability needs to wait for the disk. */
const use = async (dataDir: string, work: (server: EmbeddedPostgres) => Promise<void>, fsync = false) => {
  const server = await startEmbeddedPostgres({ dataDir, fsync });
  try {
    await work(server);
  } finally {
    await server.stop();
  }
};

describe('embedded PostgreSQL', () => {
  it('makes a durable UTF-8 cluster with checksums on loopback, behind a password only this user reads', async () => {
    const dataDir = join(folder, 'first');
    await use(
      dataDir,
      async (server) => {
        const [is] = await ask(
          server.superuserUrl,
          `select current_setting('fsync') as fsync, current_setting('server_encoding') as encoding,
           current_setting('data_checksums') as checksums, current_setting('listen_addresses') as listens,
           current_setting('unix_socket_directories') as sockets, '衢' || chr(134071) as rare`,
        );
        expect(is).toEqual({
          fsync: 'on',
          encoding: 'UTF8',
          checksums: 'on',
          listens: '127.0.0.1',
          sockets: '',
          rare: '衢𠮷',
        });
        expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600);
        const wrong = new URL(server.superuserUrl);
        wrong.password = 'guess';
        await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
      },
      true,
    );
    expect(findOwner(join(dataDir, 'data'))).toBeUndefined();
  });

  it('keeps what was committed when its parent is killed, by signal or by watching shell', async () => {
    const dataDir = join(folder, 'killed');
    for (const [n, byShell] of [false, true].entries()) {
      const { child, url } = await startInChild(dataDir, byShell);
      await ask(url, 'create table if not exists kept (n int)');
      await ask(url, `insert into kept values (${n})`);
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await use(dataDir, async (server) => {
      expect(await ask(server.superuserUrl, 'select n from kept order by n')).toEqual([{ n: 0 }, { n: 1 }]);
    });
  });

  it('starts again after the server itself was killed', async () => {
    const dataDir = join(folder, 'crashed');
    const { child, url } = await startInChild(dataDir, false);
    await ask(url, 'create table kept as select 1 as n');
    const pid = Number(readFileSync(join(dataDir, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    child.kill('SIGKILL');
    await use(dataDir, async (server) => {
      expect(await ask(server.superuserUrl, 'select n from kept')).toEqual([{ n: 1 }]);
    });
  });

  it('names a living owner instead of fighting it', async () => {
    const dataDir = join(folder, 'owned');
    await use(dataDir, async (server) => {
      await expect(startEmbeddedPostgres({ dataDir, patienceMs: 300 })).rejects.toThrow(/正由进程 \d+ 使用/);
      expect(await ask(server.superuserUrl, 'select 1 as n')).toEqual([{ n: 1 }]);
    });
  });

  it('does a half-made folder again, but never one a server has run in', async () => {
    const dataDir = join(folder, 'half');
    mkdirSync(join(dataDir, 'data'), { recursive: true });
    writeFileSync(join(dataDir, 'data', 'PG_VERSION'), '18\n');
    await use(dataDir, (server) => ask(server.superuserUrl, 'create table kept as select 1 as n').then(() => {}));
    rmSync(join(dataDir, 'made'));
    await use(dataDir, async (server) => {
      expect(await ask(server.superuserUrl, 'select n from kept')).toEqual([{ n: 1 }]);
    });
  });

  it('does not take a lock file for a living owner when its number belongs to another program', async () => {
    const dataDir = join(folder, 'reused');
    await use(dataDir, async () => {});
    writeFileSync(join(dataDir, 'data', 'postmaster.pid'), `${process.pid}\n`);
    await use(dataDir, async (server) => expect(await ask(server.superuserUrl, 'select 1 as n')).toEqual([{ n: 1 }]));
  });

  it('takes another port when the wished one is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const server = await startEmbeddedPostgres({ dataDir: join(folder, 'port'), fsync: false, port, portIsWish: true });
    expect(server.port).not.toBe(port);
    await server.stop();
    await server.stop();
    other.close();
  });

  it('makes the library links that a package without install scripts lacks', () => {
    const broken = join(folder, 'package');
    mkdirSync(join(broken, 'native', 'lib'), { recursive: true });
    writeFileSync(join(broken, 'native', 'lib', 'libx.so.1.2'), 'x');
    const link = { source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' };
    writeFileSync(join(broken, 'native', 'pg-symlinks.json'), JSON.stringify([link]));
    expect(makeMissingLinks(broken)).toBe(1);
    expect(existsSync(join(broken, 'native', 'lib', 'libx.so.1'))).toBe(true);
    expect(makeMissingLinks(broken)).toBe(0);
  });
});
