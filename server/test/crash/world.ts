import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../../src/context.ts';
import { Database } from '../../src/platform/database.ts';
import { type TestDatabase, testDatabase } from '../database.ts';
import { Fixtures, type RegistrationMade } from '../fixtures.ts';
import { DatabaseDoor } from './database-door.ts';
import type { Dice } from './dice.ts';
import { PlatformDoor } from './platform-door.ts';
import { KEY, type PlatformSide, platformHere, platformProcess } from './platform-side.ts';
import { type Door, type Fault, Steps } from './steps.ts';

/** Days of which exits are reported; today is 22 November. */
export const DAYS = ['2026-11-19', '2026-11-20', '2026-11-21'] as const;
const OFFICES = ['410802', '410803', '410102'] as const;

/** Our process between a start and its death: everything it reaches goes through doors that can be shut at any step. */
export interface Life {
  readonly context: Context;
  /** Plans the next fault: at a step from now on through one of the doors. */
  plan(door: Door, step: number): Steps;
  /** Nothing more goes wrong. */
  calm(): void;
  readonly dead: boolean;
  /** Ends it in peace. */
  end(): Promise<void>;
}

/** Nothing goes wrong. */
export const calm = new Steps('database', Number.POSITIVE_INFINITY, () => 'cutBefore');

/**
 * Both sides of the exchange and what happens between them: our database with confirmed exits, the platform with applications
 * handed over, each of which may die and come back, and an account of what must be true in the end.
 */
export class CrashWorld {
  readonly dice: Dice;
  readonly fixtures: Fixtures;
  readonly database: TestDatabase;
  readonly platform: PlatformSide;
  readonly #dataDir: string;
  readonly #bases: RegistrationMade[] = [];
  /** AAB301+AAZ341 of every exit there is. */
  readonly #exits = new Map<string, string>();
  /** Number at the platform → revision of every application handed over. */
  readonly #applications = new Map<string, { revision: number; form: Record<string, unknown> }>();

  private constructor(dice: Dice, database: TestDatabase, fixtures: Fixtures, processes: boolean) {
    this.dice = dice;
    this.database = database;
    this.fixtures = fixtures;
    this.#dataDir = mkdtempSync(join(tmpdir(), 'yingdeng-crash-'));
    this.platform = processes ? platformProcess(this.#dataDir) : platformHere(this.#dataDir, () => fixtures.now, dice);
  }

  /** `processes`: the platform has a process of its own. */
  static async open(dice: Dice, options: { processes?: boolean } = {}): Promise<CrashWorld> {
    const database = await testDatabase();
    const fixtures = await Fixtures.open(database);
    const world = new CrashWorld(dice, database, fixtures, options.processes ?? false);
    await world.platform.start();
    for (const office of OFFICES) {
      world.#bases.push(
        await fixtures.registration({ office, submittedOn: '2026-11-02', registrationStatus: 'exited' }),
      );
    }
    return world;
  }

  /**
   * A night that was finished is not begun again: what was confirmed since is caught up by the next one. This makes the next start such a
   * night; a run that was killed in its midst stays, to be taken over.
   */
  async anotherNight(): Promise<void> {
    await this.fixtures.sql("delete from job_run where job = 'exits' and outcome = 'done'");
  }

