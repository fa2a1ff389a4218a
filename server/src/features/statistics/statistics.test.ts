import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import type { RegistrationMade } from '../../../test/fixtures.ts';
import { systemActor } from '../../platform/actor.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Answer } from '../../platform/http.ts';
import type { Statement } from '../../platform/sql.ts';
import { prepareReports, statisticsHandlers, verifyReport } from './index.ts';

type Sheet = Answer<'getReport'>;
type Acted = { sheet: Sheet; message: string; code?: string };

let desk: Desk;
let statistician: string;
let supervisor: string;

/** 21 November 2026, 09:00 in Shanghai: the November report has just closed. */
const NOW = new Date('2026-11-21T01:00:00Z');
const COUNTY = '410803';

beforeAll(async () => {
  desk = await openDesk(statisticsHandlers);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  statistician = await desk.staff('statistician', COUNTY, '赵统计');
  supervisor = await desk.staff('supervisor', COUNTY, '钱督导');
});

const registered = (on: string, office = COUNTY) => desk.registered({ submittedOn: on, office });

/** An exit as it was confirmed at an instant, perhaps restored at another. */
async function exit(
  of: RegistrationMade,
  confirmedAt: string,
  part: { restoredAt?: string; reason?: string; on?: string; office?: string } = {},
): Promise<void> {
  const office = part.office ?? COUNTY;
  const at = new Date(confirmedAt);
  await desk.fixtures.sql(
    `insert into exit (tenant, id, serial, registration_id, person_id, division, office, status, source, reason, evidence, exit_on,
       proposed_at, proposed_by_name, confirmed_at, handled_on, basis, restored_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'clerk', $9, '[]', $10, $11, '张经办', $11, $12, '{}', $13)`,
    [
      office.slice(0, 4),
      newTenantId(office.slice(0, 4), at),
      `${of.registrationNumber}${Math.random()}`.slice(0, 20),
      of.registrationId,
      of.personId,
      office.slice(0, 6),
      office,
      part.restoredAt ? 'restored' : 'confirmed',
      part.reason ?? '11',
      part.on ?? confirmedAt.slice(0, 10),
      at,
      confirmedAt.slice(0, 10),
      part.restoredAt ?? null,
    ],
  );
  await desk.fixtures.sql('update registration set status = $2 where id = $1', [
    of.registrationId,
    part.restoredAt ? 'active' : 'exited',
  ]);
}

const read = async (month: string, division = COUNTY, who = statistician) =>
  (await desk.get<Sheet>(who, `/api/reports/${division}/${month}`)).body;
const prepare = (month: string, division = COUNTY, who = statistician) =>
  desk.post<Acted>(who, `/api/reports/${division}/${month}/prepare`, {});
const act = (sheet: Sheet, action: string, part: object = {}, who = statistician) =>
  desk.post<Acted>(who, `/api/reports/${sheet.head.id}/act`, { action, version: sheet.version, ...part });
const approve = (sheet: Sheet, who = supervisor, action = 'approve', part: object = {}) =>
  desk.post<Acted>(who, `/api/reports/${sheet.head.id}/approve`, { action, version: sheet.version, ...part });
const count = (sheet: Sheet, row: string, cut = 'all') => sheet.figures[row]?.[cut]?.[0] ?? 0;
async function sealed(month: string, division = COUNTY, who = statistician, chief = supervisor): Promise<Sheet> {
  let { sheet } = (await prepare(month, division, who)).body;
  ({ sheet } = (await act(sheet, 'check', {}, who)).body);
  ({ sheet } = (await approve(sheet, chief)).body);
  const { body } = await act(sheet, 'seal', {}, who);
  expect(body.message).toContain('封存');
  return body.sheet;
}

