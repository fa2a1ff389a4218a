import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { Fixtures, type RegistrationMade } from '../../../test/fixtures.ts';
import { staffTicket } from '../../platform/session.ts';
import { todayHandlers } from '../today/index.ts';
import { worklistHandlers } from './index.ts';
import type { Item } from './items.ts';
import { decisionPage, exitPage, firstContactPage, forwardedPage } from './worklist.sql.ts';

type Page = { items: Item[]; next?: string };

describe('the worklists', () => {
  let database: TestDatabase;
  let fixtures: Fixtures;
  let app: FastifyInstance;
  let county: string;
  let city: string;
  let registered: RegistrationMade;
  const get = async (url: string, cookie = county) => app.inject({ method: 'GET', url, headers: { cookie } });
  const list = async (kind: string, query = '', cookie = county): Promise<Page> => {
    const answer = await get(`/api/worklists/${kind}${query}`, cookie);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json();
  };

  beforeAll(async () => {
    database = await testDatabase();
    fixtures = await Fixtures.open(database);
    app = await testApp(fixtures.context, worklistHandlers(fixtures.context), todayHandlers(fixtures.context));
    county = await fixtures.staff('clerk', '410802');
    city = await fixtures.staff('clerk', '410800');
    for (const dueOn of ['2026-11-25', '2026-11-20', '2026-11-23', '2026-11-25', '2026-11-24'])
      await fixtures.application({ dueOn });
    await fixtures.application({ dueOn: '2026-11-23', office: '410802001', name: '欧阳小红', channel: 'platform' });
    await fixtures.application({ dueOn: '2026-11-19', office: '410803', name: '李四' });
    await fixtures.application({ dueOn: '2026-11-10', office: '410102', name: '郑州人' });
    await fixtures.application({ dueOn: '2026-11-01', status: 'registered' });
    registered = await fixtures.registration({
      submittedOn: '2026-11-16',
      firstContactDue: '2026-11-23',
      name: '孙七',
    });
    await fixtures.registration({
      submittedOn: '2026-11-16',
      firstContactDue: '2026-11-30',
      registrationStatus: 'exited',
    });
    await fixtures.registration({ submittedOn: '2026-11-16', firstContactAt: fixtures.now });
    const leaving = await fixtures.registration({
      registrationStatus: 'exitProposed',
      firstContactAt: fixtures.now,
      name: '钱八',
    });
    await fixtures.exit(leaving, { status: 'asked', answerDue: '2026-11-20' });
  });
  afterAll(async () => {
    await app.close();
    await fixtures.close();
    await database.drop();
  });

  it('decisions: earliest due date first, the county and its streets, nobody else', async () => {
    const { items, next } = await list('decisions');
    expect(items.map((item) => item.dueOn)).toEqual([
      '2026-11-20',
      '2026-11-23',
      '2026-11-23',
      '2026-11-24',
      '2026-11-25',
      '2026-11-25',
    ]);
    expect(items.map((item) => item.state)).toEqual(['late', 'near', 'near', 'open', 'open', 'open']);
    expect(items.every((item) => item.office.startsWith('410802') && item.idMasked.includes('***'))).toBe(true);
    expect(next).toBeUndefined();
  });

  it('pages follow each other without a gap or a repetition, also across counties', async () => {
    for (const cookie of [county, city]) {
      const whole = (await list('decisions', '', cookie)).items.map((item) => item.id);
      const paged: string[] = [];
      let after = '';
      do {
        const page = await list('decisions', `?limit=2${after ? `&after=${after}` : ''}`, cookie);
        paged.push(...page.items.map((item) => item.id));
        after = page.next ?? '';
      } while (after);
      expect(paged).toEqual(whole);
    }
    expect((await list('decisions', '', city)).items[0]).toMatchObject({ name: '李四', office: '410803' });
  });

  it('a street sees its own cases; a county may ask for one street, and for nothing outside', async () => {
    const street = await fixtures.staff('fieldWorker', '410802001');
    expect((await list('decisions', '', street)).items.map((item) => item.name)).toEqual(['欧阳小红']);
    expect((await list('decisions', '?office=410802001')).items.map((item) => item.name)).toEqual(['欧阳小红']);
    expect((await list('decisions', '?office=410803', city)).items.map((item) => item.name)).toEqual(['李四']);
    const outside = await get('/api/worklists/decisions?office=410803');
    expect(outside.statusCode).toBe(403);
    expect(outside.json().message).toContain('不在您的管辖区划内');
    expect((await get('/api/worklists/decisions?office=4108', county)).statusCode).toBe(403);
    expect((await get('/api/worklists/decisions?office=41080', county)).statusCode).toBe(403);
  });

  it('a province merges its cities', async () => {
    const province = await fixtures.staff('supervisor', '410000');
    expect((await list('decisions', '?limit=1', province)).items[0]).toMatchObject({ name: '郑州人' });
  });

  it('M79-3a: registrations without a first contact, with the last attempt', async () => {
    const before = await list('contacts');
    expect(before.items).toMatchObject([
      { id: registered.applicationId, name: '孙七', state: 'near', note: '还没有联系过' },
    ]);
    await fixtures.contact(registered, { outcome: 'attempt', means: 'visit', at: new Date('2026-11-20T06:30:00Z') });
    expect((await list('contacts')).items[0]?.note).toBe('11月20日14:30上门走访，没有联系上');
  });

  it('exits with their reason and stage; none is ever late', async () => {
    const { items } = await list('exits');
    expect(items).toMatchObject([
      {
        kind: 'exit',
        name: '钱八',
        dueOn: '2026-11-20',
        state: 'near',
        note: '被各类用人单位录用或招聘（等本人答复）',
      },
    ]);
  });

  it('findings still open are the one thing to know', async () => {
    const made = await fixtures.application({ office: '410102', dueOn: '2026-11-09' });
    const cookie = await fixtures.staff('clerk', '410102');
    const office = '410102';
    const first = await fixtures.check(made, {
      source: 'pension',
      result: 'finding',
      finding: { says: 'drawingPension' },
      office,
    });
    await fixtures.check(made, { source: 'marketEntity', result: 'finding', finding: { says: 'inBusiness' }, office });
    expect((await list('decisions', '', cookie)).items[0]?.note).toBe('2项信息待核实');
    await fixtures.check(made, { source: 'statement', result: 'settled', settles: first, byHand: true, office });
    expect((await list('decisions', '', cookie)).items[0]?.note).toBe('1项信息待核实');
  });

  it('the counts are the lists', async () => {
    const answer = await get('/api/today');
    const { on, counts } = answer.json() as {
      on: string;
      counts: { kind: string; open: number; near: number; late: number }[];
    };
    expect(on).toBe('2026-11-22');
    const lists = { decision: 'decisions', forwarded: 'forwarded', contact: 'contacts', exit: 'exits' };
    for (const [kind, name] of Object.entries(lists)) {
      const { items } = await list(name, '?limit=100');
      const count = (state: string) => items.filter((item) => item.state === state).length;
      expect(counts.find((one) => one.kind === kind)).toEqual({
        kind,
        open: items.length,
        near: count('near'),
        late: count('late'),
        mine: 0,
      });
      for (const state of ['near', 'late']) {
        const narrowed = (await list(name, `?limit=100&state=${state}`)).items;
        expect(narrowed).toEqual(items.filter((item) => item.state === state));
      }
    }
  });

  it('mine, nobody’s, one person’s: the lists and the count agree; an exit goes with its registration', async () => {
    const me = await fixtures.account('clerk', '410802', '陈经办');
    const cookie = `yingdeng_session=${await staffTicket(fixtures.context, me, fixtures.now)}`;
    const all = (await list('decisions')).items;
    await fixtures.sql('update application set assigned_to = $1 where id = any ($2)', [
      me,
      all.slice(0, 2).map(({ id }) => id),
    ]);
    await fixtures.sql("update registration set assigned_to = $1 where status = 'exitProposed'", [me]);
    const mine = (await list('decisions', '?assigned=mine', cookie)).items;
    expect(mine.map(({ id }) => id)).toEqual(all.slice(0, 2).map(({ id }) => id));
    expect(mine[0]?.assigned).toEqual({ id: me, name: '陈经办', mine: true });
    expect((await list('decisions', `?assigned=${me}`)).items.map(({ assigned }) => assigned?.mine)).toEqual([
      false,
      false,
    ]);
    expect((await list('decisions', '?assigned=none')).items.map(({ id }) => id)).toEqual(
      all.slice(2).map(({ id }) => id),
    );
    expect((await list('decisions', '?assigned=mine')).items).toEqual([]);
    expect((await list('exits', '?assigned=mine', cookie)).items.map(({ name }) => name)).toEqual(['钱八']);
    expect((await list('exits', '?assigned=none', cookie)).items).toEqual([]);
    const { counts } = (await get('/api/today', cookie)).json() as { counts: { kind: string; mine: number }[] };
    expect(counts.map(({ kind, mine }) => [kind, mine])).toEqual([
      ['decision', 2],
      ['forwarded', (await list('forwarded', '?assigned=mine', cookie)).items.length],
      ['contact', 0],
      ['exit', 1],
    ]);
    await fixtures.sql('update application set assigned_to = null');
    await fixtures.sql('update registration set assigned_to = null');
  });

  it('a line says what was done last, when asked', async () => {
    const [first] = (await list('contacts', '?last=yes')).items;
    expect(first?.last).toMatchObject({ who: '李经办', text: '办好失业登记' });
    expect((await list('contacts')).items[0]?.last).toBeUndefined();
  });

  it('M79-4c: exits that wait for a second person are counted for those who review, and listed apart', async () => {
    const leaving = await fixtures.registration({ registrationStatus: 'exitProposed', office: '410803' });
    await fixtures.exit(leaving, { status: 'awaitingReview', office: '410803' });
    const supervisor = await fixtures.staff('supervisor', '410803');
    const exits = async (cookie: string) =>
      ((await get('/api/today', cookie)).json() as { counts: { kind: string; review?: number }[] }).counts.find(
        ({ kind }) => kind === 'exit',
      );
    expect(await exits(supervisor)).toMatchObject({ kind: 'exit', review: 1 });
    expect(await exits(county)).not.toHaveProperty('review');
    const { items } = await list('exits', '?stage=awaitingReview', supervisor);
    expect(items.map(({ id }) => id)).toEqual([leaving.applicationId]);
    expect((await list('exits', '?stage=awaitingReview', county)).items).toEqual([]);
  });

  it('the nation sees its provinces', async () => {
    const nation = await fixtures.staff('supervisor', '000000');
    expect((await list('decisions', '?limit=100', nation)).items.length).toBeGreaterThan(7);
  });

  it('a cursor nobody gave out is refused; a worker and a statistician have no worklist', async () => {
    expect((await get('/api/worklists/decisions?after=abc')).statusCode).toBe(400);
    const forged = Buffer.from("2026-01-01'|00000000-0000-0000-0000-000000000000").toString('base64url');
    expect((await get(`/api/worklists/decisions?after=${forged}`)).statusCode).toBe(400);
    expect((await get('/api/worklists/decisions', await fixtures.staff('statistician', '410802'))).statusCode).toBe(
      403,
    );
    expect((await get('/api/worklists/decisions', fixtures.worker(registered))).statusCode).toBe(403);
    expect((await get('/api/worklists/decisions', '')).statusCode).toBe(401);
  });

  it('as the application role every list reads its own partial index, county by county', async () => {
    // Enough decided cases that scanning the table is not the cheapest way to a few open ones.
    await fixtures.sql(`insert into application select tenant, gen_random_uuid(), number || n, person_id, division, office, channel, 'registered',
      place_kind, reason, wants_benefit, unemployed_month, form, sealed, commitment_version, commitment_digest, signature_sealed, signed_at,
      submitted_at, submitted_on, due_on, basis, checked_at, decided_at, decided_by, decided_by_name, ground, decision, null, entered_by,
      request_digest, version, assigned_to, assigned_at from application, generate_series(1, 400) n where division = '410802' and status = 'submitted'`);
    await fixtures.sql('analyze');
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    try {
      await client.query(
        "begin; set local yingdeng.role='clerk'; set local yingdeng.lo='410802'; set local yingdeng.hi='410803'",
      );
      const none = '00000000-0000-0000-0000-000000000000';
      const params = [['410802', '410803'], '410802', '410803', '-infinity', none, 51];
      for (const [statement, index, extra] of [
        [decisionPage, 'application_worklist', ['-infinity', 'infinity']],
        [forwardedPage, 'application_from_platform', ['-infinity', 'infinity']],
        [firstContactPage, 'registration_first_contact', ['-infinity', 'infinity']],
        [exitPage, 'exit_worklist', [null, '2026-11-23', null]],
      ] as const) {
        await client.query('set local enable_seqscan = off');
        // Whatever the filters: they narrow what the index gives.
        for (const whose of [
          [null, false],
          [none, false],
          [null, true],
        ]) {
          const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${statement.text}`, [
            ...params,
            ...whose,
            ...extra,
          ]);
          const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
          expect(plan).toContain(`using ${index} on`);
          expect(plan).toMatch(/Index Cond: \(\(division = d\.division\) AND .*\(ROW\(/);
        }
      }
      await client.query('set local enable_seqscan = on');
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${decisionPage.text}`, [
        ...params,
        null,
        false,
        '-infinity',
        'infinity',
      ]);
      expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('using application_worklist on application');
    } finally {
      await client.end();
    }
  });
});
