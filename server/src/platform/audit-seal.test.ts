import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { Fixtures } from '../../test/fixtures.ts';
import { systemActor } from './actor.ts';
import { audit } from './audit.ts';
import { sealAudit } from './audit-seal.ts';
import { verifyAudit } from './audit-seal-verify.ts';

let database: TestDatabase;
let fixtures: Fixtures;
const beginning = new Date('2026-11-22T06:05:00Z');
const minutes = (count: number) => new Date(beginning.getTime() + count * 60_000);

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database, beginning);
});
afterAll(async () => {
  await fixtures.close();
  await database.drop();
});

const write = (at: Date, action = 'look') =>
  fixtures.context.db.transaction(systemActor('test'), (tx) =>
    audit(tx, fixtures.context.crypto, at, {
      tenant: '4108',
      office: '410802',
      action,
      subjectKind: 'application',
      subjectId: '1',
      reason: '办理业务',
      detail: { b: 1, a: ['x'] },
    }),
  );
const kinds = async () => (await verifyAudit(fixtures.context, '4108')).faults.map(({ kind }) => kind);

/** Three sealed windows of three rows each, one row not sealed yet. */
beforeEach(async () => {
  await fixtures.sql('delete from audit_event');
  await fixtures.sql('delete from audit_seal');
  for (const window of [0, 10, 20]) {
    for (const second of [0, 1, 2]) await write(new Date(minutes(window).getTime() + second * 1000));
    fixtures.now = minutes(window + 5);
    expect(await sealAudit(fixtures.context)).toBe(1);
  }
  await write(minutes(25));
});

describe('the chain of the audit', () => {
  it('M79-14: is whole when nothing was touched, and sealing again adds nothing', async () => {
    expect(await sealAudit(fixtures.context)).toBe(0);
    const report = await verifyAudit(fixtures.context, '4108');
    expect(report).toMatchObject({ rows: 10, seals: 3, unsealed: 1, faults: [] });
    expect(report.head).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not seal what may still be written into: the last two minutes', async () => {
    fixtures.now = minutes(26);
    expect(await sealAudit(fixtures.context)).toBe(0);
    fixtures.now = minutes(28);
    expect(await sealAudit(fixtures.context)).toBe(1);
    expect(await kinds()).toEqual([]);
  });

  it('finds an edited row', async () => {
    const [row] = await fixtures.sql<{ id: string }>(
      "update audit_event set actor_name = '别人' where id = (select id from audit_event order by at limit 1) returning id",
    );
    expect((await verifyAudit(fixtures.context, '4108')).faults).toMatchObject([{ kind: 'rowChanged', id: row?.id }]);
  });

  it('finds a removed row', async () => {
    await fixtures.sql('delete from audit_event where id = (select id from audit_event order by at offset 4 limit 1)');
    expect((await verifyAudit(fixtures.context, '4108')).faults).toMatchObject([{ kind: 'rowsMissing', sequence: 2 }]);
  });

  it('finds a row that was put in, be it a copy of a true one', async () => {
    await fixtures.sql(
      `insert into audit_event select tenant, gen_random_uuid(), at, office, actor_kind, actor_id, actor_name, role, action, subject_kind,
         subject_id, person_id, reason, detail, mac from audit_event order by at limit 1`,
    );
    expect((await kinds()).sort()).toEqual(['rowChanged', 'rowsAdded']);
  });

  it('finds a true row moved in time into another window', async () => {
    await fixtures.sql(
      "update audit_event set at = at + interval '10 minutes' where id = (select id from audit_event order by at limit 1)",
    );
    expect((await kinds()).sort()).toEqual(['rowChanged', 'rowsAdded', 'rowsMissing']);
  });

  it('finds an edited seal, and a chain whose middle was taken out', async () => {
    await fixtures.sql("update audit_seal set digest = sha256('x') where sequence = 2");
    expect(await kinds()).toEqual(['sealChanged', 'chainBroken']);
    await fixtures.sql('delete from audit_seal where sequence = 2');
    expect(await kinds()).toContain('chainBroken');
  });

  it('finds a row replaced by another within its window, although the number is right', async () => {
    await fixtures.sql('delete from audit_event where id = (select id from audit_event order by at limit 1)');
    await write(new Date(minutes(0).getTime() + 500));
    expect(await kinds()).toEqual(['sealChanged']);
  });

  it('says when sealing has fallen silent', async () => {
    fixtures.now = minutes(120);
    expect(await kinds()).toEqual(['sealingSilent']);
  });

  it('the application role cannot touch a row or a seal', async () => {
    const { default: pg } = await import('pg');
    const app = new pg.Client({ connectionString: database.appUrl });
    await app.connect();
    for (const text of ['delete from audit_event', 'update audit_seal set count = 0', 'delete from audit_seal']) {
      await expect(app.query(text)).rejects.toThrow(/permission denied/);
    }
    await app.end();
  });
});
