import type { FaultSettings } from '../common/faults.ts';
import { choice, field, html, type Markup, page, table } from '../common/html.ts';
import { shortTime } from '../common/time.ts';
import type { Application } from './store.ts';

const STATES: Record<Application['state'], Markup> = {
  waiting: html`<span class="tag warn">待审核</span>`,
  accepted: html`<span class="tag good">通过</span>`,
  refused: html`<span class="tag bad">不通过</span>`,
  stopped: html`<span class="tag">已停发</span>`,
};
const MATTERS = { benefit: '失业保险金', livingAllowance: '最低生活保障' } as const;

/** The page for people: applications with what may be decided, a person who applies here, faults on demand. */
export function benefitPage(view: {
  applications: readonly Application[];
  faults: FaultSettings;
  home: string | undefined;
  said: string;
}): string {
  const rows = view.applications
    .slice(0, 50)
    .map((one) => [
      html`<code>${one.number}</code>`,
      MATTERS[one.matter],
      html`<b>${one.name}</b><br><code>${one.idNumber.slice(0, 6)}********${one.idNumber.slice(-4)}</code>`,
      one.key ? '登记机构转来' : '本窗口受理',
      shortTime(one.at),
      html`${STATES[one.state]} ${one.text}${one.told.map((text) => html`<br>${text}`)}`,
      decisions(one),
    ]);
  const heads = ['编号', '事项', '申请人', '来源', '时间', '结果', '办理'];
  return page({
    title: '失业保险和民政（模拟）',
    lead: '接收登记机构转来的失业保险金申请和低保转介，审核后告知结果；也受理直接来申领的人。',
    home: view.home,
    refreshSeconds: 3,
    body: html`${view.said ? html`<div class="notice bad" role="alert">${view.said}</div>` : ''}
<section class="card"><h2>申请</h2><p>最近50件。没有人办理的，过一会儿自动审核。</p>
<div data-live="applications">${table(heads, rows, '还没有申请。')}</div></section>
<section class="card"><h2>有人直接来申领失业保险金</h2>
<p>登记表和承诺随申请转给登记机构，当天就算提交了失业登记申请。</p>
<form method="post" action="/apply"><div class="grid">
${field('姓名', html`<input name="name" maxlength="30" required>`)}
${field('身份证件号码', html`<input name="idNumber" autocomplete="off" required>`)}
${field('手机', html`<input name="mobile" inputmode="numeric" maxlength="11">`)}
${field('区划代码', html`<input name="division" value="410802" maxlength="6" required>`)}
</div><div class="actions"><button>受理</button></div></form></section>
${faultCard(view.faults)}`,
  });
}

function decisions(one: Application): Markup {
  const offered: [string, string][] =
    one.state === 'waiting'
      ? [
          ['accepted', '通过'],
          ['refused', '不通过'],
        ]
      : one.state === 'accepted' && one.matter === 'benefit'
        ? [['stopped', '停发']]
        : one.state === 'refused'
          ? [['accepted', '复核通过']]
          : [];
  return html`${offered.map(
    ([as, text]) =>
      html`<form method="post" action="/decide"><input type="hidden" name="number" value="${one.number}"><input type="hidden" name="as" value="${as}"><button>${text}</button></form>`,
  )}`;
}

function faultCard(faults: FaultSettings): Markup {
  const rates = { '0': '从不', '0.3': '三成', '1': '总是' };
  return html`<section class="card" id="faults"><h2>故障演示</h2>
<form method="post" action="/faults"><div class="grid">
${field('不应答（503）', choice('failRate', rates, String(faults.failRate)))}
${field('收下但断开', choice('loseAnswerRate', rates, String(faults.loseAnswerRate)))}
${field('通知发两遍', choice('repeatRate', rates, String(faults.repeatRate)))}
${field('延迟（毫秒）', html`<input name="slowMs" inputmode="numeric" value="${faults.slowMs}">`)}
</div><div class="actions"><button>设定</button></div></form></section>`;
}
