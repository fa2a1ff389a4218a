import { verify } from '@node-rs/argon2';
import { divisionSet } from '@yingdeng/contract/divisions.ts';
import { divisionRange } from '@yingdeng/rules/access.ts';
import { type CreditFacts, creditLevel } from '@yingdeng/rules/credit.ts';
import { monthsAfter } from '@yingdeng/rules/difficulty.ts';
import { checkExitRecord, type ExitRecord } from '@yingdeng/rules/exit-record/index.ts';
import { parseIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { isCaseNumber } from '@yingdeng/rules/numbers.ts';
import { policyFor } from '@yingdeng/rules/provisions/policy.ts';
import { vacancyFaults, vacancyWarnings } from '@yingdeng/rules/vacancy.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { inputOf } from '../features/vacancy/fields.ts';
import type { VacancyRow } from '../features/vacancy/vacancy.sql.ts';
import { Crypto, tenantOfId } from '../platform/crypto.ts';
import { personKey } from '../platform/identity.ts';
import { CityNotLoadable, type LoadOptions, type LoadReport, loadCity } from './load.ts';

const bytes = (n: number) => Buffer.alloc(32, n);
const keys = { data: new Map([[1, bytes(1)]]), current: 1, lookup: bytes(2), audit: bytes(3) };
const crypto = new Crypto(keys);

let database: TestDatabase;
let admin: pg.Client;
let report: LoadReport;

const options = (changes: Partial<LoadOptions> = {}): LoadOptions => ({
  url: database.adminUrl,
  keys,
  division: '410800',
  people: 1500,
  seed: 7,
  asOf: '2026-11-20',
  demo: true,
  now: new Date('2026-11-20T12:00:00+08:00'),
  ...changes,
});
const rows = async <Row>(text: string, ...values: unknown[]): Promise<Row[]> =>
  (await admin.query(text, values)).rows as Row[];
const count = async (text: string, ...values: unknown[]): Promise<number> =>
  Number((await rows<{ n: string }>(`select count(*) as n from ${text}`, ...values))[0]?.n);
const constraints = () =>
  rows<{
    text: string;
  }>(`select conname || pg_get_constraintdef(oid) as text from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public' order by 1`);
const sums = () =>
  rows<{
    text: string;
  }>(`select 'application' || md5(string_agg(number || status || submitted_at, ',' order by id)) as text from application
    union all select 'contact' || md5(string_agg(id::text || at || note, ',' order by id)) from contact
    union all select 'exit' || md5(string_agg(serial || reason || evidence::text, ',' order by id)) from exit order by 1`);

beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  report = await loadCity(options());
});

afterAll(async () => {
  await admin.end();
  await database.drop();
});

