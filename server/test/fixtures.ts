import { randomInt } from 'node:crypto';
import type { Role } from '@yingdeng/rules/access.ts';
import { addDays, addWorkingDays, type PlainDate, shanghaiDate, shippedCalendar } from '@yingdeng/rules/calendar.ts';
import { nextContactOn } from '@yingdeng/rules/contact-rhythm.ts';
import { identityCheckDigit } from '@yingdeng/rules/identity-number.ts';
import { caseNumber } from '@yingdeng/rules/numbers.ts';
import { policyFor } from '@yingdeng/rules/provisions/policy.ts';
import pg from 'pg';
import { alarmTimes, type Config } from '../src/config.ts';
import { type Context, createContext } from '../src/context.ts';
import { newId, newTenantId, sm3 } from '../src/platform/crypto.ts';
import { personKey } from '../src/platform/identity.ts';
import { namePinyin } from '../src/platform/pinyin.ts';
import { staffTicket, workerTicket } from '../src/platform/session.ts';
import type { TestDatabase } from './database.ts';

/** Sunday 22 November 2026, 14:05 in Shanghai: the next working day is Monday 23. */
export const NOW = new Date('2026-11-22T06:05:00Z');

/** The configuration tests run with; keys are of no secret. */
export function testConfig(databaseUrl: string): Config {
  return {
    mode: 'demo',
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://localhost',
    databaseUrl,
    poolSize: 4,
    keys: { data: { '1': '11'.repeat(32) }, current: 1, lookup: '22'.repeat(32), audit: '33'.repeat(32) },
    exchange: alarmTimes(),
    logLevel: 'silent',
  };
}

/** Offices and accounts of the fixture city: two counties of Jiaozuo, a street, and Zhengzhou beside it. */
const offices = [
  ['000000', 'nation', '全国平台运行机构'],
  ['410000', 'province', '河南省公共就业服务机构'],
  ['410800', 'city', '焦作市公共就业服务中心'],
  ['410802', 'county', '解放区公共就业服务中心'],
  ['410802001', 'street', '民生街道人社所'],
  ['410803', 'county', '中站区公共就业服务中心'],
  ['410102', 'county', '中原区公共就业服务中心'],
] as const;

export interface PersonInput {
  readonly name?: string;
  /** 18 digits; drawn when left out. */
  readonly idNumber?: string;
  readonly mobile?: string;
  readonly office?: string;
}
export interface ApplicationInput extends PersonInput {
  readonly status?: 'submitted' | 'registered' | 'refused' | 'withdrawn' | 'duplicate' | 'handedOver';
  readonly submittedOn?: PlainDate;
  /** Computed from the law and the calendar when left out. */
  readonly dueOn?: PlainDate;
  readonly channel?: string;
}
export interface RegistrationInput extends ApplicationInput {
  readonly registrationStatus?: 'active' | 'exitProposed' | 'exited';
  readonly firstContactDue?: PlainDate;
  readonly firstContactAt?: Date;
}

export interface PersonMade {
  readonly personId: string;
  readonly idNumber: string;
  readonly name: string;
  readonly mobile: string;
}
export interface ApplicationMade extends PersonMade {
  readonly applicationId: string;
  readonly number: string;
}
export interface RegistrationMade extends ApplicationMade {
  readonly registrationId: string;
  readonly registrationNumber: string;
  readonly checkCode: string;
}

let drawn = 0;

/** A lawful 18-digit number of nobody: the sequence grows with every call. `born` as yyyymmdd. */
export function drawIdentityNumber(born = '19850412'): string {
  drawn += 1;
  const first17 = `410802${born}${String(drawn % 1000).padStart(3, '0')}`;
  return first17 + identityCheckDigit(first17);
}

/**
 * Rows as the system would have written them, put in as the superuser: for tests that read. One instance a test file.
 * Tests of writing use the commands instead.
 */
export class Fixtures {
  readonly context: Context;
  readonly #admin: pg.Client;
  #now: Date;

  private constructor(context: Context, admin: pg.Client, now: Date) {
    this.context = context;
    this.#admin = admin;
    this.#now = now;
  }

