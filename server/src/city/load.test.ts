import { verify } from '@node-rs/argon2';
import { divisionSet } from '@yingdeng/contract/divisions.ts';
import { divisionRange } from '@yingdeng/rules/access.ts';
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
    const second = await loadCity(options({ division: '210300', people: 300 }));
    expect(second.people).toBe(300);
    expect(await count("person where tenant = '2103'")).toBe(300);
    expect(await count("person where tenant = '4108'")).toBe(1500);
  });

  it('never touches a city whose people were not drawn', async () => {
    await admin.query("delete from city_load where division = '210300'");
    await expect(loadCity(options({ division: '210300', people: 10 }))).rejects.toThrow('已有业务数据');
    expect(await count("person where tenant = '2103'")).toBe(300);
  });

  it('gives up whole when a row cannot be written', async () => {
    // Somebody of the city that is drawn next is registered already elsewhere.
    await admin.query("delete from city_load where division = '410800'; truncate registration_claim");
    for (const table of [
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
