import type { FaultSettings, Faults } from '../common/faults.ts';
import { field, html, type Markup, table } from '../common/html.ts';
import { textOf } from '../common/server.ts';
import { shortTime } from '../common/time.ts';
import { DIVISIONS, EXIT_REASONS, PLACE_TYPES } from './code-tables.ts';
import { OUTCOMES } from './decisions.ts';
import type { Batch, Holdings } from './holdings.ts';

const SHOWN = 10;

/** The last few of a list that only grows, newest first. */
function latest<T>(items: Iterable<T>): T[] {
  return [...items].slice(-SHOWN).reverse();
}

/** What the platform holds; refreshed in place. */
export function holdingsView(holdings: Holdings): Markup {
  return html`<div data-live="figures">${figures(holdings)}</div>
<section class="card" data-live="applications">${applications(holdings)}</section>
<section class="card" data-live="batches">${batches(holdings)}</section>
<section class="card" data-live="exits">${exits(holdings)}</section>
<section class="card" data-live="decisions">${decisions(holdings)}</section>`;
}

function figures(holdings: Holdings): Markup {
  const figure = (count: number, name: string): Markup => html`<div><b>${count}</b><span>${name}</span></div>`;
  return html`<div class="figures">
${figure(holdings.applications.size, '收到的申请')}${figure(holdings.decisions.size, '审核结果')}
${figure(holdings.exits.size, '退出记录')}${figure(holdings.batches.size, '上报批次')}
${figure(holdings.registrations.size, '补传的登记')}</div>`;
}

const divisionName = (code: string): string => DIVISIONS[code.padEnd(6, '0')] ?? code;

function applications(holdings: Holdings): Markup {
  const rows = latest(holdings.applications.values()).map(({ applicationNumber, submittedAt, revision, form }) => {
    const decision = holdings.decisions.get(applicationNumber);
    return [
      html`<code>${applicationNumber}</code>`,
      textOf(form, 'AAC003'),
      `${divisionName(textOf(form, 'AAB301'))}（${PLACE_TYPES[textOf(form, 'ACC412')] ?? ''}）`,
      shortTime(submittedAt),
      revision,
      decision
        ? html`<span class="tag ${decision.outcome === 'registered' ? 'good' : 'warn'}">${OUTCOMES[decision.outcome]}</span>`
        : html`<span class="tag">等待结果</span>`,
    ];
  });
  return html`<h2>劳动者的申请</h2><p>最近 ${SHOWN} 份</p>
${table(['申请编号', '姓名', '登记失业地', '提交时间', '版次', '办理结果'], rows, '还没有申请。可在下方提交一份。')}`;
}

function batches(holdings: Holdings): Markup {
  const returned = (batch: Batch): number => batch.results.filter((item) => item.result === 'returned').length;
  const rows = latest(holdings.batches.values()).map((batch) => [
    html`<a href="/batches/${batch.kind}/${batch.batch}"><code>${batch.batch}</code></a>`,
    batch.kind === 'exits' ? '退出' : '补传登记',
    batch.date,
    divisionName(batch.division),
    batch.count === 0 ? html`<span class="tag">零报告</span>` : `${batch.count} 条`,
    returned(batch) > 0
      ? html`<span class="tag bad">退回 ${returned(batch)} 条</span>`
      : html`<span class="tag good">全部接收</span>`,
    html`<code>${batch.receipt}</code>`,
    shortTime(batch.receivedAt),
  ]);
  return html`<h2>上报批次和回执</h2><p>最近 ${SHOWN} 批</p>
${table(['批次号', '类别', '上报日期', '地区', '记录', '结果', '回执', '收到时间'], rows, '还没有收到上报。')}`;
}

