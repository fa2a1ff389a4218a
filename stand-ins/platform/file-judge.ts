import { parse } from 'csv-parse/sync';
import { asObject } from '../common/server.ts';
import { shanghaiIso } from '../common/time.ts';
import { receiveBatch } from './batches.ts';
import { receiveDecisions } from './decisions.ts';
import { digestOf } from './digest-file.ts';
import type { BatchKind, Holdings } from './holdings.ts';
import type { Answered } from './receipt-file.ts';
import { readRecordFile } from './record-file.ts';

export interface Judge {
  holdings: Holdings;
  today: () => string;
  /** returns every item, as the fault panel says */
  rejectAll: () => boolean;
}

type Said = Record<string, string>;
type Verdict = Pick<Answered, 'refused' | 'decisions'>;

/** Receives one fetched file: what became of it, or why nothing of it was kept. */
export async function judgeFile(stem: string, said: Said | undefined, bytes: Buffer, judge: Judge): Promise<Answered> {
  const [prefix, division = '', date = '', number = ''] = stem.split('_');
  const kind = prefix === 'SYDJSH' ? 'decisions' : prefix === 'SYDJLS' ? 'registrations' : 'exits';
  const batch = said?.batch ?? `${kind === 'registrations' ? 'DJ-' : ''}${division}-${date}-${number}`;
  const encoding = said?.encoding === 'GB18030' ? 'GB18030' : 'UTF-8';
  const answered = {
    stem,
    kind,
    batch,
    division,
    date,
    encoding,
    of: digestOf(bytes),
    receivedAt: shanghaiIso(),
  } as const;
  return { ...answered, ...(await verdict(answered, said, bytes, judge)) };
}

async function verdict(answered: Answered, said: Said | undefined, bytes: Buffer, judge: Judge): Promise<Verdict> {
  if (!said || said.sm3 !== answered.of || said.bytes !== String(bytes.length)) {
    return refused('digest', '文件与摘要不符，可能在途中损坏');
  }
  if (said.file !== `${answered.stem}.csv` || said.kind !== answered.kind) {
    return refused('name', '摘要文件说的是另一个文件');
  }
  if (said.encoding !== 'UTF-8' && said.encoding !== 'GB18030') {
    return refused('encoding', '文件编码应为 UTF-8 或 GB18030，不收 GBK');
  }
  const { kind } = answered;
  return kind === 'decisions' ? decisions(answered, said, bytes, judge) : records(kind, answered, said, bytes, judge);
}

const refused = (code: string, message: string): Verdict => ({ refused: { code, message } });

async function records(
  kind: BatchKind,
  { batch, of, encoding }: Answered,
  said: Said,
  bytes: Buffer,
  judge: Judge,
): Promise<Verdict> {
  const upload = readRecordFile(kind, bytes, {
    'idempotency-key': batch,
    'x-digest': of,
    'x-division': said.division,
    'x-date': said.date,
    'content-type': `text/csv; charset=${encoding}`,
  });
  if ('code' in upload) return refused(upload.code, upload.message);
  if (said.count !== String(upload.count)) return refused('count', '记录数与摘要文件不符');
  const answer = await receiveBatch(judge.holdings, upload, { today: judge.today(), rejectAll: judge.rejectAll() });
  return answer.status === 200 ? {} : refused(answer.code, answer.message);
}

async function decisions({ encoding }: Answered, said: Said, bytes: Buffer, judge: Judge): Promise<Verdict> {
  let rows: unknown[];
  try {
    rows = parse(new TextDecoder(encoding, { fatal: true }).decode(bytes), { columns: true, bom: true });
  } catch {
    return refused('file', '不是所称编码的 CSV 文件');
  }
  if (said.count !== String(rows.length)) return refused('count', '记录数与摘要文件不符');
  // An empty field of a file is one that is not given.
  const items = rows.map((row) =>
    Object.fromEntries(Object.entries(asObject(row)).filter(([, value]) => value !== '')),
  );
  const results = await receiveDecisions(judge.holdings, items, judge.rejectAll());
  return { decisions: results.map(({ result, faults }) => ({ result, faults })) };
}
