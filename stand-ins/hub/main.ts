import { html, type Markup, page, raw, table } from '../common/html.ts';
import { createServer, listen, type StandIn, sendPage } from '../common/server.ts';
import { shortTime } from '../common/time.ts';
import { base32Bytes, totp } from '../common/totp.ts';
import type { Demo, DemoStaff } from '../config.ts';
import type { Message } from '../sms/main.ts';

interface HubOptions {
  /** 0 takes a free port */
  port: number;
  publicUrl: string;
  demo: () => Demo;
  /** the clock the system's second factor goes by */
  now: () => Date;
  /** addresses of the other stand-ins */
  urls: { platform: string; idp: string; sms: string; insurance: string; benefit: string };
}

const STEP_SECONDS = 30;

/** The current second-factor code of a member of staff; undefined when the secret cannot be read. */
function codeOf(person: DemoStaff, atMs: number): string | undefined {
  try {
    return totp(base32Bytes(person.totpSecret), atMs);
  } catch {
    return undefined;
  }
}

/** Starts the page that leads to everything: the stand-ins, the sign-ins with their current codes, the latest SMS codes. */
export async function startHub(options: HubOptions): Promise<StandIn> {
  const server = createServer();
  server.get('/codes.json', async () => {
    const now = options.now().getTime();
    const staff = options.demo().staff.map((person) => ({ username: person.username, code: codeOf(person, now) }));
    return { staff, secondsLeft: secondsLeft(now) };
  });
  server.get('/', async (_request, reply) => {
    const codes = await latestSmsCodes(options.urls.sms);
    return sendPage(
      reply,
      page({
        title: '应登演示：账号和模拟系统',
        lead: '演示用的全部账号和验证码，以及代替外部系统的模拟系统。任何人都可以用任何身份登录试用。',
        refreshSeconds: 2,
        body: html`${services(options)}${staffCard(options)}${smsCard(codes, options.urls.sms)}${workersCard(options)}`,
      }),
    );
  });
  return listen(server, options.port);
}

function secondsLeft(atMs: number): number {
  return STEP_SECONDS - (Math.floor(atMs / 1000) % STEP_SECONDS);
}

function services({ urls, publicUrl }: HubOptions): Markup {
  const link = (url: string, name: string, what: string): Markup =>
    html`<a href="${url}"><b>${name}</b><small>${what}</small></a>`;
  return html`<nav class="services" aria-label="系统">
${link(publicUrl, '应登门户', '劳动者申请、查进度')}
${link(`${publicUrl}/console/`, '应登经办台', '经办人员和管理人员')}
${link(`${publicUrl}/api/docs`, '接口文档', '全部接口')}
${link(urls.platform, '全国平台', '申请、审核结果、退出数据')}
${link(urls.idp, '统一身份认证', '劳动者登录')}
${link(urls.sms, '短信网关', '系统发出的短信')}
${link(urls.insurance, '社会保险等数据源', '申请时的比对')}
${link(urls.benefit, '失业保险和民政', '失业保险金、低保转介')}
</nav>`;
}

function staffCard({ demo, now: clock }: HubOptions): Markup {
  const now = clock().getTime();
  const left = secondsLeft(now);
  const rows = demo().staff.map((person) => [
    html`<b>${person.name}</b>`,
    person.roleText || person.role,
    person.office,
    html`<code>${person.username}</code>`,
    html`<code>${person.password}</code>`,
    html`<span class="code">${codeOf(person, now) ?? '——'}</span>`,
  ]);
  return html`<section class="card"><h2>工作人员账号</h2>
<p>用户名、密码，再加当前动态码。动态码每30秒换一次，页面自动更新。</p>
<div class="countdown" role="presentation"><i id="left" style="width:${Math.round((left / STEP_SECONDS) * 100)}%"></i></div>
<div data-live="staff">${table(['姓名', '岗位', '机构', '用户名', '密码', '动态码'], rows, '演示账号尚未建立。系统启动后会出现在这里。')}</div>
${raw(`<script>
setInterval(() => {
  const seconds = (Date.now() + ${now - Date.now()}) / 1000;
  document.getElementById('left').style.width = (100 - (seconds % ${STEP_SECONDS}) / ${STEP_SECONDS} * 100) + '%';
}, 500);
</script>`)}</section>`;
}

function workersCard({ demo }: HubOptions): Markup {
  const rows = demo().workers.map((worker) => [
    html`<b>${worker.name}</b>`,
    worker.sex === '1' ? '男' : worker.sex === '2' ? '女' : '',
    html`<code>${worker.idNumber}</code>`,
    html`<code>${worker.phone}</code>`,
  ]);
  return html`<section class="card"><h2>虚构的劳动者</h2>
<p>在门户选择统一身份认证登录，或用手机号接收短信验证码登录。</p>
${table(['姓名', '性别', '身份证件号码', '手机'], rows, '没有。')}</section>`;
}

interface SmsCode {
  to: string;
  code: string;
  text: string;
  at: string;
}

/** The newest messages that carry a one-time code. A gateway that does not answer just shows nothing. */
async function latestSmsCodes(smsUrl: string): Promise<SmsCode[]> {
  try {
    const answer = await fetch(`${smsUrl}/v1/messages?limit=100`, { signal: AbortSignal.timeout(1000) });
    const { items } = (await answer.json()) as { items: Message[] };
    return items
      .flatMap(({ to, text, acceptedAt }) => {
        const code = text.includes('验证码') ? /(?<!\d)\d{4,8}(?!\d)/.exec(text)?.[0] : undefined;
        return code ? [{ to, code, text, at: acceptedAt }] : [];
      })
      .slice(0, 5);
  } catch {
    return [];
  }
}

function smsCard(codes: readonly SmsCode[], smsUrl: string): Markup {
  const rows = codes.map(({ to, code, at }) => [
    html`<code>${to}</code>`,
    html`<span class="code">${code}</span>`,
    shortTime(at),
  ]);
  return html`<section class="card"><h2>最近的短信验证码</h2>
<p>全部短信见<a href="${smsUrl}">短信网关</a>。</p>
<div data-live="sms">${table(['手机', '验证码', '时间'], rows, '还没有发出验证码。')}</div></section>`;
}
