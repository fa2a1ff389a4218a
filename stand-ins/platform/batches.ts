import { createHash } from 'node:crypto';
import { asObject, textOf } from '../common/server.ts';
import { isCompactDate, shanghaiIso } from '../common/time.ts';
import { EXIT_FIELDS, type Fault, judgeExit, type RecordContext } from './exit-record.ts';
import { type Batch, type BatchKind, batchKey, type Holdings, type ItemResult, recordKey } from './holdings.ts';
import { judgeRegistration, REGISTRATION_FIELDS } from './registration-record.ts';

/** The answer to an upload: the receipt, or a refusal of the whole batch with its HTTP status. */
type BatchAnswer =
  | { status: 200; receipt: Batch; repeated: boolean }
  | { status: 400 | 409 | 422; code: string; message: string };

export interface Upload {
  kind: BatchKind;
  batch: string;
  date: string;
  division: string;
  count: unknown;
  digest: string;
  content: string;
}

const KINDS = {
  exits: { fields: EXIT_FIELDS, judge: judgeExit, prefix: 'TC' },
  registrations: { fields: REGISTRATION_FIELDS, judge: judgeRegistration, prefix: 'DJ' },
} as const;

/** SM3 of a text's UTF-8 bytes, in lower-case hex. */
export function sm3(text: string): string {
  return createHash('sm3').update(text, 'utf8').digest('hex');
}

/** Reads the JSON body of an upload. The batch id must be the idempotency key as well. */
export function readUpload(
  kind: BatchKind,
  body: unknown,
  idempotencyKey: string | undefined,
): Upload | { code: string; message: string } {
  const object = asObject(body);
  const batch = textOf(object, 'batch');
  if (batch === '' || batch.length > 100) return { code: 'batch', message: '缺少批次号' };
  if (idempotencyKey !== batch) return { code: 'idempotency-key', message: '请求头 idempotency-key 应与批次号一致' };
  if (typeof object.content !== 'string') return { code: 'content', message: '缺少上报内容' };
  return {
    kind,
    batch,
    date: textOf(object, 'date'),
    division: textOf(object, 'division'),
    count: object.count,
    digest: textOf(object, 'digest').toLowerCase(),
    content: object.content,
  };
}

/**
 * Receives a batch. The same key with the same digest gives the same receipt again; another digest 409.
 * Each item stands alone: one that is returned stops no other. Clauses M79-8a, M79X-1 to M79X-4.
 */
export async function receiveBatch(
  holdings: Holdings,
  upload: Upload,
  options: { today: string; rejectAll: boolean },
): Promise<BatchAnswer> {
  const key = batchKey(upload.kind, upload.batch);
  const earlier = holdings.batches.get(key);
  if (earlier && earlier.digest === upload.digest && sm3(upload.content) === upload.digest) {
    await holdings.settled();
    return { status: 200, receipt: earlier, repeated: true };
  }
  if (sm3(upload.content) !== upload.digest) {
    return { status: 422, code: 'digest', message: '内容与 SM3 摘要不符' };
  }
  if (earlier) return { status: 409, code: 'batch-content', message: '同一批次号已上报过不同的内容' };
  const items = readItems(upload);
  const wrong = items ? wrongEnvelope(upload, items.length, options.today) : '上报内容不是 JSON 数组';
  if (!items || wrong) return { status: 422, code: 'envelope', message: wrong ?? '' };

  const context: RecordContext = {
    today: options.today,
    division: upload.division,
    sexOf: (number) => holdings.sexes.get(number),
  };
  const { results, held } = judgeItems(holdings, upload.kind, items, context, options.rejectAll);
  const receivedAt = shanghaiIso();
  const { kind, batch, date, division, digest } = upload;
  const receipt: Batch = {
    kind,
    batch,
    receipt: `${KINDS[kind].prefix}${receivedAt.slice(0, 10).replaceAll('-', '')}${sm3(`${key}:${digest}`).slice(0, 16).toUpperCase()}`,
    receivedAt,
    date,
    division,
    count: items.length,
    digest,
    results,
  };
  await holdings.addBatch(receipt, held);
  return { status: 200, receipt, repeated: false };
}

function readItems(upload: Upload): unknown[] | undefined {
  try {
    const items: unknown = JSON.parse(upload.content);
    return Array.isArray(items) ? items : undefined;
  } catch {
    return undefined;
  }
}

function wrongEnvelope(upload: Upload, length: number, today: string): string | undefined {
  if (!isCompactDate(upload.date)) return '上报日期应为格式 YYYYMMDD 的有效日期';
  if (upload.date > today) return '上报日期应早于或等于系统当前日期';
  if (!/^\d{2}(\d{2}){0,2}$/.test(upload.division)) return '上报地区应为2、4或6位行政区划代码';
  if (upload.count !== length) return `记录数 ${String(upload.count)} 与内容中的 ${length} 条不符`;
  return undefined;
}

function judgeItems(
  holdings: Holdings,
  kind: BatchKind,
  items: unknown[],
  context: RecordContext,
  rejectAll: boolean,
): { results: ItemResult[]; held: { digest: string; record: Record<string, string> }[] } {
  const into = kind === 'exits' ? holdings.exits : holdings.registrations;
  const { fields, judge } = KINDS[kind];
  const inBatch = new Map<string, string>();
  const results: ItemResult[] = [];
  const held: { digest: string; record: Record<string, string> }[] = [];
  for (const item of items) {
    const AAB301 = textOf(asObject(item), 'AAB301');
    const AAZ341 = textOf(asObject(item), 'AAZ341');
    const faults: Fault[] = rejectAll
      ? [{ field: '', rule: 'control-reject-all', message: '平台退回全部记录（演示故障）' }]
      : judge(item, context);
    if (faults.length > 0) {
      results.push({ AAB301, AAZ341, result: 'returned', faults });
      continue;
    }
    const record = canonical(asObject(item), fields);
    const digest = sm3(JSON.stringify(record));
    const key = recordKey(AAB301, AAZ341);
    const before = into.get(key)?.digest ?? inBatch.get(key);
    if (before === undefined) {
      inBatch.set(key, digest);
      held.push({ digest, record });
      results.push({ AAB301, AAZ341, result: 'accepted', faults: [] });
    } else if (before === digest) {
      results.push({ AAB301, AAZ341, result: 'accepted', duplicate: true, faults: [] });
    } else {
      results.push({
        AAB301,
        AAZ341,
        result: 'returned',
        faults: [{ field: 'AAZ341', rule: 'AAZ341-repeated', message: '系统流水号重复：已有内容不同的记录' }],
      });
    }
  }
  return { results, held };
}

/** The record's fields in the annex's order; a missing remark and an empty one are the same. */
function canonical(item: Record<string, unknown>, fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field, textOf(item, field)]));
}
