import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testApp } from '../../../../test/app.ts';
import { type ExchangeBed, exchangeBed } from '../../../../test/exchange-bed.ts';
import { httpStub } from '../../../../test/http-stub.ts';
import { measureSystem } from '../../../measures.ts';
import { systemActor } from '../../../platform/actor.ts';
import { Heartbeats } from '../../../platform/jobs.ts';
import { askDelivery } from '../../../platform/sms.ts';
import { lookUp } from '../../application/lookup.ts';
import { alarmFigures, exchangeHandlers, fetchForwarded, reconcile, runNightlyExits } from '../index.ts';
import { readAlarms } from './alarms.ts';

/** Sunday 22 November, ten in the morning in Shanghai. */
const TEN = new Date('2026-11-22T02:00:00Z');
let bed: ExchangeBed;
let app: Awaited<ReturnType<typeof testApp>>;
let officer: string;

beforeAll(async () => {
  bed = await exchangeBed({ now: TEN });
  app = await testApp(bed.context, exchangeHandlers(bed.context));
  officer = await bed.fixtures.staff('exchangeOfficer', '410800');
  measureSystem(bed.context);
});
afterAll(async () => {
  await app.close();
  await bed.close();
});
beforeEach(async () => {
  bed.fixtures.now = TEN;
  await bed.faults({});
  const beat = new Heartbeats(bed.context);
  for (const job of ['mends', 'decisions', 'forwarded', 'files', 'backload', 'matters', 'civil'] as const)
    await beat.turn(job, 0);
  for (const job of ['exits', 'reconcile']) {
    await bed.fixtures.sql(
      `insert into job_run (job, business_date, started_at, heartbeat_at, finished_at, outcome) values ($1, '2026-11-21', $2, $2, $2, 'done')
       on conflict (job, business_date) do update set heartbeat_at = $2`,
      [job, TEN],
    );
  }
});

const alarms = async (cookie = officer) =>
  (await app.inject({ url: '/api/exchange/alarms', headers: { cookie } })).json().alarms as {
    kind: string;
    text: string;
    count: number;
    date?: string;
  }[];
const kinds = async () => [...new Set((await alarms()).map(({ kind }) => kind))];

