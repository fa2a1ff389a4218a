import { errorTable } from '@yingdeng/contract/errors.ts';
import type { Route } from '@yingdeng/contract/route.ts';
import { routes } from '@yingdeng/contract/routes/index.ts';
import { type Action, accessTable, actionNames, type Role, roles } from '@yingdeng/rules/access.ts';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../src/app.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { drawIdentityNumber, Fixtures } from './fixtures.ts';

let database: TestDatabase;
let fixtures: Fixtures;
let app: FastifyInstance;
const cookies = new Map<string, string>();
const table = Object.entries(routes) as [string, Route][];
const guarded = table.filter(([, route]) => route.audience !== 'public');
const staffRoles = roles.filter((role) => role !== 'worker' && role !== 'system');

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  app = await createApp(fixtures.context, { checkAnswers: true });
  await app.ready();
  for (const role of staffRoles) cookies.set(role, await fixtures.staff(role, '410802'));
  cookies.set('worker', fixtures.worker({ name: '王小明', idNumber: drawIdentityNumber() }));
});
afterAll(async () => {
  await app.close();
  await fixtures.close();
  await database.drop();
});

const ask = (route: Route, cookie?: string) =>
  app.inject({
    method: route.method,
    url: route.path.replace(/:\w+/g, '01a201fc-ac76-7ecc-900c-d8f78b7cb4b1'),
    headers: { ...(cookie ? { cookie } : {}), 'idempotency-key': 'abcdefgh-1' },
    ...(route.method === 'GET' ? {} : { payload: {} }),
  });

describe('every route', () => {
  it('is served, and nothing is served under /api that the table does not name', () => {
    for (const [name, route] of table) expect(app.hasRoute({ method: route.method, url: route.path }), name).toBe(true);
    const served = app.swagger().paths ?? {};
    const named = new Set(table.map(([, route]) => route.path.replace(/:(\w+)/g, '{$1}')));
    expect(Object.keys(served).filter((path) => !named.has(path as `/api/${string}`))).toEqual([]);
  });

  it.each(guarded)('%s turns a stranger away before looking at what was sent', async (_, route) => {
    const response = await ask(route);
    expect(response.statusCode).toBe(401);
    expect(response.json().code).toBe('signIn.required');
  });

  it('of staff has an action of the permission table', () => {
    for (const [name, route] of table) {
      if (route.audience === 'staff') expect(Object.keys(actionNames), name).toContain(route.action);
      else expect(route.action, name).toBeUndefined();
    }
  });

  it('answers in the words of the error table only', async () => {
    for (const [name, route] of table)
      for (const code of route.errors) expect(Object.keys(errorTable), name).toContain(code);
    const lost = await app.inject({ url: '/api/nowhere' });
    expect(lost.json()).toMatchObject({ code: 'request.notFound' });
  });

  it('a role without the action is denied, one with it is not: random roles and routes against the table itself', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...guarded),
        fc.constantFrom<Role>('worker', ...staffRoles),
        async ([, route], role) => {
          const response = await ask(route, cookies.get(role));
          // The oracle: audience by kind, action by the table's row for this role.
          const kind = role === 'worker' ? 'worker' : 'staff';
          const admitted =
            route.audience === 'either' ||
            (route.audience === kind && (kind === 'worker' || accessTable[role][route.action as Action] !== undefined));
          expect(response.statusCode === 403).toBe(!admitted);
          expect(response.statusCode).not.toBe(500);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('a write from another site is refused', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/api/sign-out',
      headers: { origin: 'https://elsewhere.example', host: 'localhost' },
    });
    expect(response).toMatchObject({ statusCode: 403 });
    expect(response.json().code).toBe('access.wrongOrigin');
  });
});

describe('the OpenAPI document', () => {
  it('is version 3.1 and describes every route with its name, schema and answers', async () => {
    const document = (await app.inject({ url: '/api/openapi.json' })).json();
    expect(document.openapi).toBe('3.1.0');
    for (const [name, route] of table) {
      const operation = document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
      expect(operation?.operationId, route.path).toBe(name);
      expect(operation.summary).not.toBe('');
      expect(Object.keys(operation.responses)).toContain(String(route.status));
      for (const code of route.errors)
        expect(Object.keys(operation.responses), name).toContain(String(errorTable[code].status));
      if (route.audience !== 'public') expect(operation.security, name).toEqual([{ session: [] }]);
    }
  });
});

it('a body of the wrong shape names the field in Chinese', async () => {
  const response = await app.inject({
    method: 'POST',
    url: '/api/sign-in/staff',
    payload: { username: '', password: 'x', code: '12' },
  });
  expect(response.statusCode).toBe(400);
  expect(response.json().fields).toEqual([
    { field: 'username', message: '用户名：没有填或太短。' },
    { field: 'code', message: '动态码是6位数字' },
  ]);
});

it('answers are not kept, guessed at or framed; pages have a policy of their own', async () => {
  const answer = (await app.inject({ url: '/api/session' })).headers;
  expect(answer).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  });
  expect((await app.inject({ url: '/api/docs/' })).headers['content-security-policy']).toContain("default-src 'self'");
});
