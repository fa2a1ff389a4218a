import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dice } from '../../../test/crash/dice.ts';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Answer } from '../../platform/http.ts';
import { statisticsHandlers, verifyReport } from './index.ts';

// Years of a small city, made up instant by instant, asked of the ledger month by month long afterwards; beside it the same years told by plain
// sets. What the ledger says of a past instant must not know what came later.

type Sheet = Answer<'getReport'>;
type Acted = { sheet: Sheet; message: string };

const PEOPLE = 2500;
const OFFICES = ['410802', '410802001', '410803'] as const;
const FIRST = Date.parse('2024-09-25T00:00:00Z');
const LAST = Date.parse('2026-10-20T15:00:00Z');
const DAY = 86_400_000;
const SEED = 20_261_126;

interface Step {
  at: number;
  kind: 'new' | 'exit' | 'restored' | 'transferIn' | 'transferOut';
  office: string;
}
interface Life {
  registration: string;
  woman: boolean;
  steps: Step[];
}

let desk: Desk;
const lives: Life[] = [];

beforeAll(async () => {
  desk = await openDesk(statisticsHandlers);
  await liveThrough();
}, 120_000);
afterAll(() => desk.close());

/** Copies of one registered person, each with a history of its own. */
async function liveThrough(): Promise<void> {
  const { below, pick } = dice(SEED);
  const made = await desk.registered({ submittedOn: '2024-09-24' });
  const rows: Record<'person' | 'registration' | 'exit' | 'registration_transfer', object[]> = {
    person: [],
    registration: [],
    exit: [],
    registration_transfer: [],
  };
  for (let n = 0; n < PEOPLE; n += 1) {
    const person = newTenantId('4108', new Date(FIRST));
    const sex = below(2) === 0 ? '1' : '2';
    let place: string = pick<string>(OFFICES);
    let at = FIRST + below(LAST - FIRST);
    let office = place;
    for (let again = 0; again < 3 && at < LAST; again += 1) {
      const id = newTenantId('4108', new Date(at));
      const life: Life = { registration: id, woman: sex === '2', steps: [{ at, kind: 'new', office }] };
      const registeredAt = new Date(at);
      let out = false;
      for (let turn = 0; turn < 8; turn += 1) {
        at += 1 + below(below(3) === 0 ? 6 * DAY : 150 * DAY);
        if (at >= LAST) break;
        if (below(5) < 3) {
          const to = pick(OFFICES.filter((one) => one !== office));
          life.steps.push({ at, kind: 'transferOut', office }, { at, kind: 'transferIn', office: to });
          rows.registration_transfer.push({
            id: newTenantId('4108', new Date(at)),
            registration_id: id,
            application_id: made.applicationId,
            person_id: person,
            from_division: office.slice(0, 6),
            from_office: office,
            from_place: 'household',
            division: to.slice(0, 6),
            office: to,
            place_kind: 'household',
            at: new Date(at),
            actor_name: '张经办',
            reason: '本人搬家',
          });
          office = to;
          continue;
        }
        life.steps.push({ at, kind: 'exit', office });
        const exit = { id: newTenantId('4108', new Date(at)), at, office };
        out = below(2) === 0;
        if (!out) {
          at += 1 + below(below(2) === 0 ? 5 * DAY : 70 * DAY);
          out = at >= LAST;
        }
        if (!out) life.steps.push({ at, kind: 'restored', office });
        rows.exit.push({
          id: exit.id,
          serial: exit.id.replaceAll('-', '').slice(0, 20),
          registration_id: id,
          person_id: person,
          division: office.slice(0, 6),
          office,
          status: out ? 'confirmed' : 'restored',
          source: 'clerk',
          reason: '11',
          evidence: [],
          exit_on: new Date(exit.at - below(40) * DAY).toISOString().slice(0, 10),
          proposed_at: new Date(exit.at),
          proposed_by_name: '张经办',
          confirmed_at: new Date(exit.at),
          basis: {},
          remark: '',
          restored_at: out ? null : new Date(at),
        });
        if (out) break;
      }
      rows.registration.push({
        id,
        number: id.replaceAll('-', '').slice(0, 30),
        person_id: person,
        division: office.slice(0, 6),
        office,
        reason: below(4) === 0 ? '1' : '5',
        status: out ? 'exited' : 'active',
        registered_at: registeredAt,
        registered_on: new Date(registeredAt.getTime() + DAY / 3).toISOString().slice(0, 10),
      });
      lives.push(life);
      place = office;
      if (!out) break;
      at += 1 + below(90 * DAY);
    }
    rows.person.push({ id: person, id_hash: `\\x${randomBytes(32).toString('hex')}`, sex, office: place });
  }
  const like: Record<string, [text: string, param: string]> = {
    person: ['select * from person where id = $1', made.personId],
    registration: ['select * from registration where id = $1', made.registrationId],
    exit: ['select null::exit.* from person where id = $1', made.personId],
    registration_transfer: ['select null::registration_transfer.* from person where id = $1', made.personId],
  };
  for (const [table, given] of Object.entries(rows)) {
    const [source] = like[table] as [string, string];
    const base =
      table === 'person' || table === 'registration' ? `to_jsonb(b)` : `'{"version": 1, "tenant": "4108"}'::jsonb`;
    const from = table === 'person' || table === 'registration' ? `(${source}) b` : 'person b';
    await desk.fixtures.sql(
      `insert into ${table} select (jsonb_populate_record(null::${table}, ${base} || x)).* from ${from}, jsonb_array_elements($2::jsonb) x
       where b.id = $1`,
      [like[table]?.[1], JSON.stringify(given)],
    );
  }
  // Filled at once, as no office is: the planner must know before it is asked.
  await desk.fixtures.sql('analyze', []);
  // The one they were copied from was never there.
  await desk.fixtures.sql('delete from registration_claim where registration_id = $1', [made.registrationId]);
  await desk.fixtures.sql('delete from registration where id = $1', [made.registrationId]);
}

