import type { FastifyInstance } from 'fastify';
import type { Faults } from '../common/faults.ts';
import { choice, field, html, type Markup, page } from '../common/html.ts';
import { asObject, sameOrigin, sendPage, textOf } from '../common/server.ts';
import { COMMITMENT, completeForm, inventForm, submitApplication } from './applications.ts';
import { DIVISIONS, PLACE_TYPES, UNEMPLOYMENT_REASONS } from './code-tables.ts';
import type { ApplicationForm, Holdings } from './holdings.ts';
import { faultBanner, faultPanel, holdingsView } from './page-parts.ts';
import { inventForPage, registerQueryPages } from './query-pages.ts';

interface Deps {
  holdings: Holdings;
  faults: Faults;
  now: () => Date;
  home: string | undefined;
  /** whether files are exchanged as well; they have a page of their own */
  files: boolean;
}

/** The platform's page for people, and its /control interfaces for tests and demonstrations. */
export function registerPages(server: FastifyInstance, { holdings, faults, now, home, files }: Deps): void {
  const show = (form: ApplicationForm, notice?: Markup): string =>
    page({
      title: '全国失业登记统一平台（模拟）',
      lead: '转发劳动者的申请，接收审核结果和每日退出数据，并按上报方案逐项校验。',
      home,
      refreshSeconds: 3,
      body: html`${notice}<div data-live="state">${faultBanner(faults.settings)}</div>
<nav class="jump" aria-label="本页内容"><a href="#apply">提交一份申请</a><a href="/records">查询保存的退出</a><a href="#faults">故障演示</a>${files ? html`<a href="/files">文件交换</a>` : ''}</nav>
${holdingsView(holdings)}${applicationCard(form)}${faultPanel(faults, inventForPage(now()))}`,
    });

  server.addHook('preHandler', async (request, reply) => {
    if (request.method !== 'GET' && !request.url.startsWith('/v1/') && !sameOrigin(request)) {
      return reply.code(403).send({ error: { code: 'origin', message: '只接受本页提交' } });
    }
    return undefined;
  });
  registerQueryPages(server, { holdings, now });
  server.get('/', async (request, reply) => {
    const { submitted } = request.query as { submitted?: string };
    const known = submitted ? holdings.applications.get(submitted) : undefined;
    return sendPage(reply, show(inventForm('410802', now()), known && submittedNotice(known.applicationNumber)));
  });

  server.post('/apply', async (request, reply) => {
    const form = formFromPage(asObject(request.body), now());
    const outcome = await submitApplication(holdings, { form }, now());
    if ('faults' in outcome) return sendPage(reply.code(422), show(form, faultNotice(outcome.faults)));
    return reply.redirect(`/?submitted=${encodeURIComponent(outcome.application.applicationNumber)}`, 303);
  });
  server.post('/faults', async (request, reply) => {
    const wanted = asObject(request.body);
    faults.change({ rejectAll: 'false', ...wanted });
    return reply.redirect('/#faults', 303);
  });

  server.get('/control/faults', async () => faults.settings);
  server.post('/control/faults', async (request, reply) => {
    const wrong = faults.change(asObject(request.body));
    if (wrong) return reply.code(400).send({ error: { code: wrong, message: `${wrong} 的值不正确` } });
    return faults.settings;
  });
  server.post('/control/applications', async (request, reply) => {
    const body = asObject(request.body);
    const input = {
      applicationNumber: textOf(body, 'applicationNumber') || undefined,
      submittedAt: textOf(body, 'submittedAt') || undefined,
      form: completeForm(asObject(body.form), now()),
    };
    const outcome = await submitApplication(holdings, input, now());
    return 'faults' in outcome ? reply.code(422).send(outcome) : reply.code(201).send(outcome.application);
  });
}

function submittedNotice(applicationNumber: string): Markup {
  return html`<div class="notice" role="status">已提交，申请编号 <code>${applicationNumber}</code>。登记失业地的系统下载后开始办理。</div>`;
}

function faultNotice(faults: readonly { message: string }[]): Markup {
  return html`<div class="notice bad" role="alert">没有提交，请改正：<ul>${faults.map(
    (fault) => html`<li>${fault.message}</li>`,
  )}</ul></div>`;
}

/** The page asks only what changes from person to person; the rest of annex 1 comes from the invented person. */
function formFromPage(posted: Record<string, unknown>, now: Date): ApplicationForm {
  const division = textOf(posted, 'AAB301');
  const detail = textOf(posted, 'detail');
  const wishes = textOf(posted, 'wishes')
    .split(/[、,，\s]+/)
    .filter((wish) => wish !== '');
  const given: ApplicationForm = { wishes };
  for (const name of ['AAC003', 'AAC002', 'AAC067', 'ACC412', 'AAB301', 'unemployedMonth', 'AJC093', 'reasonText']) {
    given[name] = textOf(posted, name).trim();
  }
  given.wantsBenefit = textOf(posted, 'wantsBenefit') === '1' ? '1' : '0';
  given.household = { division, detail };
  given.residence = { division, detail };
  return completeForm(given, now);
}

function applicationCard(form: ApplicationForm): Markup {
  const text = (name: string): string => textOf(form, name);
  const input = (name: string, value: string): Markup =>
    html`<input name="${name}" value="${value}" autocomplete="off">`;
  const wishes = Array.isArray(form.wishes) ? form.wishes.join('、') : '';
  return html`<section class="card" id="apply">
<h2>以劳动者身份在全国平台提交一份申请</h2>
<p>已填好一位虚构的劳动者，可直接提交；刷新本页换一位。提交后由登记失业地的系统下载办理。</p>
<form method="post" action="/apply">
<div class="grid">
${field('姓名', input('AAC003', text('AAC003')))}
${field('身份证件号码', input('AAC002', text('AAC002')), '性别由号码得出')}
${field('手机', input('AAC067', text('AAC067')), '演示号码为13位，不会打到真人')}
${field('登记失业地类型', choice('ACC412', PLACE_TYPES, text('ACC412')))}
${field('登记失业地', choice('AAB301', counties(), text('AAB301')))}
${field('详细地址', input('detail', textOf(asObject(form.residence), 'detail')))}
${field('失业时间', input('unemployedMonth', text('unemployedMonth')), '年和月，如 2026-11')}
${field('失业原因', choice('AJC093', UNEMPLOYMENT_REASONS, text('AJC093')))}
${field('其他原因说明', input('reasonText', text('reasonText')), '原因选“其他”时填写')}
${field('是否申领失业保险金', choice('wantsBenefit', { '0': '否', '1': '是' }, text('wantsBenefit')))}
${field('求职意向', input('wishes', wishes), '多个用顿号隔开')}
</div>
<p class="promise">${COMMITMENT}提交时附上演示用的签名。</p>
<div class="actions"><button>提交申请</button></div>
</form>
</section>`;
}

function counties(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(DIVISIONS)
      .filter(([code]) => !code.endsWith('00'))
      .map(([code, name]) => [code, `${DIVISIONS[`${code.slice(0, 4)}00`] ?? ''}${name}`]),
  );
}
