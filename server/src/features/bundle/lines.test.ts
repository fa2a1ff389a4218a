import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, hired, openDesk } from '../../../test/desk.ts';
import { drawIdentityNumber, NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import { httpStub, type Reply } from '../../../test/http-stub.ts';
import { submissionOf } from '../../../test/submission.ts';
import type { Answer } from '../../platform/http.ts';
import { exitHandlers } from '../exit/index.ts';
import { bundleHandlers, workOnMatters } from './index.ts';

type File = Answer<'getMatters'>;
type Stub = Awaited<ReturnType<typeof httpStub>>;

let desk: Desk;
let clerk: string;
let stub: Stub;
/** What the other side does now: what it answers to applications, and which notices it has. */
let answer: (key: string) => Reply;
let notices: object[];

beforeAll(async () => {
  desk = await openDesk(bundleHandlers, exitHandlers);
  stub = await httpStub(({ path, body }) => {
    if (path.startsWith('/v1/notices')) {
      const query = new URL(path, 'http://x').searchParams;
      const after = Number(query.get('after') || 0);
      const page = query.get('matter') === 'benefit' ? notices.slice(after) : [];
      return { json: { notices: page, next: String(after + page.length), more: false } };
    }
    return answer((body as { key: string }).key);
  });
  const config = desk.fixtures.context.config as { benefit?: object; civil?: object };
  config.benefit = { url: stub.url, key: 'k' };
  config.civil = { url: stub.url, key: 'k' };
});
afterAll(async () => {
  await stub.close();
  await desk.close();
});
beforeEach(async () => {
  desk.fixtures.now = NOW;
  clerk = await desk.staff('clerk', '410802', '张经办');
  answer = (key) => ({ json: { number: `410802${key.slice(0, 8)}` } });
  notices = [];
  stub.received.length = 0;
  await desk.fixtures.sql('delete from outside_line');
  await desk.fixtures.sql('update sub_matter set next_try_at = null');
});

const work = () => workOnMatters(desk.fixtures.context, new AbortController().signal);
const later = (minutes: number) => {
  desk.fixtures.now = new Date(desk.fixtures.now.getTime() + minutes * 60_000);
};
const fileOf = async (person: RegistrationMade) =>
  (await desk.get<File>(clerk, `/api/applications/${person.applicationId}/matters`)).body;
const benefitOf = async (person: RegistrationMade) =>
  (await fileOf(person)).matters.find(({ kind }) => kind === 'benefit')!;
const sent = (path: string) => stub.received.filter((one) => one.path === path);

async function wanting(): Promise<RegistrationMade> {
  const person = await desk.registered();
  await desk.post(clerk, `/api/applications/${person.applicationId}/matters`, { kind: 'benefit' });
  return person;
}

describe('a part that goes to the benefit system', () => {
  it('A21-4h, M79-6b: is sent once registered, and its outcome comes back by a notice; the person is told', async () => {
    const person = await wanting();
    await work();
    const one = await benefitOf(person);
    expect(one).toMatchObject({ state: 'forwarded', stateText: '审核中' });
    expect(sent('/v1/applications')[0]!.body).toMatchObject({
      key: one.id,
      matter: 'benefit',
      person: { name: person.name, idNumber: person.idNumber },
      registration: { number: person.registrationNumber },
    });
    notices = [
      {
        position: '1',
        kind: 'accepted',
        key: one.id,
        number: one.externalNumber,
        months: 12,
        monthlyFen: 152000,
        from: '2026-12-01',
      },
    ];
    later(1);
    await work();
    expect(await benefitOf(person)).toMatchObject({ state: 'accepted', benefit: { months: 12, monthlyYuan: '1520' } });
    expect(await desk.messagesTo(person)).toContain('matter.accepted');
  });
  it('a notice that comes twice, and one that fits nothing, change nothing', async () => {
    const person = await wanting();
    await work();
    const one = await benefitOf(person);
    const refused = { kind: 'refused', key: one.id, number: one.externalNumber, reason: '缴费不满一年' };
    notices = [
      { position: '1', ...refused },
      { position: '2', ...refused },
      { position: '3', kind: 'refused', number: '410802nobody', reason: '查无此人' },
      { position: '4', kind: 'unheardOf', number: 'x' },
    ];
    later(1);
    await work();
    const { reason, history } = await benefitOf(person);
    expect(reason).toBe('缴费不满一年');
    expect(history.filter(({ text }) => text.startsWith('结果'))).toHaveLength(1);
    expect((await desk.messagesTo(person)).filter((name) => name === 'matter.refused')).toHaveLength(1);
  });
  it('silence delays the part alone: tried again with growing pauses under the same key, and said to the office', async () => {
    const person = await wanting();
    answer = () => ({ status: 503, json: {} });
    await work();
    expect((await benefitOf(person)).state).toBe('asked');
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'active' });
    await work();
    expect(sent('/v1/applications')).toHaveLength(1);
    later(1);
    await work();
    later(11);
    await work();
    expect(sent('/v1/applications').length).toBeGreaterThan(1);
    expect(new Set(sent('/v1/applications').map(({ body }) => (body as { key: string }).key)).size).toBe(1);
    answer = (key) => ({ json: { number: `410802${key.slice(0, 8)}` } });
    later(120);
    await work();
    expect((await benefitOf(person)).state).toBe('forwarded');
  });
  it('a system silent for long is named in the worklist with what waits for it', async () => {
    await wanting();
    answer = () => ({ status: 500, json: {} });
    await work();
    await desk.fixtures.sql(
      "insert into outside_line (system, silent_since, next_ask_at) values ('benefit', $1, $1) on conflict (system) do update set silent_since = excluded.silent_since",
      [new Date(NOW.getTime() - 3_600_000)],
    );
    const { body } = await desk.get<Answer<'getMatterWorklist'>>(clerk, '/api/worklists/matters');
    expect(body.silent).toMatchObject([{ name: '失业保险系统', waiting: 1 }]);
  });
  it('what it would not take is carried by hand, with its words in the history', async () => {
    const person = await wanting();
    answer = () => ({ status: 422, json: { error: { message: '身份证号码格式不对' } } });
    await work();
    const one = await benefitOf(person);
    expect(one).toMatchObject({ state: 'asked', todo: 'carry' });
    expect(one.history.map(({ text }) => text).join()).toContain('身份证号码格式不对');
  });
});