describe('a loaded city', () => {
  it('has its people with their files, offices and accounts', async () => {
    expect(report).toMatchObject({ already: false, people: 1500 });
    expect(await count('person')).toBe(1500);
    expect(await count('office')).toBe(report.offices);
    expect(await count('account')).toBe(report.accounts);
    expect(await count('application')).toBeGreaterThan(1500);
    expect(await count("office where code like '410871%'")).toBe(0);
    // Every office that owns a case exists, and somebody works there.
    expect(await count('application a left join office o on o.code = a.office where o.code is null')).toBe(0);
  });

  it('holds exactly one claim for every valid registration', async () => {
    const valid = await count("registration where status <> 'exited'");
    expect(await count('registration_claim')).toBe(valid);
    expect(
      await count(`registration_claim c join registration r on r.tenant = c.tenant and r.id = c.registration_id
        join person p on p.tenant = r.tenant and p.id = r.person_id where p.id_hash = c.id_hash and r.status <> 'exited'`),
    ).toBe(valid);
  });

  it('can be read by the system: numbers open, look-up hashes fit, ids carry the tenant', async () => {
    const people = await rows<{ id: string; id_hash: Buffer; sex: string; id_tail: string; identity_sealed: Buffer }>(
      'select id, id_hash, sex, id_tail, identity_sealed from person',
    );
    for (const person of people) {
      const { idNumber } = crypto.open<{ idNumber: string }>(person.identity_sealed);
      const key = personKey(crypto, idNumber);
      expect(key.personId).toBe(person.id);
      expect(key.hash.equals(person.id_hash)).toBe(true);
      expect(idNumber.endsWith(person.id_tail)).toBe(true);
      const parsed = parseIdentityNumber(idNumber);
      expect(parsed.faults).toEqual([]);
      if (parsed.sex) expect(parsed.sex).toBe(person.sex);
    }
    for (const { id, number } of await rows<{ id: string; number: string }>('select id, number from application')) {
      expect(tenantOfId(id)).toBe('4108');
      expect(isCaseNumber(number)).toBe(true);
    }
  });

  it('M79X-3: has uploaded exits that the annex accepts', async () => {
    const uploads = await rows<{ record_sealed: Buffer; sex: string; division: string; registered_on: string }>(
      `select u.record_sealed, p.sex, u.division from exit_upload u join exit e on e.tenant = u.tenant and e.id = u.exit_id
       join person p on p.tenant = e.tenant and p.id = e.person_id`,
    );
    expect(uploads.length).toBeGreaterThan(500);
    for (const { record_sealed, sex, division } of uploads) {
      const record = crypto.open<ExitRecord>(record_sealed);
      const facts = { today: '2026-11-20', sex, divisions: divisionSet, officeDivision: division };
      expect(checkExitRecord(record, facts).faults, JSON.stringify(record)).toEqual([]);
    }
  });

  it('shows a clerk of a county the open cases of that county only', async () => {
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    try {
      const seen = async (office: string) => {
        const { lo, hi } = divisionRange(office);
        await client.query(
          `begin; set local yingdeng.role = 'clerk'; set local yingdeng.lo = '${lo}'; set local yingdeng.hi = '${hi}'`,
        );
        const { rows: open } = await client.query<{ division: string }>(
          "select division from application where status = 'submitted'",
        );
        await client.query('commit');
        return open.map((row) => row.division);
      };
      const county = await seen('410802');
      expect(county.length).toBeGreaterThan(0);
      expect(new Set(county)).toEqual(new Set(['410802']));
      expect((await seen('410800')).length).toBeGreaterThan(county.length);
      expect(await seen('210302')).toEqual([]);
    } finally {
      await client.end();
    }
  });

  it('lets the staff of the demonstration in, and offers a worker for every situation', async () => {
    expect(report.staff.map((one) => one.role)).toEqual(
      expect.arrayContaining([
        'clerk',
        'supervisor',
        'fieldWorker',
        'statistician',
        'exchangeOfficer',
        'hotline',
        'auditor',
        'administrator',
      ]),
    );
    expect(report.staff[0]?.username).toBe('jiefang.clerk1');
    const [shown] = report.staff;
    const [account] = await rows<{ password_hash: string; second_factor_sealed: Buffer }>(
      'select password_hash, second_factor_sealed from account where username = $1',
      shown?.username,
    );
    expect(await verify(account?.password_hash ?? '', shown?.password ?? '')).toBe(true);
    expect(crypto.open(account?.second_factor_sealed ?? bytes(0))).toBe(shown?.totpSecret);
    expect(report.workers).toHaveLength(7);
    const statuses: (string | undefined)[] = [];
    for (const { idNumber } of report.workers) {
      const [row] = await rows<{ status: string; registration: string | null }>(
        `select a.status, r.status as registration from application a
         left join registration r on r.application_id = a.id where a.person_id = $1`,
        personKey(crypto, idNumber).personId,
      );
      statuses.push(row?.registration ?? row?.status);
    }
    expect(statuses).toEqual([undefined, undefined, 'submitted', 'active', 'exitProposed', 'exited', undefined]);
  });
});

describe('vacancies of the city', () => {
  it('A21-4d: are lawful, mostly valid, and some people were referred to one that was open that day', async () => {
    expect(await count('vacancy')).toBe(120);
    expect(await count('welfare_post')).toBeGreaterThan(20);
    expect(await count('training_project')).toBeGreaterThan(20);
    expect(await count("vacancy where valid_to >= '2026-11-20'")).toBeGreaterThan(90);
    const numbers = await rows("select last_number from vacancy_counter where tenant = '4108'");
    expect(numbers).toEqual([{ last_number: 120 }]);
    const limits = policyFor('410802', '2026-11-20').vacancyLimits!.value;
    const stored = await rows<VacancyRow>('select *, valid_from::text, valid_to::text from vacancy');
    for (const row of stored) {
      const input = inputOf(row);
      const faults = vacancyFaults(input, { today: input.validFrom, known: divisionSet, limits });
      expect(faults, input.title).toEqual([]);
      expect(vacancyWarnings(input, limits).map(({ kind }) => kind)).toEqual(row.warnings.map(({ kind }) => kind));
    }
    expect(await count("referral where state = 'open'")).toBeGreaterThan(3);
    expect(await count("referral where state = 'notHired'")).toBeGreaterThan(0);
    expect(
      await count(
        `referral f left join vacancy v on v.tenant = f.tenant and v.id = f.vacancy_id
         where v.id is null or (f.referred_at at time zone 'Asia/Shanghai')::date not between v.valid_from and v.valid_to`,
      ),
    ).toBe(0);
  });
});