/**
 * What happens to people's facts from one report to the next: education, origin and town of some are told, some come upon the list of graduates, some
 * leave it again.
 */
async function changeFacts(below: (n: number) => number): Promise<void> {
  // More than what a preparation reads again for safety, so that only what changed since the last one is read.
  desk.fixtures.now = new Date(desk.fixtures.now.getTime() + 2 * 3_600_000);
  const { now } = desk.fixtures;
  const some = (): unknown[] => [below(40), now];
  await desk.fixtures.sql(
    `update person set education = (array['11', '21', '31', '61'])[1 + (hashtext(id::text || $1::text) & 3)], hukou = '20', veteran = $1::int % 2 = 0,
       residence_urban = $1::int % 3 = 0, disability = case when $1::int % 4 = 0 then '{}'::jsonb end, updated_at = $2
     where tenant = '4108' and hashtext(id::text) & 31 = $1::int % 32`,
    some(),
  );
  await desk.fixtures.sql(
    `insert into served_person (tenant, id, division, office, person_id, id_hash, group_name, source, name, identity_sealed, contact_sealed, arrived_on,
       imported_at, imported_by_name)
     select tenant, gen_random_uuid(), '410802', '410802', id, id_hash, 'graduates', 'file', name, identity_sealed, contact_sealed, '2024-09-01', $2, '李经办'
     from person where tenant = '4108' and hashtext(id::text) & 15 = $1::int % 16
       and not exists (select 1 from served_person s where s.tenant = person.tenant and s.person_id = person.id)`,
    some(),
  );
  await desk.fixtures.sql(
    `update served_person set ended_on = '2024-09-02', ended_reason = 'left', ended_by_name = '李经办', imported_at = $2
     where ended_on is null and hashtext(id::text) & 7 = $1::int % 8 and imported_at < $2::timestamptz`,
    some(),
  );
}

/** Where a registration stood at an instant; undefined: nowhere. */
function placeAt({ steps }: Life, instant: number): string | undefined {
  let place: string | undefined;
  for (const { at, kind, office } of steps) {
    if (at >= instant) break;
    place = kind === 'exit' ? undefined : kind === 'transferOut' ? place : office;
  }
  return place;
}

/** What the month of an office and those below it is, by the lives themselves. */
function told(office: string, opens: number, closes: number, only: (life: Life) => boolean) {
  const counts = { opening: 0, new: 0, exits: 0, restored: 0, transferIn: 0, transferOut: 0, closing: 0 };
  for (const life of lives) {
    if (!only(life)) continue;
    if (placeAt(life, opens)?.startsWith(office)) counts.opening += 1;
    if (placeAt(life, closes)?.startsWith(office)) counts.closing += 1;
    const { steps } = life;
    steps.forEach(({ at, kind, office: there }, n) => {
      if (at < opens || at >= closes || !there.startsWith(office)) return;
      if (kind === 'exit') {
        // Undone before the month closed: no movement.
        const undone = steps[n + 1]?.kind === 'restored' && (steps[n + 1]?.at ?? 0) < closes;
        if (!undone) counts.exits += 1;
      } else if (kind === 'restored') {
        if ((steps[n - 1]?.at ?? 0) < opens) counts.restored += 1;
      } else counts[kind] += 1;
    });
  }
  return counts;
}

