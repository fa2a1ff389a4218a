import type { FastifyInstance } from 'fastify';
import { choice, field, html, type Markup, page, table } from '../common/html.ts';
import { asObject, sendPage, textOf } from '../common/server.ts';
import { compactDate, shanghaiIso, shanghaiToday, shortTime } from '../common/time.ts';
import { inventForm } from './applications.ts';
import { sm3 } from './batches.ts';
import { DIVISIONS, DOCUMENT_KINDS, EXIT_REASONS } from './code-tables.ts';
import { EXIT_FIELDS } from './exit-record.ts';
import { type Batch, type BatchKind, batchKey, type Held, type Holdings, recordKey } from './holdings.ts';

const SHOWN = 100;

interface Deps {
  holdings: Holdings;
  now: () => Date;
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  AAB301: '注销地行政区划代码',
  AAZ341: '系统流水号',
  AAC003: '姓名',
  AAC002: '社会保障号码',
  AAC058: '证件类型',
  AAC044: '证件号码',
  ADC210: '注销失业登记时间',
  AJC00A: '注销失业登记原因',
  AAE011: '经办人',
  AAE036: '经办日期',
  AAE013: '备注',
};

/** Pages that look into what is held: by county and day, by serial number, one batch, one record; and what spoils a record. */
export function registerQueryPages(server: FastifyInstance, { holdings, now }: Deps): void {
  server.get('/records', async (request, reply) =>
    sendPage(reply, recordsPage(holdings, request.query as Record<string, string | undefined>, now())),
  );
  server.get('/records/:AAB301/:AAZ341', async (request, reply) => {
    const { AAB301, AAZ341 } = request.params as { AAB301: string; AAZ341: string };
    const held = holdings.exits.get(recordKey(AAB301, AAZ341));
    return sendPage(held ? reply : reply.code(404), held ? recordPage(held) : nothing('没有接收这条退出'));
  });
  server.get('/batches/:kind/:batch', async (request, reply) => {
    const { kind, batch } = request.params as { kind: BatchKind; batch: string };
    const kept = holdings.batches.get(batchKey(kind, batch));
    return sendPage(kept ? reply : reply.code(404), kept ? batchPage(kept) : nothing('没有收到这个批次'));
  });
  server.post('/tamper', async (request, reply) => {
    const posted = asObject(request.body);
    const AAB301 = textOf(posted, 'AAB301');
    const AAZ341 = textOf(posted, 'AAZ341');
    const held = holdings.exits.get(recordKey(AAB301, AAZ341));
    switch (textOf(posted, 'act')) {
      case 'forget':
        await holdings.tamper({ act: 'forget', AAB301, AAZ341 });
        return reply.redirect('/records', 303);
      case 'alter':
        if (!held) return reply.code(404).send({ error: { code: 'unknown', message: '没有接收这条退出' } });
        await holdings.tamper({ act: 'put', held: withRemark(held) });
        return reply.redirect(`/records/${AAB301}/${AAZ341}`, 303);
      case 'invent': {
        const date = compactDate(textOf(posted, 'date'));
        if (!date || !Object.hasOwn(DIVISIONS, AAB301)) {
          return reply.code(400).send({ error: { code: 'invent', message: '应选注销地并填有效日期' } });
        }
        const invented = inventHeld(AAB301, date, now());
        await holdings.tamper({ act: 'put', held: invented });
        return reply.redirect(`/records/${AAB301}/${invented.AAZ341}`, 303);
      }
      default:
        return reply.code(400).send({ error: { code: 'act', message: '不认识这种改动' } });
    }
  });
}

const counties = (): Record<string, string> =>
  Object.fromEntries(Object.entries(DIVISIONS).filter(([code]) => !code.endsWith('00')));

/** A form that makes the platform hold a record nobody sent. */
export function inventForPage(now: Date): Markup {
  return html`<h2>多出一条记录</h2><p>平台凭空多一条没有上报过的退出；逐条页上还可以删去或改动一条。用来演示对账。</p>
<form method="post" action="/tamper"><input type="hidden" name="act" value="invent">
<div class="grid">${field('注销地', choice('AAB301', counties(), '410802'))}
${field('上报日期', html`<input name="date" value="${shanghaiToday(now)}" autocomplete="off">`, '格式 YYYYMMDD')}</div>
<div class="actions"><button class="plain">多出一条</button></div></form>`;
}

function withRemark(held: Held): Held {
  const record = { ...held.record, AAE013: held.record.AAE013 === '平台改动' ? '' : '平台改动' };
  return { ...held, record, digest: sm3(JSON.stringify(record)) };
}

function inventHeld(AAB301: string, date: string, now: Date): Held {
  const person = inventForm(AAB301, now);
  const number = textOf(person, 'AAC002');
  const AAZ341 = `P${String(now.getTime())}`;
  const record: Record<string, string> = {
    AAB301,
    AAZ341,
    AAC003: textOf(person, 'AAC003'),
    AAC002: number,
    AAC058: '01',
    AAC044: number,
    ADC210: date,
    AJC00A: '11',
    AAE011: '平台',
    AAE036: date,
    AAE013: '',
  };
  const digest = sm3(JSON.stringify(record));
  return { AAB301, AAZ341, digest, batch: '', date, receivedAt: shanghaiIso(now), record };
}

