import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPlatform } from '../../stand-ins/platform/main.ts';
import type { Context } from '../src/context.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { Fixtures, type RegistrationMade } from './fixtures.ts';

const KEY = 'test-key';

/** A fresh city and a platform of its own, for tests of the exchange. */
export interface ExchangeBed {
  readonly fixtures: Fixtures;
  readonly database: TestDatabase;
  /** The context of the fixtures, with the platform configured. */
  readonly context: Context;
  readonly url: string;
  /** Asks the platform; throws on anything but 200. */
  ask<T>(path: string, body?: object): Promise<T>;
  /** Sets the platform's fault panel. */
  faults(settings: object): Promise<void>;
  /** The exchanged folder of a bed with files. */
  readonly folder: string;
  /** Loses, changes or invents an exit the platform holds. */
  tamper(form: { act: 'forget' | 'alter' | 'invent'; AAB301: string; AAZ341?: string; date?: string }): Promise<void>;
  /** A registered person whose exit was confirmed and handled on a date. */
  exit(on: string, more?: { office?: string; name?: string; reason?: string }): Promise<ConfirmedExit>;
  close(): Promise<void>;
}

export interface ConfirmedExit extends RegistrationMade {
  readonly exitId: string;
  readonly serial: string;
}

/** `files`: the encoding of a bed that exchanges files; its platform looks into the folder only when told to. */
export async function exchangeBed(
  options: { today?: string; now?: Date; files?: 'utf-8' | 'gb18030' } = {},
): Promise<ExchangeBed> {
  const database = await testDatabase();
  const fixtures = await Fixtures.open(database, options.now);
  const dataDir = mkdtempSync(join(tmpdir(), 'yingdeng-platform-'));
  const folder = join(dataDir, 'office');
  const platform = await startPlatform({
    port: 0,
    dataDir,
    key: KEY,
    today: options.today ?? '20261122',
    // One day for both sides: a worker there does not submit tomorrow.
    now: () => fixtures.now,
    files: options.files && folder,
    filesEveryMs: 0,
  });
  const context = {
    ...fixtures.context,
    config: {
      ...fixtures.context.config,
      ...(options.files
        ? { platformFiles: { folder, encoding: options.files } }
        : { platform: { url: platform.url, key: KEY } }),
    },
  };
  const ask = async <T>(path: string, body?: object): Promise<T> => {
    const response = await fetch(platform.url + path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${KEY}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  return {
    fixtures,
    database,
    context,
    url: platform.url,
    folder,
    ask,
    faults: async (settings) => {
      await ask('/control/faults', {
        slowMs: 0,
        failRate: 0,
        repeatRate: 0,
        loseAnswerRate: 0,
        halfAnswerRate: 0,
        rejectAll: false,
        seed: 1,
        ...settings,
      });
    },
    tamper: async (form) => {
      const body = new URLSearchParams(form);
      const response = await fetch(`${platform.url}/tamper`, { method: 'POST', body, redirect: 'manual' });
      if (response.status !== 303) throw new Error(`tamper: ${response.status} ${await response.text()}`);
    },
    exit: async (on, more = {}) => {
      const { office = '410802', name, reason = '11' } = more;
      const registration = await fixtures.registration({
        office,
        submittedOn: '2026-11-02',
        registrationStatus: 'exited',
        ...(name ? { name } : {}),
      });
      const exitId = await fixtures.exit(registration, {
        status: 'confirmed',
        reason,
        office,
        at: new Date(`${on}T03:00:00Z`),
      });
      const [row] = await fixtures.sql<{ serial: string }>(
        `update exit set confirmed_at = $2, confirmed_by_name = '李经办', handled_on = $3 where id = $1 returning serial`,
        [exitId, new Date(`${on}T03:00:00Z`), on],
      );
      return { ...registration, exitId, serial: row!.serial };
    },
    close: async () => {
      await platform.close();
      rmSync(dataDir, { recursive: true, force: true });
      await fixtures.close();
      await database.drop();
    },
  };
}