function exits(holdings: Holdings): Markup {
  const rows = latest(holdings.exits.values()).map(({ AAB301, AAZ341, record, receivedAt }) => [
    html`<code>${AAB301}</code> ${divisionName(AAB301)}`,
    html`<a href="/records/${AAB301}/${AAZ341}"><code>${AAZ341}</code></a>`,
    record.AAC003,
    `${record.AJC00A} ${EXIT_REASONS[record.AJC00A ?? ''] ?? ''}`,
    record.ADC210,
    record.AAE011,
    shortTime(receivedAt),
  ]);
  const faulty = latest(
    [...holdings.batches.values()].flatMap((batch) =>
      batch.results.filter((item) => item.result === 'returned').map((item) => ({ batch, item })),
    ),
  ).map(({ batch, item }) => [
    html`<code>${item.AAB301} ${item.AAZ341}</code>`,
    item.faults.map((fault) => html`<div>${fault.message} <code>${fault.rule}</code></div>`),
    html`<a href="/batches/${batch.kind}/${batch.batch}"><code>${batch.batch}</code></a>`,
  ]);
  return html`<h2>退出记录</h2><p>最近接收的 ${SHOWN} 条</p>
${table(['注销地', '系统流水号', '姓名', '注销原因', '注销时间', '经办人', '收到时间'], rows, '还没有接收退出记录。')}
${faulty.length > 0 ? html`<h2>退回的记录</h2>${table(['唯一标识', '原因', '批次号'], faulty, '')}` : ''}`;
}

function decisions(holdings: Holdings): Markup {
  const rows = latest(holdings.decisionHistory).map((decision) => [
    html`<code>${decision.key}</code>`,
    OUTCOMES[decision.outcome],
    shortTime(decision.decidedAt),
    decision.registrationNumber ? html`<code>${decision.registrationNumber}</code>` : (decision.reason ?? ''),
    shortTime(decision.receivedAt),
  ]);
  return html`<h2>审核结果</h2><p>最近 ${SHOWN} 条</p>
${table(['申请编号或本地编号', '结果', '审核时间', '登记编号或理由', '收到时间'], rows, '还没有收到审核结果。')}`;
}

/** Says at the top that a fault is on, so that nobody hunts for an error that is meant. */
export function faultBanner(settings: FaultSettings): Markup | undefined {
  const on = [
    settings.slowMs > 0 && `延迟 ${settings.slowMs} 毫秒`,
    settings.failRate > 0 && '拒绝服务',
    settings.repeatRate > 0 && '重复下发',
    settings.loseAnswerRate > 0 && '丢失答复',
    settings.halfAnswerRate > 0 && '半截答复',
    settings.rejectAll && '退回全部记录',
  ].filter((text) => text !== false);
  return on.length > 0 ? html`<div class="notice bad">正在演示故障：${on.join('、')}</div>` : undefined;
}

/** The form that makes the platform misbehave. */
export function faultPanel({ settings, happened }: Faults, more: Markup): Markup {
  const rate = (name: keyof FaultSettings, label: string, hint: string): Markup =>
    field(
      label,
      html`<input name="${name}" type="number" min="0" max="1" step="0.05" value="${String(settings[name])}">`,
      happened[name] ? `${hint}；已发生${happened[name]}次` : hint,
    );
  const checked = settings.rejectAll
    ? html`<input type="checkbox" name="rejectAll" value="true" checked>`
    : html`<input type="checkbox" name="rejectAll" value="true">`;
  return html`<section class="card" id="faults">
<h2>故障演示</h2><p>让平台变慢、出错、重复或丢失答复。比例为0到1；同一种子得到同样的故障次序。</p>
<form method="post" action="/faults">
<div class="grid">
${field('答复延迟（毫秒）', html`<input name="slowMs" type="number" min="0" step="10" value="${settings.slowMs}">`)}
${rate('failRate', '拒绝服务的比例', '答复503，不处理')}
${rate('repeatRate', '重复下发的比例', '同一申请在一页中出现两次')}
${rate('loseAnswerRate', '丢失答复的比例', '已处理，但断开连接')}
${rate('halfAnswerRate', '半截答复的比例', '已处理，但答复只送一半')}
${field('种子', html`<input name="seed" type="number" step="1" value="${settings.seed}">`)}
<label class="check">${checked}<span>退回全部记录</span></label>
</div>
<div class="actions"><button>应用</button><button class="plain" type="submit" form="calm">恢复正常</button></div>
</form>
<form id="calm" method="post" action="/faults">${Object.entries({
    slowMs: 0,
    failRate: 0,
    repeatRate: 0,
    loseAnswerRate: 0,
    halfAnswerRate: 0,
    seed: 1,
  }).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}</form>
</section>
<section class="card" id="invent">${more}</section>`;
}
