import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Faults } from '../common/faults.ts';
import { html, type Markup, page } from '../common/html.ts';
import { openJournal } from '../common/journal.ts';
import {
  asObject,
  createServer,
  listen,
  requireKey,
  type StandIn,
  sameOrigin,
  sendPage,
  textOf,
} from '../common/server.ts';
import { shanghaiIso, shortTime } from '../common/time.ts';

interface SmsOptions {
  /** 0 takes a free port */
  port: number;
  /** folder of the kept store (`sms.jsonl`) */
  dataDir: string;
  /** the shared key callers show as `authorization: Bearer <key>` */
  key: string;
  home?: string;
}

export interface Message {
  id: string;
  to: string;
  text: string;
  template?: string;
  receipt: string;
  acceptedAt: string;
}

/** Starts the stand-in of the SMS gateway. The same id again gives the same receipt and no second message. */
export async function startSms(options: SmsOptions): Promise<StandIn> {
  const messages = new Map<string, Message>();
  const journal = await openJournal<Message>(join(options.dataDir, 'sms.jsonl'), (message) => {
    messages.set(message.id, message);
  });
  const undeliverable = new Map<string, Reason>();
  const faults = new Faults();
  const server = createServer();
  server.addHook('onClose', () => journal.close());

  server.register(async (v1) => {
    v1.addHook('onRequest', requireKey(options.key));
    v1.addHook('preHandler', faults.before);
    v1.post('/v1/messages', async (request, reply) => {
      const message = readMessage(asObject(request.body));
      if (typeof message === 'string') return reply.code(422).send({ error: { code: 'message', message } });
      const earlier = messages.get(message.id);
      if (earlier && (earlier.to !== message.to || earlier.text !== message.text)) {
        return reply.code(409).send({ error: { code: 'repeated', message: '同一编号已发送过不同的内容' } });
      }
      if (!earlier) {
        messages.set(message.id, message);
        await journal.append(message);
      }
      await journal.settled();
      return faults.answer(reply, { accepted: true, receipt: (earlier ?? message).receipt });
    });
    v1.post('/v1/deliveries', async (request, reply) => {
      const { ids } = asObject(request.body);
      if (!Array.isArray(ids) || ids.length > 500) {
        return reply.code(422).send({ error: { code: 'ids', message: 'ids应为最多500个短信编号' } });
      }
      const known = ids.flatMap((id) => messages.get(String(id)) ?? []);
      return faults.answer(reply, {
        items: known.map((message) => ({ id: message.id, ...deliveryOf(message, undeliverable) })),
      });
    });
  });
  registerReading(server, messages, undeliverable);
  registerControl(server, faults, undeliverable);
  server.get('/', async (request, reply) => {
    const { to } = request.query as { to?: string };
    return sendPage(reply, inboxPage(newestFirst(messages, to), to, options.home));
  });
  return listen(server, options.port);
}

/** Why a number cannot be reached, as it is set by hand; kept while the stand-in runs. */
const reasons = {
  emptyNumber: '空号',
  suspended: '停机',
  poweredOff: '关机',
  blocked: '被拦截',
} as const;
type Reason = keyof typeof reasons;

/** What became of a message: on its way for a second, then delivered, or failed when its number cannot be reached. */
function deliveryOf(message: Message, undeliverable: ReadonlyMap<string, Reason>) {
  const at = new Date(Date.parse(message.acceptedAt) + 1000);
  if (at.getTime() > Date.now()) return { status: 'sent', at: message.acceptedAt };
  const reason = undeliverable.get(message.to);
  return { status: reason ? 'failed' : 'delivered', at: at.toISOString(), ...(reason ? { reason } : {}) };
}

function readMessage(body: Record<string, unknown>): Message | string {
  const [id, to, text] = ['id', 'to', 'text'].map((name) => textOf(body, name)) as [string, string, string];
  if (id === '' || id.length > 100) return '缺少短信编号';
  if (!/^\+?[0-9]{5,20}$/.test(to)) return '号码不正确';
  if (text === '' || [...text].length > 1000) return '短信内容应为1到1000字';
  const receipt = `DX${createHash('sha256').update(id).digest('hex').slice(0, 16).toUpperCase()}`;
  return { id, to, text, template: textOf(body, 'template') || undefined, receipt, acceptedAt: shanghaiIso() };
}

function newestFirst(messages: ReadonlyMap<string, Message>, to?: string): Message[] {
  return [...messages.values()].filter((message) => !to || message.to === to).reverse();
}

/** Reading back what was sent: for tests, the hub page, and delivery status. */
function registerReading(
  server: FastifyInstance,
  messages: ReadonlyMap<string, Message>,
  undeliverable: ReadonlyMap<string, Reason>,
): void {
  server.get('/v1/messages', async (request) => {
    const { to, limit } = request.query as { to?: string; limit?: string };
    return { items: newestFirst(messages, to).slice(0, Number(limit) || 200) };
  });
  server.get('/v1/messages/:id', async (request, reply) => {
    const message = messages.get((request.params as { id: string }).id);
    if (!message) return reply.code(404).send({ error: { code: 'unknown', message: '没有这条短信' } });
    return { ...message, ...deliveryOf(message, undeliverable) };
  });
}

function registerControl(server: FastifyInstance, faults: Faults, undeliverable: Map<string, Reason>): void {
  server.post('/control/numbers', async (request, reply) => {
    if (!sameOrigin(request)) return reply.code(403).send({ error: { code: 'origin', message: '只接受本机提交' } });
    const body = asObject(request.body);
    const [to, reason] = [textOf(body, 'to'), textOf(body, 'reason')];
    if (!/^\+?[0-9]{5,20}$/.test(to)) return reply.code(400).send({ error: { code: 'to', message: '号码不正确' } });
    if (reason === '') undeliverable.delete(to);
    else if (Object.hasOwn(reasons, reason)) undeliverable.set(to, reason as Reason);
    else
      return reply
        .code(400)
        .send({ error: { code: 'reason', message: `reason应为${Object.keys(reasons).join('、')}` } });
    return Object.fromEntries(undeliverable);
  });
  server.get('/control/faults', async () => faults.settings);
  server.post('/control/faults', async (request, reply) => {
    if (!sameOrigin(request)) return reply.code(403).send({ error: { code: 'origin', message: '只接受本机提交' } });
    const wrong = faults.change(asObject(request.body));
    if (wrong) return reply.code(400).send({ error: { code: wrong, message: `${wrong} 的值不正确` } });
    return faults.settings;
  });
}

function inboxPage(messages: readonly Message[], to: string | undefined, home: string | undefined): string {
  const bubble = (message: Message): Markup => html`<div class="bubble">
<small>发给 <a class="number" href="/?to=${encodeURIComponent(message.to)}">${message.to}</a> · ${shortTime(message.acceptedAt)}</small>
<p>${message.text}</p></div>`;
  return page({
    title: '短信网关（模拟）',
    lead: '系统发出的短信都留在这里，不会发到任何手机。新的在最上面，自动刷新。',
    home,
    refreshSeconds: 2,
    body: html`<section class="card narrow">
<h2>${to ? html`发给 <span class="number">${to}</span>` : '全部短信'}</h2>
<p>${to ? html`<a href="/">看全部短信</a>` : '点号码只看这个号码的短信。'}</p>
<div class="phone" data-live="inbox">${
      messages.length > 0 ? messages.slice(0, 100).map(bubble) : html`<p class="empty">还没有短信。</p>`
    }</div></section>`,
  });
}
