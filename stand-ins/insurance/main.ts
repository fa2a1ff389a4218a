import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openJournal } from '../common/journal.ts';
import { asObject, createServer, listen, type StandIn, sameOrigin, sendPage, textOf } from '../common/server.ts';
import { shanghaiIso } from '../common/time.ts';
import { type RecentLookup, sourcesPage } from './page.ts';
import { invented, SITUATIONS, SOURCES, type SourceRecord } from './sources.ts';

interface InsuranceOptions {
  /** 0 takes a free port */
  port: number;
  /** folder of the kept store (`insurance.jsonl`) */
  dataDir: string;
  /** identity numbers about whom only unremarkable things are said, so that a demonstration runs straight */
  unremarkable?: () => string[];
  home?: string;
}

interface SetRecords {
  idNumber: string;
  source: string;
  /** null: back to the invented answer; []: nothing found */
  records: SourceRecord[] | null;
}

/** Starts the stand-in of social insurance and the other sources looked up at application. */
export async function startInsurance(options: InsuranceOptions): Promise<StandIn> {
  const set = new Map<string, SourceRecord[]>();
  const apply = ({ idNumber, source, records }: SetRecords): void => {
    if (records === null) set.delete(`${source}:${idNumber}`);
    else set.set(`${source}:${idNumber}`, records);
  };
  const journal = await openJournal<SetRecords>(join(options.dataDir, 'insurance.jsonl'), apply);
  const recent: RecentLookup[] = [];
  let slowMs = 0;
  let silentSources: string[] = [];
  const server = createServer();
  server.addHook('onClose', () => journal.close());

  server.post('/v1/lookup', async (request, reply) => {
    const body = asObject(request.body);
    const source = textOf(body, 'source');
    const idNumber = textOf(body, 'idNumber');
    if (!Object.hasOwn(SOURCES, source))
      return reply.code(422).send({ error: { code: 'source', message: '没有这个数据源' } });
    if (idNumber === '') return reply.code(422).send({ error: { code: 'idNumber', message: '缺少身份证件号码' } });
    if (silentSources.includes(source)) {
      // Never answers: the caller's own time limit decides.
      reply.hijack();
      return reply;
    }
    if (slowMs > 0) await sleep(slowMs);
    const plain = options.unremarkable?.().includes(idNumber) ?? false;
    const records = set.get(`${source}:${idNumber}`) ?? invented(source, idNumber, textOf(body, 'name'), plain);
    recent.unshift({ source, idNumber, found: records.length, at: shanghaiIso() });
    recent.length = Math.min(recent.length, 50);
    return { found: records.length > 0, asOf: shanghaiIso(), records };
  });

  server.post('/control/records', async (request, reply) => {
    if (!sameOrigin(request)) return reply.code(403).send({ error: { code: 'origin', message: '只接受本机提交' } });
    const body = asObject(request.body);
    const entry: SetRecords = {
      idNumber: textOf(body, 'idNumber'),
      source: textOf(body, 'source'),
      records: readRecords(body),
    };
    if (entry.idNumber === '' || !Object.hasOwn(SOURCES, entry.source)) {
      return reply.code(422).send({ error: { code: 'record', message: '应填 idNumber 和已有的 source' } });
    }
    apply(entry);
    await journal.append(entry);
    return entry;
  });
  server.get('/control/faults', async () => ({ slowMs, silentSources }));
  server.post('/control/faults', async (request, reply) => {
    if (!sameOrigin(request)) return reply.code(403).send({ error: { code: 'origin', message: '只接受本机提交' } });
    const body = asObject(request.body);
    if (typeof body.slowMs === 'number' && body.slowMs >= 0) slowMs = body.slowMs;
    if (Array.isArray(body.silentSources)) silentSources = body.silentSources.map(String);
    return { slowMs, silentSources };
  });

  server.get('/', async (_request, reply) =>
    sendPage(reply, sourcesPage({ recent, slowMs, silentSources, home: options.home })),
  );
  server.post('/situation', async (request, reply) => {
    if (!sameOrigin(request)) return reply.code(403).send({ error: { code: 'origin', message: '只接受本机提交' } });
    const body = asObject(request.body);
    const idNumber = textOf(body, 'idNumber').normalize('NFKC').trim().toUpperCase();
    const situation = SITUATIONS[textOf(body, 'situation')];
    if (idNumber !== '' && situation) {
      for (const [source, records] of Object.entries(situation.answers)) {
        apply({ idNumber, source, records });
        await journal.append({ idNumber, source, records });
      }
    }
    return reply.redirect('/', 303);
  });
  return listen(server, options.port);
}

/** `record`: one, several in an array, or null; `records` is accepted as well. */
function readRecords(body: Record<string, unknown>): SourceRecord[] | null {
  const given = body.records ?? body.record ?? null;
  if (given === null) return null;
  return Array.isArray(given) ? given.map(asObject) : [asObject(given)];
}