describe('M79-9: a county’s month', () => {
  it('M79-9: counts to 24:00 of the 20th in Shanghai, opens as it closed, and takes late facts into the open period', async () => {
    const stays = await registered('2026-09-10');
    const goes = await registered('2026-09-15');
    const comes = await registered('2026-10-20');
    // The first instant of the next period: 00:00 of the 21st in Shanghai.
    const next = await registered('2026-10-21');
    await desk.fixtures.sql("update registration set registered_at = '2026-10-20T15:59:59.999Z' where id = $1", [
      comes.registrationId,
    ]);
    await desk.fixtures.sql("update registration set registered_at = '2026-10-20T16:00:00Z' where id = $1", [
      next.registrationId,
    ]);
    await exit(goes, '2026-10-05T02:00:00Z', { on: '2026-09-18' });

    desk.fixtures.now = new Date('2026-10-21T01:00:00Z');
    const october = await sealed('2026-10');
    expect(october.period).toMatchObject({ from: '2026-09-21', to: '2026-10-20', closes: '2026-10-20T16:00:00.000Z' });
    expect([
      count(october, 'opening'),
      count(october, 'new'),
      count(october, 'exits'),
      count(october, 'closing'),
    ]).toEqual([2, 1, 1, 2]);
    // Left before the period began, but recorded in it: an exit of this period, named as late.
    expect(count(october, 'exitsBefore')).toBe(1);
    expect(count(october, 'exit11')).toBe(1);
    expect(october.checks.filter(({ holds }) => !holds)).toEqual([]);
    expect(october.seal?.page).toMatch(/^yingdeng-report 1\n410803 2026-10 1\nlast -\n/);

    // After the seal: the exit is restored, and a registration of September turns up that nobody had entered.
    await desk.fixtures.sql(
      "update exit set status = 'restored', restored_at = '2026-11-02T02:00:00Z' where registration_id = $1",
      [goes.registrationId],
    );
    await desk.fixtures.sql("update registration set status = 'active' where id = $1", [goes.registrationId]);
    await registered('2026-09-02');
    desk.fixtures.now = NOW;
    const november = (await prepare('2026-11')).body.sheet;
    expect(count(november, 'opening')).toBe(2);
    expect([
      count(november, 'new'),
      count(november, 'restored'),
      count(november, 'late'),
      count(november, 'corrected'),
    ]).toEqual([1, 1, 1, 2]);
    expect(count(november, 'closing')).toBe(5);
    expect(november.checks.filter(({ holds }) => !holds)).toEqual([]);
    // The sealed month is as it was.
    expect(await read('2026-10')).toMatchObject({ figures: october.figures, seal: october.seal });

    const persons = (
      await desk.get<Answer<'getReportPersons'>>(
        statistician,
        `/api/reports/${november.head.id}/persons?row=corrected&cut=all`,
      )
    ).body;
    expect(persons.total).toBe(2);
    expect(persons.items.map(({ what }) => what.slice(11)).sort()).toEqual(['恢复登记', '补记登记']);
    expect(persons.items[0]?.idMasked).toMatch(/\*/);
    const looks = await desk.fixtures.sql(
      "select detail from audit_event where action = 'statistics.read' and subject_id = $1",
      [november.head.id],
    );
    expect(looks).toHaveLength(1);
    expect(stays.registrationId).toBeTruthy();
  });

  it('M79-9: every figure opens as many persons as it says', async () => {
    const sheet = await read('2026-11');
    for (const row of ['opening', 'new', 'corrected', 'closing'])
      for (const cut of ['all', 'women', 'age25to45', 'townRegistered']) {
        const { total } = (
          await desk.get<Answer<'getReportPersons'>>(
            statistician,
            `/api/reports/${sheet.head.id}/persons?row=${row}&cut=${cut}`,
          )
        ).body;
        expect({ row, cut, total }).toEqual({ row, cut, total: count(sheet, row, cut) });
      }
    const { total } = (
      await desk.get<Answer<'getReportPersons'>>(
        statistician,
        `/api/reports/${sheet.head.id}/persons?row=closing&cut=veterans&unknown=yes`,
      )
    ).body;
    expect(total).toBe(sheet.figures.closing?.veterans?.[1]);
  });

  it('M79-9: is not frozen before it is over, not approved by who checked it, and not changed once it is sealed', async () => {
    expect((await prepare('2026-12')).body).toMatchObject({
      code: 'report.notAllowed',
      message: expect.stringContaining('还没有结束'),
    });
    let { sheet } = (await prepare('2026-11')).body;
    expect((await act(sheet, 'seal')).body.code).toBe('report.notAllowed');
    ({ sheet } = (await act(sheet, 'check')).body);
    expect(
      (
        await desk.post<Acted>(statistician, `/api/reports/${sheet.head.id}/approve`, {
          action: 'approve',
          version: sheet.version,
        })
      ).status,
    ).toBe(403);
    expect((await approve({ ...sheet, version: sheet.version - 1 })).body.message).toContain('刷新');
    // Given back: the lists are taken anew, by whoever prepares.
    expect((await approve(sheet, supervisor, 'giveBack')).body.message).toContain('退回理由');
    ({ sheet } = (await approve(sheet, supervisor, 'giveBack', { reason: '名册里有一人已死亡' })).body);
    expect(sheet.head.state).toBe('open');
    const done = await sealed('2026-11');
    expect((await prepare('2026-11')).body.code).toBe('report.notAllowed');
    // Not even the programme itself changes a sealed report, or its lists.
    const tamper = (text: string) =>
      desk.fixtures.context.db.transaction(systemActor('tamper'), (tx) =>
        tx.run({ name: text.slice(0, 40), text } as Statement<unknown, [string]>, done.head.id ?? ''),
      );
    expect(await tamper("update report set figures = '{}' where id = $1")).toBe(0);
    expect(await tamper('delete from report_list where report_id = $1')).toBe(0);
    await expect(tamper('update report_list set persons = 0 where report_id = $1')).rejects.toThrow(
      'permission denied',
    );
  });

  it('M79-9: a sealed report is restated by a new revision that names it, until the next month is sealed on it', async () => {
    const october = await read('2026-10');
    const restate = (sheet: Sheet) => act(sheet, 'restate', { reason: '名册漏了一个街道，重新截取' });
    // November stands on October already.
    expect((await restate(october)).body).toMatchObject({ code: 'report.notAllowed', clause: 'M79-9' });
    const november = await read('2026-11');
    expect((await act(november, 'restate', { reason: '错' })).body.message).toContain('重报理由');
    const { sheet } = (await restate(november)).body;
    expect(sheet.head).toMatchObject({ revision: 1, state: 'sealed' });
    const fresh = await read('2026-11');
    expect(fresh).toMatchObject({
      head: { revision: 2, state: 'open', stateText: '待截取' },
      replaces: { revision: 1, reason: '名册漏了一个街道，重新截取', digest: november.seal?.digest },
    });
    const again = await sealed('2026-11');
    expect(again.head).toMatchObject({ revision: 2, closing: november.head.closing });
    const old = (await desk.get<Sheet>(statistician, `/api/reports/${COUNTY}/2026-11?revision=1`)).body;
    expect(old).toMatchObject({ head: { revision: 1, state: 'sealed' }, seal: november.seal, allowed: [] });
  });
});

