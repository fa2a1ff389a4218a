import { messageTemplate } from '@yingdeng/rules/messages/templates.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { Fixtures, NOW } from '../../../test/fixtures.ts';
import { httpStub, type Reply } from '../../../test/http-stub.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { askForReceipts, type Notice, noticeHandlers, notify, sendWaitingMessages } from './index.ts';

let database: TestDatabase;
let fixtures: Fixtures;
let context: Context;
let gateway: Awaited<ReturnType<typeof httpStub>>;
let answering: ((request: Parameters<Parameters<typeof httpStub>[0]>[0]) => Promise<Reply>) | undefined;
let reply: Reply = { json: { accepted: true, receipt: 'r1' } };

beforeAll(async () => {
  gateway = await httpStub((request) => answering?.(request) ?? reply);
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  context = { ...fixtures.context, config: { ...fixtures.context.config, sms: { url: gateway.url, key: 'k' } } };
});
afterAll(async () => {
  await fixtures.close();
  await database.drop();
  await gateway.close();
});

/** A connection of the application role. */
async function pool(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.appUrl });
  await client.connect();
  return client;
}

async function tell(more: Partial<Notice> = {}) {
  const made = await fixtures.registration();
  const notice: Notice = {
    tenant: '4108',
    office: '410802',
    personId: made.personId,
    template: 'application.registered',
    facts: { number: made.registrationNumber, due: '2026-11-27' },
    mobile: made.mobile,
    subjectKind: 'application',
    subjectId: made.applicationId,
    ...more,
  };
  const write = () => context.db.transaction(systemActor('test'), (tx) => notify(context, tx, fixtures.now, notice));
  await write();
  await write();
  return made;
}
const states = (subject: string) =>
  fixtures.sql<{ state: string; attempts: number }>('select state, attempts from message where subject_id = $1', [
    subject,
  ]);

describe('messages', () => {
  it('A21-3d: one message a state, sent once, under its own id', async () => {
    const { applicationId, mobile } = await tell();
    expect(await sendWaitingMessages(context)).toBe(1);
    expect(await states(applicationId)).toEqual([{ state: 'sent', attempts: 1 }]);
    expect(gateway.received.at(-1)?.body).toMatchObject({ to: mobile });
    expect(await sendWaitingMessages(context)).toBe(0);
  });

  it('a failing gateway delays and does not lose; after eight attempts a person must look', async () => {
    const { applicationId } = await tell();
    reply = { status: 503, json: {} };
    const start = fixtures.now;
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await sendWaitingMessages(context);
      fixtures.now = new Date(fixtures.now.getTime() + 3_601_000);
    }
    expect(await states(applicationId)).toEqual([{ state: 'failed', attempts: 8 }]);
    fixtures.now = start;
    reply = { json: { accepted: true, receipt: 'r2' } };
  });

  it('A21-5d: the dead are never written to, also who died after the batch was read', async () => {
    const { personId, applicationId } = await tell();
    await fixtures.sql("update person set deceased_on = '2026-11-01' where id = $1", [personId]);
    const before = gateway.received.length;
    await sendWaitingMessages(context);
    expect(gateway.received.length).toBe(before);
    expect(await states(applicationId)).toEqual([{ state: 'inAppOnly', attempts: 1 }]);
    const [one, other] = [await tell(), await tell()];
    // While the first goes out, the other's death becomes known.
    let first = true;
    answering = async () => {
      if (first)
        await fixtures.sql("update person set deceased_on = '2026-11-21' where id = any($1)", [
          [one.personId, other.personId],
        ]);
      first = false;
      return { json: { accepted: true, receipt: 'r3' } };
    };
    await sendWaitingMessages(context);
    answering = undefined;
    expect(gateway.received.length).toBe(before + 1);
    const all = [...(await states(one.applicationId)), ...(await states(other.applicationId))];
    expect(all.map(({ state }) => state).sort()).toEqual(['inAppOnly', 'sent']);
  });
});

