import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../../test/app.ts';
import { type ConfirmedExit, type ExchangeBed, exchangeBed } from '../../../../test/exchange-bed.ts';
import { exchangeHandlers } from '../index.ts';
import { uploadExits } from '../send.ts';

const ON = '2026-11-20';
let bed: ExchangeBed;
let app: Awaited<ReturnType<typeof testApp>>;
let officer: string;
let own: ConfirmedExit;
let neighbour: ConfirmedExit;

beforeAll(async () => {
  bed = await exchangeBed();
  app = await testApp(bed.context, exchangeHandlers(bed.context));
  officer = await bed.fixtures.staff('exchangeOfficer', '410802');
  own = await bed.exit(ON);
  neighbour = await bed.exit(ON, { office: '410803' });
  await bed.faults({ rejectAll: true });
  await uploadExits(bed.context, ON);
  await bed.faults({});
  await bed.fixtures.sql("update exit set remark = '已核实' where id = $1", [own.exitId]);
  await uploadExits(bed.context, ON);
});
afterAll(async () => {
  await app.close();
  await bed.close();
});

const get = (url: string, cookie = officer) => app.inject({ url, headers: { cookie } });
const post = (url: string, payload: object = {}, cookie = officer) =>
  app.inject({ method: 'POST', url, headers: { cookie }, payload });
const BATCH = '410802-20261120-0002';

describe('evidence of a record', () => {
  it('M79X-3: shows the content as sent with numbers masked, digest, receipt, and every batch and attempt', async () => {
    const answer = await get(`/api/exchange/records/${own.exitId}`);
    expect(answer.statusCode).toBe(200);
    const shown = answer.json();
    expect(shown).toMatchObject({ serial: own.serial, state: 'accepted', faults: [] });
    expect(shown.batches.map(({ id }: { id: string }) => id)).toEqual([BATCH, '410802-20261120-0001']);
    expect(shown.batches[1].attempts.map(({ text }: { text: string }) => text)).toEqual([
      '发出1条',
      expect.stringMatching(/^收到回执TC.*接收0条，退回1条$/),
    ]);
    const value = (name: string) => shown.fields.find(({ field }: { field: string }) => field === name);
    expect(value('AAE013').value).toBe('已核实');
    expect(value('AAC002')).toMatchObject({ masked: true, value: expect.stringContaining('*') });
    expect(answer.body).not.toContain(own.idNumber);
  });

  it('shows the numbers for a reason, and the look is written for the person', async () => {
    const looked = await post(`/api/exchange/records/${own.exitId}/look`, { reason: '平台运行方来电核对' });
    expect(looked.json().fields.find(({ field }: { field: string }) => field === 'AAC002').value).toBe(own.idNumber);
    const rows = await bed.fixtures.sql('select person_id, reason from audit_event where action = $1', [
      'exchange.look',
    ]);
    expect(rows).toEqual([{ person_id: own.personId, reason: '平台运行方来电核对' }]);
    expect((await post(`/api/exchange/records/${own.exitId}/look`, {})).statusCode).toBe(400);
    const supervisor = await bed.fixtures.staff('supervisor', '410802');
    expect((await post(`/api/exchange/records/${own.exitId}/look`, { reason: '看看' }, supervisor)).statusCode).toBe(
      403,
    );
  });

  it('is found by its serial or by the number of its batch, within the range only', async () => {
    const find = async (q: string, cookie = officer) => (await get(`/api/exchange/records?q=${q}`, cookie)).json();
    expect(await find(own.serial)).toMatchObject({ records: [{ exitId: own.exitId, state: 'accepted' }] });
    expect(await find(BATCH)).toEqual({ records: [], batchId: BATCH, decisions: [] });
    expect(await find(neighbour.serial)).toEqual({ records: [], decisions: [] });
    expect((await get(`/api/exchange/records/${neighbour.exitId}`)).json().code).toBe('exchange.notFound');
    expect((await get('/api/exchange/batches/410803-20261120-0001')).json().code).toBe('exchange.notFound');
  });
});

describe('evidence of a batch', () => {
  it('shows receipt, attempts and records', async () => {
    expect((await get(`/api/exchange/batches/${BATCH}`)).json()).toMatchObject({
      batch: { id: BATCH, count: 1, state: 'received', receipt: expect.stringMatching(/^TC/) },
      records: [{ exitId: own.exitId, state: 'accepted' }],
    });
    const first = (await get('/api/exchange/batches/410802-20261120-0001')).json();
    expect(first.records).toMatchObject([{ exitId: own.exitId }]);
  });

  it('the check says whether what is kept is still what was sent: batch and record', async () => {
    const check = async (path: string) => (await post(`/api/exchange/${path}/check`)).json();
    const batch = await check(`batches/${BATCH}`);
    expect(batch).toMatchObject({ same: true, recomputed: batch.kept });
    expect(await check(`records/${own.exitId}`)).toMatchObject({ same: true });

    const sealed = bed.context.crypto.sealText('[{"AAB301":"410802"}]');
    const [kept] = await bed.fixtures.sql<{ content_sealed: Buffer }>(
      'select content_sealed from exchange_batch where id = $1',
      [BATCH],
    );
    await bed.fixtures.sql('update exchange_batch set content_sealed = $2 where id = $1', [BATCH, sealed]);
    expect(await check(`batches/${BATCH}`)).toMatchObject({
      same: false,
      message: expect.stringContaining('已被改动'),
    });
    expect(await check(`records/${own.exitId}`)).toMatchObject({ same: false });
    // A torn seal is no error of the page either.
    await bed.fixtures.sql('update exchange_batch set content_sealed = $2 where id = $1', [
      BATCH,
      sealed.subarray(0, 30),
    ]);
    expect(await check(`batches/${BATCH}`)).toMatchObject({ same: false, recomputed: '' });
    expect((await get(`/api/exchange/records/${own.exitId}`)).json().fields).toEqual([]);
    await bed.fixtures.sql('update exchange_batch set content_sealed = $2 where id = $1', [
      BATCH,
      kept?.content_sealed,
    ]);
  });
});
