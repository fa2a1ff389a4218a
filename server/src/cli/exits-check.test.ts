import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitFields } from '@yingdeng/rules/exit-record/index.ts';
import { identityCheckDigit } from '@yingdeng/rules/identity-number.ts';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { commandEntries } from './commands.ts';
import { runCli } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingdeng-exits-'));
afterAll(() => rmSync(folder, { recursive: true }));

const man = `41080219900307123${identityCheckDigit('41080219900307123')}`;
const header = 'AAB301,AAZ341,AAC003,AAC002,AAC058,AAC044,ADC210,AJC00A,AAE011,AAE036,AAE013';
const line = (serial: string, name: string, rest = '') =>
  `410802,${serial},${name},${man},01,${man},20200831,11,李办事,20200831,${rest}`;

let files = 0;
function file(content: string | Buffer): string {
  const path = join(folder, `${++files}.csv`);
  writeFileSync(path, content);
  return path;
}

async function yingdeng(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(args, { out: (text) => void out.push(text), err: (text) => void err.push(text) });
  return { code, out: out.join('\n'), err: err.join('\n'), rows: () => out.map((text) => JSON.parse(text)) };
}
const check = (content: string | Buffer, ...options: string[]) =>
  yingdeng('exits', 'check', file(content), '--today', '2020-08-31', ...options);