describe('what the gateway reports', () => {
  let said: object[] = [];
  let sms: string[] = [];
  beforeAll(() => {
    answering = async ({ path, body }) => {
      if (path === '/v1/deliveries') return { json: { items: said } };
      sms.push((body as { id: string }).id);
      return { json: { accepted: true, receipt: 'r' } };
    };
  });
  afterAll(() => {
    answering = undefined;
    fixtures.now = NOW;
  });
  const later = (ms: number) => {
    fixtures.now = new Date(fixtures.now.getTime() + ms);
  };
  const sent = async () => {
    sms = [];
    said = [];
    const made = await tell();
    await sendWaitingMessages(context);
    const [row] = await fixtures.sql<{ id: string }>('select id from message where subject_id = $1', [
      made.applicationId,
    ]);
    later(11_000);
    return { ...made, message: row?.id ?? '' };
  };
  const standing = async (id: string) =>
    (
      await fixtures.sql<Record<string, unknown>>(
        'select state, failure, settled_at, receipt_checks, resends from message where id = $1',
        [id],
      )
    )[0];
  const at = '2026-11-22T02:00:09.000Z';

  it('delivered is kept with its time, and is no contact (M79-3a)', async () => {
    const { message, registrationId } = await sent();
    said = [{ id: message, status: 'delivered', at }];
    await askForReceipts(context);
    expect(await standing(message)).toMatchObject({ state: 'delivered', settled_at: new Date(at), failure: null });
    const [row] = await fixtures.sql('select first_contact_at, last_contact_month from registration where id = $1', [
      registrationId,
    ]);
    expect(row).toEqual({ first_contact_at: null, last_contact_month: null });
    expect(await fixtures.sql('select 1 from contact where registration_id = $1', [registrationId])).toEqual([]);
    const asked = gateway.received.length;
    later(86_400_000);
    await askForReceipts(context);
    expect(JSON.stringify(gateway.received.slice(asked))).not.toContain(message);
  });

  it('a number that does not exist fails at once; a telephone that is off is tried twice more, under new ids, not at night', async () => {
    const gone = await sent();
    said = [{ id: gone.message, status: 'failed', reason: 'emptyNumber', at }];
    await askForReceipts(context);
    expect(await standing(gone.message)).toMatchObject({ state: 'failed', failure: 'emptyNumber', resends: 0 });

    const off = await sent();
    for (const [resends, id] of [off.message, `${off.message}-1`, `${off.message}-2`].entries()) {
      expect(sms.at(-1)).toBe(id);
      said = [{ id, status: 'failed', reason: 'poweredOff', at }];
      await askForReceipts(context);
      const now = await standing(off.message);
      if (resends === 2) expect(now).toMatchObject({ state: 'failed', failure: 'poweredOff', resends: 2 });
      else {
        expect(now).toMatchObject({ state: 'waiting', failure: 'poweredOff', resends: resends + 1 });
        later(3_600_001);
        await sendWaitingMessages(context);
        later(11_000);
      }
    }
    fixtures.now = new Date('2026-11-22T12:30:00Z');
    const evening = await sent();
    said = [{ id: evening.message, status: 'failed', reason: 'poweredOff', at }];
    await askForReceipts(context);
    const [row] = await fixtures.sql<{ not_before: Date }>('select not_before from message where id = $1', [
      evening.message,
    ]);
    expect(row?.not_before).toEqual(new Date('2026-11-23T00:00:00Z'));
  });

  it('silence is asked about ten times over three days, and then left as it is', async () => {
    fixtures.now = new Date('2026-11-24T02:00:00Z');
    const { message } = await sent();
    said = [{ id: message, status: 'sent', at }];
    for (let day = 0; day < 14; day += 1) {
      await askForReceipts(context);
      later(86_400_001);
    }
    expect(await standing(message)).toMatchObject({ state: 'sent', receipt_checks: 10 });
  });
});

