import { addDays } from '@yingdeng/rules/calendar.ts';
import { isCandidate, matchScore, type Offer, type Seeker } from '@yingdeng/rules/matching.ts';
import { policyFor, requirePolicy } from '@yingdeng/rules/provisions/policy.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { drawIdentityNumber, Fixtures } from '../../../test/fixtures.ts';
import { systemActor } from '../../platform/actor.ts';
import { newTenantId } from '../../platform/crypto.ts';
import { rankInSql } from './match.sql.ts';
import { proveRanking, rankAll } from './rank-all.ts';
import { storedOf } from './stored.ts';
import { insertVacancies, setVacancyState, takeRevision } from './vacancy.sql.ts';
import { VacancyIndex } from './vacancy-index.ts';
import { numberOf } from './write.ts';

const TODAY = '2026-11-26';
const tenants = ['4101', '4108'];
const worth = requirePolicy(policyFor('410802', TODAY), 'matchingPoints').value;
const actor = systemActor('test');
const index = new VacancyIndex();

let database: TestDatabase;
let fixtures: Fixtures;
interface Kept extends Offer {
  id: string;
  number: string;
  valid: boolean;
}
const kept: Kept[] = [];

const codes = ['631', '618', '605', '402', '401', '403', '301', '206', '208'];
const places = ['410802', '410803', '410804', '410102', '410103', '210302'];
const towns = ['民生街道', '新华街道', '城关镇'];
const work = ['民生街道和平路8号', '和平路（民生街道办事处旁）', '城关镇工业园', '某路'];
let seed = 7;
/** A plain sequence of small numbers, the same every time. */
const draw = (below: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((seed / 2_147_483_648) * below);
};

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  for (const tenant of tenants) await add(tenant, 300);
});
afterAll(async () => {
  await fixtures.close();
  await database.drop();
});

async function add(tenant: string, count: number): Promise<void> {
  const now = new Date(`${TODAY}T02:00:00Z`);
  await fixtures.context.db.transaction(actor, async (tx) => {
    const taken = await tx.first(takeRevision, tenant, count);
    const rows = Array.from({ length: count }, (_, i) => {
      const wageFrom = 2000 + draw(40) * 100;
      const offer = {
        occupation: codes[draw(codes.length)]!,
        division: places[draw(places.length)]!,
        place: work[draw(work.length)]!,
        wageFrom,
        wageTo: wageFrom + draw(20) * 100,
        education: draw(6),
        skill: draw(6),
      };
      const from = addDays(TODAY, draw(20) - 17);
      const valid = from <= TODAY;
      const key = { id: newTenantId(tenant, now), number: numberOf(tenant, taken!.last_number - i) };
      kept.push({ ...offer, ...key, valid });
      return storedOf(
        {
          employerName: '某厂',
          employerCode: '',
          employerRef: '',
          title: '岗位',
          workDivision: offer.division,
          workPlace: offer.place,
          posts: 1,
          kind: 'fullTime',
          telephone: '3569000',
          description: '',
          validFrom: from,
          validTo: addDays(TODAY, 10),
          ...offer,
        },
        key,
        [],
      );
    });
    await tx.run(insertVacancies, tenant, `${tenant}00`, JSON.stringify(rows), taken!.revision, now, null, '测试');
  });
}

/** Every vacancy scored by the rule, one by one. */
function byRule(seeker: Seeker, limit: number): { number: string; score: number }[] {
  return kept
    .filter((offer) => offer.valid && isCandidate(seeker, offer))
    .map((offer) => ({ number: offer.number, score: matchScore(seeker, offer, worth) }))
    .sort((a, b) => b.score - a.score || (a.number < b.number ? 1 : -1))
    .slice(0, limit);
}

const bySql = (seeker: Seeker, limit: number) =>
  fixtures.context.db.read(actor, (tx) =>
    tx.rows(
      rankInSql,
      tenants,
      TODAY,
      seeker.wishes,
      seeker.trained,
      seeker.division,
      seeker.wage ?? null,
      seeker.education,
      seeker.skill,
      JSON.stringify(worth),
      limit,
      seeker.town ?? null,
    ),
  );

async function inMemory(seeker: Seeker, limit: number) {
  await fixtures.context.db.read(actor, (tx) => index.refresh(tx, tenants));
  const { best } = index.rank(seeker, worth, { tenants, today: TODAY, limit });
  const numbers = new Map(kept.map(({ id, number }) => [id, number]));
  return best.map(({ id, score }) => ({ number: numbers.get(id), score }));
}