describe('yingdeng exits check (M79X-3)', () => {
  it('prints one line a row, clean rows too, numbered from the first data row', async () => {
    const result = await check(`${header}\n${line('1', '王小明')}\n${line('2', '王 明')}\n`, '--json');
    expect(result.code).toBe(1);
    expect(result.rows()).toEqual([
      { row: 1, faults: [], warnings: [] },
      {
        row: 2,
        faults: [{ check: 'AAC003-space', field: 'AAC003', message: expect.stringContaining('空格') }],
        warnings: [],
      },
    ]);
  });

  it('takes columns in any order, unknown ones, AAC004, quotes, CRLF and a missing AAE013', async () => {
    const rows = [
      'aac004, AAE036 ,AAE011,AJC00A,ADC210,AAC044,AAC058,AAC002,AAC003,AAZ341,AAB301,X',
      `1,20200831,李办事,11,20200831,${man},01,${man},"王小明",1,410802,"a,""b""\nc"`,
      `2,20200831,李办事,11,20200831,${man},01,${man},王小明,2,410802,`,
    ];
    const result = await check(rows.join('\r\n'), '--json');
    expect(result.rows().map(({ faults }) => faults.map((fault: { check: string }) => fault.check))).toEqual([
      [],
      ['AAC002-sex'],
    ]);
    const told = await check(rows.join('\r\n'));
    expect(told.out).toContain('未使用的列：X');
  });

  it('reads UTF-8 with and without mark and GB18030, rare characters whole', async () => {
    const text = `${header}\n${line('1', '王䶮')}\n${line('2', '𠮷㛃')}\n${line('3', '买买提·艾力')}\n`;
    for (const content of [
      text,
      `\ufeff${text}`,
      iconv.encode(text, 'gb18030'),
      iconv.encode(`\ufeff${text}`, 'gb18030'),
    ]) {
      const result = await check(content, '--json');
      expect(result.rows()).toEqual([1, 2, 3].map((row) => ({ row, faults: [], warnings: [] })));
      expect(result.code).toBe(0);
    }
    const told = await check(iconv.encode(text, 'gb18030'));
    expect(told.out).toContain('共3行（GB18030，逗号分隔，表头为指标编码）');
    // A file that some tool wrote as GBK has lost the rare character to a question mark.
    const lost = await check(iconv.encode(text, 'gbk'), '--json');
    expect(lost.rows()[1].warnings.map((warning: { check: string }) => warning.check)).toContain(
      'AAC003-question-mark',
    );
  });

  it('decides the encoding by the whole file, not by its beginning', async () => {
    const ascii = Array.from({ length: 20_000 }, (_, i) => line(String(i), 'Anna'))
      .join('\n')
      .replaceAll('李办事', 'Bob');
    const text = `${header}\n${ascii}\n${line('x', '𠮷')}\n`;
    const result = await check(iconv.encode(text, 'gb18030'), '--json');
    expect(
      result
        .rows()
        .at(-1)
        .warnings.map((warning: { check: string }) => warning.check),
    ).toEqual(['AAC003-short']);
    expect(result.code).toBe(0);
  });

  it('M79X-2: a key again is harmless with the same content, a fault of the later row with other content', async () => {
    const rows = [
      line('1', '王小明'),
      line('1', '王小明'),
      line('1', '王大明'),
      line('2', '王大明'),
      line('1', '王小明'),
    ];
    const result = await check(`${header}\n${rows.join('\n')}\n`, '--json');
    expect(result.rows().map(({ faults }) => faults.map((fault: { check: string }) => fault.check))).toEqual([
      [],
      [],
      ['AAZ341-repeated'],
      [],
      [],
    ]);
  });

  it('tells a person the rows, the counts by check, and what can be repaired', async () => {
    const result = await check(`${header}\n${line('1', '王小明 ')}\n${line('2', '王\u3000')}\n${line('3', '王小明')}`);
    expect(result.code).toBe(1);
    expect(result.out).toContain('第1行：');
    expect(result.out).toContain('，有错误2行，只有提示0行');
    expect(result.out).toContain('AAC003-space 2处');
    expect(result.out).toContain('其中2行可以安全地自动更正');
    expect(result.out).not.toContain(man);
  });

  it('looks at the division table, and at today', async () => {
    const other = line('1', '王小明').replace('410802', '410899');
    expect((await check(`${header}\n${other}`)).out).toContain('AAB301-unknown');
    const early = await yingdeng('exits', 'check', file(`${header}\n${line('1', '王小明')}`), '--today', '2020-08-30');
    expect(early.out).toContain('ADC210-future');
  });

  it('marks a row of another width and goes on', async () => {
    const result = await check(`${header}\n${line('1', '王小明')},多\n\n410802,2\n${line('3', '王小明')}`, '--json');
    expect(result.rows().map(({ faults }) => faults.length)).toEqual([1, 1, 0]);
    expect(result.rows()[0].faults[0].check).toBe('ROW-columns');
  });

  it('marks a row with bad quotes and goes on; finds a header by names, a tab, no header', async () => {
    const quotes = await check(
      `${header}\n${line('1', '"王"小明')}\n${line('2', '王小"明')}\n${line('3', '王小明')}\n`,
      '--json',
    );
    expect(quotes.rows().map(({ faults }) => faults.map((fault: { check: string }) => fault.check))).toEqual([
      ['ROW-quotes'],
      ['ROW-quotes'],
      [],
    ]);
    const names = exitFields.map(({ field, name }) => `${name}（${field}）`).join('\t');
    const tabs = await check(`${names.replace(/（\w+）/g, '')}\n${line('1', '王小明').replaceAll(',', '\t')}\n`);
    expect(tabs.out).toContain('共1行（UTF-8，制表符分隔，表头为指标名称），有错误0行');
    const bare = await check(`${line('1', '王小明')}\n${line('2', '王 明')}\n`);
    expect(bare.out).toContain('共2行（UTF-8，逗号分隔，没有表头，按附件的顺序），有错误1行');
  });

  it('writes a copy with the safe repairs, in the same encoding, and never over a file', async () => {
    const text = `${header},备\n${line('1', '𠮷㛃　').replace(man, ` ${man}`)},"a,b"\n${line('2', '王 明')},\n410802\n`;
    const path = file(iconv.encode(text, 'gb18030'));
    const copy = join(folder, 'repaired.csv');
    const told = await yingdeng('exits', 'check', path, '--today', '2020-08-31', '--repair', copy);
    expect(told.err).toContain('更正2处，涉及1行');
    const expected = `${header},备\n${line('1', '𠮷㛃')},"a,b"\n${line('2', '王 明')},\n410802\n`;
    expect(iconv.decode(readFileSync(copy), 'gb18030')).toBe(expected);
    const unusable = join(folder, 'unusable.csv');
    expect((await check('AAB301\n', '--repair', unusable)).code).toBe(2);
    expect(existsSync(unusable)).toBe(false);
    const list = join(folder, 'changes.csv');
    const other = join(folder, 'other.csv');
    await yingdeng(
      'exits',
      'check',
      path,
      '--today',
      '2020-08-31',
      '--repair',
      other,
      '--changes',
      list,
      '--as',
      'utf-8',
    );
    expect(readFileSync(other, 'utf8')).toBe(expected);
    expect(readFileSync(list, 'utf8')).toBe(
      `\ufeff行,指标编码,指标,改前,改后,改了什么\r\n1,AAC003,姓名,"𠮷㛃　",𠮷㛃,去掉首尾的空格\r\n1,AAC002,社会保障号码," ${man}",${man},去掉首尾的空格\r\n`,
    );
    const broken = file(Buffer.concat([Buffer.from(`${header}\n${line('1', 'Anna ')}\n`), Buffer.from([0xff, 10])]));
    const half = join(folder, 'half.csv');
    expect((await yingdeng('exits', 'check', broken, '--encoding', 'utf-8', '--repair', half)).code).toBe(2);
    expect(existsSync(half)).toBe(false);
    expect((await yingdeng('exits', 'check', path, '--changes', half)).err).toContain('--repair');
    const again = await yingdeng('exits', 'check', path, '--repair', copy);
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('已经存在') });
  });

  it('ends with 2 and a clear word when the file cannot be used', async () => {
    const cases: [string | Buffer, string][] = [
      ['', '文件是空的'],
      [`${header.replace('AAC002,', '').replace('AAE036,', '')}\n`, 'AAC002（社会保障号码）、AAE036（经办日期）'],
      [`${header},AAC003\n`, 'AAC003 出现了两次'],
      [iconv.encode(`${header}\n`, 'utf-16'), '编码'],
      [Buffer.from([...Buffer.from(header), 10, 0xff, 0xff]), '编码'],
      [`${header}\n${line('1', '王小明')}\n${line('2', '"王小明')}\n`, '第2行起：有一个引号没有配对'],
      [Buffer.from('PK\x03\x04....[Content_Types].xml'), 'xlsx'],
      [`${header.replaceAll(',', ';')}\n`, '“;”'],
    ];
    for (const [content, words] of cases) {
      const result = await check(content);
      expect(result.err, words).toContain(words);
      expect(result.code).toBe(2);
    }
    expect(await yingdeng('exits', 'check', join(folder, 'none.csv'))).toMatchObject({ code: 2 });
    expect((await yingdeng('exits', 'check', folder)).err).toContain('目录');
    expect((await yingdeng('exits', 'check')).code).toBe(2);
    expect((await check(header, '--today', '2020-02-30')).err).toContain('--today');
    expect((await check(header, '--encoding', 'gbk')).err).toContain('--encoding');
    expect((await check(header, '--fast')).err).toContain('--json');
    expect((await check(`${header}\n`)).code).toBe(0);
  });
});

