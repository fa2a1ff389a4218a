import { randomUUID } from 'node:crypto';
import type { ErrorBody } from '@yingdeng/contract/errors.ts';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { type ApplicationMade, Fixtures } from '../../../test/fixtures.ts';
import { staffTicket } from '../../platform/session.ts';
import { applicationHandlers } from '../application/index.ts';
import { casefileHandlers } from '../casefile/index.ts';
import { deskHandlers } from './index.ts';

interface Account {
  readonly id: string;
  readonly cookie: string;
}
interface Reply {
  readonly status: number;
  readonly body: { assigned?: number; message: string } & Partial<ErrorBody>;
}

describe('the sharing out of work', () => {
  let database: TestDatabase;
  let fixtures: Fixtures;
  let app: FastifyInstance;
  let clerk: Account;
  let other: Account;
  let supervisor: Account;
  let field: Account;

  async function account(role: Parameters<Fixtures['account']>[0], office: string, name: string): Promise<Account> {
    const id = await fixtures.account(role, office, name);
    return { id, cookie: `yingdeng_session=${await staffTicket(fixtures.context, id, fixtures.now)}` };
  }
  const post = async (who: Account, path: string, payload: object, key: string = randomUUID()): Promise<Reply> => {
    const reply = await app.inject({
      method: 'POST',
      url: `/api/assignments${path}`,
      headers: { cookie: who.cookie, 'idempotency-key': key },
      payload,
    });
    return { status: reply.statusCode, body: reply.json() };
  };
  const lines = (kind: string, ...cases: readonly { applicationId: string }[]) =>
    cases.map(({ applicationId }) => ({ kind, id: applicationId }));
  const holder = async ({ applicationId }: ApplicationMade, table = 'application'): Promise<string | null> => {
    const column = table === 'application' ? 'id' : 'application_id';
    const [row] = await fixtures.sql<{ assigned_to: string | null }>(
      `select assigned_to from ${table} where ${column} = $1`,
      [applicationId],
    );
    return row?.assigned_to ?? null;
  };
  const refusedWhy = ({ body }: Reply) => {
    const items = (body.detail?.items ?? []) as { why: string }[];
    return items.map(({ why }) => why);
  };

  beforeAll(async () => {
    database = await testDatabase();
    fixtures = await Fixtures.open(database);
    app = await testApp(
      fixtures.context,
      deskHandlers(fixtures.context),
      applicationHandlers(fixtures.context),
      casefileHandlers(fixtures.context),
    );
    clerk = await account('clerk', '410802', '张经办');
    other = await account('clerk', '410802', '李经办');
    supervisor = await account('supervisor', '410802', '王科长');
    field = await account('fieldWorker', '410802001', '赵网格');
  });
  afterAll(async () => {
    await app.close();
    await fixtures.close();
    await database.drop();
  });
  beforeEach(() => {
    fixtures.now = new Date(fixtures.now.getTime() + 1000);
  });

  it('a clerk takes what nobody has, gives it back, and cannot take what somebody else has', async () => {
    const made = await fixtures.application();
    expect((await post(clerk, '/mine', { items: lines('decision', made) })).body.message).toBe('1件由您经办。');
    expect(await holder(made)).toBe(clerk.id);
    const refused = await post(other, '/mine', { items: lines('decision', made) });
    expect(refused.status).toBe(409);
    expect(refusedWhy(refused)).toEqual(['已由张经办经办，需要时请督导人员改派']);
    expect((await post(other, '/mine', { items: lines('decision', made), giveBack: true })).status).toBe(409);
    expect((await post(clerk, '/mine', { items: lines('decision', made), giveBack: true })).status).toBe(200);
    expect(await holder(made)).toBeNull();
  });

  it('a supervisor gives many at once, moves them on and lays them back; each change is in the audit, the version stays', async () => {
    const made = [await fixtures.application(), await fixtures.application({ office: '410802001' })];
    const items = lines('decision', ...made);
    expect((await post(supervisor, '', { items, to: clerk.id })).body).toEqual({
      assigned: 2,
      message: '2件已分派给张经办。',
    });
    expect((await post(supervisor, '', { items, to: other.id })).status).toBe(200);
    expect(await Promise.all(made.map((one) => holder(one)))).toEqual([other.id, other.id]);
    expect((await post(supervisor, '', { items, to: null })).status).toBe(200);
    const rows = await fixtures.sql<{ version: number; assigned_at: Date | null }>(
      'select version, assigned_at from application where id = any ($1)',
      [made.map(({ applicationId }) => applicationId)],
    );
    expect(rows).toEqual([
      { version: 1, assigned_at: null },
      { version: 1, assigned_at: null },
    ]);
    const acts = await fixtures.sql<{ detail: object }>(
      "select detail from audit_event where action = 'work.assign' and subject_id = $1 order by at",
      [made[0]?.applicationId],
    );
    expect(acts.map(({ detail }) => detail)).toEqual([
      { kind: 'decision', from: null, to: clerk.id },
      { kind: 'decision', from: clerk.id, to: other.id },
      { kind: 'decision', from: other.id, to: null },
    ]);
  });

  it('all or nothing: cases outside the range, already decided, or beyond the colleague are named, and none is given', async () => {
    const mine = await fixtures.application();
    const decided = await fixtures.application({ status: 'registered' });
    const elsewhere = await fixtures.application({ office: '410803' });
    const refused = await post(supervisor, '', {
      items: lines('decision', mine, decided, elsewhere),
      to: clerk.id,
    });
    expect(refused.status).toBe(409);
    expect(refused.body.code).toBe('work.notAllowed');
    expect(refused.body.message).toContain('选中的3件都没有改动');
    expect(refusedWhy(refused)).toEqual(['已经办结', '没有这件业务，或者不在您的管辖区划内']);
    expect(await holder(mine)).toBeNull();
    const toField = await post(supervisor, '', { items: lines('decision', mine), to: field.id });
    expect(refusedWhy(toField)).toEqual(['赵网格没有权限，或者不在其管辖区划内']);
  });

  it('a field worker is given first contacts of the own street, not those of another', async () => {
    const near = await fixtures.registration({ office: '410802001' });
    const far = await fixtures.registration({ office: '410802' });
    expect((await post(supervisor, '', { items: lines('contact', near), to: field.id })).status).toBe(200);
    expect(await holder(near, 'registration')).toBe(field.id);
    const refused = await post(supervisor, '', { items: lines('contact', near, far), to: field.id });
    expect(refused.body.detail?.items).toMatchObject([{ id: far.applicationId }]);
    expect((await post(field, '/mine', { items: lines('contact', near), giveBack: true })).status).toBe(200);
  });

  it('first contact and exit follow the registration; what is done cannot be given', async () => {
    const leaving = await fixtures.registration({ registrationStatus: 'exitProposed', firstContactAt: fixtures.now });
    await fixtures.exit(leaving, { status: 'asked' });
    expect((await post(supervisor, '', { items: lines('exit', leaving), to: clerk.id })).status).toBe(200);
    expect(await holder(leaving, 'registration')).toBe(clerk.id);
    expect(refusedWhy(await post(supervisor, '', { items: lines('contact', leaving), to: clerk.id }))).toEqual([
      '已经联系过',
    ]);
    const active = await fixtures.registration();
    expect(refusedWhy(await post(supervisor, '', { items: lines('exit', active), to: clerk.id }))).toEqual([
      '退出已经处理',
    ]);
  });

  it('stale: a line that changed hands since the list was read is not overwritten', async () => {
    const made = await fixtures.application();
    await post(other, '/mine', { items: lines('decision', made) });
    const items = [{ kind: 'decision', id: made.applicationId, was: null }];
    const refused = await post(supervisor, '', { items, to: clerk.id });
    expect(refusedWhy(refused)).toEqual(['刚才已归李经办经办']);
    expect(await holder(made)).toBe(other.id);
    const seen = [{ kind: 'decision', id: made.applicationId, was: other.id }];
    expect((await post(supervisor, '', { items: seen, to: clerk.id })).status).toBe(200);
  });

  it('two hands at once: one gets it', async () => {
    const made = await fixtures.application();
    const replies = await Promise.all(
      [clerk, other].map((who) => post(who, '/mine', { items: lines('decision', made) })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('the same key gives the same answer and writes once', async () => {
    const made = await fixtures.application();
    const key = randomUUID();
    const body = { items: lines('decision', made), to: clerk.id };
    expect(await post(supervisor, '', body, key)).toEqual(await post(supervisor, '', body, key));
    const acts = await fixtures.sql("select 1 from audit_event where action = 'work.assign' and subject_id = $1", [
      made.applicationId,
    ]);
    expect(acts).toHaveLength(1);
  });

  it('roles: a clerk does not assign, a supervisor does not take, a colleague outside the range is not found', async () => {
    const made = await fixtures.application();
    const items = lines('decision', made);
    expect((await post(clerk, '', { items, to: other.id })).status).toBe(403);
    expect((await post(supervisor, '/mine', { items })).status).toBe(403);
    const outside = await account('clerk', '410803', '孙经办');
    expect((await post(supervisor, '', { items, to: outside.id })).status).toBe(404);
    const closed = await account('clerk', '410802', '周经办');
    await fixtures.sql('update account set closed_at = now() where id = $1', [closed.id]);
    expect((await post(supervisor, '', { items, to: closed.id })).status).toBe(404);
    const many = Array.from({ length: 201 }, () => items[0]);
    expect((await post(supervisor, '', { items: many, to: clerk.id })).status).toBe(400);
  });

  it('colleagues: the range only, with the work their role does', async () => {
    const reply = await app.inject({ url: '/api/colleagues', headers: { cookie: supervisor.cookie } });
    const { colleagues } = reply.json() as { colleagues: { id: string; name: string; kinds: string[] }[] };
    expect(colleagues.map(({ name, kinds }) => [name, kinds])).toEqual([
      ['张经办', ['decision', 'contact', 'exit']],
      ['李经办', ['decision', 'contact', 'exit']],
      ['赵网格', ['contact']],
    ]);
    expect((await app.inject({ url: '/api/colleagues', headers: { cookie: clerk.cookie } })).statusCode).toBe(403);
  });

  it('a registration stays with whoever had the application; an application handed over is nobody’s', async () => {
    const act = async (id: string, action: string, payload: object) =>
      app.inject({
        method: 'POST',
        url: `/api/applications/${id}/${action}`,
        headers: { cookie: clerk.cookie, 'idempotency-key': randomUUID() },
        payload,
      });
    const made = await fixtures.application();
    await post(clerk, '/mine', { items: lines('decision', made) });
    expect((await act(made.applicationId, 'register', { version: 1 })).statusCode).toBe(200);
    expect(await holder(made, 'registration')).toBe(clerk.id);
    const seenBy = async (who: Account) =>
      (await app.inject({ url: `/api/applications/${made.applicationId}`, headers: { cookie: who.cookie } })).json();
    expect((await seenBy(clerk)).assigned).toEqual({ id: clerk.id, name: '张经办', mine: true });
    expect((await seenBy(other)).assigned).toMatchObject({ mine: false });
    const moved = await fixtures.application();
    await post(clerk, '/mine', { items: lines('decision', moved) });
    const form = { household: { division: '410803' } };
    await fixtures.sql('update application set form = form || $2 where id = $1', [moved.applicationId, form]);
    const to = { version: 1, office: '410803', reason: '户籍在中站区' };
    expect((await act(moved.applicationId, 'hand-over', to)).statusCode).toBe(200);
    expect(await holder(moved)).toBeNull();
  });
});