function recordsPage(holdings: Holdings, query: Record<string, string | undefined>, now: Date): string {
  const division = query.division ?? '410802';
  const date = compactDate(query.date) ?? shanghaiToday(now);
  const serial = query.serial?.trim() ?? '';
  const bySerial = serial === '' ? undefined : [...holdings.exits.values()].filter((held) => held.AAZ341 === serial);
  const { items, count, more } = bySerial
    ? { items: bySerial, count: bySerial.length, more: false }
    : holdings.exitDays.page(division, date, query.after ?? '', SHOWN);
  const [day] = bySerial ? [] : holdings.exitDays.digests(division, date, date);
  const rows = items.map((held) => [
    html`<a href="/records/${held.AAB301}/${held.AAZ341}"><code>${held.AAZ341}</code></a>`,
    held.record.AAC003,
    `${held.record.AJC00A} ${EXIT_REASONS[held.record.AJC00A ?? ''] ?? ''}`,
    held.date,
    html`<code>${held.digest.slice(0, 8)}…</code>`,
    held.batch === '' ? '' : html`<a href="/batches/exits/${held.batch}"><code>${held.batch}</code></a>`,
    shortTime(held.receivedAt),
  ]);
  const next = new URLSearchParams({ division, date, after: items.at(-1)?.AAZ341 ?? '' });
  return shell(
    '平台保存的退出记录',
    html`<section class="card"><form method="get" action="/records"><div class="grid">
${field('注销地', choice('division', counties(), division))}
${field('上报日期', html`<input name="date" value="${date}" autocomplete="off">`, '格式 YYYYMMDD')}
${field('系统流水号', html`<input name="serial" value="${serial}" autocomplete="off">`, '填了就只按流水号查')}
</div><div class="actions"><button>查询</button></div></form></section>
<section class="card"><h2>共 ${count} 条</h2>
<p>${day ? html`当日摘要（SM3）<code>${day.digest}</code>` : ''}</p>
${table(['系统流水号', '姓名', '注销原因', '上报日期', '摘要', '批次号', '收到时间'], rows, '没有保存这样的记录。')}
${more ? html`<p><a href="/records?${next.toString()}">下一页</a></p>` : ''}</section>`,
  );
}

function recordPage(held: Held): string {
  const shown = (name: string): string => {
    const value = held.record[name] ?? '';
    if (name === 'AJC00A') return `${value} ${EXIT_REASONS[value] ?? ''}`;
    if (name === 'AAC058') return `${value} ${DOCUMENT_KINDS[value] ?? ''}`;
    return name === 'AAB301' ? `${value} ${DIVISIONS[value] ?? ''}` : value;
  };
  const button = (act: string, text: string): Markup => html`<form method="post" action="/tamper">
<input type="hidden" name="act" value="${act}"><input type="hidden" name="AAB301" value="${held.AAB301}">
<input type="hidden" name="AAZ341" value="${held.AAZ341}"><button class="plain">${text}</button></form>`;
  return shell(
    `退出记录 ${held.AAZ341}`,
    html`<section class="card">
${table(
  ['指标', '代码', '内容'],
  EXIT_FIELDS.map((name) => [FIELD_NAMES[name] ?? '', html`<code>${name}</code>`, shown(name)]),
  '',
)}</section>
<section class="card"><h2>凭据</h2>
${table(
  ['摘要（SM3）', '上报日期', '批次号', '收到时间'],
  [
    [
      html`<code>${held.digest}</code>`,
      held.date,
      held.batch === '' ? '没有批次' : html`<a href="/batches/exits/${held.batch}"><code>${held.batch}</code></a>`,
      shortTime(held.receivedAt),
    ],
  ],
  '',
)}</section>
<section class="card"><h2>演示故障</h2><p>让平台丢掉或改动这条记录，看上报系统的对账能不能发现。</p>
<div class="actions">${button('forget', '删去这条')}${button('alter', '改动这条')}</div></section>`,
  );
}

function batchPage(batch: Batch): string {
  const returned = batch.results.filter(({ result }) => result === 'returned');
  const rows = [...returned, ...batch.results.filter(({ result }) => result === 'accepted')].slice(0, SHOWN);
  return shell(
    `批次 ${batch.batch}`,
    html`<section class="card"><h2>回执</h2>
${table(
  ['回执', '类别', '上报日期', '地区', '记录', '收到时间'],
  [
    [
      html`<code>${batch.receipt}</code>`,
      batch.kind === 'exits' ? '退出' : '补传登记',
      batch.date,
      DIVISIONS[batch.division.padEnd(6, '0')] ?? batch.division,
      batch.count === 0 ? '零报告' : `${batch.count} 条，退回 ${returned.length} 条`,
      shortTime(batch.receivedAt),
    ],
  ],
  '',
)}<p>内容摘要（SM3）<code>${batch.digest}</code></p></section>
<section class="card"><h2>逐条结果</h2><p>${batch.count > SHOWN ? `退回的在前，共 ${batch.count} 条，显示 ${SHOWN} 条` : '退回的在前'}</p>
${table(
  ['系统流水号', '结果', '原因'],
  rows.map(({ AAB301, AAZ341, result, duplicate, faults }) => [
    html`<a href="/records/${AAB301}/${AAZ341}"><code>${AAZ341}</code></a>`,
    result === 'accepted'
      ? html`<span class="tag good">${duplicate ? '接收（已有相同内容）' : '接收'}</span>`
      : html`<span class="tag bad">退回</span>`,
    faults.map((fault) => html`<div>${fault.message} <code>${fault.rule}</code></div>`),
  ]),
  '当日没有退出。',
)}</section>`,
  );
}

function nothing(text: string): string {
  return shell(text, html`<section class="card"><p class="empty">${text}</p></section>`);
}

function shell(title: string, body: Markup): string {
  return page({ title, lead: '全国失业登记统一平台（模拟）', home: '/', homeText: '平台首页', body });
}
