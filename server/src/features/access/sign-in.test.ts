import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { drawIdentityNumber, Fixtures } from '../../../test/fixtures.ts';
import { workerTicket } from '../../platform/session.ts';
import { accessHandlers, hashPassword } from './index.ts';

const secret = 'JBSWY3DPEHPK3PXP';
const password = '正确的密码-2026';
let database: TestDatabase;
let fixtures: Fixtures;
let app: FastifyInstance;
let gateway: Server;
const sent: { to: string; text: string }[] = [];

beforeAll(async () => {
  gateway = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      sent.push(JSON.parse(body));
      response.setHeader('content-type', 'application/json').end('{"accepted":true,"receipt":"r"}');
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  const context = { ...fixtures.context, config: { ...fixtures.context.config, sms: { url, key: 'k' } } };
  app = await testApp(context, accessHandlers(context));
});
afterAll(async () => {
  await app.close();
  await fixtures.close();
  await database.drop();
  gateway.close();
});

async function account(username: string) {
  await fixtures.sql(
    `insert into account (id, username, display_name, role, office, password_hash, second_factor_sealed, created_at)
     values (gen_random_uuid(), $1, '李经办', 'clerk', '410802', $2, $3, now())`,
    [username, await hashPassword(password), fixtures.context.crypto.seal(secret)],
  );
}
const codeAt = (now: Date) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now.getTime() });
const later = (seconds: number) => {
  fixtures.now = new Date(fixtures.now.getTime() + seconds * 1000);
};
const signIn = async (username: string, given: { password?: string; code?: string } = {}) => {
  const payload = { username, password: given.password ?? password, code: given.code ?? codeAt(fixtures.now) };
  const response = await app.inject({ method: 'POST', url: '/api/sign-in/staff', payload });
  return { status: response.statusCode, body: response.json(), cookie: response.cookies[0]?.value };
};
const post = async (url: string, payload: object) => {
  const response = await app.inject({ method: 'POST', url, payload });
  return { status: response.statusCode, body: response.json(), cookie: response.cookies[0]?.value };
};

describe('staff', () => {
  it('sign in with password and code; the session tells role, office and what is allowed; signing out ends it', async () => {
    await account('one');
    const { status, body, cookie } = await signIn('one');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'staff',
      role: 'clerk',
      office: { office: '410802', officeName: '解放区公共就业服务中心' },
    });
    expect(body.actions).toContain('application.decide');
    expect(body.actions).not.toContain('exit.review');
    const headers = { cookie: `yingdeng_session=${cookie}` };
    expect((await app.inject({ url: '/api/session', headers })).json().signedIn).toBe(true);
    await app.inject({ method: 'POST', url: '/api/sign-out', headers });
    expect((await app.inject({ url: '/api/session', headers })).json().signedIn).toBe(false);
  });

  it('a code works once', async () => {
    await account('twice');
    const code = codeAt(fixtures.now);
    expect((await signIn('twice', { code })).status).toBe(200);
    expect((await signIn('twice', { code })).status).toBe(401);
    later(30);
    expect((await signIn('twice')).status).toBe(200);
  });

  it('a wrong name, password or code gives the same answer', async () => {
    await account('quiet');
    const answers = [
      await signIn('nobody'),
      await signIn('quiet', { password: 'x' }),
      await signIn('quiet', { code: '000000' }),
    ];
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.message}`)).size).toBe(1);
  });

  it('five failures lock the account for a quarter of an hour, also for the right password', async () => {
    await account('locked');
    for (let i = 0; i < 5; i += 1) await signIn('locked', { password: 'x' });
    expect((await signIn('locked')).status).toBe(423);
    later(15 * 60 + 1);
    expect((await signIn('locked')).status).toBe(200);
    const audited = await fixtures.sql<{ action: string; count: number }>(
      `select action, count(*)::int as count from audit_event e join account a on a.id::text = e.subject_id where a.username = 'locked' group by 1 order by 1`,
    );
    expect(audited).toEqual([
      { action: 'signIn', count: 1 },
      { action: 'signInFailed', count: 5 },
    ]);
  });

  it('a closed account loses its session at once', async () => {
    await account('closed');
    const { cookie } = await signIn('closed');
    await fixtures.sql("update account set closed_at = now() where username = 'closed'");
    expect(
      (await app.inject({ url: '/api/session', headers: { cookie: `yingdeng_session=${cookie}` } })).json().signedIn,
    ).toBe(false);
  });
});

describe('workers', () => {
  it('sign in with a code sent to the telephone; it works once', async () => {
    const idNumber = drawIdentityNumber();
    const asked = await post('/api/sign-in/code', { name: '王小明', idNumber, mobile: '139 0000 0001' });
    expect(asked.status).toBe(202);
    const code = sent.at(-1)?.text.match(/\d{6}/)?.[0] ?? '';
    expect(sent.at(-1)?.to).toBe('13900000001');
    const wrong = await post('/api/sign-in/code/verify', {
      request: asked.body.request,
      code: code === '000000' ? '111111' : '000000',
    });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'signIn.codeWrong' } });
    const right = await post('/api/sign-in/code/verify', { request: asked.body.request, code });
    expect(right.body).toMatchObject({ signedIn: true, kind: 'worker', profile: { idNumber, mobile: '13900000001' } });
    expect((await post('/api/sign-in/code/verify', { request: asked.body.request, code })).status).toBe(401);
    const session = await app.inject({ url: '/api/session', headers: { cookie: `yingdeng_session=${right.cookie}` } });
    expect(session.json()).toMatchObject({ signedIn: true, kind: 'worker', name: '王小明' });
  });

  it('a faulty number is named, and a telephone gets three codes in ten minutes at most', async () => {
    const bad = await post('/api/sign-in/code', {
      name: '王小明',
      idNumber: '410802198504120010',
      mobile: '13900000002',
    });
    expect(bad.body.fields[0].field).toBe('idNumber');
    const ask = () =>
      post('/api/sign-in/code', { name: '王小明', idNumber: drawIdentityNumber(), mobile: '13900000003' });
    for (let i = 0; i < 3; i += 1) expect((await ask()).status).toBe(202);
    expect((await ask()).body.code).toBe('request.tooMany');
  });

  it('a session ends after two hours; a forged or foreign envelope is none', async () => {
    const { crypto } = fixtures.context;
    const ticket = workerTicket(fixtures.context, { name: '王小明', idNumber: drawIdentityNumber() }, fixtures.now);
    const signedIn = async (cookie: string) =>
      (await app.inject({ url: '/api/session', headers: { cookie: `yingdeng_session=${cookie}` } })).json().signedIn;
    expect(await signedIn(ticket)).toBe(true);
    expect(await signedIn(`${ticket.slice(0, -2)}AA`)).toBe(false);
    expect(
      await signedIn(
        `w.${crypto.seal({ profile: { name: 'x', idNumber: 'y' }, person: 'z', until: 9e15 }).toString('base64url')}`,
      ),
    ).toBe(false);
    later(7201);
    expect(await signedIn(ticket)).toBe(false);
  });
});
