import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ExchangeBed, exchangeBed } from '../../../../test/exchange-bed.ts';
import { drawIdentityNumber } from '../../../../test/fixtures.ts';
import { registerApplication } from '../../application/decide.ts';
import { exchangePlatformFiles } from './exchange.ts';

let bed: ExchangeBed;
let clerk: Parameters<typeof registerApplication>[1];
beforeAll(async () => {
  bed = await exchangeBed({ files: 'gb18030' });
  const accountId = await bed.fixtures.account('clerk', '410802');
  clerk = {
    kind: 'staff',
    role: 'clerk',
    id: accountId,
    name: '李经办',
    office: '410802',
    lo: '410802',
    hi: '410803',
    person: '',
  };
});
afterAll(() => bed.close());
beforeEach(() => bed.ask('/control/file-faults', {}));

const names = (folder: string) => readdirSync(join(bed.folder, folder)).sort();
const look = () => bed.ask('/control/files/look', {});
/** A quarter of an hour later: decisions are gathered for ten minutes. */
const later = () => {
  const at = new Date(bed.fixtures.now.getTime() + 15 * 60_000);
  return exchangePlatformFiles({ ...bed.context, clock: { now: () => at } });
};
const submit = async () => {
  const number = drawIdentityNumber();
  const form = { AAC002: number, AAC044: number, AAC003: '沈㐀苗', AAB301: '410802', AAC067: '13900001234' };
  const sex = Number(number[16]) % 2 === 1 ? '1' : '2';
  const answer = await bed.ask<{ applicationNumber: string } | { application: { applicationNumber: string } }>(
    '/control/applications',
    { form: { ...form, AAC004: sex } },
  );
  return ('application' in answer ? answer.application : answer).applicationNumber;
};
const caseOf = async (number: string) =>
  (await bed.fixtures.sql<{ id: string }>('select id from application where platform_number = $1', [number]))[0];
const register = async (id: string) =>
  registerApplication(bed.context, clerk, { id, version: 1, key: `key-${id}`, now: bed.fixtures.now }, '');
const upload = async (number: string) =>
  (
    await bed.fixtures.sql<{ state: string; attempts: number; receipt: string | null; faults: { check: string }[] }>(
      'select state, attempts, receipt, faults from decision_upload where platform_number = $1',
      [number],
    )
  )[0];
const atPlatform = (number: string) =>
  bed.ask<{ outcome: string; registrationNumber?: string }>(`/v1/decisions/${number}`).catch(() => undefined);

describe('an office without a line', () => {
  it('M79-7a, H122-2c: takes applications in from a file, once, and answers with a file of decisions', async () => {
    const number = await submit();
    await look();
    const [csv = '', digest = ''] = names('in');
    expect(csv).toMatch(/^SYDJSQ_410800_\d{8}_0001\.csv$/);
    const pair = [csv, digest].map((name) => [name, readFileSync(join(bed.folder, 'in', name))] as const);
    expect(await later()).toBe(1);
    const own = await caseOf(number);
    expect(own).toBeDefined();
    // Carried here twice.
    for (const [name, bytes] of pair) writeFileSync(join(bed.folder, 'in', name), bytes);
    expect(await later()).toBe(0);
    expect(names('in')).toEqual([]);

    await register(own!.id);
    // Young decisions wait for company.
    await exchangePlatformFiles(bed.context);
    expect(names('out')).toEqual([]);
    await later();
    expect(names('out')).toEqual([
      expect.stringMatching(/^SYDJSH_410800_\d{8}_0001\.csv$/),
      expect.stringMatching(/\.sm3$/),
    ]);
    await later();
    expect(names('out')).toHaveLength(2);
    await look();
    expect(await later()).toBe(1);
    expect(await upload(number)).toMatchObject({
      state: 'accepted',
      attempts: 1,
      receipt: expect.stringMatching(/^TC/),
    });
    expect(await atPlatform(number)).toMatchObject({
      outcome: 'registered',
      registrationNumber: expect.stringMatching(/^\d{16}$/),
    });
    expect(names('out')).toEqual([]);
  });

  it('a returned decision comes back with its check, and goes again in the next file', async () => {
    const number = await submit();
    await look();
    await later();
    await register((await caseOf(number))!.id);
    await bed.ask('/control/faults', { rejectAll: true });
    await later();
    await look();
    await later();
    await bed.ask('/control/faults', { rejectAll: false });
    expect(await upload(number)).toMatchObject({ state: 'returned', faults: [{ check: 'control-reject-all' }] });
    await bed.fixtures.sql("update decision_upload set state = 'waiting', batch_id = null where platform_number = $1", [
      number,
    ]);
    await later();
    expect(names('out')[0]).toMatch(/_0003\.csv$/);
    await look();
    await later();
    expect(await upload(number)).toMatchObject({ state: 'accepted' });
  });

  it('doubled, damaged and half receipts: settled once, by the whole one', async () => {
    const number = await submit();
    await look();
    await later();
    await register((await caseOf(number))!.id);
    await later();
    await bed.ask('/control/file-faults', { damagedRate: 1, twiceRate: 1 });
    await look();
    await later();
    expect(await upload(number)).toMatchObject({ state: 'waiting' });
    await bed.ask('/control/file-faults', {});
    await look();
    await later();
    await bed.ask('/control/files/again', {});
    await later();
    expect(await upload(number)).toMatchObject({ state: 'accepted', attempts: 1 });
  });

  it('a file damaged on the way is written again as the same bytes', async () => {
    const number = await submit();
    await look();
    await later();
    await register((await caseOf(number))!.id);
    await later();
    const [csv = ''] = names('out');
    const path = join(bed.folder, 'out', csv);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, 50));
    await look();
    await later();
    await later();
    expect(readFileSync(path).equals(bytes)).toBe(true);
    await look();
    await later();
    expect(await upload(number)).toMatchObject({ state: 'accepted' });
  });
});