describe('services of the city', () => {
  it('A21-4f: stays in posts keep their limits, one check a month, and lead to exit 14 and for some to registration 40', async () => {
    const stays = await rows<{
      starts_on: string;
      ends_by: string;
      pension_on: string | null;
      left_on: string | null;
      months: string[];
    }>(
      `select w.starts_on::text, w.ends_by::text, w.pension_on::text, w.left_on::text,
         array(select month from welfare_check c where c.tenant = w.tenant and c.placement_id = w.id order by month) as months
       from welfare_placement w
       join exit e on e.tenant = w.tenant and e.id = w.exit_id and e.reason = '14' and e.exit_on = w.starts_on
       join difficulty d on d.tenant = w.tenant and d.id = w.difficulty_id and w.starts_on between d.valid_from and d.valid_to`,
    );
    expect(stays).toHaveLength(await count('welfare_placement'));
    expect(stays).toHaveLength(await count("exit where reason = '14' and tenant = '4108'"));
    expect(stays.length).toBeGreaterThan(8);
    for (const stay of stays) {
      const most = stay.pension_on ? 5 * 12 : 36;
      expect(stay.ends_by < monthsAfter(stay.starts_on, most), JSON.stringify(stay)).toBe(true);
      if (stay.left_on) expect(stay.left_on <= stay.ends_by).toBe(true);
      const last = stay.left_on ?? '2026-11-20';
      for (const month of stay.months)
        expect(month >= stay.starts_on.slice(0, 7) && month <= last.slice(0, 7)).toBe(true);
    }
    expect(await count("welfare_placement where state = 'placed' and check_due < '2026-11-20'")).toBeLessThan(5);
    // Nobody is in a post and registered, and no post has more people than places.
    expect(
      await count(`welfare_placement w join registration r on r.tenant = w.tenant and r.person_id = w.person_id
        where w.state = 'placed' and r.status = 'active'`),
    ).toBe(0);
    const taken = await rows('select coalesce(sum(taken), 0)::int as n from welfare_post');
    expect(taken).toEqual([{ n: await count("welfare_placement where state = 'placed'") }]);
    const anew = await rows<{ reason: string; left_on: string; unemployed_month: string }>(
      `select a.reason, w.left_on::text, a.unemployed_month from welfare_placement w
       join application a on a.tenant = w.tenant and a.person_id = w.person_id and a.submitted_on > w.starts_on`,
    );
    expect(anew.length).toBeGreaterThan(0);
    for (const { reason, left_on, unemployed_month } of anew) {
      expect(reason).toBe('10');
      expect(unemployed_month).toBe(left_on.slice(0, 7));
    }
  });

  it('A21-4g, A21-4e: applications for policies stand as their history says, loans below the cap', async () => {
    const applications = await rows<{
      policy: string;
      state: string;
      states: string[];
      terms: { yuan: number } | null;
    }>(
      `select p.policy, p.state, p.terms,
         array(select to_state from policy_application_action a where a.policy_application_id = p.id order by at) as states
       from policy_application p`,
    );
    expect(applications.length).toBeGreaterThan(20);
    for (const one of applications) {
      expect(one.states[0]).toBe('accepted');
      expect(one.states.at(-1)).toBe(one.state);
      expect(one.terms !== null).toBe(one.policy === '创业担保贷款');
      if (one.terms) expect(one.terms.yuan).toBeLessThanOrEqual(300_000);
    }
    for (const state of ['forwarded', 'granted']) expect(applications.some((one) => one.state === state)).toBe(true);
  });

  it('A21-4d: courses were asked for while they took people, and seats are counted', async () => {
    expect(
      await count(`training_enrolment e join training_project p on p.tenant = e.tenant and p.id = e.project_id
        where (e.asked_at at time zone 'Asia/Shanghai')::date > p.apply_by`),
    ).toBe(0);
    const states = await rows<{ state: string }>('select distinct state from training_enrolment');
    expect(states.map(({ state }) => state)).toEqual(expect.arrayContaining(['wished', 'enrolled', 'finished']));
    const taken = await rows('select sum(taken)::int as n from training_project');
    expect(taken).toEqual([
      { n: await count("training_enrolment where state in ('enrolled', 'finished', 'dropped')") },
    ]);
  });

  it('A21-4h, M79-5b: parts of one matter stand with what they name', async () => {
    // Recognition has its own row; civil affairs are asked with consent only.
    expect(
      await count(`sub_matter s left join difficulty d on d.tenant = s.tenant and d.id = s.subject_id
        where s.kind = 'difficulty' and s.state = 'forwarded' and d.id is null`),
    ).toBe(0);
    expect(await count("sub_matter where kind = 'difficulty'")).toBeGreaterThan(5);
    expect(await count("sub_matter where kind = 'livingAllowance' and consented_on is null")).toBe(0);
    expect(await count("benefit_handover where state = 'taken'")).toBe(
      await count("application where channel = 'benefit' and tenant = '4108'"),
    );
    expect(await count('benefit_handover where application_id is null and faults = $1', '')).toBe(0);
  });
});