describe('benefit stop and exit are linked, and two things (domain §5.1)', () => {
  const granted = async () => {
    const person = await wanting();
    await work();
    const one = await benefitOf(person);
    notices = [
      { position: '1', kind: 'accepted', key: one.id, number: one.externalNumber, months: 12, monthlyFen: 152000 },
    ];
    later(1);
    await work();
    return { person, one };
  };
  it('a stop is shown and opens a check, and is no exit (M79-4b)', async () => {
    const { person, one } = await granted();
    notices.push({
      position: '2',
      kind: 'stopped',
      key: one.id,
      number: one.externalNumber,
      on: '2026-11-20',
      reason: '已重新就业',
    });
    later(1);
    await work();
    expect(await benefitOf(person)).toMatchObject({
      stopped: { on: '2026-11-20', reason: '已重新就业' },
      todo: 'check',
    });
    expect(await desk.fixtures.sql('select 1 from exit where registration_id = $1', [person.registrationId])).toEqual(
      [],
    );
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'active' });
    const list = await desk.get<Answer<'getMatterWorklist'>>(clerk, '/api/worklists/matters?stage=check');
    expect(list.body.items.map(({ applicationId }) => applicationId)).toContain(person.applicationId);
    const { version } = await benefitOf(person);
    await desk.post(clerk, `/api/matters/${one.id}/check`, { version, text: '电话核实，本人仍在找工作' });
    expect((await benefitOf(person)).todo).toBeUndefined();
  });
  it('an exit tells the benefit system; the part itself stays as it is', async () => {
    const { person, one } = await granted();
    await desk.post(clerk, `/api/registrations/${person.registrationId}/exits`, hired);
    const exit = await desk.exitOf(person);
    const done = await desk.post(clerk, `/api/exits/${exit.id}/confirm`, { version: exit.version });
    expect(done.status).toBe(200);
    await work();
    expect(sent('/v1/registrations')[0]!.body).toMatchObject({
      number: one.externalNumber,
      event: 'exited',
      on: '2026-11-20',
    });
    expect(await benefitOf(person)).toMatchObject({ state: 'accepted', toldExitOn: '2026-11-20' });
    await work();
    expect(sent('/v1/registrations')).toHaveLength(1);
  });
});