  async close(): Promise<void> {
    await this.platform.die();
    await this.fixtures.close();
    await this.database.drop();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  /** A door to the platform as it is now or will be after its next death. */
  door(steps: () => Steps, weDie: () => void): Promise<PlatformDoor> {
    const { platform } = this;
    const platformDies = async () => {
      await platform.die();
      await platform.start();
    };
    return PlatformDoor.open(steps, { url: () => platform.url, weDie, platformDies });
  }

  /** A new process of ours. */
  async life(): Promise<Life> {
    let steps = calm;
    let dead = false;
    const die = () => {
      dead = true;
      database.shut();
      platform.shut();
    };
    const database = await DatabaseDoor.open(this.database.appUrl, () => steps, die);
    const platform = await this.door(() => steps, die);
    const { context: base } = this.fixtures;
    const db = new Database(database.url, 6);
    const context = { ...base, db, config: { ...base.config, platform: { url: platform.url, key: KEY } } };
    return {
      context,
      calm: () => {
        steps = calm;
      },
      plan: (door, step) => {
        steps = new Steps(door, step, (possible: readonly Fault[]) => this.dice.pick(possible));
        return steps;
      },
      get dead() {
        return dead;
      },
      end: async () => {
        die();
        await db.close();
      },
    };
  }

  /** So many confirmed exits of a day. */
  async addExits(on: string, count: number): Promise<void> {
    const { dice, fixtures } = this;
    for (let i = 0; i < count; i += 1) {
      const base = dice.pick(this.#bases);
      const number = String(this.#exits.size + 1).padStart(12, '0');
      const [row] = await fixtures.sql<{ division: string; serial: string }>(
        `with r as (
           insert into registration (tenant, id, number, check_code, application_id, person_id, division, office, status, place_kind,
             channel, reason, registered_at, registered_on, basis, exited_on)
           select tenant, gen_random_uuid(), $2, check_code, application_id, person_id, division, office, 'exited', place_kind, channel,
             reason, registered_at, registered_on, basis, $3 from registration where id = $1 returning *)
         insert into exit (tenant, id, serial, registration_id, person_id, division, office, status, source, reason, evidence, exit_on,
           proposed_at, proposed_by_name, confirmed_at, confirmed_by_name, handled_on, basis, remark)
         select tenant, gen_random_uuid(), $2, id, person_id, division, office, 'confirmed', 'clerk', '11', '[]', $3, $4, '李经办', $4,
           '李经办', $3, '{}', '' from r returning division, serial`,
        [base.registrationId, `K${number}`, on, `${on}T15:00:00+08:00`],
      );
      this.#exits.set(`${row!.division}+${row!.serial}`, on);
    }
  }

  /** A worker submits on the platform, or changes what was submitted there before. */
  async addApplication(): Promise<void> {
    const { dice } = this;
    const known = [...this.#applications.keys()];
    const again = known.length > 0 && dice.chance(0.3) ? dice.pick(known) : undefined;
    const before = again ? this.#applications.get(again) : undefined;
    const form = before ? { ...before.form, notes: `改${before.revision}` } : { AAB301: dice.pick(OFFICES) };
    const response = await fetch(`${this.platform.url}/control/applications`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        form,
        submittedAt: '2026-11-22T00:01:00+08:00',
        ...(again ? { applicationNumber: again } : {}),
      }),
    });
    const answer = (await response.json()) as {
      applicationNumber: string;
      revision: number;
      form: Record<string, unknown>;
    };
    if (!response.ok) throw new Error(`the platform refused an application: ${JSON.stringify(answer)}`);
    this.#applications.set(answer.applicationNumber, answer);
  }

  /** What is not as it must be: one sentence each. `lost` and `doubled` count exits and applications. */
  async account(): Promise<{ exits: number; applications: number; lost: number; doubled: number; wrong: string[] }> {
    const wrong: string[] = [];
    const accepted = this.#acceptedByPlatform();
    const ours = new Map(
      (
        await this.fixtures.sql<{ key: string; state: string; digest: Buffer }>(
          "select division || '+' || serial as key, state, digest from exit_record",
        )
      ).map((row) => [row.key, row]),
    );
    let lost = 0;
    let doubled = 0;
    for (const key of this.#exits.keys()) {
      const digests = accepted.get(key) ?? [];
      const row = ours.get(key);
      if (digests.length > 1) {
        doubled += 1;
        wrong.push(`exit ${key}: accepted ${digests.length} times, or in so many batches`);
      } else if (digests.length === 0 || row?.state !== 'accepted') {
        lost += 1;
        wrong.push(`exit ${key}: ${row?.state ?? 'no record'}, accepted by the platform ${digests.length} times`);
      } else if (digests[0] !== row.digest.toString('hex')) wrong.push(`exit ${key}: other content at the platform`);
    }
    for (const key of [...accepted.keys(), ...ours.keys()]) {
      if (!this.#exits.has(key)) wrong.push(`exit ${key}: nobody confirmed it`);
    }
    const cases = new Map(
      (
        await this.fixtures.sql<{ number: string; cases: number; submits: number }>(
          `select a.platform_number as number, count(distinct a.id)::int as cases,
             count(h.id) filter (where h.action = 'submit')::int as submits
           from application a left join application_action h on h.tenant = a.tenant and h.application_id = a.id
           where a.platform_number is not null group by a.platform_number`,
        )
      ).map((row) => [row.number, row]),
    );
    const [{ forwarded, revisions }] = (await this.fixtures.sql<{ forwarded: number; revisions: number }>(
      `select (select count(*)::int from application where channel = 'platform') as forwarded,
         (select count(*)::int from forwarded_application) as revisions`,
    )) as [{ forwarded: number; revisions: number }];
    let handedOver = 0;
    for (const [number, { revision }] of this.#applications) {
      handedOver += revision;
      const row = cases.get(number);
      if (!row) {
        lost += 1;
        wrong.push(`application ${number}: not here`);
      } else if (row.cases !== 1 || row.submits !== 1) {
        doubled += 1;
        wrong.push(`application ${number}: ${row.cases} cases, submitted ${row.submits} times`);
      }
    }
    if (forwarded !== this.#applications.size) {
      wrong.push(`${forwarded} cases of ${this.#applications.size} applications handed over`);
    }
    if (revisions !== handedOver) wrong.push(`${revisions} deliveries kept of ${handedOver}`);
    return { exits: this.#exits.size, applications: this.#applications.size, lost, doubled, wrong };
  }

  /**
   * Every acceptance that the platform wrote down, by record: its store on disk is the witness, not its memory. A record that it
   * knew already, from another batch, counts again: we must not have sent it twice, however harmless it was.
   */
  #acceptedByPlatform(): Map<string, string[]> {
    const accepted = new Map<string, string[]>();
    for (const line of readFileSync(join(this.#dataDir, 'platform.jsonl'), 'utf8').split('\n')) {
      if (!line.endsWith('}')) continue;
      const entry = JSON.parse(line) as {
        type: string;
        batch?: { results: { AAB301: string; AAZ341: string; duplicate?: boolean }[] };
        held?: { digest: string; record: { AAB301: string; AAZ341: string } }[];
      };
      if (entry.type !== 'batch') continue;
      const add = ({ AAB301, AAZ341 }: { AAB301: string; AAZ341: string }, digest: string) =>
        accepted.set(`${AAB301}+${AAZ341}`, [...(accepted.get(`${AAB301}+${AAZ341}`) ?? []), digest]);
      for (const { digest, record } of entry.held ?? []) add(record, digest);
      for (const result of entry.batch?.results ?? []) if (result.duplicate) add(result, 'again');
    }
    return accepted;
  }
}
