import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Faults } from '../common/faults.ts';
import { asObject, requireKey } from '../common/server.ts';
import { compactDate, shanghaiIso } from '../common/time.ts';
import { pageOfApplications } from './applications.ts';
import { readUpload, receiveBatch, type Upload } from './batches.ts';
import { divisionPrefix } from './code-tables.ts';
import { receiveDecisions } from './decisions.ts';
import { type Batch, type BatchKind, batchKey, type Held, type Holdings, recordKey } from './holdings.ts';
import { readRecordFile } from './record-file.ts';
import { uploadStatistics } from './statistics.ts';

interface Deps {
  holdings: Holdings;
  faults: Faults;
  today: () => string;
  key: string;
}

type Query = Record<string, string | undefined>;

const DIVISION = /^\d{2}(\d{2}){0,2}$/;
const MAX_PAGE = 1000;
/** Items of the query interface carry no content, so a page may hold more. */
const MAX_LISTED = 10_000;

/** The platform's interfaces under /v1. README.md describes each. */
export function registerInterfaces(server: FastifyInstance, deps: Deps): void {
  server.register(async (v1) => {
    v1.addHook('onRequest', requireKey(deps.key));
    v1.addHook('preHandler', deps.faults.before);
    v1.addContentTypeParser(['text/csv', 'application/octet-stream'], { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    v1.get('/v1/applications', async (request, reply) => applications(deps, request, reply));
    v1.post('/v1/decisions', async (request, reply) => decisions(deps, request, reply));
    v1.get('/v1/decisions/:number', async (request, reply) => decisionOf(deps, request, reply));
    for (const kind of ['exits', 'registrations'] as const) {
      v1.post(`/v1/${kind}`, async (request, reply) => {
        const upload = readUpload(kind, request.body, header(request, 'idempotency-key'));
        return 'code' in upload ? refuse(reply, 400, upload.code, upload.message) : receive(deps, upload, reply);
      });
      v1.get(`/v1/${kind}/receipts/:batch`, async (request, reply) => receiptOf(deps, kind, request, reply));
      v1.get(`/v1/${kind}`, async (request, reply) => listHeld(deps, kind, request, reply));
    }
    v1.post('/v1/exits/files', async (request, reply) => {
      const upload = readRecordFile('exits', request.body, request.headers);
      return 'code' in upload ? refuse(reply, 422, upload.code, upload.message) : receive(deps, upload, reply);
    });
    v1.get('/v1/exits/digests', async (request, reply) => digests(deps, request, reply));
    v1.get('/v1/exits/records/:AAB301/:AAZ341', async (request, reply) => recordOf(deps, request, reply));
    v1.get('/v1/statistics', async (request, reply) => statistics(deps, request, reply));
  });
}

function refuse(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.code(status).send({ error: { code, message } });
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function applications({ holdings, faults }: Deps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const query = request.query as Query;
  const after = Number(query.after || 0);
  const limit = Number(query.limit || 200);
  if (!DIVISION.test(query.division ?? '')) return refuse(reply, 400, 'division', '应填2、4或6位行政区划代码');
  if (!Number.isSafeInteger(after) || after < 0) return refuse(reply, 400, 'after', '游标不正确');
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    return refuse(reply, 400, 'limit', `每页1到${MAX_PAGE}条`);
  }
  const page = pageOfApplications(holdings, { division: query.division ?? '', after, limit });
  const repeated = page.items.flatMap((item) => (faults.happens('repeatRate') ? [item, item] : [item]));
  const asked = { division: query.division, after: query.after ?? '' };
  return faults.answer(reply, { ...asked, items: repeated, next: String(page.next), more: page.more });
}

async function decisions({ holdings, faults }: Deps, request: FastifyRequest, reply: FastifyReply) {
  const { items } = asObject(request.body);
  if (!Array.isArray(items) || items.length > MAX_PAGE) {
    return refuse(reply, 400, 'items', `应为数组，每次不超过${MAX_PAGE}条`);
  }
  const results = await receiveDecisions(holdings, items, faults.settings.rejectAll);
  return faults.answer(reply, { receivedAt: shanghaiIso(), results });
}

function decisionOf({ holdings, faults }: Deps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { number } = request.params as { number: string };
  const decision = holdings.decisions.get(number);
  return decision ? faults.answer(reply, decision) : refuse(reply, 404, 'unknown', '没有收到这个申请的审核结果');
}

async function receive({ holdings, faults, today }: Deps, upload: Upload, reply: FastifyReply) {
  const answer = await receiveBatch(holdings, upload, { today: today(), rejectAll: faults.settings.rejectAll });
  if (answer.status !== 200) return refuse(reply, answer.status, answer.code, answer.message);
  return faults.answer(reply, { ...publicReceipt(answer.receipt), repeated: answer.repeated });
}

async function receiptOf({ holdings, faults }: Deps, kind: BatchKind, request: FastifyRequest, reply: FastifyReply) {
  const { batch } = request.params as { batch: string };
  const kept = holdings.batches.get(batchKey(kind, batch));
  if (!kept) return refuse(reply, 404, 'unknown', '没有收到这个批次');
  await holdings.settled();
  return faults.answer(reply, publicReceipt(kept));
}

function publicReceipt(batch: Batch): Omit<Batch, 'kind'> {
  const { kind: _kind, ...receipt } = batch;
  return receipt;
}

function listHeld({ holdings, faults }: Deps, kind: BatchKind, request: FastifyRequest, reply: FastifyReply) {
  const query = request.query as Query;
  const date = query.date === undefined ? undefined : compactDate(query.date);
  if (!DIVISION.test(query.division ?? '')) return refuse(reply, 400, 'division', '应填2、4或6位行政区划代码');
  if (query.date !== undefined && !date) return refuse(reply, 400, 'date', '日期应为 YYYYMMDD');
  if (query.limit !== undefined) return pageOfHeld({ holdings, faults }, kind, query, date, reply);
  const prefix = divisionPrefix(query.division ?? '');
  const items = [];
  for (const held of holdings[kind].values()) {
    if (!held.AAB301.startsWith(prefix) || (date && held.date !== date)) continue;
    items.push(publicHeld(held));
  }
  return faults.answer(reply, { count: items.length, items });
}

/** A day of a county in pages by serial number, for lists too long for one answer. */
function pageOfHeld(
  { holdings, faults }: Pick<Deps, 'holdings' | 'faults'>,
  kind: BatchKind,
  query: Query,
  date: string | undefined,
  reply: FastifyReply,
): FastifyReply {
  const limit = Number(query.limit);
  if (kind !== 'exits') return refuse(reply, 400, 'limit', '只有退出可以分页查询');
  if (!/^\d{6}$/.test(query.division ?? '') || !date) {
    return refuse(reply, 400, 'division', '分页查询应填6位行政区划代码和日期');
  }
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > MAX_LISTED) {
    return refuse(reply, 400, 'limit', `每页1到${MAX_LISTED}条`);
  }
  const { items, count, more } = holdings.exitDays.page(query.division ?? '', date, query.after ?? '', limit);
  return faults.answer(reply, { count, items: items.map(publicHeld), next: items.at(-1)?.AAZ341 ?? '', more });
}

/** An item of the query interface: everything but the content. */
function publicHeld({ AAB301, AAZ341, date, digest, batch, receivedAt }: Held) {
  return { AAB301, AAZ341, date, digest, batch, receivedAt };
}

/** County by county and day by day what is held, without items: equal digests need no look at the items. */
async function digests({ holdings, faults }: Deps, request: FastifyRequest, reply: FastifyReply) {
  const query = request.query as Query;
  const from = compactDate(query.from);
  const to = compactDate(query.to);
  if (!DIVISION.test(query.division ?? '')) return refuse(reply, 400, 'division', '应填2、4或6位行政区划代码');
  if (!from || !to || from > to) return refuse(reply, 400, 'period', '起止日期应为 YYYYMMDD，且起不晚于止');
  await holdings.settled();
  return faults.answer(reply, { days: holdings.exitDays.digests(divisionPrefix(query.division ?? ''), from, to) });
}

function recordOf({ holdings, faults }: Deps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { AAB301, AAZ341 } = request.params as { AAB301: string; AAZ341: string };
  const held = holdings.exits.get(recordKey(AAB301, AAZ341));
  return held ? faults.answer(reply, publicHeld(held)) : refuse(reply, 404, 'unknown', '没有接收这条退出');
}

function statistics({ holdings, faults }: Deps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const query = request.query as Query;
  const from = compactDate(query.from);
  const to = compactDate(query.to);
  if (!DIVISION.test(query.division ?? '')) return refuse(reply, 400, 'division', '应填2、4或6位行政区划代码');
  if (!from || !to || from > to) return refuse(reply, 400, 'period', '起止日期应为 YYYYMMDD，且起不晚于止');
  const division = query.division ?? '';
  return faults.answer(reply, { division, from, to, ...uploadStatistics(holdings, { division, from, to }) });
}
