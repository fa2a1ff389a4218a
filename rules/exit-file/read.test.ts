import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { type ExitRecord, exitFields } from '../exit-record/index.ts';
import {
  createExitFileChecker,
  createRepairedCopy,
  ExitFileError,
  type ExitFileHeader,
  type ExitFileReceiver,
  exitFileChecks,
  readExitFile,
  type TextEncoding,
} from './index.ts';

const number = '410811197503124525';
const codes = exitFields.map(({ field }) => field);
const good = ['410802', '1', '王试验', number, '01', number, '20200831', '11', '李办事', '20200831', ''];
const row = (change: ExitRecord = {}) => codes.map((code, at) => change[code] ?? good[at]!);
const csv = (rows: readonly (readonly string[])[]) => rows.map((cells) => `${cells.join(',')}\n`).join('');

async function* inBlocks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Everything a reading gives, with the number of attempts. */
async function readAll(content: string | Uint8Array, options: { size?: number; encoding?: TextEncoding } = {}) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const attempts: TextEncoding[] = [];
  let header: ExitFileHeader | undefined;
  let records: (ExitRecord | undefined)[] = [];
  const receive = (encoding: TextEncoding): ExitFileReceiver => {
    attempts.push(encoding);
    records = [];
    return {
      header(found) {
        header = found;
      },
      row: ({ record }) => void records.push(record),
    };
  };
  const summary = await readExitFile(() => inBlocks(bytes, options.size ?? 1 << 16), receive, options.encoding);
  return { ...summary, header: header!, records, attempts };
}

describe('an exit file', () => {
  it('is read the same in blocks of any size', async () => {
    const text = csv([codes, row({ AAC003: '𠮷䶮' }), row({ AAZ341: '"2"' }), ['x']]);
    for (const encoding of ['utf-8', 'gb18030'] as const) {
      const bytes = iconv.encode(text, encoding);
      const whole = await readAll(bytes, { encoding });
      for (const size of [1, 2, 3, 7, 100]) expect(await readAll(bytes, { size, encoding })).toEqual(whole);
      expect(whole.records.map((record) => record?.AAC003)).toEqual(['𠮷䶮', '王试验', undefined]);
    }
  });

  it('is UTF-8 when every byte fits, else GB18030, even when only the last row tells', async () => {
    const rows = Array.from({ length: 3000 }, (_, n) => row({ AAZ341: String(n), AAC003: 'Anna', AAE011: 'Bob' }));
    rows.push(row({ AAC003: '𠮷' }));
    const late = await readAll(iconv.encode(csv([codes, ...rows]), 'gb18030'));
    expect(late).toMatchObject({ encoding: 'gb18030', rows: 3001, attempts: ['utf-8', 'gb18030'] });
    expect(late.records.at(-1)?.AAC003).toBe('𠮷');
    expect((await readAll(csv([codes, ...rows]))).attempts).toEqual(['utf-8']);
    // The mark settles it: no second attempt.
    const marked = Buffer.concat([Buffer.from(`\ufeff${csv([codes, row()])}`), Buffer.from([0xff])]);
    await expect(readAll(marked)).rejects.toThrow('UTF-8');
    await expect(readAll(Buffer.from([...Buffer.from(csv([codes])), 0xff]))).rejects.toThrow(
      '既不是UTF-8也不是GB18030',
    );
  });

  it('may name its columns by code, by name, by both, or not at all', async () => {
    const names = exitFields.map(({ name }) => name);
    const both = exitFields.map(({ field, name }) => `${name}（${field}）`);
    for (const [head, kind] of [
      [codes, 'codes'],
      [both, 'codes'],
      [names, 'names'],
      [names.map((name) => `★${name}：`), 'names'],
    ] as const) {
      const read = await readAll(csv([head, row({ AAZ341: '7' })]));
      expect(read.header.kind).toBe(kind);
      expect(read.records[0]?.AAZ341).toBe('7');
    }
    const bare = await readAll(csv([row({ AAZ341: '7' }).slice(0, 10), row({ AAZ341: '8' }).slice(0, 10)]));
    expect(bare).toMatchObject({ rows: 2, header: { kind: 'none', ignored: [] } });
    expect(bare.records.map((record) => record?.AAZ341)).toEqual(['7', '8']);
    const tabs = await readAll(csv([[...codes].reverse(), row().reverse()]).replaceAll(',', '\t'));
    expect(tabs.header.delimiter).toBe('\t');
    expect(tabs.records[0]).toMatchObject({ AAB301: '410802', AAE036: '20200831' });
  });

  it('is refused with the reason', async () => {
    const cases: [string, string, RegExp][] = [
      ['', 'empty', /空/],
      ['\n\n', 'empty', /空/],
      ['AAB301\n410802\n', 'one-column', /一列/],
      ['a|b\n', 'one-column', /“\|”/],
      ['name,number\n王,1\n', 'header', /AAB301/],
      [csv([[...codes, 'AAC003'], row()]), 'header', /AAC003 出现了两次/],
      [`${csv([codes, row()])}"`, 'quotes', /第2行起/],
      ['%PDF-1.4', 'format', /PDF/],
    ];
    for (const [content, problem, words] of cases) {
      const error = await readAll(content).catch((thrown: unknown) => thrown);
      expect(error, content).toBeInstanceOf(ExitFileError);
      expect(error).toMatchObject({ problem, message: expect.stringMatching(words) });
    }
  });
});