const seekers = fc.record(
  {
    wishes: fc.uniqueArray(fc.constantFrom(...codes), { maxLength: 3 }),
    trained: fc.uniqueArray(fc.constantFrom(...codes), { maxLength: 3 }),
    division: fc.constantFrom(...places),
    town: fc.constantFrom(...towns),
    wage: fc.integer({ min: 1500, max: 7000 }),
    education: fc.integer({ min: 0, max: 5 }),
    skill: fc.integer({ min: 0, max: 5 }),
  },
  { requiredKeys: ['wishes', 'trained', 'division', 'education', 'skill'] },
);

describe('the rule, the SQL and the arrays', () => {
  it('M79-3b: rank alike for anybody', async () => {
    await fc.assert(
      fc.asyncProperty(seekers, fc.constantFrom(1, 10, 50), async (seeker, limit) => {
        const rule = byRule(seeker, limit);
        expect((await bySql(seeker, limit)).map(({ number, score }) => ({ number, score }))).toEqual(rule);
        expect(await inMemory(seeker, limit)).toEqual(rule);
      }),
      { numRuns: 120 },
    );
  });

  it('what another transaction changed is ranked at the next question: a closed one is gone, a new one is there', async () => {
    const seeker: Seeker = { wishes: ['631'], trained: [], division: '410802', education: 5, skill: 5 };
    const [first] = await inMemory(seeker, 1);
    const best = kept.find(({ number }) => number === first?.number)!;
    await fixtures.context.db.transaction(actor, async (tx) => {
      const taken = await tx.first(takeRevision, best.id ? best.number.slice(0, 4) : '', 0);
      const now = new Date();
      await tx.run(
        setVacancyState,
        best.number.slice(0, 4),
        best.id,
        'closed',
        '招满',
        taken!.revision,
        now,
        null,
        '测试',
      );
    });
    best.valid = false;
    expect((await inMemory(seeker, 5)).map(({ number }) => number)).not.toContain(best.number);
    await add('4108', 40);
    expect(await inMemory(seeker, 20)).toEqual(byRule(seeker, 20));
  });

  it('a reading that was overtaken does not bring old rows back', async () => {
    const slow = new VacancyIndex();
    const seeker: Seeker = { wishes: ['631'], trained: [], division: '410802', education: 5, skill: 5 };
    // Two first readings at once, many times: whichever arrives last, the result is that of the database.
    await Promise.all(
      Array.from({ length: 8 }, () => fixtures.context.db.read(actor, (tx) => slow.refresh(tx, tenants))),
    );
    const { best } = slow.rank(seeker, worth, { tenants, today: TODAY, limit: 20 });
    const numbers = new Map(kept.map(({ id, number }) => [id, number]));
    expect(best.map(({ id, score }) => ({ number: numbers.get(id), score }))).toEqual(byRule(seeker, 20));
  });
});

describe('everybody of a division', () => {
  it('M79-3b: each gets what a single question gives, those who look for the same included; SQL agrees', async () => {
    fixtures.now = new Date(`${TODAY}T03:00:00Z`);
    const wishes = [['631'], ['631'], ['206', '301'], []];
    const people = [];
    for (const wish of wishes) {
      const person = await fixtures.registration({ idNumber: drawIdentityNumber() });
      people.push({ number: person.registrationNumber, wish });
      await fixtures.sql(
        `insert into job_wish (tenant, registration_id, person_id, office, wishes, trained, wage, skill, changed_at, changed_by_name)
         values ('4108', $1, $2, '410802', $3, '{}', 4000, 1, now(), '李经办')`,
        [person.registrationId, person.personId, wish],
      );
    }
    await fixtures.registration({ idNumber: drawIdentityNumber(), registrationStatus: 'exited' });
    const ranked = [];
    for await (const page of rankAll(fixtures.context, '410800', 10)) ranked.push(...page);
    expect(ranked).toHaveLength(people.length);
    const numbers = new Map(kept.map(({ id, number }) => [id, number]));
    for (const { number, wish } of people) {
      const found = ranked.find((one) => one.registrationNumber === number);
      // The fixtures' people live in 410802 and have an associate's degree.
      const seeker: Seeker = { wishes: wish, trained: [], division: '410802', wage: 4000, education: 3, skill: 1 };
      expect(found?.best.map(({ id, score }) => ({ number: numbers.get(id), score }))).toEqual(byRule(seeker, 10));
    }
    expect(await proveRanking(fixtures.context, '410800', 10, 10)).toEqual({ compared: people.length, different: 0 });
  });
});
