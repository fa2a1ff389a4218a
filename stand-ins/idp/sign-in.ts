import type { FastifyInstance } from 'fastify';
import type Provider from 'oidc-provider';
import { field, html, type Markup, page } from '../common/html.ts';
import { isLawfulNumber, sexOfNumber } from '../common/resident-number.ts';
import { asObject, sameOrigin, sendPage, textOf } from '../common/server.ts';
import type { DemoWorker } from '../config.ts';

/** Who signed in. Sex is AAC004. */
export interface Worker {
  name: string;
  idNumber: string;
  sex: string;
  phone: string;
}

interface Deps {
  provider: Provider;
  workers: () => DemoWorker[];
  publicUrl: string;
  home: string | undefined;
  /** keeps the worker for the token request and returns the subject */
  remember: (worker: Worker) => string;
}

/** The provider's pages: the start page, and the sign-in step of an authorisation. */
export function registerSignIn(server: FastifyInstance, deps: Deps): void {
  const { provider, workers, publicUrl, home } = deps;

  server.get('/', async (_request, reply) =>
    sendPage(
      reply,
      page({
        title: '统一身份认证（模拟）',
        lead: '代替国家或省级统一身份认证，供劳动者登录应登门户。',
        home,
        body: html`<section class="card narrow"><h2>从门户开始</h2>
<p>登录由门户发起。请打开门户，选择“统一身份认证登录”。</p>
<div class="actions"><a href="${publicUrl}">打开应登门户</a></div></section>`,
      }),
    ),
  );

  server.get('/interaction/:uid', async (request, reply) => {
    const { uid } = request.params as { uid: string };
    const details = await provider.interactionDetails(request.raw, reply.raw).catch(() => undefined);
    if (details?.uid !== uid) return sendPage(reply.code(410), expiredPage(publicUrl));
    return sendPage(reply, signInPage(uid, workers()));
  });

  server.post('/interaction/:uid', async (request, reply) => {
    const { uid } = request.params as { uid: string };
    if (!sameOrigin(request)) return reply.code(403).send({ error: { code: 'origin', message: '只接受本页提交' } });
    const details = await provider.interactionDetails(request.raw, reply.raw).catch(() => undefined);
    if (details?.uid !== uid) return sendPage(reply.code(410), expiredPage(publicUrl));
    const posted = asObject(request.body);
    const worker = workerOf(posted, workers());
    if (typeof worker === 'string') return sendPage(reply.code(422), signInPage(uid, workers(), posted, worker));
    const accountId = deps.remember(worker);
    const next = await provider.interactionResult(request.raw, reply.raw, { login: { accountId, remember: false } });
    return reply.redirect(next, 303);
  });
}

/** The chosen or entered worker, or what is wrong with the entry. */
function workerOf(posted: Record<string, unknown>, workers: readonly DemoWorker[]): Worker | string {
  const chosen = textOf(posted, 'chosen');
  const known = workers.find((worker) => worker.idNumber === chosen);
  if (known) return { name: known.name, idNumber: known.idNumber, sex: known.sex, phone: known.phone };
  const name = textOf(posted, 'name').normalize('NFKC').replace(/\s/g, '').slice(0, 50);
  const idNumber = textOf(posted, 'idNumber').normalize('NFKC').replace(/\s/g, '').toUpperCase();
  const phone = textOf(posted, 'phone').normalize('NFKC').replace(/\D/g, '').slice(0, 20);
  if (name === '') return '请填写姓名';
  if (!isLawfulNumber(idNumber)) return '身份证件号码有误，请核对每一位';
  return { name, idNumber, sex: sexOfNumber(idNumber) ?? '9', phone: phone || '15400000000' };
}

function masked(idNumber: string): string {
  return `${idNumber.slice(0, 6)}********${idNumber.slice(-4)}`;
}

function signInPage(
  uid: string,
  workers: readonly DemoWorker[],
  posted: Record<string, unknown> = {},
  fault?: string,
): string {
  const action = `/interaction/${encodeURIComponent(uid)}`;
  const person = (worker: DemoWorker): Markup => html`<form method="post" action="${action}">
<button name="chosen" value="${worker.idNumber}"><b>${worker.name}</b><small class="number">${masked(worker.idNumber)}</small></button>
</form>`;
  return page({
    title: '统一身份认证（模拟）',
    lead: '应登门户请您登录。演示中不核验身份，选一位或自己填写即可。',
    body: html`${workers.length > 0 ? html`<section class="card narrow"><h2>选择一位虚构的劳动者</h2><p>点姓名即登录</p><div class="people">${workers.map(person)}</div></section>` : ''}
<section class="card narrow"><h2>填写姓名和号码登录</h2><p>请用编造的号码，不要填写真实身份信息。</p>
${fault ? html`<div class="notice bad" role="alert">${fault}</div>` : ''}
<form method="post" action="${action}">
<div class="grid">
${field('姓名', html`<input name="name" autocomplete="off" required value="${textOf(posted, 'name')}">`)}
${field('身份证件号码', html`<input name="idNumber" autocomplete="off" required value="${textOf(posted, 'idNumber')}">`)}
${field('手机（可不填）', html`<input name="phone" inputmode="numeric" autocomplete="off" value="${textOf(posted, 'phone')}">`)}
</div>
<div class="actions"><button>登录</button></div>
</form></section>`,
  });
}

function expiredPage(publicUrl: string): string {
  return page({
    title: '统一身份认证（模拟）',
    lead: '这次登录已经过期或已经完成。',
    body: html`<section class="card narrow"><h2>请重新登录</h2><p>回到门户再点一次登录。</p><div class="actions"><a href="${publicUrl}">回到应登门户</a></div></section>`,
  });
}