describe('M79-9: what happens to one person in a month', () => {
  it('M79-9: restored and left again is both, and the sheet balances', async () => {
    const [office, month] = ['410802', '2026-10'];
    const [who, chief] = [await desk.staff('statistician', office), await desk.staff('supervisor', office)];
    const person = await registered('2026-08-03', office);
    await exit(person, '2026-09-10T02:00:00Z', { office, restoredAt: '2026-09-28T02:00:00Z' });
    await exit(person, '2026-10-12T02:00:00Z', { office, reason: '12' });
    desk.fixtures.now = new Date('2026-10-21T01:00:00Z');
    const sheet = await sealed(month, office, who, chief);
    expect([
      count(sheet, 'opening'),
      count(sheet, 'restored'),
      count(sheet, 'exit12'),
      count(sheet, 'closing'),
    ]).toEqual([0, 1, 1, 0]);
    expect(sheet.checks.filter(({ holds }) => !holds)).toEqual([]);
  });
});

describe('M79-10b: the rate', () => {
  it('is a dash until the urban employed are entered, stands with its band, and keeps its figure under the seal', async () => {
    const office = '410102';
    const [who, chief] = [await desk.staff('statistician', office), await desk.staff('supervisor', office)];
    for (let i = 0; i < 3; i += 1) await registered('2026-11-02', office);
    const first = (await prepare('2026-11', office, who)).body.sheet;
    expect(first.head.rate).toBeUndefined();
    expect(first.warning).toContain('城镇就业人员');
    const enter = (part: object) =>
      desk.post<Acted>(who, `/api/reports/${office}/2026-11/urban-employed`, {
        kind: 'estimated',
        value: 97,
        asOf: '2025-12-31',
        source: '2025年劳动工资统计年报',
        method: '上年末数',
        uncertainty: 5,
        ...part,
      });
    const wrong = (await enter({ source: '', value: 0 })).body;
    expect(wrong.message).toBe('人数：应为大于0的整数。来源：没有填写。');
    expect((await enter({})).body.sheet.head.rate).toEqual({ rate: 3, low: 2.86, high: 3.16 });
    const done = await sealed('2026-11', office, who, chief);
    expect(done.head.rate?.rate).toBe(3);
    expect((await enter({ value: 200 })).body.message).toContain('已封存');
    expect((await read('2026-11', office, who)).denominator).toMatchObject({ value: 97, kindText: '按上年末数测算' });
  });
});

