import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Faults } from '../common/faults.ts';
import { asObject, requireKey } from '../common/server.ts';
import { compactDate, shanghaiIso } from '../common/time.ts';
import { pageOfApplications } from './applications.ts';
import { readUpload, receiveBatch, type Upload } from './batches.ts';
import { divisionPrefix } from './code-tables.ts';
import { receiveDecisions } from './decisions.ts';
import { readExitFile } from './exit-file.ts';
import { type Batch, type BatchKind, batchKey, type Holdings } from './holdings.ts';
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
      const upload = readExitFile(request.body, request.headers);
      return 'code' in upload ? refuse(reply, 422, upload.code, upload.message) : receive(deps, upload, reply);
    });
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
  const repeated = page.items.flatMap((item) => (faults.happens(faults.settings.repeatRate) ? [item, item] : [item]));
  return faults.answer(reply, { items: repeated, next: String(page.next), more: page.more });
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
  const prefix = divisionPrefix(query.division ?? '');
  const items = [];
  for (const held of holdings[kind].values()) {
    if (!held.AAB301.startsWith(prefix) || (date && held.date !== date)) continue;
    const { AAB301, AAZ341, digest, batch, receivedAt } = held;
    items.push({ AAB301, AAZ341, date: held.date, digest, batch, receivedAt });
  }
  return faults.answer(reply, { count: items.length, items });
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
