import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../../test/app.ts';
import { type ExchangeBed, exchangeBed } from '../../../../test/exchange-bed.ts';
import { casefileHandlers } from '../../casefile/index.ts';
import { exchangeHandlers, sendMended } from '../index.ts';
import { uploadExits } from '../send.ts';

let bed: ExchangeBed;
let app: Awaited<ReturnType<typeof testApp>>;
let clerk: string;

beforeAll(async () => {
  bed = await exchangeBed();
  app = await testApp(bed.context, { ...exchangeHandlers(bed.context), ...casefileHandlers(bed.context) });
  clerk = await bed.fixtures.staff('clerk', '410802');
});
afterAll(async () => {
  await app.close();
  await bed.close();
});

const toMend = async (cookie = clerk) =>
  (await app.inject({ url: '/api/exchange/to-mend', headers: { cookie } })).json() as {
    count: number;
    items: {
      exitId: string;
      serial: string;
      state: string;
      faults: { check: string; mend: string; mendField?: string }[];
      values: Record<string, string>;
      why?: string;
    }[];
  };
const mend = (exit: string, payload: object, cookie = clerk, key = randomUUID() as string) =>
  app.inject({
    method: 'POST',
    url: `/api/exchange/to-mend/${exit}`,
    headers: { cookie, 'idempotency-key': key },
    payload,
  });
const record = async (exit: string) =>
  (
    await bed.fixtures.sql<{ state: string; serial: string; batch_id: string; earlier_batches: string[] | null }>(
      'select state, serial, batch_id, earlier_batches from exit_record where exit_id = $1',
      [exit],
    )
  )[0]!;
const held = async (on: string) =>
  (await bed.ask<{ items: { AAZ341: string }[] }>(`/v1/exits?division=41&date=${on.replaceAll('-', '')}`)).items;

/** The upload as the case page of the clerk shows it. */
const uploadOnCase = async (exit: string) => {
  const [row] = await bed.fixtures.sql<{ application_id: string }>(
    'select r.application_id from exit e join registration r on r.id = e.registration_id where e.id = $1',
    [exit],
  );
  const url = `/api/applications/${row?.application_id}`;
  const { registration } = (await app.inject({ url, headers: { cookie: clerk } })).json();
  return registration.exits.find(({ id }: { id: string }) => id === exit).upload;
};