describe('A21-6b: a whole', () => {
  it('A21-6b, M79-11: is the sum of its parts, names a part that is missing, and is sealed only over sealed parts', async () => {
    const city = '410800';
    const [who, chief] = [await desk.staff('statistician', city), await desk.staff('supervisor', city)];
    let { sheet } = (await prepare('2026-11', city, who)).body;
    expect(sheet.checks.find(({ name }) => name === 'parts')).toMatchObject({ holds: false, text: '还缺解放区的报表' });
    expect((await act(sheet, 'check', {}, who)).body.message).toContain('还缺');
    await registered('2026-11-03', '410802001');
    await prepare('2026-11', '410802', who);
    ({ sheet } = (await prepare('2026-11', city, who)).body);
    const parts = await Promise.all(['410802', '410803'].map((division) => read('2026-11', division, who)));
    for (const row of ['opening', 'new', 'exits', 'corrected', 'closing'])
      for (const cut of ['all', 'women', 'longTerm'])
        expect(count(sheet, row, cut), `${row} ${cut}`).toBe(
          parts.reduce((sum, part) => sum + count(part, row, cut), 0),
        );
    expect(sheet.parts.map(({ name, state }) => [name, state])).toEqual([
      ['解放区', 'computed'],
      ['中站区', 'sealed'],
    ]);
    ({ sheet } = (await act(sheet, 'check', {}, who)).body);
    ({ sheet } = (await approve(sheet, chief)).body);
    expect((await act(sheet, 'seal', {}, who)).body.message).toContain('解放区的报表还没有封存');
    await sealed('2026-11', '410802', who, chief);
    ({ sheet } = (await act(sheet, 'seal', {}, who)).body);
    expect(sheet.seal?.page).toMatch(/part 410802 1 [0-9a-f]{64}\npart 410803 5 [0-9a-f]{64}\n$/);
    const street = (await desk.get<Sheet>(who, '/api/reports/410802/2026-11?office=410802001')).body;
    expect([count(street, 'new'), count(street, 'closing')]).toEqual([1, 1]);
  });

  it('M79-9: nobody reads or prepares what lies outside the own range', async () => {
    expect((await desk.get(statistician, '/api/reports/410802/2026-11')).status).toBe(403);
    expect((await prepare('2026-11', '410802')).status).toBe(403);
    const list = (await desk.get<Answer<'getReports'>>(statistician, '/api/reports')).body;
    expect(list.items.map(({ division }) => division)).toEqual([COUNTY]);
    const clerk = await desk.staff('clerk', COUNTY);
    expect((await desk.get(clerk, '/api/reports')).status).toBe(403);
  });

  it('M79-9: the programme freezes and counts what is over by itself, once', async () => {
    const { context } = desk.fixtures;
    const made = await prepareReports(context, NOW, new AbortController().signal);
    expect(made.made).toBeGreaterThan(0);
    expect(await prepareReports(context, NOW, new AbortController().signal)).toEqual({ made: 0, failed: [] });
    const province = await desk.staff('statistician', '410000');
    const { items } = (await desk.get<Answer<'getReports'>>(province, '/api/reports?month=2026-11')).body;
    expect(items.find(({ division }) => division === '410000')).toMatchObject({ state: 'computed', level: 'province' });
  });
});

