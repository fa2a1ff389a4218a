import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testApp } from '../../../../test/app.ts';
import { type ConfirmedExit, type ExchangeBed, exchangeBed } from '../../../../test/exchange-bed.ts';
import { exchangeHandlers } from '../index.ts';
import { uploadExits } from '../send.ts';
import { reconcile } from './reconcile.ts';

let bed: ExchangeBed;
let app: Awaited<ReturnType<typeof testApp>>;
let officer: string;
/** Each test has a day of its own: the platform forgets nothing. The first is one of the ten days, the others are before. */
let day = 14;
let on = '';

beforeAll(async () => {
  bed = await exchangeBed();
  app = await testApp(bed.context, exchangeHandlers(bed.context));
  officer = await bed.fixtures.staff('exchangeOfficer', '410800');
});
afterAll(async () => {
  await app.close();
  await bed.close();
});
beforeEach(async () => {
  await bed.faults({});
  for (const table of ['exchange_difference', 'reconciliation', 'exit_upload', 'exchange_batch', 'exit']) {
    await bed.fixtures.sql(`delete from ${table}`);
  }
  day -= 1;
  on = `2026-11-${String(day).padStart(2, '0')}`;
});

const send = () => uploadExits(bed.context, on);
const run = () => reconcile(bed.context, { from: on, to: on });
interface Difference {
  id: string;
  kind: string;
  serial: string;
  name: string;
  mend: string;
  state: string;
  officeName: string;
  batchId?: string;
  act?: { who: string; text: string; note: string };
  solvedAt?: string;
}
const list = async (state = 'open', cookie = officer) => {
  const url = `/api/exchange/differences?on=${on}&state=${state}`;
  return (await app.inject({ url, headers: { cookie } })).json().items as Difference[];
};
const found = async () => (await list()).map(({ kind, serial }) => `${kind} ${serial}`);
const mend = (id: string, payload: object, cookie = officer) =>
  app.inject({ method: 'POST', url: `/api/exchange/differences/${id}/mend`, headers: { cookie }, payload });
const of = async (kind: string) => (await list()).find((one) => one.kind === kind)!;
const three = async (): Promise<[ConfirmedExit, ConfirmedExit, ConfirmedExit]> => [
  await bed.exit(on),
  await bed.exit(on),
  await bed.exit(on, { office: '410803' }),
];

