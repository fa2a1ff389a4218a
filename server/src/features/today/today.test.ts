import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { drawIdentityNumber, NOW } from '../../../test/fixtures.ts';
import type { Answer } from '../../platform/http.ts';
import { bundleHandlers } from '../bundle/index.ts';
import { creditHandlers } from '../credit/index.ts';
import { difficultyHandlers } from '../difficulty/index.ts';
import { servedHandlers } from '../served/index.ts';
import { serviceHandlers } from '../service/index.ts';
import { transferHandlers } from '../transfer/index.ts';
import { vacancyHandlers } from '../vacancy/index.ts';
import { todayHandlers } from './index.ts';

type List = Answer<'getToday'>['lists'][number];

let desk: Desk;
let clerk: string;

/** Where each list is read, and how a line of it stands. */
const addresses: Readonly<Record<Exclude<List['list'], 'transfers'>, string>> = {
  planSteps: 'plan-steps?limit=100',
  withoutPlan: 'plan-steps?limit=100',
  difficulties: 'difficulties?limit=100',
  referrals: 'referrals?limit=100',
  introduce: 'matters?stage=introduce&limit=100',
  carry: 'matters?stage=carry&limit=100',
  answer: 'matters?stage=answer&limit=100',
  check: 'matters?stage=check&limit=100',
  servedFirst: 'served?limit=100',
  servedMonth: 'served?stage=month&limit=100',
  credit: 'credit?limit=100',
};
const vacancy = {
  employerName: '焦作市东方机械厂',
  employerCode: '',
  employerRef: '',
  title: '普工',
  occupation: '631',
  workDivision: '410802',
  workPlace: '工业路1号',
  wageFrom: 4000,
  wageTo: 6000,
  education: 0,
  skill: 0,
  posts: 3,
  kind: 'fullTime',
  telephone: '0391-3569000',
  description: '',
  validFrom: '2026-11-20',
  validTo: '2027-01-20',
};
interface Line {
  state?: string;
  standing?: string;
  dueState?: string;
}

async function linesOf(list: List['list'], who: string): Promise<(string | undefined)[]> {
  if (list === 'transfers') {
    const { requests } = (await desk.get<Answer<'getTransfers'>>(who, '/api/transfers')).body;
    return requests.filter(({ may }) => may.decline).map(({ due }) => due.state);
  }
  const { body } = await desk.get<{ items: Line[]; withoutPlan?: unknown[] }>(who, `/api/worklists/${addresses[list]}`);
  if (list === 'withoutPlan') return (body.withoutPlan ?? []).map(() => undefined);
  // A month without contact has no day of its own.
  return body.items.map((one) => (list === 'servedMonth' ? undefined : (one.state ?? one.standing ?? one.dueState)));
}

async function countsOf(who = clerk): Promise<List[]> {
  const { status, body } = await desk.get<Answer<'getToday'>>(who, '/api/today');
  expect(status).toBe(200);
  return body.lists;
}

