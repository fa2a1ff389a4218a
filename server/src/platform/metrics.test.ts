import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { Fixtures } from '../../test/fixtures.ts';
import { createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { measureSystem } from '../measures.ts';
import { Metrics } from './metrics.ts';
import { serveMetrics } from './metrics-server.ts';

let database: TestDatabase;
let fixtures: Fixtures;

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
});
afterAll(async () => {
  await fixtures.close();
  await database.drop();
});

const ask = async (url: string, key?: string) => {
  const response = await fetch(url, { headers: key ? { authorization: `Bearer ${key}` } : {} });
  return { status: response.status, text: await response.text() };
};

describe('the server of figures', () => {
  it('tells them to whoever has the key, at one address only', async () => {
    const metrics = new Metrics();
    const server = await serveMetrics(metrics, { host: '127.0.0.1', port: 0, key: 'watchman' });
    try {
      expect((await ask(server.url)).status).toBe(401);
      expect((await ask(server.url, 'watchmen')).status).toBe(401);
      expect((await ask(server.url.replace('/metrics', '/'), 'watchman')).status).toBe(404);
      const { status, text } = await ask(server.url, 'watchman');
      expect(status).toBe(200);
      expect(text).toMatch(/^nodejs_eventloop_lag_seconds [\d.e-]+$/m);
    } finally {
      await server.close();
    }
  });

  it('is refused where everybody would reach it without a key', () => {
    const env = {
      YINGDENG_MODE: 'demo',
      YINGDENG_DATABASE_URL: 'postgres://x',
      YINGDENG_KEYS: JSON.stringify(fixtures.context.config.keys),
    };
    expect(readConfig(env).metrics).toBeUndefined();
    expect(readConfig({ ...env, YINGDENG_METRICS_PORT: '9464' }).metrics).toEqual({ host: '127.0.0.1', port: 9464 });
    const outside = { ...env, YINGDENG_METRICS_PORT: '9464', YINGDENG_METRICS_HOST: '0.0.0.0' };
    expect(() => readConfig(outside)).toThrow('YINGDENG_METRICS_KEY');
    expect(readConfig({ ...outside, YINGDENG_METRICS_KEY: 'watchman' }).metrics?.key).toBe('watchman');
  });

  it('is not reached through the door people use', async () => {
    const app = await createApp(fixtures.context);
    expect((await app.inject({ url: '/metrics' })).body).not.toContain('yingdeng_');
    await app.close();
  });
});

describe('figures', () => {
  it('of requests by route of the contract, never by address, of the pool, and of jobs that are silent', async () => {
    const { context } = fixtures;
    measureSystem(context);
    const app = await createApp(context);
    await app.inject({ url: '/api/health' });
    await app.inject({ url: '/api/applications/01a201fc-ac76-7ecc-900c-d8f78b7cb4b1' });
    await app.inject({ url: '/api/nowhere/410802198501121234' });
    const text = await context.metrics.text();
    expect(text).toMatch(/^yingdeng_http_request_seconds_count\{route="getHealth",status="2xx"\} 1$/m);
    expect(text).toMatch(/^yingdeng_http_request_seconds_count\{route="getApplicationCase",status="4xx"\} 1$/m);
    expect(text).toMatch(/^yingdeng_http_request_seconds_count\{route="other",status="4xx"\} \d+$/m);
    expect(text).not.toContain('410802198501121234');
    expect(text).toMatch(/^yingdeng_pool_connections\{state="waiting"\} 0$/m);
    expect(text).toMatch(/^yingdeng_job_late\{job="exits"\} 1$/m);
    await app.close();
  });

  it('one that cannot be read hides no other', async () => {
    const metrics = new Metrics();
    metrics.measure({
      name: 'broken',
      help: 'fails',
      labels: [],
      read: () => Promise.reject(new Error('no power')),
    });
    metrics.measure({ name: 'whole', help: 'works', labels: [], read: () => [{ labels: {}, value: 7 }] });
    expect(await metrics.text()).toMatch(/^whole 7$/m);
  });
});