describe('yingdeng', () => {
  it('helps, overall and with each command', async () => {
    const help = await yingdeng('--help');
    expect(help.code).toBe(0);
    for (const { name, summary } of commandEntries) {
      expect(help.out).toContain(`${name} `);
      expect(help.out).toContain(summary);
    }
    expect((await yingdeng('exits', 'check', '--help')).out).toContain('用法：yingdeng exits check');
    expect((await yingdeng('id', 'check', '--help')).out).toContain('退出码');
    expect((await yingdeng()).code).toBe(2);
    expect((await yingdeng('exits')).err).toContain('没有这个命令');
  });

  it('checks an identity number', async () => {
    const good = await yingdeng('id', 'check', man, '--json');
    expect(good.code).toBe(0);
    expect(JSON.parse(good.out)).toMatchObject({ kind: 'resident18', sex: '1', birthDate: '1990-03-07', faults: [] });
    const small = await yingdeng('id', 'check', '12345678');
    expect(small.code).toBe(1);
    expect(small.out).toContain('AAC002-length');
    expect((await yingdeng('id', 'check')).code).toBe(2);
  });

  it('starts as a program, writes what was asked, and ends with the code', () => {
    const bin = fileURLToPath(new URL('../../bin/yingdeng.js', import.meta.url));
    const run = spawnSync(process.execPath, [bin, 'exits', 'check', file(`${header}\n${line('1', '')}`), '--json']);
    expect(run.status).toBe(1);
    expect(JSON.parse(run.stdout.toString())).toMatchObject({ row: 1, faults: [{ check: 'AAC003-required' }] });
  });
});