describe('alarms', () => {
  it('M79-8a: days unsent and a night without reconciliation, until the night has run', async () => {
    const before = await alarms();
    expect(before.map(({ kind }) => kind)).toEqual([...Array(9).fill('dayUnsent'), 'notReconciled']);
    expect(before[0]).toMatchObject({ date: '2026-11-21', count: 2 });
    await runNightlyExits(bed.context, '2026-11-21');
    await reconcile(bed.context, { to: '2026-11-21' });
    expect(await kinds()).toEqual([]);
  });

  it('a job of the exchange that stays silent, by name and since when', async () => {
    bed.fixtures.now = new Date(TEN.getTime() + 20 * 60_000);
    const [first] = await alarms();
    expect(first).toMatchObject({ kind: 'jobSilent', text: expect.stringContaining('没有动静') });
    bed.fixtures.now = TEN;
    await bed.fixtures.sql("delete from job_run where job = 'forwarded'");
    expect((await alarms()).map(({ text }) => text)).toContain('后台任务“下载平台申请”从未运行。');
  });

  it('a receipt missing an hour, a returned item unmended past a day, decisions waiting and returned', async () => {
    const on = '2026-11-20';
    await bed.exit(on);
    await bed.faults({ rejectAll: true });
    await runNightlyExits(bed.context, on);
    await bed.exit(on, { office: '410803' });
    await bed.faults({ loseAnswerRate: 1 });
    await runNightlyExits(bed.context, on);
    await bed.faults({});
    const waiting = await bed.fixtures.application({ status: 'registered', office: '410802' });
    await bed.fixtures.sql(
      `insert into decision_upload (tenant, application_id, office, outcome, decided_at, state) values ('4108', $1, '410802', 'registered', $2, 'waiting')`,
      [waiting.applicationId, TEN],
    );
    expect(await kinds()).toEqual([]);
    bed.fixtures.now = new Date(TEN.getTime() + 61 * 60_000);
    expect(await kinds()).toEqual(expect.arrayContaining(['receiptMissing', 'decisionsWaiting']));
    expect(await kinds()).not.toContain('returnedUnmended');
    bed.fixtures.now = new Date(TEN.getTime() + 25 * 3_600_000);
    officer = await bed.fixtures.staff('exchangeOfficer', '410800');
    expect(await kinds()).toContain('returnedUnmended');
    await bed.fixtures.sql("update decision_upload set state = 'returned'");
    expect(await kinds()).toContain('decisionsReturned');
    // Seen from the neighbour: only the own county's.
    const neighbour = await bed.fixtures.staff('exchangeOfficer', '410803');
    const theirs = (await alarms(neighbour)).map(({ kind }) => kind);
    expect(theirs).toContain('receiptMissing');
    expect(theirs).not.toContain('returnedUnmended');

    const text = await bed.context.metrics.text();
    expect(text).toMatch(/^yingdeng_exchange_alarm\{kind="receiptMissing"\} 1$/m);
    expect(text).toMatch(/^yingdeng_exchange_alarm\{kind="blockedUnmended"\} 0$/m);
    expect(text).toMatch(/^yingdeng_exits\{state="returned",age="1d"\} 1$/m);
    expect(text).toMatch(/^yingdeng_exits\{state="sent",age="1d"\} 1$/m);
  });

  it('M79-6a: a gateway that takes messages and never says one arrived, past the hours of the provision; the first receipt counts it down', async () => {
    const config = { ...bed.context.config, sms: { url: 'http://127.0.0.1:9', key: 'k' } };
    const told = async () =>
      (await readAlarms({ ...bed.context, config }, systemActor('test'))).filter(
        ({ kind }) => kind === 'messagesUnconfirmed',
      );
    const { personId } = await bed.fixtures.person();
    for (const [hours, state, checks] of [
      [30, 'sent', 7],
      [25, 'sent', 10],
      [25, 'delivered', 3],
      [23, 'sent', 5],
      // Before the gateway was asked at all; and so long ago that it has forgotten.
      [25, 'sent', 32_767],
      [24 * 8, 'sent', 10],
    ] as const)
      await bed.fixtures.sql(
        `insert into message (tenant, id, person_id, office, template, body, state, not_before, sent_at, subject_kind, subject_id, created_at, receipt_checks)
         values ('4108', gen_random_uuid(), $1, '410802', 'application.received', '已收到', $2, $3, $3, 'application', $1, $3, $4)`,
        [personId, state, new Date(TEN.getTime() - hours * 3_600_000), checks],
      );
    expect(await told()).toEqual([
      {
        kind: 'messagesUnconfirmed',
        text: '短信平台收下的2条短信超过24小时没有送达回执，最早的是11月21日04:00。',
        todo: expect.stringContaining('改用电话告知本人'),
        count: 2,
      },
    ]);
    expect(await alarmFigures({ ...bed.context, config })).toContainEqual({
      labels: { kind: 'messagesUnconfirmed' },
      value: 2,
    });
    await bed.fixtures.sql("update message set state = 'delivered' where receipt_checks = 7");
    expect(await told()).toMatchObject([{ count: 1 }]);
    await bed.fixtures.sql('delete from message');
    expect(await told()).toEqual([]);
  });

  it('M79-5a: systems outside that stay silent, as long as the provision lets pass; the first answer ends it', async () => {
    const stub = await httpStub(({ path }) =>
      dead
        ? { status: 503, json: {} }
        : path === '/v1/lookup'
          ? { json: { found: false, records: [] } }
          : { json: { items: [] } },
    );
    let dead = true;
    const { context } = bed;
    const config = { ...context.config, sms: { url: stub.url, key: 'k' }, insurance: { url: stub.url } };
    const outside = { ...context, config };
    const person = { idNumber: '410802199001011234', name: '王明' };
    const touch = async () => {
      await askDelivery(outside, ['m1']).catch(() => {});
      await lookUp(outside, 'pension', person);
      await fetchForwarded(context).catch(() => {});
    };
    await bed.faults({ failRate: 1 });
    await touch();
    await bed.fixtures.sql(
      "insert into outside_line (system, silent_since, tries, next_ask_at) values ('civil', $1, 1, $1), ('benefit', null, 0, $1)",
      [TEN],
    );
    const lines = async () => (await alarms()).filter(({ kind }) => kind === 'lineSilent').map(({ text }) => text);
    const at = (minutes: number) => {
      bed.fixtures.now = new Date(TEN.getTime() + minutes * 60_000);
    };
    at(9);
    expect(await lines()).toEqual([]);
    at(11);
    await touch();
    expect((await lines()).sort()).toEqual(
      [
        '全国平台自11月22日10:00起没有应答。',
        '养老保险待遇查询自11月22日10:00起没有应答。',
        '民政部门自11月22日10:00起没有应答。',
        '短信平台自11月22日10:00起没有应答。',
      ].sort(),
    );
    expect(await alarmFigures(context)).toContainEqual({ labels: { kind: 'lineSilent' }, value: 4 });
    // The city lets an hour pass.
    await bed.fixtures.sql(
      `insert into provision (id, parameter, value, division, level, document, document_title, clause, clause_id, valid_from, added_at)
       select 'test:silence', parameter, '60', '410800', 'city', document, document_title, clause, clause_id, date '2026-11-22', added_at
       from provision where parameter = 'silentLineMinutes' limit 1`,
    );
    await context.reference.refresh(context.db);
    expect(await lines()).toEqual([]);
    await bed.fixtures.sql("delete from provision where id = 'test:silence'");
    await context.reference.refresh(context.db);
    dead = false;
    await bed.faults({});
    await touch();
    expect(await lines()).toEqual(['民政部门自11月22日10:00起没有应答。']);
    await stub.close();
  }, 30_000);
});
