import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { type ApplicationInput, Fixtures, type RegistrationInput } from '../../../test/fixtures.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Answer } from '../../platform/http.ts';
import { keptContacts, keptDecisions, worklistHandlers } from '../worklist/index.ts';
import { contactDays, decisionDays, doneContacts, doneDecisions } from './days.sql.ts';
import { missedContacts, missedDecisions, openContacts, openDecisions, openExits } from './figures.sql.ts';
import { supervisionHandlers } from './index.ts';

type Answered = Answer<'getSupervisionFigures'>;
type List = {
  items: { id: string; note: string; state: string; last?: { who: string; text: string } }[];
  next?: string;
};

describe('the supervisor’s figures', () => {
  let database: TestDatabase;
  let fixtures: Fixtures;
  let app: FastifyInstance;
  let city: string;
  let county: string;
  let zhang: string;
  let li: string;
  const get = async <Body>(url: string, cookie = city): Promise<Body> => {
    const reply = await app.inject({ url, headers: { cookie } });
    expect(reply.statusCode, reply.body).toBe(200);
    return reply.json();
  };

  /** An application with who has or decided it, and when. */
  async function application(input: ApplicationInput, by?: string, decidedAt?: string): Promise<string> {
    const made = await fixtures.application(input);
    await fixtures.sql(
      'update application set assigned_to = $2, decided_by = $3, decided_at = coalesce($4, decided_at) where id = $1',
      [made.applicationId, decidedAt ? null : by, decidedAt ? by : null, decidedAt ?? null],
    );
    return made.applicationId;
  }
  async function registration(input: RegistrationInput, by?: string): Promise<string> {
    const made = await fixtures.registration(input);
    // The application behind it is no subject of these figures.
    await fixtures.sql("update application set due_on = '2025-01-01' where id = $1", [made.applicationId]);
    await fixtures.sql('update registration set assigned_to = $2 where id = $1', [made.registrationId, by ?? null]);
    return made.applicationId;
  }

  beforeAll(async () => {
    database = await testDatabase();
    fixtures = await Fixtures.open(database);
    app = await testApp(fixtures.context, supervisionHandlers(fixtures.context), worklistHandlers(fixtures.context));
    city = await fixtures.staff('supervisor', '410800');
    county = await fixtures.staff('supervisor', '410802');
    zhang = await fixtures.account('clerk', '410802', '张经办');
    li = await fixtures.account('clerk', '410803', '李经办');
    // Today is Sunday 2026-11-22: the window is 10-23 up to 11-21, near is up to Monday 23.
    await application({ dueOn: '2026-11-20' }, zhang);
    await application({ dueOn: '2026-11-23' }, zhang);
    await application({ dueOn: '2026-11-30', office: '410802001' });
    await application({ dueOn: '2026-11-18', office: '410803' }, li);
    await application({ dueOn: '2026-10-01', office: '410803' });
    await application({ dueOn: '2026-11-10', status: 'registered' }, zhang, '2026-11-10T15:59:00Z');
    // A minute past midnight in Shanghai is the next day.
    await application({ dueOn: '2026-11-10', status: 'refused' }, zhang, '2026-11-10T16:01:00Z');
    await application({ dueOn: '2026-11-12', status: 'duplicate', office: '410803' }, li, '2026-11-11T02:00:00Z');
    await application({ dueOn: '2026-11-12', status: 'withdrawn' }, zhang, '2026-11-20T02:00:00Z');
    await application({ dueOn: '2026-10-22', status: 'registered' }, zhang, '2026-11-20T02:00:00Z');
    await registration({ firstContactDue: '2026-11-16' }, zhang);
    await registration({ firstContactDue: '2026-11-23' });
    await registration({ firstContactDue: '2026-11-17', firstContactAt: new Date('2026-11-17T10:00:00Z') }, zhang);
    await registration({ firstContactDue: '2026-11-17', firstContactAt: new Date('2026-11-18T10:00:00Z') }, zhang);
    // Gone before the day of the contact, and after it.
    const gone = { registrationStatus: 'exited', submittedOn: '2026-11-02' } as const;
    await registration({ ...gone, firstContactDue: '2026-11-09' });
    await registration({ ...gone, firstContactDue: '2026-11-02', submittedOn: '2026-11-05' });
    const leaving = await fixtures.registration({
      registrationStatus: 'exitProposed',
      firstContactAt: fixtures.now,
      firstContactDue: '2026-12-01',
    });
    await fixtures.exit(leaving, { status: 'awaitingReview' });
    await fixtures.sql("update application set due_on = '2025-01-01' where id = $1", [leaving.applicationId]);
    for (const [at, kind] of [
      ['2026-11-01T00:00:00Z', 'forbiddenGround'],
      ['2026-11-02T00:00:00Z', 'selfReview'],
      ['2026-10-01T00:00:00Z', 'forbiddenGround'],
    ] as const)
      await fixtures.sql(
        `insert into supervision_event (tenant, id, office, kind, at, actor_id, actor_name, subject_kind, detail)
         values ('4108', $1, '410802', $2, $3, $4, '张经办', 'decision', '{}')`,
        [newTenantId('4108', new Date(at)), kind, at, zhang],
      );
  });
  afterAll(async () => {
    await app.close();
    await fixtures.close();
    await database.drop();
  });

  it('M79-14: late, near and open by office, a county with its streets; how thirty days were kept, to the minute in Shanghai', async () => {
    const { total, offices, since, until } = await get<Answered>('/api/supervision/figures');
    expect([since, until]).toEqual(['2026-10-23', '2026-11-21']);
    expect(total).toEqual({
      decision: { open: 5, near: 1, late: 3 },
      contact: { open: 2, near: 1, late: 1 },
      exit: { open: 1, review: 1 },
      // Kept: zhang's of the 10th, li's of the 12th. Missed: zhang's second of the 10th, and two still open.
      decided: { due: 5, kept: 2 },
      // Kept: one. Missed: one late, one open, one gone after its day.
      contacted: { due: 4, kept: 1 },
      decisionDays: { done: 3, median: expect.any(Number) },
      contactDays: { done: 2, median: expect.any(Number) },
      forbidden: 1,
    });
    expect(offices.map(({ code, figures }) => [code, figures.decision])).toEqual([
      ['410802', { open: 3, near: 1, late: 1 }],
      ['410803', { open: 2, near: 0, late: 2 }],
    ]);
    expect(offices[0]?.below.map(({ code, name, figures }) => [code, name, figures.decision.open])).toEqual([
      ['410802001', '民生街道人社所', 1],
    ]);
  });

  it('M79-14: medians of the days taken are exact, added up from offices to the whole, by who did it', async () => {
    // What the figures must say, worked out from the rows one by one.
    const rows = await fixtures.sql<{ place: string; person: string; days: number }>(
      `select left(office, 6) as place, decided_by as person, (decided_at at time zone 'Asia/Shanghai')::date - submitted_on as days
       from application where status in ('registered', 'refused', 'duplicate') and due_on between '2026-10-23' and '2026-11-21'`,
    );
    const middle = (values: number[]) => {
      const sorted = values.toSorted((a, b) => a - b);
      const half = sorted.length / 2;
      return sorted.length % 2 ? sorted[Math.floor(half)] : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
    };
    const { total, offices, people } = await get<Answered>('/api/supervision/figures');
    expect(total.decisionDays).toEqual({ done: 3, median: middle(rows.map(({ days }) => days)) });
    for (const { code, figures } of offices) {
      const own = rows.filter(({ place }) => place === code).map(({ days }) => days);
      expect(figures.decisionDays).toEqual({ done: own.length, median: middle(own) });
    }
    const zhangs = rows.filter(({ person }) => person === zhang).map(({ days }) => days);
    expect(people.find(({ id }) => id === zhang)?.figures.decisionDays).toEqual({ done: 2, median: middle(zhangs) });
    expect(people[0]?.figures.decisionDays).toEqual({ done: 0 });
    const { items } = await get<List>('/api/supervision/days?kind=decision');
    expect(items.map(({ note }) => Number(/用了(-?\d+)天/.exec(note)?.[1]))).toEqual(
      expect.arrayContaining(rows.map(({ days }) => days)),
    );
    // Late or not, what was done is in it; a minute past midnight in Shanghai is the next day.
    expect(items.map(({ state }) => state)).toEqual(expect.arrayContaining(['met', 'late']));
  });

  it('by person: who has it, who decided it; colleagues without work stay in the list', async () => {
    const { people } = await get<Answered>('/api/supervision/figures');
    expect(people.map(({ name, figures }) => [name, figures.decision.late, figures.decided])).toEqual([
      ['未分派', 1, { due: 0, kept: 0 }],
      ['张经办', 1, { due: 3, kept: 1 }],
      ['李经办', 1, { due: 2, kept: 1 }],
    ]);
    expect(people[1]?.figures.forbidden).toBe(1);
    expect(people[1]?.figures.contacted).toEqual({ due: 3, kept: 1 });
    const own = await get<Answered>('/api/supervision/figures', county);
    expect(own.offices.map(({ code, below }) => [code, below.length])).toEqual([['410802', 1]]);
    expect(own.people.map(({ name }) => name)).toEqual(['未分派', '张经办']);
  });

  it('every figure is as long as the list behind it, by office and by person', async () => {
    const { offices, people, total, since } = await get<Answered>('/api/supervision/figures');
    const length = async (url: string) => {
      const body = await get<{ items?: unknown[]; events?: unknown[] }>(`${url}&limit=100`);
      return (body.items ?? body.events ?? []).length;
    };
    const places = [...offices, ...offices.flatMap(({ below }) => below)].map(({ code, figures }) => ({
      by: `office=${code}`,
      events: `office=${code}`,
      figures,
    }));
    const hands = people.map(({ id, figures }) => ({
      by: `assigned=${id ?? 'none'}`,
      events: id ? `person=${id}` : undefined,
      figures,
    }));
    for (const { by, events, figures } of [...places, ...hands, { by: 'x', events: 'limit=100', figures: total }]) {
      const where = by === 'x' ? '' : `${by}&`;
      for (const [list, name] of [
        ['decisions', 'decision'],
        ['contacts', 'contact'],
      ] as const) {
        expect(await length(`/api/worklists/${list}?${where}`), `${by} ${name}`).toBe(figures[name].open);
        for (const state of ['near', 'late'] as const)
          expect(await length(`/api/worklists/${list}?${where}state=${state}`), `${by} ${state}`).toBe(
            figures[name][state],
          );
      }
      expect(await length(`/api/worklists/exits?${where}stage=awaitingReview`)).toBe(figures.exit.review);
      expect(await length(`/api/worklists/exits?${where}`)).toBe(figures.exit.open);
      for (const [kind, name] of [
        ['decision', 'decided'],
        ['contact', 'contacted'],
      ] as const) {
        const { due, kept } = figures[name];
        expect(await length(`/api/supervision/missed?${where}kind=${kind}`), `${by} ${kind}`).toBe(due - kept);
        const { done } = figures[`${kind}Days`];
        expect(await length(`/api/supervision/days?${where}kind=${kind}`), `${by} ${kind} days`).toBe(done);
      }
      if (events && events !== 'limit=100')
        expect(await length(`/api/supervision/events?${events}&kind=forbiddenGround&since=${since}`)).toBe(
          figures.forbidden,
        );
    }
  });

  it('why late: what was done last, and how it ended; pages follow each other', async () => {
    const { items } = await get<List>('/api/supervision/missed?kind=contact');
    expect(items.map(({ note }) => note)).toEqual([
      '没有联系，2026-11-06退出',
      '还没有联系上',
      '11月18日18:00才联系上，超过期限',
    ]);
    expect(items[0]?.last).toMatchObject({ who: '李经办', text: '办好失业登记' });
    const all = (await get<List>('/api/supervision/missed')).items.map(({ id }) => id);
    const paged: string[] = [];
    let after: string | undefined = '';
    do {
      const page: List = await get(`/api/supervision/missed?limit=2${after ? `&after=${after}` : ''}`);
      paged.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after);
    expect(paged).toEqual(all);
    expect(new Set(all).size).toBe(3);
  });

  it('roles and ranges: supervisors and auditors; nobody sees another county', async () => {
    for (const role of ['clerk', 'fieldWorker', 'statistician'] as const) {
      const reply = await app.inject({
        url: '/api/supervision/figures',
        headers: { cookie: await fixtures.staff(role, '410802') },
      });
      expect(reply.statusCode).toBe(403);
    }
    const auditor = await fixtures.staff('auditor', '410803');
    expect((await get<Answered>('/api/supervision/figures', auditor)).total.decision.open).toBe(2);
    const outside = await app.inject({
      url: '/api/supervision/missed?office=410803',
      headers: { cookie: county },
    });
    expect(outside.statusCode).toBe(403);
  });

  it('as the application role every figure reads an index of the county, kept days from the index alone', async () => {
    // Years of decided cases beside the few of the window.
    await fixtures.sql(`insert into application select tenant, gen_random_uuid(), number || n, person_id, division, office, channel, 'registered',
      place_kind, reason, wants_benefit, unemployed_month, form, sealed, commitment_version, commitment_digest, signature_sealed, signed_at,
      submitted_at, submitted_on, due_on - n, basis, checked_at, submitted_at, decided_by, '李经办', ground, decision, null, entered_by,
      request_digest, version, assigned_to, assigned_at from application, generate_series(1, 800) n where division = '410802' and status = 'submitted'`);
    await fixtures.sql(`insert into registration select tenant, gen_random_uuid(), number || n, check_code, application_id, person_id, division,
      office, status, place_kind, channel, reason, registered_at, registered_on, registered_by, first_contact_due - n, now(), last_contact_month,
      class, basis, exited_on, version, assigned_to, assigned_at, next_contact_on from registration, generate_series(1, 800) n where status = 'active'`);
    await fixtures.sql('vacuum analyze application');
    await fixtures.sql('vacuum analyze registration');
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    try {
      await client.query(
        "begin; set local yingdeng.role='supervisor'; set local yingdeng.lo='410802'; set local yingdeng.hi='410803'",
      );
      const range = [['410802'], '410802', '410803'];
      const page = ['-infinity', '00000000-0000-0000-0000-000000000000', 51, null, false];
      const window = ['2026-10-23', '2026-11-22'];
      for (const [statement, params, indexes] of [
        [openDecisions, [...range, '2026-11-22', '2026-11-23'], ['application_worklist']],
        [openContacts, [...range, '2026-11-22', '2026-11-23'], ['registration_first_contact']],
        [openExits, range, ['exit_worklist']],
        [
          keptDecisions,
          [...range, ...window],
          ['Index Only Scan using application_decided_due', 'application_worklist'],
        ],
        [
          keptContacts,
          [...range, ...window],
          ['Index Only Scan using registration_contacted_due', 'registration_first_contact'],
        ],
        [decisionDays, [...range, ...window], ['Index Only Scan using application_decided_due']],
        [contactDays, [...range, ...window], ['Index Only Scan using registration_contacted_due']],
        [doneDecisions, [...range, ...page, ...window], ['application_decided_due']],
        [doneContacts, [...range, ...page, ...window], ['registration_contacted_due']],
        [missedDecisions, [...range, ...page, ...window], ['application_decided_due', 'application_worklist']],
        [missedContacts, [...range, ...page, ...window], ['registration_contacted_due', 'registration_first_contact']],
      ] as const) {
        await client.query(`set local enable_seqscan = ${indexes[0].startsWith('Index') ? 'on' : 'off'}`);
        await client.query('set local enable_bitmapscan = off');
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${statement.text}`, [...params]);
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        for (const index of indexes) expect(plan, statement.name).toContain(index);
      }
    } finally {
      await client.end();
    }
  });
});
