import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import type { Answer } from '../../platform/http.ts';
import { followUpHandlers } from '../followup/index.ts';
import { supervisionHandlers } from '../supervision/index.ts';
import { worklistHandlers } from '../worklist/index.ts';
import { transferHandlers } from './index.ts';

type Figures = Answer<'getSupervisionFigures'>;
type List = { items: { name: string; note: string; state: string }[] };

const [HERE, NEXT, FAR] = ['410802', '410803', '410102'];

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(transferHandlers, supervisionHandlers, worklistHandlers, followUpHandlers);
  desk.fixtures.now = NOW;
});
afterAll(() => desk.close());

/** What supervision says of an office, and how many stand in the lists behind it. */
const said = async (office: string) => {
  const cookie = await desk.staff('supervisor', office);
  const { total } = (await desk.get<Figures>(cookie, '/api/supervision/figures')).body;
  const list = async (path: string) => (await desk.get<List>(cookie, `/api/supervision/${path}&limit=100`)).body.items;
  const lists = [
    await list('missed?kind=decision'),
    await list('missed?kind=contact'),
    await list('days?kind=decision'),
    await list('days?kind=contact'),
  ] as const;
  const { decided, contacted, decisionDays, contactDays } = total;
  expect(lists.map((items) => items.length)).toEqual([
    decided.due - decided.kept,
    contacted.due - contacted.kept,
    decisionDays.done,
    contactDays.done,
  ]);
  return { decided, contacted, decisionDays, contactDays, lists };
};
const counts = async (office: string) => {
  const { lists, ...figures } = await said(office);
  return figures;
};

async function moves(of: RegistrationMade, from: string, to: string): Promise<void> {
  const clerk = await desk.staff('clerk', from);
  const [row] = await desk.fixtures.sql<{ id: string; version: number }>(
    "select id, version from registration where number = $1 and status = 'active'",
    [of.registrationNumber],
  );
  const body = { version: row?.version, office: to, place: 'residence', reason: '本人搬家' };
  expect((await desk.post(clerk, `/api/registrations/${row?.id}/transfer`, body)).status).toBe(200);
  if (to.slice(0, 4) === from.slice(0, 4)) return;
  const taker = await desk.staff('clerk', to);
  const { requests } = (await desk.get<Answer<'getTransfers'>>(taker, '/api/transfers')).body;
  const request = requests.find(({ number }) => number === of.registrationNumber);
  const done = await desk.post(taker, `/api/transfers/${request?.id}/settle`, {
    version: request?.version,
    action: 'accept',
  });
  expect(done.status).toBe(200);
}

describe('what supervision counts of a case that went on elsewhere', () => {
  it('M79-3a, M79-14: decisions and first contacts stay with the office that made them, in figures and in the lists behind', async () => {
    const on = (day: string) => new Date(`2026-11-${day}T03:00:00Z`);
    // Decided late and contacted in time; contacted late; not contacted at all.
    const first = await desk.registered({
      submittedOn: '2026-11-02',
      dueOn: '2026-11-01',
      firstContactDue: '2026-11-09',
      firstContactAt: on('05'),
    });
    const second = await desk.registered({
      submittedOn: '2026-11-03',
      firstContactDue: '2026-11-10',
      firstContactAt: on('12'),
    });
    const third = await desk.registered({ submittedOn: '2026-11-04', firstContactDue: '2026-11-11' });
    const before = await counts(HERE);
    expect(before).toMatchObject({ decided: { due: 3, kept: 2 }, contacted: { due: 3, kept: 1 } });
    const elsewhere = await counts(NEXT);
    await moves(first, HERE, NEXT);
    await moves(second, HERE, FAR);
    expect(await counts(HERE)).toEqual(before);
    expect(await counts(NEXT)).toEqual(elsewhere);
    expect(await counts(FAR)).toEqual(elsewhere);
    const { lists } = await said(HERE);
    expect(lists[0]).toMatchObject([{ name: first.name, note: expect.stringContaining('现已转到其他机构') }]);
    // On and back again, it is still counted once, where it was done.
    await moves(first, NEXT, FAR);
    await moves(second, FAR, HERE);
    expect(await counts(HERE)).toEqual(before);
    expect(await counts(NEXT)).toEqual(elsewhere);
    expect(await counts(FAR)).toEqual(elsewhere);
    // What nobody did yet is the work of whoever holds it.
    await moves(third, HERE, NEXT);
    const left = await counts(HERE);
    expect([left.decided, left.contacted]).toEqual([before.decided, { due: 2, kept: 1 }]);
    expect((await counts(NEXT)).contacted).toEqual({ due: 1, kept: 0 });
    // Contacted there, and gone on: that contact is that office's.
    await desk.fixtures.sql('update registration set first_contact_at = $2 where id = $1', [
      third.registrationId,
      on('13'),
    ]);
    const there = await counts(NEXT);
    await moves(third, NEXT, FAR);
    expect(await counts(NEXT)).toEqual(there);
    expect((await counts(FAR)).contacted).toEqual({ due: 0, kept: 0 });
  });

  it('A21-5b, M79-4a: a month is covered where the person was when it ended, the running one where the person is; no month twice, none lost', async () => {
    const of = await desk.registered({ submittedOn: '2026-09-10', office: FAR });
    await desk.fixtures.sql("update registration set last_contact_month = '2026-10' where id = $1", [
      of.registrationId,
    ]);
    const covered = async (office: string, month: string) => {
      const cookie = await desk.staff('clerk', office);
      const { offices } = (await desk.get<Answer<'getCoverage'>>(cookie, `/api/follow-ups/coverage?month=${month}`))
        .body;
      const total = { registered: 0, seen: 0 };
      for (const { registered, seen } of offices) {
        total.registered += registered;
        total.seen += seen;
      }
      const missing = (await desk.get<Answer<'getMissing'>>(cookie, `/api/follow-ups/missing?month=${month}&limit=100`))
        .body;
      expect(total.registered - total.seen).toBe(missing.items.length);
      return [total.registered, total.seen];
    };
    const months = ['2026-10', '2026-11'] as const;
    const all = async (office: string) => [await covered(office, months[0]), await covered(office, months[1])];
    const [far, here] = [await all(FAR), await all(HERE)];
    await moves(of, FAR, HERE);
    const less = ([registered, seen]: number[], n: number) => [registered! - n, seen!];
    expect(await all(FAR)).toEqual([far[0], less(far[1]!, 1)]);
    expect(await all(HERE)).toEqual([here[0], less(here[1]!, -1)]);
  });
});