describe('the checks of a file', () => {
  it('count rows and findings, and what can be repaired without a finding too', async () => {
    const checker = createExitFileChecker({
      today: '2020-08-31',
      divisions: new Set(['410802']),
      statisticsOnly: new Set(),
    });
    const rows = [
      row(),
      row({ AAZ341: '2', AAE013: '备注 ' }),
      row({ AAC003: '王大明' }),
      row({ AAZ341: '3', AAB301: '410899' }),
      ['x'],
    ];
    const found: string[][] = [];
    const receiver: ExitFileReceiver = {
      row: (one) => {
        const { faults, warnings } = checker.check(one);
        found.push([...faults, ...warnings].map(({ check }) => check));
      },
    };
    await readExitFile(
      () => inBlocks(new TextEncoder().encode(csv([codes, ...rows])), 1 << 16),
      () => receiver,
    );
    expect(found).toEqual([[], [], ['AAZ341-repeated'], ['AAB301-unknown'], ['ROW-columns']]);
    expect(checker.tally).toMatchObject({ faulty: 3, warned: 0, repairable: 1 });
    // Each has its words.
    const known = exitFileChecks.map(({ check }) => check);
    for (const check of found.flat()) expect(known).toContain(check);
    expect(new Set(known).size).toBe(known.length);
  });
});

describe('a repaired copy', () => {
  async function repair(content: string, as?: TextEncoding) {
    const copy: Uint8Array[] = [];
    const list: Uint8Array[] = [];
    const repaired = createRepairedCopy({ copy: (part) => copy.push(part), changes: (part) => list.push(part) }, as);
    await readExitFile(
      () => inBlocks(new TextEncoder().encode(content), 50),
      () => repaired,
      'utf-8',
    );
    const total = repaired.end();
    return { total, copy: Buffer.concat(copy).toString(), list: Buffer.concat(list).toString() };
  }

  it('keeps mark, line ends, quotes and columns of every row it does not repair', async () => {
    const plain = `\ufeff${codes.join(',')}\r\n"${row().join('","')}"\n${row({ AAZ341: '2' }).join(',')}`;
    expect(await repair(plain)).toMatchObject({ copy: plain, total: { rows: 0, changes: 0 } });
    const mixed = `${codes.join('\t')}\n${row({ AAC003: '王 ', AAE013: '"a\tb"' }).join('\t')}\r\n`;
    expect((await repair(mixed)).copy).toBe(mixed.replace('王 ', '王'));
  });

  it('lists its changes without a formula among them', async () => {
    const { list, total } = await repair(csv([codes, row({ AAC003: '=1+1\u200b', AAE013: '"@a, ""b"" "' })]));
    expect(total).toEqual({ rows: 1, changes: 2 });
    expect(list.split('\r\n').slice(1, 3)).toEqual([
      "1,AAC003,姓名,'=1+1\u200b,'=1+1,去掉首尾的空格",
      '1,AAE013,备注,"\'@a, ""b"" ","\'@a, ""b""",去掉首尾的空格',
    ]);
  });
});
