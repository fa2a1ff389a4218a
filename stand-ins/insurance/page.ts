import { choice, field, html, page, table } from '../common/html.ts';
import { SITUATIONS, SOURCES } from './sources.ts';

/** One look-up that was answered. Kept in memory only. */
export interface RecentLookup {
  source: string;
  idNumber: string;
  found: number;
  /** ISO, Shanghai */
  at: string;
}

/** The page for people: the state of the sources, a form that gives a person a situation, the latest look-ups. */
export function sourcesPage(view: {
  recent: readonly RecentLookup[];
  slowMs: number;
  silentSources: readonly string[];
  home: string | undefined;
}): string {
  const { recent, slowMs, silentSources, home } = view;
  const state = (code: string) => {
    if (silentSources.includes(code)) return html`<span class="tag bad">不答复</span>`;
    return slowMs > 0
      ? html`<span class="tag warn">延迟 ${slowMs} 毫秒</span>`
      : html`<span class="tag good">正常</span>`;
  };
  const sources = Object.entries(SOURCES).map(([code, name]) => [name, html`<code>${code}</code>`, state(code)]);
  const lookups = recent.map((one) => [
    one.at.slice(5, 19).replace('T', ' '),
    SOURCES[one.source],
    html`<code>${one.idNumber.slice(0, 6)}********${one.idNumber.slice(-4)}</code>`,
    `${one.found} 条`,
  ]);
  const situations = Object.fromEntries(Object.entries(SITUATIONS).map(([code, { text }]) => [code, text]));
  return page({
    title: '社会保险等数据源（模拟）',
    lead: '申请时查询的各数据源。答复由号码推算得出，同一号码答复不变，也可以指定。',
    home,
    refreshSeconds: 3,
    body: html`<section class="card"><h2>指定一个人的情况</h2>
<p>之后的查询按指定的情况答复，直到恢复。</p>
<form method="post" action="/situation"><div class="grid">
${field('身份证件号码', html`<input name="idNumber" autocomplete="off" required>`)}
${field('情况', choice('situation', situations, 'employed'))}
</div><div class="actions"><button>指定</button></div></form></section>
<section class="card"><h2>最近的查询</h2><p>最近50次，不保存</p>
<div data-live="recent">${table(['时间', '数据源', '身份证件号码', '查到'], lookups, '还没有查询。')}</div></section>
<section class="card"><h2>数据源</h2><p>变慢或不答复由测试程序设定。</p>
<div data-live="sources">${table(['名称', '代号', '状态'], sources, '')}</div></section>`,
  });
}
