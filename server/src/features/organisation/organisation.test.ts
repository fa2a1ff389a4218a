import type { Role } from '@yingdeng/rules/access.ts';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { Fixtures } from '../../../test/fixtures.ts';
import { staffTicket } from '../../platform/session.ts';
import { accessHandlers } from '../access/index.ts';
import { organisationHandlers } from './index.ts';

type App = Awaited<ReturnType<typeof testApp>>;
interface Reply {
  status: number;
  // The shape differs by route; each test looks at the members it names.
  body: Record<string, unknown> & { account: Record<string, unknown> & { id: string } };
}

let database: TestDatabase;
let fixtures: Fixtures;
let app: App;
let city: string;
let keys = 0;

async function send(method: 'GET' | 'POST' | 'PUT', url: string, cookie: string, payload?: object, key?: string) {
  keys += 1;
  const headers = { cookie, 'idempotency-key': key ?? `organisation-${keys}` };
  const reply = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  return { status: reply.statusCode, body: reply.json() } as Reply;
}
const clerk = (username: string, more: object = {}) => ({
  username,
  displayName: '李新人',
  role: 'clerk',
  office: '410802',
  ...more,
});
const create = (body: object, cookie = city, key?: string) => send('POST', '/api/admin/accounts', cookie, body, key);
const act = (id: string, what: string, cookie = city) =>
  send('POST', `/api/admin/accounts/${id}/act`, cookie, { act: what, reason: '人员变动' });
/** The version that stands; each test of changing says who saw which. */
const versionOf = async (table: 'account' | 'office', key: string) => {
  const column = table === 'account' ? 'id' : 'code';
  const [row] = await fixtures.sql<{ version: number }>(`select version from ${table} where ${column} = $1`, [key]);
  return row?.version ?? 1;
};
const change = async (id: string, body: object, cookie = city) =>
  send('POST', `/api/admin/accounts/${id}/change`, cookie, { version: await versionOf('account', id), ...body });
const signedIn = async (cookie: string) =>
  (await app.inject({ url: '/api/session', headers: { cookie } })).json().signedIn as boolean;
/** A new account that is signed in. */
async function holder(role: Role, office: string) {
  const id = await fixtures.account(role, office);
  return { id, cookie: `yingdeng_session=${await staffTicket(fixtures.context, id, fixtures.now)}` };
}

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  app = await testApp(fixtures.context, organisationHandlers(fixtures.context), accessHandlers(fixtures.context));
  city = await fixtures.staff('administrator', '410800', '管理员甲');
});
afterAll(async () => {
  await app.close();
  await fixtures.close();
  await database.drop();
});