const months = Array.from({ length: 25 }, (_, n) => {
  const at = new Date(Date.UTC(2024, 9 + n, 1));
  return at.toISOString().slice(0, 7);
});

it(`M79-9, A21-6b, M79-11: two years of ${PEOPLE} people, with every month asked long afterwards, are what the lives themselves say`, async () => {
  desk.fixtures.now = new Date('2026-10-21T01:00:00Z');
  let [city, chief] = ['', ''];
  const step = async (cookie: string, path: string, body: object) => {
    const { status, body: acted } = await desk.post<Acted>(cookie, `/api/reports/${path}`, body);
    expect(status, `${path}: ${acted.message}`).toBe(200);
    return acted.sheet;
  };
  const seal = async (division: string, month: string): Promise<Sheet> => {
    let sheet = await step(city, `${division}/${month}/prepare`, {});
    expect(sheet.checks.filter(({ holds }) => !holds)).toEqual([]);
    sheet = await step(city, `${sheet.head.id}/act`, { action: 'check', version: sheet.version });
    sheet = await step(chief, `${sheet.head.id}/approve`, { action: 'approve', version: sheet.version });
    return step(city, `${sheet.head.id}/act`, { action: 'seal', version: sheet.version });
  };
  const figuresOf = (sheet: Sheet, cut: string) =>
    Object.fromEntries(
      ['opening', 'new', 'exits', 'restored', 'transferIn', 'transferOut', 'closing'].map((row) => [
        row,
        sheet.figures[row]?.[cut]?.[0] ?? 0,
      ]),
    );
  let moved = 0;
  let graduates = 0;
  const { below } = dice(SEED + 1);
  const inTown = (month: string) =>
    desk.fixtures.sql("update office set town = $1 where code = '410802001'", [months.indexOf(month) % 3 !== 1]);
  for (const month of months) {
    await inTown(month);
    // Hours have passed since the last month.
    [city, chief] = [await desk.staff('statistician', '410800'), await desk.staff('supervisor', '410800')];
    const closes = Date.parse(`${month}-20T16:00:00Z`);
    const [year, number] = month.split('-').map(Number) as [number, number];
    const opens = Date.UTC(year, number - 2, 20, 16);
    const sheets: Sheet[] = [];
    for (const division of ['410802', '410803']) {
      const sheet = await seal(division, month);
      sheets.push(sheet);
      for (const [cut, only] of [
        ['all', () => true],
        ['women', ({ woman }: Life) => woman],
      ] as const)
        expect(figuresOf(sheet, cut), `${division} ${month} ${cut}`).toEqual(told(division, opens, closes, only));
      // What was taken from the sealed stock and what changed since is what the whole ledger says.
      const [asRead] = await verifyReport(desk.fixtures.context, { division, month });
      expect(asRead?.faults, `${division} ${month}`).toEqual([]);
      moved += sheet.figures.transferIn?.all?.[0] ?? 0;
    }
    const street = (await desk.get<Sheet>(city, `/api/reports/410802/${month}?office=410802001`)).body;
    expect(figuresOf(street, 'all'), `street ${month}`).toEqual(told('410802001', opens, closes, () => true));
    const whole = await seal('410800', month);
    for (const cut of ['all', 'women', 'longTerm'])
      for (const row of Object.keys(whole.figures))
        expect(whole.figures[row]?.[cut] ?? [0, 0], `410800 ${month} ${row} ${cut}`).toEqual(
          [0, 1].map((i) => sheets.reduce((sum, { figures }) => sum + (figures[row]?.[cut]?.[i] ?? 0), 0)),
        );
    graduates += whole.figures.closing?.graduates?.[0] ?? 0;
    await changeFacts(below);
  }
  expect(moved).toBeGreaterThan(PEOPLE / 2);
  expect(graduates).toBeGreaterThan(100);
  // Long afterwards whatever differs has its reason in what was recorded since.
  for (const month of [months[1], months[12], months[24]] as string[]) {
    await inTown(month);
    for (const { faults } of await verifyReport(desk.fixtures.context, { division: '410800', month }))
      expect(faults.filter(({ explained }) => !explained)).toEqual([]);
  }
}, 300_000);