describe('loading again', () => {
  it('writes nothing when the same city is there, and refuses another in its place', async () => {
    const before = await sums();
    const again = await loadCity(options());
    expect(again).toMatchObject({ already: true, rows: 0, workers: report.workers, staff: report.staff });
    expect(await sums()).toEqual(before);
    await expect(loadCity(options({ seed: 8 }))).rejects.toThrow(CityNotLoadable);
  });

  it('cleans what a killed load left, and comes to the same city, without constraints in between', async () => {
    const [before, dressed] = [await sums(), await constraints()];
    await admin.query(
      `update city_load set state = 'loading'; delete from registration_claim; delete from contact where month > '2026-01'`.replace(
        'contact where',
        'list_handover; delete from contact where',
      ),
    );
    const again = await loadCity(options({ bareFrom: 1 }));
    expect(again.already).toBe(false);
    expect(await sums()).toEqual(before);
    expect(await constraints()).toEqual(dressed);
  });

  it('puts a second city beside the first', async () => {
    const second = await loadCity(options({ division: '210300', people: 1200 }));
    expect(second.people).toBe(1200);
    expect(await count("person where tenant = '2103'")).toBe(1200);
    expect(await count("person where tenant = '4108'")).toBe(1500);
    // The law of Henan says nothing about credit, that of Liaoning has no table of difficulty.
    expect(await count("credit_record where tenant = '4108'")).toBe(0);
    expect(await count("welfare_placement where tenant = '2103'")).toBe(0);
  });

  it('A21-5c, A21-8a: credit follows from the facts, and beyond a note a second person decided', async () => {
    const records = await rows<{ level: string; state: string; facts: CreditFacts }>(
      'select level, state, facts from credit_record',
    );
    expect(records.length).toBeGreaterThan(4);
    const limits = policyFor('210302', '2026-11-20').creditLimits!.value;
    for (const { facts, level } of records) expect(creditLevel(facts, limits)).toBe(level);
    expect(await count("credit_record where level = 'note' and state = 'noticed'")).toBe(0);
    expect(
      await count(
        "credit_record where level <> 'note' and state <> 'noticed' and decided_by is not distinct from proposed_by",
      ),
    ).toBe(0);
    expect(await count('credit_record where (decided_at at time zone $1)::date <= answer_due', 'Asia/Shanghai')).toBe(
      0,
    );
  });

  it('never touches a city whose people were not drawn', async () => {
    await admin.query("delete from city_load where division = '210300'");
    await expect(loadCity(options({ division: '210300', people: 10 }))).rejects.toThrow('已有业务数据');
    expect(await count("person where tenant = '2103'")).toBe(1200);
  });

  it('gives up whole when a row cannot be written', { timeout: 60_000 }, async () => {
    // Somebody of the city that is drawn next is registered already elsewhere.
    await admin.query("delete from city_load where division = '410800'; truncate registration_claim");
    for (const table of [
      'benefit_handover',
      'credit_record',
      'policy_application_action',
      'policy_application',
      'training_enrolment',
      'welfare_check',
      'welfare_placement',
      'job_wish',
      'served_contact',
      'served_person',
      'sub_matter_action',
      'sub_matter',
      'referral',
      'welfare_post',
      'training_project',
      'vacancy_change',
      'vacancy',
      'vacancy_counter',
      'list_handover',
      'service_record',
      'service_class',
      'difficulty',
      'plan_step',
      'plan',
      'contact',
      'exit_upload',
      'decision_upload',
      'exit',
      'registration_action',
      'registration',
      'application_action',
      'application',
      'person',
    ]) {
      await admin.query(`delete from ${table} where tenant = '4108'`);
    }
    await admin.query("delete from account where office like '4108%'; delete from office where code like '4108%'");
    const [active] = report.workers.filter((worker) => worker.situation.startsWith('已登记，正在'));
    await admin.query(
      'insert into registration_claim (id_hash, tenant, registration_id) values ($1, $2, gen_random_uuid())',
      [personKey(crypto, active!.idNumber).hash, '2103'],
    );
    await expect(loadCity(options())).rejects.toThrow('registration_claim');
    expect(await count("person where tenant = '4108'")).toBe(0);
    expect(await count("city_load where division = '410800' and state = 'loading'")).toBe(1);
    await admin.query("delete from registration_claim where tenant = '2103'");
    expect((await loadCity(options())).people).toBe(1500);
  });
});