describe('accounts', () => {
  it('a new account signs in with what was shown once; a repeated request shows nothing again', async () => {
    const { status, body } = await create(clerk('li.xin'), city, 'create-li-xin');
    expect(status).toBe(201);
    const secrets = body.secrets as { password: string; secondFactor: string; secondFactorUri: string };
    expect(secrets.password.length).toBeGreaterThanOrEqual(12);
    expect(secrets.secondFactorUri).toContain(`secret=${secrets.secondFactor}`);
    const again = await create(clerk('li.xin'), city, 'create-li-xin');
    expect(again).toMatchObject({ status: 201, body: { account: { id: body.account.id } } });
    expect(again.body.secrets).toBeUndefined();
    const code = new TOTP({ secret: Secret.fromBase32(secrets.secondFactor) }).generate({
      timestamp: fixtures.now.getTime(),
    });
    const signIn = await app.inject({
      method: 'POST',
      url: '/api/sign-in/staff',
      payload: { username: 'li.xin', password: secrets.password, code },
    });
    expect(signIn.json()).toMatchObject({ signedIn: true, role: 'clerk', office: { office: '410802' } });
    const kept = await fixtures.sql('select response::text from idempotency where key = $1', ['create-li-xin']);
    expect(JSON.stringify(kept)).not.toContain(secrets.password);
    const audited = await fixtures.sql('select detail::text as detail, action from audit_event where subject_id = $1', [
      body.account.id,
    ]);
    expect(audited.map(({ action }) => action)).toContain('account.create');
    expect(JSON.stringify(audited)).not.toContain(secrets.password);
  });

  it('only within the range, only open offices, only by administrators, no user name twice', async () => {
    const county = await fixtures.staff('administrator', '410802');
    expect(await create(clerk('a.b1', { office: '410803' }), county)).toMatchObject({ status: 403 });
    expect(await create(clerk('a.b2', { office: '410800' }), county)).toMatchObject({ status: 403 });
    expect(await create(clerk('a.b3', { office: '410802001' }), county)).toMatchObject({ status: 201 });
    expect(await create(clerk('a.b3'))).toMatchObject({ status: 422, body: { fields: [{ field: 'username' }] } });
    expect(await create(clerk('a.b4', { office: '410811' }))).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'office' }] },
    });
    expect(await create(clerk('a.b5', { role: 'worker' }))).toMatchObject({ status: 400 });
    for (const role of ['clerk', 'supervisor', 'auditor'] as const)
      expect(await create(clerk('a.b6'), await fixtures.staff(role, '410802'))).toMatchObject({ status: 403 });
    const outside = await fixtures.account('clerk', '410102');
    expect(await act(outside, 'close')).toMatchObject({ status: 404 });
    expect(await change(outside, { displayName: '某人', role: 'clerk', office: '410802' })).toMatchObject({
      status: 404,
    });
  });

  it('the list is of the range, by text and state, page after page', async () => {
    const county = await fixtures.staff('administrator', '410803');
    await create(clerk('zz.one', { office: '410803' }));
    await create(clerk('zz.two', { office: '410803', displayName: '赵二' }));
    const names = async (query: string, cookie = county) => {
      const { body } = await send('GET', `/api/admin/accounts?${query}`, cookie);
      return (body.accounts as { username: string; office: string }[]).map(({ username }) => username);
    };
    expect(await names('q=zz.')).toEqual(['zz.one', 'zz.two']);
    expect(await names(`q=${encodeURIComponent('赵二')}`)).toEqual(['zz.two']);
    expect(await names('q=li.xin')).toEqual([]);
    expect(await names('q=zz.&state=closed')).toEqual([]);
    expect(await names('q=zz.&office=410803', city)).toEqual(['zz.one', 'zz.two']);
    const first = await send('GET', '/api/admin/accounts?q=zz.&limit=1', county);
    expect(first.body.next).toBe('410803|zz.one');
    expect(await names(`q=zz.&limit=1&after=${encodeURIComponent(String(first.body.next))}`)).toEqual(['zz.two']);
    expect((await send('GET', '/api/admin/accounts?office=410802', county)).status).toBe(403);
  });

  it('sessions of a changed, closed or renewed account end at once', async () => {
    const { cookie, id } = await holder('clerk', '410802');
    expect(await signedIn(cookie)).toBe(true);
    await change(id, { displayName: '改名', role: 'clerk', office: '410802' });
    expect(await signedIn(cookie)).toBe(true);
    await change(id, { displayName: '改名', role: 'supervisor', office: '410802' });
    expect(await signedIn(cookie)).toBe(false);
    for (const what of ['close', 'resetPassword', 'resetSecondFactor']) {
      const other = await holder('clerk', '410802');
      expect((await act(other.id, what)).status).toBe(200);
      expect(await signedIn(other.cookie)).toBe(false);
    }
  });

  it('a closed account is opened again; a locked one is unlocked; new secrets are shown once', async () => {
    const { id } = await holder('clerk', '410802');
    expect((await act(id, 'close')).body.account.closedAt).toBeDefined();
    expect(await act(id, 'close')).toMatchObject({ status: 409 });
    expect(await act(id, 'resetPassword')).toMatchObject({ status: 409 });
    expect((await act(id, 'reopen')).body.account.closedAt).toBeUndefined();
    await fixtures.sql(`update account set locked_until = $2, failed_attempts = 5 where id = $1`, [
      id,
      new Date(fixtures.now.getTime() + 600_000),
    ]);
    const locked = await send('GET', '/api/admin/accounts?state=locked', city);
    expect((locked.body.accounts as { id: string }[]).map((one) => one.id)).toEqual([id]);
    expect((await act(id, 'unlock')).body.account.lockedUntil).toBeUndefined();
    const { secrets } = (await act(id, 'resetPassword')).body as { secrets?: object };
    expect(Object.keys(secrets ?? {})).toEqual(['password']);
  });

  it('nobody changes the own role, closes the own account or renews the own second factor', async () => {
    const { cookie, id } = await holder('administrator', '410802');
    expect(await change(id, { displayName: '自己', role: 'clerk', office: '410802' }, cookie)).toMatchObject({
      status: 409,
    });
    expect(await change(id, { displayName: '新名', role: 'administrator', office: '410802' }, cookie)).toMatchObject({
      status: 200,
      body: { account: { displayName: '新名', own: true } },
    });
    expect(await act(id, 'close', cookie)).toMatchObject({ status: 409 });
    expect(await act(id, 'resetSecondFactor', cookie)).toMatchObject({ status: 409 });
    expect(await act(id, 'resetPassword', cookie)).toMatchObject({ status: 200 });
    expect(await signedIn(cookie)).toBe(false);
  });

  it('two administrators who close each other at the same moment leave one', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = [await holder('administrator', '410102'), await holder('administrator', '410102')];
      const replies = await Promise.all([act(a.id, 'close', b.cookie), act(b.id, 'close', a.cookie)]);
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
      const open = await fixtures.sql(
        `select id from account where office = '410102' and role = 'administrator' and closed_at is null`,
      );
      expect(open).toHaveLength(1);
      await fixtures.sql(`update account set closed_at = now() where office = '410102'`);
    }
  });

  it('of two administrators who edit one account the later is told who was first, when, and what stands now', async () => {
    const { id } = await holder('clerk', '410802');
    const other = await fixtures.staff('administrator', '410800', '管理员乙');
    const { body } = await send('GET', '/api/admin/accounts?office=410802&limit=200', city);
    const seen = (body.accounts as { id: string; version: number }[]).find((one) => one.id === id)?.version;
    const facts = { displayName: '王一', role: 'clerk', office: '410802' };
    expect(await change(id, { version: seen, ...facts }, other)).toMatchObject({
      status: 200,
      body: { account: { version: Number(seen) + 1 } },
    });
    const late = await change(id, { version: seen, ...facts, displayName: '王二', role: 'fieldWorker' });
    expect(late).toMatchObject({
      status: 409,
      body: {
        code: 'admin.changed',
        message: '这个账号已由管理员乙于11月22日14:05变更，您打开的不是最新内容，没有保存。请对照后决定。',
        detail: { version: Number(seen) + 1, now: { displayName: '王一', roleText: '经办人员', open: true } },
      },
    });
    const row = () => fixtures.sql('select display_name, role from account where id = $1', [id]);
    expect(await row()).toEqual([{ display_name: '王一', role: 'clerk' }]);
    // Knowing what stands, it may be saved.
    expect(await change(id, { version: Number(seen) + 1, ...facts, displayName: '王二' })).toMatchObject({
      status: 200,
    });
    // Closing is a change that an open form must not overlook; signing in or a wrong password is none.
    expect(await act(id, 'close', other)).toMatchObject({ status: 200 });
    await fixtures.sql('update account set failed_attempts = 1, last_code_step = 5 where id = $1', [id]);
    expect(await change(id, { version: Number(seen) + 2, ...facts })).toMatchObject({
      status: 409,
      body: { detail: { version: Number(seen) + 3, now: { open: false } } },
    });
    // At the same moment one of them wins, whoever it is.
    const at = await versionOf('account', id);
    const both = await Promise.all([
      change(id, { version: at, ...facts, displayName: '同时甲' }),
      change(id, { version: at, ...facts, displayName: '同时乙' }, other),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('an administrator above lets the one below go', async () => {
    const below = await fixtures.account('administrator', '410803');
    expect((await act(below, 'close')).status).toBe(200);
  });
});

describe('offices', () => {
  const office = (code: string, more: object = {}) => ({
    code,
    name: '新华街道公共就业服务站',
    address: '新华路1号',
    telephone: '0000-0001234',
    business: '失业登记',
    responsiblePerson: '钱站长',
    ...more,
  });
  const add = (body: object, cookie = city) => send('POST', '/api/admin/offices', cookie, body);
  const edit = async (code: string, body: object, cookie = city) =>
    send('PUT', `/api/admin/offices/${code}`, cookie, { version: await versionOf('office', code), ...body });

  it('M79-10a: whether an office lies in a town is said where the office is kept; left out, it stays as it was', async () => {
    const townOf = async () =>
      (await fixtures.sql<{ town: boolean }>("select town from office where code = '410803'"))[0]?.town;
    const facts = {
      name: '中站区公共就业服务中心',
      address: '',
      telephone: '',
      business: '',
      responsiblePerson: '',
      open: true,
    };
    expect((await edit('410803', { ...facts, town: false })).body.office).toMatchObject({ town: false });
    expect((await edit('410803', facts)).body.office).toMatchObject({ town: false });
    expect(await townOf()).toBe(false);
    expect((await edit('410803', { ...facts, town: true })).status).toBe(200);
  });

  it('A21-7b, A21-4c: the tree shows one level, the way down to it, and what is published', async () => {
    const { body } = await send('GET', '/api/admin/offices', city);
    const codes = (list: unknown) => (list as { code: string }[]).map(({ code }) => code);
    expect(codes(body.path)).toEqual(['410800']);
    expect(codes(body.offices)).toEqual(['410802', '410803']);
    expect((body.offices as { below: number }[])[0]?.below).toBe(1);
    const down = await send('GET', '/api/admin/offices?under=410802', city);
    expect(codes(down.body.path)).toEqual(['410800', '410802']);
    expect(codes(down.body.offices)).toEqual(['410802001']);
    expect((await send('GET', '/api/admin/offices?under=410102', city)).status).toBe(403);
    const found = await send('GET', `/api/admin/offices?q=${encodeURIComponent('民生')}`, city);
    expect(codes(found.body.offices)).toEqual(['410802001']);
  });

  it('a street and a community are added below offices of the range, and are public at once', async () => {
    expect(await add(office('410802002'))).toMatchObject({ status: 201, body: { office: { kind: 'street' } } });
    expect(await add(office('410802002001'))).toMatchObject({ status: 201, body: { office: { kind: 'community' } } });
    expect(fixtures.context.reference.office('410802002')?.responsible_person).toBe('钱站长');
    for (const code of ['410802002', '410802009001', '410802000', '410899', '410811002'])
      expect(await add(office(code)), code).toMatchObject({ status: 422, body: { fields: [{ field: 'code' }] } });
    expect(await add(office('410102001'))).toMatchObject({ status: 403 });
    expect(await add(office('4108020'))).toMatchObject({ status: 400 });
    expect(await add(office('410802004'), await fixtures.staff('supervisor', '410802'))).toMatchObject({ status: 403 });
  });

  it('an office with people or work in it stays open; a county stays open always', async () => {
    const { code: _, ...facts } = office('');
    const closing = { ...facts, open: false };
    expect(await edit('410802', closing)).toMatchObject({ status: 409 });
    expect(await edit('410802002', closing)).toMatchObject({
      status: 409,
      body: { message: '下面还有启用的机构，请先停用它们。' },
    });
    await fixtures.account('fieldWorker', '410802002001');
    expect(await edit('410802002001', closing)).toMatchObject({ status: 409 });
    await fixtures.sql(`update account set closed_at = now() where office = '410802002001'`);
    await fixtures.application({ office: '410802002001' });
    expect(await edit('410802002001', closing)).toMatchObject({ status: 409 });
    await fixtures.sql(
      `update application set status = 'refused', decided_at = now(), ground = 'drawingPension' where office = '410802002001'`,
    );
    expect(await edit('410802002001', closing)).toMatchObject({ status: 200, body: { office: { open: false } } });
    expect(await edit('410802002', { ...closing, telephone: '0000-0009999' })).toMatchObject({
      status: 200,
      body: { office: { open: false, telephone: '0000-0009999' } },
    });
    expect(await edit('410802002001', { ...facts, open: true })).toMatchObject({ status: 409 });
    expect(await edit('410102', { ...facts, open: true })).toMatchObject({ status: 404 });
    const rows = await fixtures.sql<{ action: string }>(
      `select action from audit_event where subject_id = '410802002' order by action`,
    );
    expect(rows.map(({ action }) => action)).toEqual(['organisation.add', 'organisation.close']);
  });

  it('of two administrators who edit one office the later is told, also by a process that remembers the old one', async () => {
    const other = await fixtures.staff('administrator', '410800', '管理员乙');
    const { code: _, ...facts } = office('');
    const { body } = await send('GET', '/api/admin/offices?under=410802', city);
    const seen = (body.path as { code: string; version: number }[]).find(({ code }) => code === '410802')?.version;
    const first = await edit('410802', { version: seen, ...facts, open: true, telephone: '0000-0001111' }, other);
    expect(first).toMatchObject({ status: 200, body: { office: { version: Number(seen) + 1 } } });
    // Another process changed it, and this one has not read it yet.
    await fixtures.sql(
      `update office set version = version + 1, changed_by = '管理员丙', address = '新址' where code = '410802'`,
    );
    const late = await edit('410802', { version: Number(seen) + 1, ...facts, open: true, telephone: '0000-0002222' });
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'admin.changed', detail: { now: { telephone: '0000-0001111', address: '新址', open: true } } },
    });
    expect(late.body.message).toContain('管理员丙');
    expect(await fixtures.sql(`select telephone from office where code = '410802'`)).toEqual([
      { telephone: '0000-0001111' },
    ]);
  });
});