describe('an exit whose number the other side does not know', () => {
  it('is said in the history and not told for ever', async () => {
    const person = await wanting();
    await work();
    await desk.post(clerk, `/api/registrations/${person.registrationId}/exits`, hired);
    const exit = await desk.exitOf(person);
    await desk.post(clerk, `/api/exits/${exit.id}/confirm`, { version: exit.version });
    answer = () => ({ status: 422, json: { error: { message: '没有这个编号' } } });
    await work();
    await work();
    expect(sent('/v1/registrations')).toHaveLength(1);
    const one = await benefitOf(person);
    expect(one.history.map(({ text }) => text).join()).toContain('没有这个编号');
    expect(one).toMatchObject({ state: 'forwarded', toldExitOn: '2026-11-20' });
  });
});

describe('a person who applied at the benefit office', () => {
  const handed = (person: { name: string; idNumber: string }, number: string, more: object = {}) => ({
    position: number,
    kind: 'applied',
    number,
    division: '410802',
    submittedAt: '2026-11-19T09:30:00+08:00',
    ...submissionOf(person, NOW),
    ...more,
  });
  const applicationOf = async (idNumber: string) =>
    (
      await desk.fixtures.sql<{ id: string; channel: string; submitted_on: string; status: string }>(
        'select a.id, a.channel, a.submitted_on, a.status from application a join person p on p.id = a.person_id where p.id_tail = $1 order by a.submitted_at desc',
        [idNumber.slice(-4)],
      )
    )[0];
  it('A21-4h: is registered there as well: ordinary intake, on the day of submission there, the benefit under way', async () => {
    const person = { name: '郑春来', idNumber: drawIdentityNumber('19830309') };
    notices = [handed(person, '410802SB01'), handed(person, '410802SB01')];
    await work();
    const row = await applicationOf(person.idNumber);
    expect(row).toMatchObject({ channel: 'benefit', submitted_on: '2026-11-19', status: 'submitted' });
    const { body } = await desk.get<File>(clerk, `/api/applications/${row!.id}/matters`);
    expect(body.matters).toMatchObject([{ kind: 'benefit', state: 'forwarded', externalNumber: '410802SB01' }]);
    notices.push({ position: '3', kind: 'refused', number: '410802SB01', reason: '缴费不满一年' });
    later(1);
    await work();
    const after = await desk.get<File>(clerk, `/api/applications/${row!.id}/matters`);
    expect(after.body).toMatchObject({ registering: 'open', matters: [{ state: 'refused', reason: '缴费不满一年' }] });
  });
  it('A21-2d: who is registered or has applied is joined, never twice', async () => {
    const registered = await desk.registered();
    const open = await desk.fixtures.application({ submittedOn: '2026-11-20' });
    notices = [handed(registered, '410802SB02'), handed(open, '410802SB03')];
    await work();
    const states = await desk.fixtures.sql<{ number: string; state: string; application_id: string }>(
      "select number, state, application_id from benefit_handover where number in ('410802SB02', '410802SB03') order by number",
    );
    expect(states).toMatchObject([
      { state: 'joined', application_id: registered.applicationId },
      { state: 'joined', application_id: open.applicationId },
    ]);
    expect(
      await desk.fixtures.sql('select 1 from application where person_id = $1', [registered.personId]),
    ).toHaveLength(1);
    // H122-2c: the clock starts with the earlier of the two submissions.
    const [row] = await desk.fixtures.sql('select submitted_on from application where id = $1', [open.applicationId]);
    expect(row).toMatchObject({ submitted_on: '2026-11-19' });
  });
  it('a form that is faulty goes to the office with what is wrong, and is settled with the person', async () => {
    const person = { name: '冯大年', idNumber: drawIdentityNumber() };
    notices = [handed(person, '410802SB04', { form: { ...submissionOf(person, NOW).form, mobile: '123' } })];
    await work();
    const list = () => desk.get<Answer<'getBenefitHandovers'>>(clerk, '/api/worklists/benefit-handovers');
    const { body } = await list();
    expect(body.items).toMatchObject([
      { number: '410802SB04', name: '冯大年', faults: expect.stringContaining('手机') },
    ]);
    const far = await desk.staff('clerk', '410803', '李远');
    const settle = { number: '410802SB04', text: '电话核对后已在窗口登记' };
    expect((await desk.post(far, '/api/benefit-handovers/settle', settle)).status).toBe(404);
    expect((await desk.post(clerk, '/api/benefit-handovers/settle', settle)).status).toBe(200);
    expect((await list()).body.items).toEqual([]);
  });
});