describe('a day is compared three ways', () => {
  it('M79-8a: equal when all was sent, accepted and held; nothing is listed', async () => {
    await three();
    await send();
    expect(await run()).toMatchObject({ equal: 3, differing: 0, notAnswered: 0, differences: 0 });
    const { days } = (await app.inject({ url: '/api/exchange/reconciliation', headers: { cookie: officer } })).json();
    expect(days).toMatchObject([{ date: on, exits: 3, accepted: 3, platform: 3, outcome: 'equal', open: 0 }]);
  });

  it('M79X-2: names what the platform lost, changed and invented, with whose it is', async () => {
    const [lost, changed, kept] = await three();
    await send();
    await bed.tamper({ act: 'forget', AAB301: '410802', AAZ341: lost.serial });
    await bed.tamper({ act: 'alter', AAB301: '410802', AAZ341: changed.serial });
    await bed.tamper({ act: 'invent', AAB301: '410803', date: on.replaceAll('-', '') });
    expect(await run()).toMatchObject({ differing: 2, differences: 3 });
    const differences = await list();
    expect(differences.map(({ kind }) => kind).sort()).toEqual(['missingThere', 'otherDigest', 'unknownHere']);
    expect(await of('missingThere')).toMatchObject({ serial: lost.serial, name: lost.name, mend: 'send' });
    expect(await of('otherDigest')).toMatchObject({ serial: changed.serial, mend: 'tell' });
    expect(await of('unknownHere')).toMatchObject({ name: '', mend: 'tell', officeName: '中站区公共就业服务中心' });
    expect(differences.some(({ serial }) => serial === kept.serial)).toBe(false);
    // Found again: the same lines.
    await run();
    expect((await list()).map(({ id }) => id).sort()).toEqual(differences.map(({ id }) => id).sort());
  });

  it('sees exits without a record, records that wait too long, batches without a receipt, exits taken back too late', async () => {
    const [without, waiting, silent] = await three();
    const restored = await bed.exit(on);
    await send();
    await bed.fixtures.sql('delete from exit_upload where exit_id = $1', [without.exitId]);
    await bed.fixtures.sql("update exit_upload set state = 'waiting', built_at = $2 where exit_id = $1", [
      waiting.exitId,
      new Date(bed.fixtures.now.getTime() - 25 * 3_600_000),
    ]);
    await bed.fixtures.sql("update exchange_batch set state = 'sent', sent_at = $1 where division = '410803'", [
      new Date(bed.fixtures.now.getTime() - 61 * 60_000),
    ]);
    await bed.fixtures.sql("update exit set status = 'restored', restored_at = $2 where id = $1", [
      restored.exitId,
      bed.fixtures.now,
    ]);
    await run();
    const all = await found();
    expect(all).toEqual(
      expect.arrayContaining([
        `noRecord ${without.serial}`,
        `waitingLong ${waiting.serial}`,
        `noReceipt ${silent.serial}`,
        `restoredThere ${restored.serial}`,
      ]),
    );
    // One person, one line, though the platform has all four.
    expect(all).toHaveLength(4);
    await bed.tamper({ act: 'forget', AAB301: '410802', AAZ341: restored.serial });
    await run();
    expect((await found()).filter((line) => line.includes(restored.serial))).toEqual([]);
  });

  it('M79-8a: a zero day that the platform does not know is a difference of counts', async () => {
    await send();
    expect((await run()).differences).toBe(0);
    await bed.fixtures.sql(
      `insert into exchange_batch (tenant, id, kind, division, business_date, count, digest, content_sealed, state, built_at, receipt)
       select tenant, 'elsewhere', kind, '410802', '2026-11-01', 0, digest, content_sealed, 'received', built_at, 'TC0'
       from exchange_batch where division = '410802'`,
    );
    await reconcile(bed.context, { from: '2026-11-01', to: '2026-11-01' });
    const rows = await bed.fixtures.sql<{ kind: string; detail: object }>(
      'select kind, detail from exchange_difference',
    );
    expect(rows).toMatchObject([{ kind: 'countsDiffer', detail: { unreported: true } }]);
  });

  it('concludes nothing from a platform that does not answer', async () => {
    const [lost] = await three();
    await send();
    await bed.tamper({ act: 'forget', AAB301: '410802', AAZ341: lost.serial });
    await run();
    expect(await found()).toEqual([`missingThere ${lost.serial}`]);
    await bed.faults({ failRate: 1 });
    expect(await run()).toMatchObject({ notAnswered: 3, differences: 0 });
    expect(await found()).toEqual([`missingThere ${lost.serial}`]);
  });
});

