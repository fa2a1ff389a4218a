import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { Fixtures } from '../../../test/fixtures.ts';
import { httpStub, type Reply } from '../../../test/http-stub.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { type Notice, notify, outsideQuietHours, sendWaitingMessages } from './index.ts';
import { templates } from './templates.ts';

let database: TestDatabase;
let fixtures: Fixtures;
let context: Context;
let gateway: Awaited<ReturnType<typeof httpStub>>;
let reply: Reply = { json: { accepted: true, receipt: 'r1' } };

beforeAll(async () => {
  gateway = await httpStub(() => reply);
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  context = { ...fixtures.context, config: { ...fixtures.context.config, sms: { url: gateway.url, key: 'k' } } };
});
afterAll(async () => {
  await fixtures.close();
  await database.drop();
  await gateway.close();
});

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

  it('A21-5d: the dead are never written to', async () => {
    const { personId, applicationId } = await tell();
    await fixtures.sql("update person set deceased_on = '2026-11-01' where id = $1", [personId]);
    const before = gateway.received.length;
    await sendWaitingMessages(context);
    expect(gateway.received.length).toBe(before);
    expect(await states(applicationId)).toEqual([{ state: 'inAppOnly', attempts: 1 }]);
  });

  it('nobody is disturbed between nine in the evening and eight in the morning, Shanghai time', () => {
    expect(outsideQuietHours(new Date('2026-11-22T13:30:00Z')).toISOString()).toBe('2026-11-23T00:00:00.000Z');
    expect(outsideQuietHours(new Date('2026-11-22T22:00:00Z')).toISOString()).toBe('2026-11-23T00:00:00.000Z');
    const noon = new Date('2026-11-22T04:00:00Z');
    expect(outsideQuietHours(noon)).toBe(noon);
  });

  it('M79-2a: no text asks for a paper or names a forbidden ground', async () => {
    const { forbiddenGrounds } = await import('@yingdeng/rules/forbidden-grounds.ts');
    for (const [name, say] of Object.entries(templates)) {
      const text = say({
        number: '2611221234567890',
        officeName: '解放区公共就业服务中心',
        officeTelephone: '0391-3569000',
        due: '2026-11-25',
        reasonText: '入学',
      });
      expect(forbiddenGrounds(text), name).toEqual([]);
      expect(text).not.toContain('undefined');
    }
  });
});