beforeAll(async () => {
  desk = await openDesk(
    todayHandlers,
    serviceHandlers,
    vacancyHandlers,
    bundleHandlers,
    servedHandlers,
    difficultyHandlers,
    creditHandlers,
    transferHandlers,
  );
  desk.fixtures.now = NOW;
  clerk = await desk.staff('clerk', '410802', '张经办');
  const [account] = await desk.fixtures.sql<{ id: string }>("select id from account where display_name = '张经办'", []);
  const person = await desk.registered();
  const on = `/api/registrations/${person.registrationId}`;
  const step = (dueOn: string) => ({ whose: 'office', service: 'matching', what: '推荐三个附近的岗位', dueOn });
  const steps = ['2026-11-23', '2026-11-25', '2026-12-18'].map(step);
  const plan = { kind: 'ordinary', goal: '三个月内找到工作', officer: account?.id, steps };
  expect((await desk.post(clerk, `${on}/plans`, plan)).status).toBe(200);
  await desk.fixtures.sql(
    `insert into difficulty (tenant, id, person_id, registration_id, division, office, state, category, applied_at, valid_from, valid_to)
     values ('4108', $1, $2, $3, '410802', '410802', 'recognised', '残疾失业人员', now(), '2026-11-02', '2027-10-31')`,
    [randomUUID(), person.personId, person.registrationId],
  );
  for (const [side, due, from, to] of [
    ['from', '2026-11-20', '410803', '410802'],
    ['to', '2026-11-24', '410802', '410102'],
    ['from', '2026-11-24', '410802', '410102'],
  ]) {
    const moving = await desk.registered({ idNumber: drawIdentityNumber(), office: from as string });
    await desk.fixtures.sql(
      `insert into transfer_request (tenant, id, registration_id, person_id, from_division, from_office, division, office, place_kind, side, reason,
         asked_at, asked_by_name, due_on, basis, state)
       values ('4108', $1, $2, $3, $4::text, $4::text, $5::text, $5::text, 'residence', $6, '本人搬家', $7, '王经办', $8, '{}', 'asked')`,
      [randomUUID(), moving.registrationId, moving.personId, from, to, side, NOW, due],
    );
  }
  const asking = await desk.registered({ idNumber: drawIdentityNumber() });
  await desk.fixtures.sql(
    `insert into difficulty (tenant, id, person_id, registration_id, division, office, state, category, applied_at, due_on)
     values ('4108', $1, $2, $3, '410802', '410802', 'applied', '失业的残疾人', now(), '2026-11-24')`,
    [randomUUID(), asking.personId, asking.registrationId],
  );
  for (const [todo, due] of [
    ['introduce', '2026-11-20'],
    ['introduce', '2026-12-20'],
    ['carry', '2026-11-24'],
    ['answer', '2026-11-20'],
    ['check', '2026-12-01'],
  ] as const) {
    const other = await desk.registered({ idNumber: drawIdentityNumber() });
    await desk.fixtures.sql(
      `insert into sub_matter (tenant, id, application_id, person_id, division, office, kind, state, asked_at, asked_by_name, todo, todo_due)
       values ('4108', $1, $2, $3, '410802', '410802', 'introduction', 'asked', now(), '本人', $4, $5)`,
      [randomUUID(), other.applicationId, other.personId, todo, due],
    );
  }
  for (const [due, firstAt, month] of [
    ['2026-11-20', null, null],
    ['2026-11-27', null, null],
    ['2026-10-09', '2026-10-08', '2026-10'],
    ['2026-11-09', '2026-11-08', '2026-11'],
  ])
    await desk.fixtures.sql(
      `insert into served_person (tenant, id, division, office, person_id, id_hash, group_name, source, name, identity_sealed, contact_sealed,
         arrived_on, first_contact_due, first_contact_at, last_contact_month, imported_at, imported_by_name)
       select '4108', $1::uuid, '410802', '410802', $2::uuid, decode(md5($2::text), 'hex'), 'graduates', '教育部门移交', name, identity_sealed,
         contact_sealed, '2026-11-01', $3::date, $4::timestamptz, $5::text, now(), '张经办' from person where id = $6::uuid`,
      [randomUUID(), randomUUID(), due, firstAt, month, person.personId],
    );
  await desk.fixtures.sql(
    `insert into credit_record (tenant, id, registration_id, application_id, person_id, division, office, cause, level, state, facts, evidence,
       basis, proposed_at, proposed_by, proposed_by_name, answer_due, expires_on)
     values ('4108', $1, $2, $3, $4, '410802', '410802', 'fraud', 'record', 'noticed', '{}', '比对显示已参保', '{}', now(), $5, '张经办',
       '2026-11-24', null)`,
    [randomUUID(), person.registrationId, person.applicationId, person.personId, account?.id],
  );
  const made = await desk.post<{ vacancy: { id: string } }>(clerk, '/api/vacancies', vacancy);
  const referral = { vacancyId: made.body.vacancy.id, means: 'counter', consent: true };
  expect((await desk.post(clerk, `${on}/referrals`, referral)).status).toBe(200);
});
afterAll(() => desk.close());

describe('what is due beside the worklists', () => {
  it('every count is its list, with what is late and what is near', async () => {
    for (const now of [NOW, new Date(NOW.getTime() + 3 * 86_400_000)]) {
      desk.fixtures.now = now;
      const who = await desk.staff('clerk');
      const counts = await countsOf(who);
      for (const list of Object.keys(addresses) as List['list'][]) {
        const lines = await linesOf(list, who);
        const found = counts.find((one) => one.list === list);
        if (lines.length === 0) expect(found, list).toBeUndefined();
        else
          expect(found, list).toMatchObject({
            open: lines.length,
            near: lines.filter((state) => state === 'near').length,
            late: lines.filter((state) => state === 'late').length,
          });
      }
      expect(counts.map(({ list }) => list)).toEqual(
        expect.arrayContaining([
          'transfers',
          'planSteps',
          'withoutPlan',
          'referrals',
          'introduce',
          'carry',
          'answer',
          'check',
          'servedFirst',
          'servedMonth',
          'difficulties',
          'credit',
        ]),
      );
    }
  });

  it('steps of the own plans are counted apart; another county has none of it', async () => {
    desk.fixtures.now = NOW;
    expect((await countsOf()).find(({ list }) => list === 'planSteps')).toMatchObject({ open: 3, mine: 3 });
    const colleague = await desk.staff('clerk', '410802', '李经办');
    expect((await countsOf(colleague)).find(({ list }) => list === 'planSteps')).not.toHaveProperty('mine');
    expect(await countsOf(await desk.staff('clerk', '410803', '王经办'))).toEqual([]);
  });
});
