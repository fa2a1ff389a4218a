import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { identityOf } from '../lib/lock.js';
import { makeEnvironment } from './environment.ts';
import { greeting } from './greeting.ts';
import { freePort } from './ports.ts';
import { waitForPrevious, writeRecord } from './previous.ts';
import { runOnce, Service, type Surroundings } from './processes.ts';
import { readOrMakeSecrets } from './secrets.ts';
import { buildStaleWebs } from './webs.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingdeng-supervise-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const said: string[] = [];
const around: Surroundings = {
  root: folder,
  logs: folder,
  env: process.env,
  say: (line) => said.push(line),
  changed: () => {},
};

describe('secrets', () => {
  it('are made once, for this user only, each value its own', () => {
    const file = join(folder, 'secrets.json');
    const made = readOrMakeSecrets(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readOrMakeSecrets(file)).toEqual(made);
    const values = [
      ...Object.values(made.keys.data),
      made.keys.lookup,
      made.keys.audit,
      made.databasePassword,
      made.platformKey,
    ];
    expect(new Set(values).size).toBe(values.length);
    for (const value of values) expect(value).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('addresses', () => {
  it('take the wished port when it is free and another when it is not', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    expect(await freePort(port)).not.toBe(port);
    other.close();
    await once(other, 'close');
    expect(await freePort(port)).toBe(port);
  });

  it('agree with each other, and yield to what the caller says', async () => {
    const secrets = readOrMakeSecrets(join(folder, 'secrets.json'));
    const outer = {
      YINGDENG_PORT: '0',
      YINGDENG_LOG_LEVEL: 'warn',
      YINGDENG_SMS_URL: 'http://127.0.0.1:9',
      YINGDENG_MODE: '',
    };
    const { env, addresses } = await makeEnvironment(outer, folder, secrets, 'postgres://x');
    expect(addresses.url).toBe(`http://localhost:${env.YINGDENG_PORT}`);
    expect(env.YINGDENG_PLATFORM_URL).toBe(`http://localhost:${env.STANDINS_PLATFORM_PORT}`);
    expect(env.YINGDENG_PLATFORM_FILES).toBeUndefined();
    expect(env).toMatchObject({
      YINGDENG_MODE: 'demo',
      YINGDENG_LOG_LEVEL: 'warn',
      YINGDENG_SMS_URL: 'http://127.0.0.1:9',
    });
    expect(Object.keys(env)).not.toContain('YINGDENG_MIGRATOR_URL');
  });
});

describe('the greeting', () => {
  it('names the portal before any other address, one person a role, and no one when nobody is known', () => {
    const file = join(folder, 'demo.json');
    const clerk = (name: string) => ({ name, username: name, password: 'p', roleText: '经办' });
    writeFileSync(
      file,
      JSON.stringify({ staff: [clerk('甲'), clerk('乙')], workers: [{ name: '丙', idNumber: '1' }] }),
    );
    const text = greeting('http://localhost:1', 'http://localhost:2', file);
    expect(text.match(/http:\/\/\S+/)?.[0]).toBe('http://localhost:1/');
    expect(text).toContain('甲');
    expect(text).not.toContain('乙');
    expect(text).toContain('丙');
    expect(greeting('http://localhost:1', undefined, join(folder, 'none.json'))).not.toContain('登录');
  });
});

describe('what an earlier start left', () => {
  const file = join(folder, 'run.json');

  it('is refused while its supervisor lives', async () => {
    writeRecord(file, { supervisor: identityOf(process.pid)!, children: {}, url: 'http://localhost:1' });
    await expect(waitForPrevious(file, () => {})).rejects.toThrow(/已经在运行.*http:\/\/localhost:1/);
  });

  it('is waited for when only its programs live', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 400)'], { stdio: 'ignore' });
    writeRecord(file, { supervisor: '999999 1', children: { worker: identityOf(child.pid!)! } });
    const lines: string[] = [];
    await waitForPrevious(file, (line) => lines.push(line));
    expect(identityOf(child.pid!)).toBeUndefined();
    expect(lines.join()).toContain('worker');
    expect(existsSync(file)).toBe(false);
  });
});

describe('programs', () => {
  it('tell their last lines when they fail and are silent when they do not', async () => {
    const signal = new AbortController().signal;
    writeFileSync(join(folder, 'bad.js'), "console.error('out of ink'); process.exit(3)");
    await expect(runOnce('bad', ['bad.js'], around, { signal })).rejects.toThrow(/失败（3）[\s\S]*out of ink/);
    writeFileSync(join(folder, 'good.js'), "console.log('one'); console.log('two')");
    const lines: string[] = [];
    await runOnce('good', ['good.js'], around, { signal, onLine: (line) => lines.push(line) });
    expect(lines).toEqual(['one', 'two']);
  });

  it('are started again when they die and not when they are stopped', async () => {
    const starts = join(folder, 'starts');
    writeFileSync(starts, '');
    writeFileSync(
      join(folder, 'mortal.js'),
      `const { appendFileSync, readFileSync } = require('node:fs');
       appendFileSync(${JSON.stringify(starts)}, 'x');
       if (readFileSync(${JSON.stringify(starts)}, 'utf8').length === 1) process.exit(1);
       setInterval(() => {}, 1000);`,
    );
    const service = new Service('mortal', 'mortal.js', around);
    service.start();
    await expect.poll(() => readFileSync(starts, 'utf8'), { timeout: 10_000 }).toBe('xx');
    expect(service.deaths).toBe(1);
    await service.stop(1_000);
    expect(service.pid).toBeUndefined();
    expect(said.join()).toContain('mortal 意外退出');
  });

  it('end with a supervisor that was killed, even when they do not listen', async () => {
    const pidFile = join(folder, 'pid');
    writeFileSync(join(folder, 'deaf.js'), "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);");
    const module = new URL('./processes.ts', import.meta.url).href;
    const script = `
      const { Service } = await import(${JSON.stringify(module)});
      const { writeFileSync } = await import('node:fs');
      const around = { root: ${JSON.stringify(folder)}, logs: ${JSON.stringify(folder)}, env: process.env, say() {}, changed() {} };
      const service = new Service('deaf', 'deaf.js', around);
      service.start();
      setTimeout(() => writeFileSync(${JSON.stringify(pidFile)}, String(service.pid)), 500);`;
    const supervisor = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    await expect
      .poll(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '', { timeout: 10_000 })
      .toBe(true);
    const pid = Number(readFileSync(pidFile, 'utf8'));
    expect(identityOf(pid)).toBeDefined();
    supervisor.kill('SIGKILL');
    await expect.poll(() => identityOf(pid), { timeout: 10_000 }).toBeUndefined();
  });
});

describe('pages', () => {
  it('are built when a source changed, whole or not at all', async () => {
    const root = join(folder, 'project');
    for (const app of ['citizen', 'staff']) {
      mkdirSync(join(root, 'web', app), { recursive: true });
      writeFileSync(join(root, 'web', app, 'index.html'), app);
    }
    mkdirSync(join(root, 'rules'));
    const built: string[] = [];
    const build = async (name: string, args: readonly string[]) => {
      built.push(name);
      cpSync(join(args[2]!, 'index.html'), join(args[4]!, 'index.html'));
    };
    const run = () => buildStaleWebs(root, build, () => {}).then(() => built.splice(0).sort());
    expect(await run()).toEqual(['web-citizen', 'web-staff']);
    expect(readFileSync(join(root, 'web/staff/dist/index.html'), 'utf8')).toBe('staff');
    expect(await run()).toEqual([]);
    writeFileSync(join(root, 'web/staff/index.html'), 'new');
    expect(await run()).toEqual(['web-staff']);
    writeFileSync(join(root, 'rules/a.test.ts'), 'a test changes no page');
    expect(await run()).toEqual([]);
    writeFileSync(join(root, 'rules/a.ts'), 'every page has the rules in it');
    expect(await run()).toEqual(['web-citizen', 'web-staff']);
    writeFileSync(join(root, 'rules/a.ts'), 'changed');
    await expect(
      buildStaleWebs(
        root,
        () => Promise.reject(new Error('no')),
        () => {},
      ),
    ).rejects.toThrow('no');
    expect(readFileSync(join(root, 'web/staff/dist/index.html'), 'utf8')).toBe('new');
    expect(await run()).toEqual(['web-citizen', 'web-staff']);
  });
});