describe('the way of a returned record', () => {
  it('M79X-2, M79X-3: reaches the owning office with plain words, is mended there, and goes again by itself under its number', async () => {
    const on = '2026-11-18';
    const exit = await bed.exit(on);
    // The platform knows the person as a woman from an application of hers; our file says otherwise.
    await bed.faults({ rejectAll: true });
    await uploadExits(bed.context, on);
    await bed.faults({});
    const list = await toMend();
    expect(list).toMatchObject({ count: 1, items: [{ serial: exit.serial, state: 'returned' }] });
    expect(list.items[0]?.faults[0]?.mend).toContain('请按退回原因核对');
    expect((await toMend(await bed.fixtures.staff('clerk', '410803'))).count).toBe(0);

    const done = await mend(exit.exitId, { remark: '已核对', reason: '按退回原因核对' });
    expect(done.statusCode).toBe(200);
    expect((await toMend()).count).toBe(0);
    expect((await record(exit.exitId)).state).toBe('waiting');
    // What was mended is no fault any more, wherever it is looked at.
    expect(await uploadOnCase(exit.exitId)).toMatchObject({ state: 'mended', faults: [] });
    await sendMended(bed.context);
    expect(await record(exit.exitId)).toEqual({
      state: 'accepted',
      serial: exit.serial,
      batch_id: '410802-20261118-0002',
      earlier_batches: ['410802-20261118-0001'],
    });
    expect((await held(on)).map(({ AAZ341 }) => AAZ341)).toEqual([exit.serial]);
    // Nothing waits any more: the job has nothing to do, no batch is formed.
    await sendMended(bed.context);
    expect((await record(exit.exitId)).batch_id).toBe('410802-20261118-0002');
  });

  it('a record held back names the field, stays held while it is still wrong, and is sent once it is right', async () => {
    const on = '2026-11-17';
    const exit = await bed.exit(on, { name: '王 小 明' });
    await uploadExits(bed.context, on);
    const [item] = (await toMend()).items;
    expect(item).toMatchObject({ state: 'blocked', values: { name: '王 小 明' } });
    expect(item?.faults[0]).toMatchObject({ check: 'AAC003-space', mendField: 'name' });
    await mend(exit.exitId, { name: '王小 明', reason: '核对证件' });
    await sendMended(bed.context);
    expect((await record(exit.exitId)).state).toBe('blocked');
    await mend(exit.exitId, { name: '王小明', reason: '核对证件' });
    await sendMended(bed.context);
    expect((await record(exit.exitId)).state).toBe('accepted');
    const [person] = await bed.fixtures.sql('select name, name_pinyin from person where id = $1', [exit.personId]);
    expect(person).toEqual({ name: '王小明', name_pinyin: 'wangxiaoming' });
    const actions = await bed.fixtures.sql<{ detail: { text: string; fields: string[] } }>(
      "select detail from registration_action where registration_id = $1 and action = 'correct'",
      [exit.registrationId],
    );
    expect(actions.map(({ detail }) => detail.fields)).toEqual([['name'], ['name']]);
    // Old and new values are kept, but not in the open.
    const [audited] = await bed.fixtures.sql<{ detail: { sealed: string } }>(
      "select detail from audit_event where action = 'exchange.mendRecord' and subject_id = $1 order by at limit 1",
      [exit.exitId],
    );
    expect(JSON.stringify(audited)).not.toContain('王小');
    expect(bed.context.crypto.open(Buffer.from(audited!.detail.sealed, 'base64'))).toMatchObject({
      before: { name: '王 小 明' },
      after: { name: '王小 明' },
    });
  });

  it('M79X-2: a returned record that is right goes again as it was, with the reason on record', async () => {
    const on = '2026-11-12';
    const exit = await bed.exit(on);
    await bed.faults({ rejectAll: true });
    await uploadExits(bed.context, on);
    await bed.faults({});
    await mend(exit.exitId, { reason: '平台已更正其数据' });
    await sendMended(bed.context);
    expect((await record(exit.exitId)).state).toBe('accepted');
  });

  it('refuses what changes nothing, cannot be, or makes another person the handler; the same request twice has one effect', async () => {
    const on = '2026-11-16';
    const exit = await bed.exit(on, { name: '李 四' });
    await uploadExits(bed.context, on);
    const why = async (payload: object) => {
      const { code, message } = (await mend(exit.exitId, { reason: '核对证件', ...payload })).json();
      return code === 'exchange.notMendable' ? message : code;
    };
    expect(await why({ name: '李 四' })).toBe('没有要更正的内容。');
    expect(await why({ exitOn: '2026-11-23' })).toBe('退出日期：不能晚于今天。');
    expect(await why({ exitOn: '2020-01-01' })).toContain('不能早于登记日期');
    expect(await why({ handler: '赵六' })).toContain('不能换成另一个人');
    expect(await why({ name: ' ' })).toBe('姓名：请填写。');
    const key = 'the-same-key';
    const both = [
      await mend(exit.exitId, { name: '李四', reason: '核对证件' }, clerk, key),
      await mend(exit.exitId, { name: '李四', reason: '核对证件' }, clerk, key),
    ];
    expect(both.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const actions = await bed.fixtures.sql(
      "select 1 from registration_action where registration_id = $1 and action = 'correct'",
      [exit.registrationId],
    );
    expect(actions).toHaveLength(1);
    expect((await mend(exit.exitId, { name: '李思', reason: '核对证件' })).json().code).toBe('exchange.notMendable');
  });

  it('is for the owning office: another office does not find it, a supervisor reads it only', async () => {
    const on = '2026-11-14';
    const exit = await bed.exit(on, { name: '周 七' });
    await uploadExits(bed.context, on);
    const other = await bed.fixtures.staff('clerk', '410803');
    const supervisor = await bed.fixtures.staff('supervisor', '410800');
    expect((await toMend(supervisor)).items.map(({ serial }) => serial)).toContain(exit.serial);
    expect((await mend(exit.exitId, { name: '周七', reason: '核对证件' }, supervisor)).statusCode).toBe(403);
    expect((await mend(exit.exitId, { name: '周七', reason: '核对证件' }, other)).json().code).toBe(
      'exchange.notMendable',
    );
    await bed.fixtures.sql("update exit set status = 'restored' where id = $1", [exit.exitId]);
    expect((await toMend()).items.find(({ serial }) => serial === exit.serial)?.why).toContain('登记已恢复');
  });

  it('M79-8a: what a platform refuses as a whole is not sent again every minute', async () => {
    const on = '2026-11-13';
    const exit = await bed.exit(on, { name: '吴 八' });
    await uploadExits(bed.context, on);
    await mend(exit.exitId, { name: '吴八', reason: '核对证件' });
    await bed.faults({ failRate: 1 });
    await expect(sendMended(bed.context)).rejects.toThrow('does not answer');
    await bed.faults({});
    await sendMended(bed.context);
    const before = await bed.fixtures.sql('select id from exchange_batch where business_date = $1', [on]);
    await sendMended(bed.context);
    expect(await bed.fixtures.sql('select id from exchange_batch where business_date = $1', [on])).toEqual(before);
  });
});
