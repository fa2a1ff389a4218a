import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { testConfig } from '../../test/fixtures.ts';
import { type Context, createContext } from '../context.ts';
import { applicationHandlers } from '../features/application/index.ts';
import { casefileHandlers } from '../features/casefile/index.ts';
import { exitHandlers } from '../features/exit/index.ts';
import { serviceHandlers } from '../features/service/index.ts';
import { todayHandlers } from '../features/today/index.ts';
import { workerHandlers } from '../features/worker/index.ts';
import { worklistHandlers } from '../features/worklist/index.ts';
import { SESSION_COOKIE, staffTicket, workerTicket } from '../platform/session.ts';
import { type LoadReport, loadCity } from './load.ts';

// Friday evening, the last day of the history.
const now = new Date('2026-11-20T17:55:00+08:00');

let database: TestDatabase;
let admin: pg.Client;
let context: Context;
let app: FastifyInstance;
let report: LoadReport;
let clerk: string;

const ids = async (text: string): Promise<string[]> =>
  (await admin.query<{ id: string }>(text)).rows.map((row) => row.id);

async function ask<T>(cookie: string, url: string): Promise<T> {
  const answer = await app.inject({ url, cookies: { [SESSION_COOKIE]: cookie } });
  expect(answer.statusCode, `${url} ${answer.body.slice(0, 400)}`).toBe(200);
  return answer.json() as T;
}

async function post(cookie: string, url: string, payload: object) {
  const headers = { 'idempotency-key': crypto.randomUUID() };
  return app.inject({ method: 'POST', url, payload, headers, cookies: { [SESSION_COOKIE]: cookie } });
}

interface Item {
  id: string;
  number: string;
  state: string;
}

beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const config = { ...testConfig(database.appUrl), logLevel: 'error' };
  const hex = (text: string) => Buffer.from(text, 'hex');
  const keys = {
    data: new Map([[1, hex('11'.repeat(32))]]),
    current: 1,
    lookup: hex(config.keys.lookup),
    audit: hex(config.keys.audit),
  };
  report = await loadCity({
    url: database.adminUrl,
    keys,
    division: '410800',
    people: 2500,
    seed: 7,
    asOf: '2026-11-20',
    demo: true,
    now,
  });
  context = await createContext(config, { clock: { now: () => now } });
  const handlers = [
    worklistHandlers,
    todayHandlers,
    serviceHandlers,
    casefileHandlers,
    applicationHandlers,
    exitHandlers,
    workerHandlers,
  ];
  app = await testApp(context, ...handlers.map((make) => make(context)));
  const [account] = await ids("select id from account where username = 'jiefang.clerk1'");
  clerk = await staffTicket(context, account ?? '', now);
});

afterAll(async () => {
  await app.close();
  await context.close();
  await admin.end();
  await database.drop();
});

describe('a synthetic city in use', () => {
  it('fills the worklists of a county, whose counts agree with them', async () => {
    const { counts, lists } = await ask<{
      counts: { kind: string; open: number; near: number; late: number }[];
      lists: { list: string; open: number }[];
    }>(clerk, '/api/today');
    expect(counts.map((count) => count.kind)).toEqual(['decision', 'forwarded', 'contact', 'exit']);
    for (const [kind, list] of [
      ['decision', 'decisions'],
      ['contact', 'contacts'],
      ['exit', 'exits'],
    ] as const) {
      const { items } = await ask<{ items: Item[] }>(clerk, `/api/worklists/${list}?limit=100`);
      const count = counts.find((one) => one.kind === kind);
      expect(items.length, kind).toBeGreaterThan(0);
      expect(items.length, kind).toBe(count?.open);
    }
    const steps = await ask<{ items: unknown[] }>(clerk, '/api/worklists/plan-steps?limit=100');
    expect(steps.items.length).toBeGreaterThan(0);
    expect(lists.find(({ list }) => list === 'planSteps')?.open).toBe(steps.items.length);
  });

  it('has case pages of every status that the contract accepts', async () => {
    // Two of every kind that occurs.
    const shown = await ids(
      `select id from (
         select a.id, row_number() over (partition by a.status, a.channel, r.status, e.reason, e.source order by a.id) as n
         from application a
         left join registration r on r.tenant = a.tenant and r.application_id = a.id
         left join exit e on e.tenant = r.tenant and e.registration_id = r.id
         where a.division = '410802') s where n <= 2`,
    );
    expect(shown.length).toBeGreaterThan(30);
    for (const id of shown) await ask(clerk, `/api/applications/${id}`);
  });

  it('lets a clerk register an open case, and confirm an exit that was proposed', async () => {
    const { items } = await ask<{ items: Item[] }>(clerk, '/api/worklists/decisions?limit=100');
    const [first] = items;
    const registered = await post(clerk, `/api/applications/${first?.id}/register`, { version: 1 });
    expect(registered.statusCode, registered.body).toBe(200);
    const [proposed] = await ids("select id from exit where status = 'proposed' and division = '410802' order by id");
    const [version] = (await admin.query<{ version: number }>('select version from exit where id = $1', [proposed]))
      .rows;
    const confirmed = await post(clerk, `/api/exits/${proposed}/confirm`, { version: version?.version });
    expect(confirmed.statusCode, confirmed.body).toBe(200);
  });

  it('tells the workers of the demonstration how they stand', async () => {
    const scenarios: (string | undefined)[] = [];
    for (const { name, idNumber, sex, phone } of report.workers) {
      const cookie = workerTicket(context, { name, idNumber, sex, mobile: phone }, now);
      const { cases } = await ask<{ cases: { status: { heading: string } }[] }>(cookie, '/api/my/cases');
      scenarios.push(cases[0]?.status.heading);
    }
    expect(scenarios.map((heading) => heading !== undefined)).toEqual([false, false, true, true, true, true, false]);
  });
});
