import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNumber } from '../common/resident-number.ts';
import type { StandIn } from '../common/server.ts';
import { startBenefit } from './main.ts';

let folder: string;
let benefit: StandIn;
const idNumber = makeNumber('410802', '19900307', 452);

const start = () => startBenefit({ port: 0, dataDir: folder, key: 'k' });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'benefit-'));
  benefit = await start();
});
afterAll(async () => {
  await benefit.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = async (path: string, body?: object, key = 'k') => {
  const response = await fetch(benefit.url + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
};
const submit = (path: string, fields: Record<string, string>) =>
  fetch(benefit.url + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
const application = (key: string, more: object = {}) => ({
  key,
  matter: 'benefit',
  person: { name: '沈禾苗', idNumber },
  registration: { number: '2611220000000001', division: '410802' },
  ...more,
});
const notices = async (after = '0', matter = 'benefit') =>
  (await ask(`/v1/notices?matter=${matter}&after=${after}`)).body;

describe('the benefit system', () => {
  it('takes an application once for a key, over a restart too, and only with the key', async () => {
    expect((await ask('/v1/applications', application('a'), 'other')).status).toBe(401);
    const first = await ask('/v1/applications', application('a'));
    expect(first.body.number).toMatch(/^410802SB/);
    await benefit.close();
    benefit = await start();
    expect((await ask('/v1/applications', application('a'))).body.number).toBe(first.body.number);
    expect((await ask('/control/applications')).body).toHaveLength(1);
  });
  it('says what is wrong with an application it does not take', async () => {
    const wrong = await ask('/v1/applications', application('b', { person: { name: '沈禾苗', idNumber: '1' } }));
    expect(wrong).toMatchObject({ status: 422, body: { error: { message: '姓名或身份证件号码不对' } } });
    const without = await ask('/v1/applications', application('c', { matter: 'livingAllowance' }));
    expect(without.body.error.message).toBe('缺少本人同意');
  });
  it('tells decisions and stops in order behind a position, each matter to whoever asks for it', async () => {
    const { number } = (await ask('/v1/applications', application('a'))).body;
    await submit('/decide', { number, as: 'refused' });
    await submit('/decide', { number, as: 'accepted' });
    await submit('/decide', { number, as: 'stopped' });
    const { notices: told, next, more } = await notices();
    expect(told.map(({ kind }: { kind: string }) => kind)).toEqual(['refused', 'accepted', 'stopped']);
    expect(told[0]).toMatchObject({ number, key: 'a', reason: '缴费不满一年' });
    expect(more).toBe(false);
    expect((await notices(next)).notices).toEqual([]);
    expect((await notices('0', 'livingAllowance')).notices).toEqual([]);
  });
  it('hands over a person who applied there with annex 1 and the commitment', async () => {
    const { next } = await notices();
    await submit('/apply', { name: '康如松', idNumber: makeNumber('410811', '19851123', 1), division: '410811' });
    const [one] = (await notices(next)).notices;
    expect(one).toMatchObject({ kind: 'applied', division: '410811', form: { name: '康如松', wantsBenefit: true } });
    expect(one.commitment.version).toBe('2020-79-1');
  });
  it('hears of the end of a registration once for a key', async () => {
    const { number } = (await ask('/v1/applications', application('a'))).body;
    const told = { key: 'a:exited', number, event: 'exited', on: '2026-11-20' };
    expect((await ask('/v1/registrations', told)).status).toBe(200);
    await ask('/v1/registrations', told);
    const [one] = (await ask('/control/applications')).body;
    expect(one.told).toEqual(['2026-11-20 失业登记退出']);
    expect((await ask('/v1/registrations', { ...told, number: 'x' })).status).toBe(422);
  });
  it('M79-5b: answers some of the referrals that were made before it was there, under their numbers, once', async () => {
    const own = await mkdtemp(join(tmpdir(), 'benefit-'));
    const inHand = ['7', '8'].map((n) => ({
      key: `0${n}`,
      number: `MZ00000000${n}`,
      name: '沈禾苗',
      idNumber,
      division: '410802',
      registration: `26112200000000${n}`,
      at: '2026-11-01T02:00:00Z',
    }));
    for (let start = 0; start < 2; start += 1) {
      const civil = await startBenefit({ port: 0, dataDir: own, key: 'k', decidesAfter: 1, inHand });
      const told = async () => {
        const answer = await fetch(`${civil.url}/v1/notices?matter=livingAllowance&after=0`, {
          headers: { authorization: 'Bearer k' },
        });
        return ((await answer.json()) as { notices: { number: string; key: string }[] }).notices;
      };
      await expect.poll(told, { timeout: 10_000 }).toMatchObject([{ number: 'MZ000000007', key: '07' }]);
      await civil.close();
    }
    await rm(own, { recursive: true, force: true });
  }, 30_000);
  it('fails on demand: not answering, and keeping without answering', async () => {
    await ask('/control/faults', { failRate: 1 });
    expect((await ask('/v1/applications', application('d'))).status).toBe(503);
    await ask('/control/faults', { failRate: 0, loseAnswerRate: 1 });
    await expect(ask('/v1/applications', application('d'))).rejects.toThrow();
    await ask('/control/faults', { loseAnswerRate: 0 });
    expect((await ask('/control/applications')).body.map(({ key }: { key?: string }) => key)).toContain('d');
    expect(await (await fetch(benefit.url)).text()).toContain('待审核');
  });
});