describe('mending', () => {
  it('sends what is missing there again under the same number; the difference shows as solved, by whom and when', async () => {
    const [lost] = await three();
    await send();
    await bed.tamper({ act: 'forget', AAB301: '410802', AAZ341: lost.serial });
    await run();
    const { id } = await of('missingThere');
    const answer = await mend(id, { mend: 'send' });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ difference: { state: 'solved' }, message: expect.stringContaining('一致') });
    expect(await list()).toEqual([]);
    expect(await list('solved')).toMatchObject([{ id, act: { text: '重新上传' }, solvedAt: expect.any(String) }]);
    const [row] = await bed.fixtures.sql<{ state: string; batch_id: string }>(
      'select state, batch_id from exit_record where exit_id = $1',
      [lost.exitId],
    );
    expect(row).toEqual({ state: 'accepted', batch_id: `410802-${on.replaceAll('-', '')}-0002` });
    const audited = await bed.fixtures.sql(
      "select 1 from audit_event where action = 'exchange.mend' and subject_id = $1",
      [id],
    );
    expect(audited).toHaveLength(1);
    expect((await mend(id, { mend: 'send' })).json().code).toBe('exchange.notMendable');
  });

  it('makes and sends the record of an exit that had none', async () => {
    const [without] = await three();
    await send();
    await bed.fixtures.sql('delete from exit_upload where exit_id = $1', [without.exitId]);
    await run();
    // The platform has it already: the same content again is accepted as such.
    await mend((await of('noRecord')).id, { mend: 'send' });
    expect(await list()).toEqual([]);
  });

  it('asks for a receipt that never came, and what the platform has needs no second sending', async () => {
    const [silent] = await three();
    await bed.faults({ loseAnswerRate: 1 });
    await send();
    await bed.faults({});
    bed.fixtures.now = new Date(bed.fixtures.now.getTime() + 61 * 60_000);
    await run();
    expect(await found()).toContain(`noReceipt ${silent.serial}`);
    const { id } = (await list()).find(({ serial }) => serial === silent.serial)!;
    await mend(id, { mend: 'askReceipt' });
    expect((await list()).filter(({ serial }) => serial === silent.serial)).toEqual([]);
    const attempts = await bed.fixtures.sql<{ outcome: string }>(
      'select outcome from exchange_attempt where batch_id = $1 order by at, id',
      [`410802-${on.replaceAll('-', '')}-0001`],
    );
    expect(attempts.at(-1)?.outcome).toBe('receiptFound');
  });

  it('turns a record that was changed after sending back into what was sent', async () => {
    const [one, other] = await three();
    await send();
    const foreign = 'select digest from exit_upload where exit_id = $2';
    await bed.fixtures.sql(`update exit_upload set digest = (${foreign}) where exit_id = $1`, [
      one.exitId,
      other.exitId,
    ]);
    await run();
    const difference = await of('otherDigest');
    expect(difference).toMatchObject({ serial: one.serial, mend: 'takeSent' });
    await mend(difference.id, { mend: 'takeSent' });
    expect(await list()).toEqual([]);
  });

  it('what no program can mend is told to the operator, with a note, and stays until the platform has mended it', async () => {
    const [changed] = await three();
    await send();
    await bed.tamper({ act: 'alter', AAB301: '410802', AAZ341: changed.serial });
    await run();
    const { id } = await of('otherDigest');
    expect((await mend(id, { mend: 'tell' })).json()).toMatchObject({ code: 'exchange.notMendable' });
    expect((await mend(id, { mend: 'send' })).json()).toMatchObject({ code: 'exchange.notMendable' });
    await mend(id, { mend: 'tell', note: '电话告知平台运行方李工' });
    expect(await list()).toEqual([]);
    await run();
    expect(await list('told')).toMatchObject([{ id, act: { text: '告知平台运行方', note: '电话告知平台运行方李工' } }]);
    await bed.tamper({ act: 'alter', AAB301: '410802', AAZ341: changed.serial });
    await run();
    expect(await list('told')).toEqual([]);
    expect(await list('solved')).toMatchObject([{ id }]);
  });

  it('is for the exchange officer of the range only', async () => {
    const [lost] = await three();
    await send();
    await bed.tamper({ act: 'forget', AAB301: '410802', AAZ341: lost.serial });
    await run();
    const { id } = await of('missingThere');
    const neighbour = await bed.fixtures.staff('exchangeOfficer', '410803');
    const supervisor = await bed.fixtures.staff('supervisor', '410802');
    expect(await list('open', neighbour)).toEqual([]);
    expect((await mend(id, { mend: 'send' }, neighbour)).statusCode).toBe(404);
    expect(await list('open', supervisor)).toHaveLength(1);
    expect((await mend(id, { mend: 'send' }, supervisor)).statusCode).toBe(403);
    const now = (cookie: string) =>
      app.inject({ method: 'POST', url: '/api/exchange/reconciliation', headers: { cookie }, payload: { on } });
    expect((await now(supervisor)).statusCode).toBe(403);
    expect((await now(neighbour)).json()).toMatchObject({ days: 1, differences: 0 });
    expect((await now(officer)).json()).toMatchObject({ days: 2, differences: 1, message: '对账完成：发现1条差异。' });
  });
});