  /** Opens a context on the test database (as the application role) with the fixture offices. Close it in `afterAll`. */
  static async open(database: TestDatabase, now: Date = NOW): Promise<Fixtures> {
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    for (const [code, kind, name] of offices) {
      await admin.query(
        `insert into office (code, kind, name, address, telephone, business, responsible_person)
         values ($1, $2, $3, '人民路1号', '0391-3569000', '失业登记、职业介绍', '王主任')`,
        [code, kind, name],
      );
    }
    let fixtures: Fixtures | undefined;
    const clock = { now: () => fixtures?.now ?? now };
    const context = await createContext(testConfig(database.appUrl), { clock });
    fixtures = new Fixtures(context, admin, now);
    return fixtures;
  }

  /** The instant the context's clock shows; tests may set it. */
  get now(): Date {
    return this.#now;
  }
  set now(now: Date) {
    this.#now = now;
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.#admin.end();
  }

  /** Asks or changes anything as the superuser. */
  async sql<Row extends pg.QueryResultRow>(text: string, params: unknown[] = []): Promise<Row[]> {
    return (await this.#admin.query<Row>(text, params)).rows;
  }

  /** An account; returns its id. */
  async account(role: Role, office: string, displayName = '测试人员'): Promise<string> {
    const id = newId(this.#now);
    await this.sql(
      `insert into account (id, username, display_name, role, office, password_hash, second_factor_sealed, created_at)
       values ($1, $2, $3, $4, $5, '', '', $6)`,
      [id, `u${id}`, displayName, role, office, this.#now],
    );
    return id;
  }

  /** Cookie header of a signed-in staff member of a new account. */
  async staff(role: Role, office: string, displayName?: string): Promise<string> {
    const account = await this.account(role, office, displayName);
    return `yingdeng_session=${await staffTicket(this.context, account, this.#now)}`;
  }

  /** Cookie header of a signed-in worker. */
  worker(person: Pick<PersonMade, 'name' | 'idNumber'> & { mobile?: string }): string {
    return `yingdeng_session=${workerTicket(this.context, person, this.#now)}`;
  }

  /** A person's file; an existing one of the same number stays. */
  async person(input: PersonInput = {}): Promise<PersonMade> {
    const { crypto } = this.context;
    const { name = '王小明', office = '410802', mobile = '13800001234' } = input;
    const idNumber = input.idNumber ?? drawIdentityNumber();
    const { hash, personId } = personKey(crypto, idNumber);
    const { pinyin, initials } = namePinyin(name);
    await this.sql(
      `insert into person (tenant, id, office, id_hash, name, name_pinyin, name_initials, id_tail, sex, birth_date, ethnic, political,
         education, health, document_type, household_division, residence_division, mobile_hash, identity_sealed, contact_sealed,
         created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '01', '13', '30', '1', '01', $11, $11, $12, $13, $14, $15, $15)
       on conflict do nothing`,
      [
        office.slice(0, 4),
        personId,
        office,
        hash,
        name,
        pinyin,
        initials,
        idNumber.slice(-4),
        Number(idNumber[16]) % 2 === 1 ? '1' : '2',
        `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`,
        office.slice(0, 6),
        crypto.lookupHash('mobile', mobile),
        crypto.seal({ idNumber, documentNumber: idNumber }),
        crypto.seal({ mobile, householdDetail: '人民路2号院', residenceDetail: '人民路2号院' }),
        this.#now,
      ],
    );
    return { personId, idNumber, name, mobile };
  }

  /** An application with its first action. */
  async application(input: ApplicationInput = {}): Promise<ApplicationMade> {
    const { office = '410802', status = 'submitted', channel = 'portal' } = input;
    const submittedOn = input.submittedOn ?? shanghaiDate(this.#now);
    const person = await this.person(input);
    const tenant = office.slice(0, 4);
    const division = office.slice(0, 6);
    const rule = policyFor(division, submittedOn).decisionWorkingDays;
    const dueOn = input.dueOn ?? addWorkingDays(submittedOn, rule?.value ?? 0, shippedCalendar);
    const at = new Date(`${submittedOn}T02:00:00Z`);
    const id = newTenantId(tenant, at);
    const number = caseNumber(submittedOn, randomInt(0, 1_000_000_000));
    const decided = status === 'submitted' ? null : new Date(at.getTime() + 3_600_000);
    const form = {
      name: person.name,
      sex: '1',
      ethnic: '01',
      education: '30',
      health: '1',
      unemployedMonth: submittedOn.slice(0, 7),
      documentType: '01',
      household: { division },
      residence: { division },
      registrationPlace: 'household',
      placeDivision: division,
      reason: '2',
      wantsBenefit: true,
      qualifications: [],
      wishes: [],
    };
    await this.sql(
      `insert into application (tenant, id, number, person_id, division, office, channel, status, place_kind, reason, wants_benefit,
         unemployed_month, form, sealed, commitment_version, commitment_digest, signature_sealed, signed_at, submitted_at, submitted_on,
         due_on, basis, checked_at, decided_at, decided_by_name, ground, request_digest)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'household', '2', true, $9, $10, $11, '2020-79-1', $12, $13, $14, $14, $15, $16, $17, $14,
         $18, $19, $20, $12)`,
      [
        tenant,
        id,
        number,
        person.personId,
        division,
        office,
        channel,
        status,
        submittedOn.slice(0, 7),
        JSON.stringify(form),
        this.context.crypto.seal({
          idNumber: person.idNumber,
          documentNumber: person.idNumber,
          mobile: person.mobile,
          email: 'someone@example.cn',
          householdDetail: '人民路2号院',
          residenceDetail: '人民路2号院',
        }),
        sm3(id),
        this.context.crypto.seal({ path: 'M 10 10 L 20 20', signedAt: at.toISOString() }),
        at,
        submittedOn,
        dueOn,
        JSON.stringify(rule ? { decisionWorkingDays: { value: rule.value, citation: rule.citation } } : {}),
        decided,
        decided ? '李经办' : null,
        status === 'refused' ? 'drawingPension' : null,
      ],
    );
    await this.sql(
      `insert into application_action (tenant, id, application_id, person_id, office, action, from_status, to_status, at, actor_name, detail)
       values ($1, $2, $3, $4, $5, 'submit', 'draft', 'submitted', $6, $7, $8)`,
      [tenant, newTenantId(tenant, at), id, person.personId, office, at, person.name, JSON.stringify({ channel })],
    );
    return { ...person, applicationId: id, number };
  }

  /** A registered person: application, registration, claim. */
  async registration(input: RegistrationInput = {}): Promise<RegistrationMade> {
    const { office = '410802', registrationStatus = 'active' } = input;
    const made = await this.application({ status: 'registered', ...input });
    const tenant = office.slice(0, 4);
    const on = input.submittedOn ?? shanghaiDate(this.#now);
    const at = new Date(`${on}T03:00:00Z`);
    const rule = policyFor(office.slice(0, 6), on).firstContactWorkingDays;
    const due = input.firstContactDue ?? addWorkingDays(on, rule?.value ?? 0, shippedCalendar);
    const registrationId = newTenantId(tenant, at);
    const registrationNumber = caseNumber(on, randomInt(0, 1_000_000_000));
    await this.sql(
      `insert into registration (tenant, id, number, check_code, application_id, person_id, division, office, status, place_kind, channel,
         reason, registered_at, registered_on, first_contact_due, first_contact_at, basis, exited_on, next_contact_on)
       values ($1, $2, $3, '482913', $4, $5, $6, $7, $8, 'household', $9, '2', $10, $11, $12, $13, $14, $15, $16)`,
      [
        tenant,
        registrationId,
        registrationNumber,
        made.applicationId,
        made.personId,
        office.slice(0, 6),
        office,
        registrationStatus,
        input.channel ?? 'portal',
        at,
        on,
        due,
        input.firstContactAt ?? null,
        JSON.stringify(rule ? { firstContactWorkingDays: { value: rule.value, citation: rule.citation } } : {}),
        registrationStatus === 'exited' ? addDays(on, 1) : null,
        nextContactOn({ registeredOn: on }, policyFor(office.slice(0, 6), on)),
      ],
    );
    if (registrationStatus !== 'exited') {
      await this.sql(
        'insert into registration_claim (id_hash, tenant, registration_id) values ($1, $2, $3) on conflict do nothing',
        [personKey(this.context.crypto, made.idNumber).hash, tenant, registrationId],
      );
    }
    await this.sql(
      `insert into application_action (tenant, id, application_id, person_id, office, action, from_status, to_status, at, actor_name)
       values ($1, $2, $3, $4, $5, 'register', 'submitted', 'registered', $6, '李经办')`,
      [tenant, newTenantId(tenant, at), made.applicationId, made.personId, office, at],
    );
    if (registrationStatus === 'exited') {
      await this.sql(
        `insert into registration_action (tenant, id, registration_id, person_id, office, action, from_status, to_status, at, actor_name)
         values ($1, $2, $3, $4, $5, 'exit', 'active', 'exited', $6, '李经办')`,
        [tenant, newTenantId(tenant, at), registrationId, made.personId, office, at],
      );
    }
    return { ...made, registrationId, registrationNumber, checkCode: '482913' };
  }

  /** A result of verification of an application; returns its id. */
  async check(
    application: Pick<ApplicationMade, 'applicationId' | 'personId'>,
    row: { source: string; result: string; finding?: object; settles?: string; byHand?: boolean; office?: string },
  ): Promise<string> {
    const { office = '410802' } = row;
    const tenant = office.slice(0, 4);
    const id = newTenantId(tenant, this.#now);
    await this.sql(
      `insert into check_result (tenant, id, application_id, person_id, office, source, by_hand, result, finding, at, actor_name, settles)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '系统', $11)`,
      [
        tenant,
        id,
        application.applicationId,
        application.personId,
        office,
        row.source,
        row.byHand ?? false,
        row.result,
        JSON.stringify(row.finding ?? {}),
        this.#now,
        row.settles ?? null,
      ],
    );
    return id;
  }

  /** An attempt or a contact; returns its id. */
  async contact(
    registration: Pick<RegistrationMade, 'registrationId' | 'personId'>,
    row: { outcome: 'attempt' | 'contact'; means?: string; at?: Date; interview?: object; office?: string },
  ): Promise<string> {
    const { office = '410802', means = 'telephone', at = this.#now } = row;
    const tenant = office.slice(0, 4);
    const id = newTenantId(tenant, at);
    await this.sql(
      `insert into contact (tenant, id, registration_id, person_id, office, purpose, means, outcome, at, month, officer_name, interview)
       values ($1, $2, $3, $4, $5, 'first', $6, $7, $8, $9, '赵专员', $10)`,
      [
        tenant,
        id,
        registration.registrationId,
        registration.personId,
        office,
        means,
        row.outcome,
        at,
        shanghaiDate(at).slice(0, 7),
        row.interview ? JSON.stringify(row.interview) : null,
      ],
    );
    return id;
  }

  /** An exit; returns its id. */
  async exit(
    registration: Pick<RegistrationMade, 'registrationId' | 'personId'>,
    row: {
      status?: string;
      reason?: string;
      answerDue?: PlainDate;
      proposedBy?: string;
      office?: string;
      at?: Date;
    } = {},
  ): Promise<string> {
    const { office = '410802', status = 'proposed', reason = '11', at = this.#now } = row;
    const tenant = office.slice(0, 4);
    const id = newTenantId(tenant, at);
    await this.sql(
      `insert into exit (tenant, id, serial, registration_id, person_id, division, office, status, source, reason, evidence, exit_on,
         proposed_at, proposed_by, proposed_by_name, answer_due, basis)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'clerk', $9, $10, $11, $12, $13, '李经办', $14, '{}')`,
      [
        tenant,
        id,
        caseNumber(shanghaiDate(at), randomInt(0, 1_000_000_000)),
        registration.registrationId,
        registration.personId,
        office.slice(0, 6),
        office,
        status,
        reason,
        JSON.stringify([{ kind: 'workerStatement', date: shanghaiDate(at), text: '本人来电说明' }]),
        shanghaiDate(at),
        at,
        row.proposedBy ?? null,
        row.answerDue ?? null,
      ],
    );
    return id;
  }
}
