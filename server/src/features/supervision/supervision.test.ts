import { addDays, shanghaiDate } from '@yingdeng/rules/calendar.ts';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { type ApplicationMade, Fixtures } from '../../../test/fixtures.ts';
import { audit } from '../../platform/audit.ts';
import { newTenantId } from '../../platform/crypto.ts';
import { staffActor } from '../../platform/session.ts';
import { supervisionHandlers } from './index.ts';

describe('supervision and audit', () => {
  let database: TestDatabase;
  let fixtures: Fixtures;
  let app: FastifyInstance;
  let made: ApplicationMade;
  const get = async (url: string, cookie: string) => app.inject({ method: 'GET', url, headers: { cookie } });
  const at = (minute: number) => new Date(fixtures.now.getTime() + minute * 60_000);

  async function event(office: string, minute: number, subject: string): Promise<void> {
    const tenant = office.slice(0, 4);
    await fixtures.sql(
      `insert into supervision_event (tenant, id, office, kind, at, actor_name, subject_kind, subject_id, detail)
       values ($1, $2, $3, 'forbiddenGround', $4, '李经办', 'decision', $5, $6)`,
      [tenant, newTenantId(tenant, at(minute)), office, at(minute), subject, JSON.stringify({ text: `第${minute}件` })],
    );
  }

  async function act(office: string, minute: number, action: string, subjectKind = 'application'): Promise<void> {
    const actor = staffActor({ id: 'a1', display_name: '李经办', role: 'clerk', office });
    await fixtures.context.db.transaction(actor, (tx) =>
      audit(tx, fixtures.context.crypto, at(minute), {
        tenant: office.slice(0, 4),
        office,
        action,
        subjectKind,
        subjectId: subjectKind === 'application' ? made.applicationId : 'x',
        reason: '办理业务',
      }),
    );
  }

  beforeAll(async () => {
    database = await testDatabase();
    fixtures = await Fixtures.open(database);
    app = await testApp(fixtures.context, supervisionHandlers(fixtures.context));
    made = await fixtures.application();
    for (const minute of [1, 2, 3]) await event('410802', minute, made.applicationId);
    const leaving = await fixtures.registration({ registrationStatus: 'exitProposed' });
    await event('410803', 4, await fixtures.exit(leaving));
    await event('410102', 5, made.applicationId);
    await act('410802', 1, 'look');
    await act('410802', 2, 'application.refuse');
    await act('410802', 3, 'person.search', 'search');
    await act('410803', 4, 'application.register', 'other');
    await act('410102', 5, 'look', 'other');
  });
  afterAll(async () => {
    await app.close();
    await fixtures.close();
    await database.drop();
  });

  it('M79-14: what was blocked, newest first, in the range only, leading to the case', async () => {
    const texts = async (office: string) => {
      const { events } = (await get('/api/supervision/events', await fixtures.staff('supervisor', office))).json();
      return events.map((one: { text: string }) => one.text);
    };
    expect(await texts('410802')).toEqual(['第3件', '第2件', '第1件']);
    expect(await texts('410800')).toEqual(['第4件', '第3件', '第2件', '第1件']);
    expect(await texts('410000')).toEqual(['第5件', '第4件', '第3件', '第2件', '第1件']);
    const { events } = (await get('/api/supervision/events', await fixtures.staff('supervisor', '410802'))).json();
    expect(events[0]).toMatchObject({
      kind: 'forbiddenGround',
      officeName: '解放区公共就业服务中心',
      who: '李经办',
      applicationId: made.applicationId,
    });
    expect((await get('/api/supervision/events', await fixtures.staff('clerk', '410802'))).statusCode).toBe(403);
  });

  it('an event about an exit leads to the case of its registration', async () => {
    const { events } = (await get('/api/supervision/events', await fixtures.staff('supervisor', '410800'))).json();
    expect(events[0].text).toBe('第4件');
    expect(events[0].applicationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(events[0].applicationId).not.toBe(made.applicationId);
  });

  it('pages follow each other without a gap or a repetition', async () => {
    const cookie = await fixtures.staff('supervisor', '410000');
    const seen: string[] = [];
    let after = '';
    do {
      const { events, next } = (await get(`/api/supervision/events?limit=2&after=${after}`, cookie)).json();
      seen.push(...events.map((one: { text: string }) => one.text));
      after = next ?? '';
    } while (after);
    expect(seen).toEqual(['第5件', '第4件', '第3件', '第2件', '第1件']);
  });

  it('the audit shows who did and saw what, in the range only, without anybody named', async () => {
    const cookie = await fixtures.staff('auditor', '410802');
    const { events } = (await get('/api/audit', cookie)).json();
    expect(events.map((one: { action: string }) => one.action)).toEqual([
      'person.search',
      '作出不予登记决定',
      'application.read',
    ]);
    expect(events[2]).toMatchObject({
      who: '李经办',
      role: 'clerk',
      officeName: '解放区公共就业服务中心',
      subject: `申请 ${made.number}`,
      reason: '办理业务',
    });
    expect((await get('/api/audit', await fixtures.staff('supervisor', '410802'))).statusCode).toBe(403);
  });

  it('the audit is filtered by the right an act was done by', async () => {
    const cookie = await fixtures.staff('auditor', '410800');
    const actions = async (action: string) =>
      (await get(`/api/audit?action=${action}`, cookie)).json().events.map((one: { action: string }) => one.action);
    expect(await actions('application.decide')).toEqual(['准予登记', '作出不予登记决定']);
    expect(await actions('application.read')).toEqual(['application.read']);
    expect(await actions('exit.confirm')).toEqual([]);
  });

  it('the audit is searched by who acted and by day, both days included', async () => {
    const cookie = await fixtures.staff('auditor', '410802');
    const found = async (query: string) => (await get(`/api/audit?${query}`, cookie)).json().events.length;
    const day = shanghaiDate(at(1));
    expect(await found(`who=${encodeURIComponent('李经')}`)).toBe(3);
    expect(await found(`who=${encodeURIComponent('经办')}`)).toBe(0);
    expect(await found(`from=${day}&to=${day}`)).toBe(3);
    expect(await found(`from=${addDays(day, 1)}`)).toBe(0);
    expect(await found(`to=${addDays(day, -1)}`)).toBe(0);
  });
});