describe('A21-6b: a sealed month is recomputed', () => {
  const verify = async (division: string, sealOnly = false) => {
    const all = await verifyReport(desk.fixtures.context, { division, month: '2026-11' }, { sealOnly });
    return all.flatMap(({ faults }) => faults);
  };
  it('from its lists and from the registers of today, with the parts of a whole', async () => {
    expect(await verify(COUNTY)).toEqual([]);
    const whole = await verifyReport(desk.fixtures.context, { division: '410800', month: '2026-11' });
    expect(whole.map(({ division, faults }) => [division, faults])).toEqual([
      ['410802', []],
      ['410803', []],
      ['410800', []],
    ]);
    await expect(verifyReport(desk.fixtures.context, { division: '410800', month: '2026-10' })).rejects.toThrow();
  });
  it('and names a row that was changed, and a correction that was recorded', async () => {
    const who = await registered('2026-11-05', '410102');
    const [statistic, chief] = [await desk.staff('statistician', '410102'), await desk.staff('supervisor', '410102')];
    // The fixture county of the rate was sealed with three people; this one is found in the ledger, but not under the seal.
    // In the stock, among the movements, and with the decision and the first contact that were due.
    const unsealed = await verify('410102');
    expect(unsealed.every(({ kind, explained }) => kind === 'ledger' && !explained)).toBe(true);
    expect(unsealed.map(({ registration }) => registration).sort()).toEqual(
      [who.registrationId, who.registrationId, who.registrationId, who.applicationId].sort(),
    );
    const sheet = await read('2026-11', '410102', statistic);
    await act(sheet, 'restate', { reason: '补入漏截取的一人' }, statistic);
    await sealed('2026-11', '410102', statistic, chief);
    expect(await verify('410102')).toEqual([]);
    await desk.fixtures.sql("update person set birth_date = '1990-01-01' where id = $1", [who.personId]);
    const [silent] = await verify('410102');
    expect(silent).toMatchObject({ kind: 'ledger', registration: who.registrationId, explained: false });
    expect(silent?.text).toContain('出生日期');
    await desk.fixtures.sql("update person set updated_at = '2026-11-25T00:00:00Z' where id = $1", [who.personId]);
    expect((await verify('410102')).every(({ explained }) => explained)).toBe(true);
    expect(await verify('410102', true)).toEqual([]);
    // The kept list itself is changed by somebody with the database in hand: nothing agrees any longer.
    await desk.fixtures.sql(
      "update report_list set content = overlay(content placing '\\x00'::bytea from 20) where kind = 'stock' and office = '410102'",
    );
    expect((await verify('410102', true)).map(({ kind }) => kind)).toContain('list');
    await desk.fixtures.sql(
      "update report set figures = jsonb_set(figures, '{closing,all,0}', '9') where division = $1",
      [COUNTY],
    );
    expect((await verify(COUNTY, true)).map(({ text }) => text).join()).toContain('closing／all');
  });
});
