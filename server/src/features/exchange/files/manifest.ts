import { z } from 'zod';
import { sm3 } from '../../../platform/crypto.ts';
import type { TextEncoding } from '../../../platform/text-encoding.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);
const encodingNames = { 'utf-8': 'UTF-8', gb18030: 'GB18030' } as const;

const common = {
  version: z.literal('1'),
  file: z.string().min(1).max(100),
  kind: z.string(),
  batch: z.string().min(1).max(100),
  division: z.string().regex(/^\d{6}$/),
  date: z.string().regex(/^\d{8}$/),
  count: whole,
  encoding: z.enum(['UTF-8', 'GB18030']).transform((name): TextEncoding => (name === 'UTF-8' ? 'utf-8' : 'gb18030')),
  bytes: whole,
  sm3: hex,
};
const manifest = z.object({
  ...common,
  /** only in receipts: number, time, outcome, and the digest of the file that the receipt is for */
  receipt: z.string().min(1).max(100).optional(),
  receivedAt: z.iso.datetime({ offset: true }).optional(),
  result: z.enum(['received', 'refused']).optional(),
  of: hex.optional(),
  /** only from civil affairs: whether everybody who draws the allowance is named */
  recipients: z.enum(['complete', 'none']).optional(),
});
/** What the digest file beside a file says. */
export type Manifest = z.infer<typeof manifest>;

/** The digest file of some bytes: `name=value` lines in ASCII with CRLF, the last one the digest of those before it. */
export function writeManifest(facts: {
  readonly file: string;
  readonly kind: string;
  readonly batch: string;
  readonly division: string;
  readonly date: string;
  readonly count: number;
  readonly encoding: TextEncoding;
  readonly content: Uint8Array;
}): Buffer {
  const { content, encoding, count, date, ...rest } = facts;
  const { file, kind, batch, division } = rest;
  const values = {
    version: 1,
    file,
    kind,
    batch,
    division,
    date: date.replaceAll('-', ''),
    count,
    encoding: encodingNames[encoding],
    bytes: content.length,
    sm3: sm3(content).toString('hex'),
  };
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\r\n`);
  const body = lines.join('');
  return Buffer.from(`${body}end=${sm3(body).toString('hex')}\r\n`, 'ascii');
}

/** A digest file that was cut off or changed on the way. */
export class ManifestFault extends Error {
  /** It has no last line: the rest of it may still be coming. */
  readonly unfinished: boolean;
  constructor(message: string, unfinished = false) {
    super(message);
    this.unfinished = unfinished;
  }
}

/** Reads a digest file. Lines may end with CRLF or LF; unknown names are for later versions. @throws ManifestFault */
export function readManifest(bytes: Buffer): Manifest {
  const text = bytes.toString('latin1').replaceAll('\r\n', '\n');
  const end = /(?:^|\n)end=([0-9a-f]{64})\n?$/.exec(text);
  if (!end) throw new ManifestFault('摘要文件不完整，没有最后一行', true);
  const body = text.slice(0, end.index + (end[0].startsWith('\n') ? 1 : 0));
  const written = sm3(body.replaceAll('\n', '\r\n')).toString('hex');
  if (end[1] !== written && end[1] !== sm3(body).toString('hex'))
    throw new ManifestFault('摘要文件已损坏，与其校验行不符');
  const values: Record<string, string> = {};
  for (const line of body.split('\n').filter(Boolean)) {
    const at = line.indexOf('=');
    const name = line.slice(0, at);
    if (at < 1 || name in values) throw new ManifestFault('摘要文件有不能识别的行');
    values[name] = line.slice(at + 1);
  }
  const read = manifest.safeParse(values);
  if (!read.success) {
    const names = [...new Set(read.error.issues.map(({ path }) => path.join('.')))].join('、');
    throw new ManifestFault(`摘要文件的内容不对：${names}`);
  }
  return read.data;
}