describe('texts of offices', () => {
  let app: Awaited<ReturnType<typeof testApp>>;
  let city: string;
  let keys = 0;
  beforeAll(async () => {
    app = await testApp(fixtures.context, noticeHandlers(fixtures.context));
    city = await fixtures.staff('administrator', '410800', '管理员甲');
  });
  afterAll(() => app.close());
  const shipped = messageTemplate('exit.restored').shipped;
  const publish = async (body: object, cookie = city, key?: string) => {
    keys += 1;
    const payload = {
      name: 'exit.restored',
      division: '410802',
      after: 0,
      from: '2026-11-22',
      reason: '改得更明白',
      ...body,
    };
    const headers = { cookie, 'idempotency-key': key ?? `template-${keys}` };
    const reply = await app.inject({ method: 'POST', url: '/api/admin/message-templates', headers, payload });
    return { status: reply.statusCode, body: reply.json() };
  };
  const shown = async (division: string, cookie = city) => {
    const url = `/api/admin/message-templates?division=${division}`;
    const reply = await app.inject({ url, headers: { cookie } });
    return reply.json().templates.find(({ name }: { name: string }) => name === 'exit.restored');
  };
  const told = async () => {
    const made = await tell({ template: 'exit.restored', mobile: undefined, subjectKind: 'registration' });
    const [row] = await fixtures.sql<{ body: string }>('select body from message where person_id = $1', [
      made.personId,
    ]);
    return row?.body ?? '';
  };

  it('A21-5d: a published text is sent from its day on, in its place and below, with its placeholders filled', async () => {
    expect(await shown('410802')).toMatchObject({ inForce: { text: shipped }, versions: [] });
    const text = '【{办理机构}】您的登记（{登记编号}）已恢复，和原来一样。请{咨询方式}。';
    expect(await publish({ division: '410800', text, from: '2026-11-23' })).toMatchObject({ status: 201 });
    expect(await told()).toContain('服务照常');
    const start = fixtures.now;
    fixtures.now = new Date('2026-11-23T02:00:00Z');
    expect(await told()).toMatch(
      /^【解放区公共就业服务中心】您的登记（[\d ]+）已恢复，和原来一样。请打电话0391-3569000。$/,
    );
    const later = await fixtures.staff('administrator', '410802');
    expect(await shown('410802', later)).toMatchObject({
      inForce: { text, division: '410800', version: 1 },
      versions: [],
    });
    fixtures.now = start;
  });

  it('every version stays with author and reason; the same request publishes once; the table cannot be edited', async () => {
    const one = { division: '410803', text: `${shipped}欢迎常来。` };
    expect((await publish(one, city, 'template-once')).status).toBe(201);
    expect((await publish(one, city, 'template-once')).status).toBe(201);
    expect(await publish({ ...one, after: 1, text: null, reason: '不用另写了' })).toMatchObject({
      status: 201,
      body: {
        template: {
          inForce: { text: shipped },
          versions: [
            { version: 2, reason: '不用另写了', author: '管理员甲' },
            { version: 1, text: one.text, reason: '改得更明白' },
          ],
        },
      },
    });
    const app = await pool();
    await expect(app.query("update message_template set body = ''")).rejects.toThrow('permission denied');
    await expect(app.query('delete from message_template')).rejects.toThrow('permission denied');
    await app.end();
    const audited = await fixtures.sql(
      "select subject_id from audit_event where action = 'template.publish' and office = '410803'",
    );
    expect(audited).toHaveLength(2);
  });

  it('M79-2b, M79-2c: a demand for papers is not published; each other fault names its field', async () => {
    for (const [change, field, words] of [
      [{ text: `${shipped}请提供解除劳动关系证明。` }, 'text', '不得要求提供终止或解除劳动关系的证明'],
      [{ text: shipped.replace('{登记编号}', '') }, 'text', '须写明{登记编号}'],
      [{ text: shipped }, 'text', '和系统自带的完全一样'],
      [{ text: `${shipped}好。`, from: '2026-11-21' }, 'from', '不能早于今天'],
      [{ text: null }, 'text', '没有自己的内容'],
      [{ text: `${shipped}好。`, name: 'exit.nothing' }, 'name', '没有这一种消息'],
    ] as const) {
      const { status, body } = await publish(change);
      expect(status, words).toBe(422);
      expect(body.fields).toMatchObject([{ field, message: expect.stringContaining(words) }]);
    }
    expect((await shown('410802')).versions).toEqual([]);
  });

  it('of two administrators the later is told; a place not above itself, a role without the right is refused', async () => {
    const text = `${shipped}第一版。`;
    expect((await publish({ division: '410802001', text })).status).toBe(201);
    expect(await publish({ division: '410802001', text: `${shipped}另一版。` })).toMatchObject({
      status: 409,
      body: { code: 'admin.changed', detail: { version: 1, now: { text } } },
    });
    const both = await Promise.all(
      ['甲', '乙'].map((who) => publish({ division: '410802001', after: 1, text: `${shipped}${who}。` })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const county = await fixtures.staff('administrator', '410803');
    expect(await publish({ text: `${shipped}好。` }, county)).toMatchObject({ status: 403 });
    expect(await publish({ division: '000000', text: `${shipped}好。` })).toMatchObject({ status: 403 });
    const clerk = await fixtures.staff('clerk', '410802');
    expect(await publish({ text: `${shipped}好。` }, clerk)).toMatchObject({ status: 403 });
  });
});
