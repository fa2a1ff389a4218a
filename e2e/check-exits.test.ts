import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { codes, exitFiles, goodRow } from './lib/exit-files.ts';
import { dist, type PortalPages, servePortal } from './lib/portal-pages.ts';
import { look, tabTo } from './pages/look.ts';
import { answerFrom, visitor } from './portal-answers.ts';

const program = fileURLToPath(new URL('../server/bin/yingdeng.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'yingdeng-check-'));
let portal: PortalPages;
let browser: Browser;

beforeAll(async () => {
  portal = await servePortal();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  portal?.close();
  rmSync(folder, { recursive: true });
});

async function open(width = 1440, prepare = '', large = false): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  if (large) await context.addInitScript("localStorage.setItem('yingdeng.largeType', '1')");
  if (prepare) await context.addInitScript(prepare);
  const page = await context.newPage();
  await answerFrom(page, visitor);
  await page.goto(`${portal.url}/check-exits`);
  await page.getByRole('heading', { name: '核对退出数据文件', level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  return { context, page };
}

const choose = (page: Page, name: string, content: string | Buffer) =>
  page.getByLabel('选择要核对的文件').setInputFiles({ name, mimeType: '', buffer: Buffer.from(content) });

/** Runs the command on a file as a vendor would. */
function command(bytes: Buffer, ...options: string[]) {
  const file = join(folder, 'in.csv');
  writeFileSync(file, bytes);
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'exits', 'check', file, ...options], {
    encoding: 'utf8',
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  return { status, stdout, stderr: stderr.replace(`${file}：`, '').trim() };
}

interface Finding {
  row: number;
  check: string;
}

/** What the command finds, row by row, and the files it writes. */
function byCommand(bytes: Buffer) {
  const copy = join(folder, 'copy.csv');
  const list = join(folder, 'list.csv');
  for (const file of [copy, list]) rmSync(file, { force: true });
  const { status, stdout, stderr } = command(bytes, '--json', '--repair', copy, '--changes', list);
  if (status === 2) return { failed: stderr };
  const rows = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const findings = rows.flatMap(({ row, faults, warnings }) =>
    [...faults, ...warnings].map(({ check }: Finding): Finding => ({ row, check })),
  );
  return { rows: rows.length, findings, copy: readFileSync(copy).toString('hex'), list: readFileSync(list, 'utf8') };
}

/** The same of the page's own worker, in the browser. A text: these tests are compiled without the browser's names. */
const byWorker = (script: string, hex: string) => `(async () => {
  const bytes = Uint8Array.from(${JSON.stringify(hex)}.match(/../g) || [], (pair) => parseInt(pair, 16));
  const file = new File([bytes], 'in.csv');
  window.checker = window.checker || new Worker(${JSON.stringify(script)});
  const ask = (order) => new Promise((done) => {
    window.checker.onmessage = ({ data }) => { if (data.kind !== 'progress') done(data); };
    window.checker.postMessage(order);
  });
  const today = new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10);
  const first = await ask({ kind: 'check', file, today });
  if (first.kind === 'failed') return { failed: first.message };
  const { rows, header, checks, finds } = first.checked;
  const findings = Array.from(finds.rows, (row, at) => ({ row, check: checks[finds.checks[at]].check }));
  const { repaired } = await ask({ kind: 'repair', file, encoding: header.encoding, as: header.encoding });
  const copy = Array.from(new Uint8Array(await repaired.copy.arrayBuffer()), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const list = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await repaired.list.arrayBuffer());
  return { rows, findings, copy, list };
})()`;

describe('the command and the page (M79X-2, M79X-3, M79X-4)', () => {
  it('find the same, repair the same and refuse the same, whatever the file', async () => {
    const { context, page } = await open();
    const script = `/assets/${readdirSync(join(dist, 'assets')).find((name) => /^worker-.*\.js$/.test(name))}`;
    let found = 0;
    let repaired = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(exitFiles, async (bytes) => {
        const expected = byCommand(bytes);
        expect(await page.evaluate(byWorker(script, bytes.toString('hex')))).toEqual(expected);
        if (expected.failed !== undefined) refused++;
        else {
          found += expected.findings!.length;
          if (expected.list!.split('\n').length > 2) repaired++;
        }
      }),
      { numRuns: 40, seed: 79 },
    );
    // Files that are all alike prove nothing.
    expect(found).toBeGreaterThan(50);
    expect(repaired).toBeGreaterThan(5);
    expect(refused).toBeGreaterThan(3);
    await context.close();
  });
});

const line = (change: Partial<Record<(typeof codes)[number], string>>) =>
  codes.map((code, at) => change[code] ?? goodRow[at]).join(',');
const text = [
  codes.join(','),
  line({ AAZ341: 'a1' }),
  line({ AAZ341: 'a2', AAC003: '王试验　', ADC210: '2020-08-31' }),
  line({ AAZ341: 'a3', AAC003: '买买提•艾力𠮷', AAC002: '41081119750312452x', AAC044: '41081119750312452x' }),
  line({ AAZ341: 'a4', AJC00A: '22' }),
  line({ AAZ341: 'a4', AJC00A: '11' }),
].join('\r\n');
const mended = [
  codes.join(','),
  line({ AAZ341: 'a1' }),
  line({ AAZ341: 'a2' }),
  line({ AAZ341: 'a3', AAC003: '买买提·艾力𠮷', AAC002: '41081119750312452X', AAC044: '41081119750312452X' }),
  line({ AAZ341: 'a4', AJC00A: '22' }),
  line({ AAZ341: 'a4', AJC00A: '11' }),
].join('\r\n');

describe('the page for checking exit files', () => {
  it('asks nothing of the network once it is open: checks, repairs and hands over files without one', async () => {
    const { context, page } = await open();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('blob:')) asked.push(request.url());
    });
    page.on('websocket', (socket) => asked.push(socket.url()));
    await context.setOffline(true);
    await page.getByText('网络断开了，不影响核对文件').waitFor();
    await choose(page, '退出.csv', iconv.encode(text, 'gb18030'));
    await page.getByRole('heading', { name: '4行有错误，不能上传' }).waitFor();
    await page.getByText('GB18030编码').waitFor();

    // Chosen by check id, its rows with what could not be seen.
    await page.getByRole('button', { name: /AAC003-space/ }).click();
    await page.getByText('人社厅发〔2020〕79号 附件').waitFor();
    const rows = page.getByLabel('行号和值，可以滚动').getByRole('listitem');
    expect(await rows.count()).toBe(1);
    expect(await rows.first().textContent()).toBe('第2行王试验□全角空格');
    await page.getByRole('button', { name: /^全部/ }).click();
    await expect.poll(() => rows.count()).toBeGreaterThan(5);

    const download = async (name: string) => {
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
      return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
    };
    await page.getByRole('button', { name: '生成更正后的文件' }).click();
    const copy = await download('下载更正后的文件');
    expect(copy.name).toBe('退出-更正后.csv');
    expect(copy.bytes).toEqual(iconv.encode(mended, 'gb18030'));
    const list = await download('下载更正清单');
    expect(list.name).toBe('退出-更正清单.csv');
    expect(list.bytes.toString('utf8').split('\r\n')).toEqual([
      '\ufeff行,指标编码,指标,改前,改后,改了什么',
      '2,AAC003,姓名,"王试验　",王试验,去掉首尾的空格',
      '2,ADC210,注销失业登记时间,2020-08-31,20200831,日期改为YYYYMMDD',
      '3,AAC003,姓名,买买提•艾力𠮷,买买提·艾力𠮷,间隔点统一为“·”',
      '3,AAC002,社会保障号码,41081119750312452x,41081119750312452X,末位小写x改为大写X',
      '3,AAC044,证件号码,41081119750312452x,41081119750312452X,末位小写x改为大写X',
      '',
    ]);

    await page.getByText('UTF-8', { exact: true }).click();
    await page.getByRole('button', { name: '重新生成' }).click();
    await page.getByText('UTF-8编码').waitFor();
    expect((await download('下载更正后的文件')).bytes).toEqual(Buffer.from(mended, 'utf8'));
    expect(asked).toEqual([]);
    await context.close();
  });

  it('opens again without a network on a machine that has opened it before', async () => {
    const { context, page } = await open();
    // The worker that keeps the shell takes over with the second opening.
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await page.reload();
    await page.getByLabel('选择要核对的文件').waitFor();
    await page.waitForLoadState('networkidle');
    const kept = 'caches.open("shell/1").then((cache) => cache.keys()).then((all) => all.map(({ url }) => url).join())';
    await expect.poll(() => page.evaluate(kept)).toMatch(/assets\/worker-/);
    await context.setOffline(true);
    await page.reload();
    await page.getByRole('heading', { name: '核对退出数据文件', level: 1 }).waitFor();
    await choose(page, '退出.csv', text);
    await page.getByRole('heading', { name: '4行有错误，不能上传' }).waitFor();
    await context.close();
  });

  it('takes a dropped file, and is worked by keyboard alone', async () => {
    const { context, page } = await open();
    await page.evaluate(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([${JSON.stringify(text)}], '拖来的.csv'));
      document.querySelector('h1').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    })()`);
    await page.getByRole('heading', { name: '4行有错误，不能上传' }).waitFor();
    await tabTo(page, 'button', /生成更正后的文件/);
    await page.keyboard.press('Enter');
    await tabTo(page, 'link', /下载更正后的文件/);
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(readFileSync(await file.path(), 'utf8')).toBe(mended);
    await tabTo(page, 'button', /AJC00A-code-22/);
    await page.keyboard.press('Enter');
    await tabTo(page, 'button', /核对另一个文件/);
    await page.keyboard.press('Enter');
    await page.getByLabel('选择要核对的文件').waitFor();
    await context.close();
  });

  it('says what is wrong with a file that is none', async () => {
    const { context, page } = await open(390);
    const cases: [string, string | Buffer, RegExp][] = [
      ['空.csv', '', /文件是空的/],
      ['a.csv', Buffer.from('PK\x03\x04....[Content_Types].xml'), /Excel工作簿（xlsx）/],
      ['b.csv', '%PDF-1.7', /PDF文件/],
      ['c.csv', iconv.encode(text, 'utf-16'), /UTF-16/],
      ['d.csv', Buffer.concat([Buffer.from(text), Buffer.from([0xff])]), /既不是UTF-8也不是GB18030/],
      ['e.csv', 'name,number\n王,1\n', /表头缺少以下列：AAB301/],
      ['f.csv', text.replaceAll(',', ';'), /用“;”分隔/],
      ['g.csv', `${text}\n"`, /第6行起：有一个引号没有配对/],
    ];
    for (const [name, content, words] of cases) {
      await choose(page, name, content);
      const alert = page.getByRole('alert').filter({ hasText: name });
      await alert.waitFor();
      expect(await alert.textContent()).toMatch(words);
    }
    await look(page, 'portal-exits-refused');
    await choose(page, '表头.csv', `${codes.join(',')}\n`);
    await page.getByRole('heading', { name: '文件里只有表头，没有数据' }).waitFor();
    await context.close();
  });

  it('can be stopped, and goes on to another file', async () => {
    const { context, page } = await open();
    const big = join(folder, 'big.csv');
    writeFileSync(big, `${codes.join(',')}\n${`${goodRow.join(',')}\n`.repeat(1_500_000)}`);
    await page.getByLabel('选择要核对的文件').setInputFiles(big);
    await page.getByText(/每秒约/).waitFor();
    await page.getByRole('button', { name: '停止' }).click();
    await page.getByText(/已停止，看了[\d,]+行/).waitFor();
    await choose(page, '好.csv', `${codes.join(',')}\n${line({})}\n`);
    await page.getByRole('heading', { name: '没有发现错误' }).waitFor();
    await context.close();
  });

  it('fits a phone, large type and a desk, draws only the rows that are seen, and leaves axe nothing to find', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => line({ AAZ341: `b${n}`, AAC003: `王 ${n}` }));
    for (const [width, large] of [
      [390, false],
      [390, true],
      [1440, false],
    ] as const) {
      const { context, page } = await open(width, '', large);
      await choose(page, '很多.csv', `${text}\r\n${many.join('\r\n')}`);
      await page.getByRole('heading', { name: '3,004行有错误，不能上传' }).waitFor();
      await page.getByRole('button', { name: /AAC003-space/ }).click();
      await page.getByText('每种问题列出前500处，共3,001处').waitFor();
      const rows = page.getByLabel('行号和值，可以滚动').getByRole('listitem');
      await page.evaluate("document.querySelector('.exits-list').scrollTop = 1e6");
      await expect.poll(() => rows.last().getAttribute('aria-posinset')).toBe('500');
      expect(await rows.count()).toBeLessThan(60);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await look(page, `portal-exits-${width}${large ? '-large' : ''}`);
      await context.close();
    }
  });

  it('tells an old browser plainly', async () => {
    const { context, page } = await open(390, 'delete Blob.prototype.arrayBuffer');
    await page.getByText('这个浏览器太旧').waitFor();
    expect(await page.getByLabel('选择要核对的文件').count()).toBe(0);
    await context.close();
  });
});
