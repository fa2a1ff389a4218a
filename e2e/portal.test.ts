import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { dist } from './lib/portal-pages.ts';
import { type Asked, answered, answerFrom, person, visitor, waiting, worker } from './portal-answers.ts';

const { url } = inject('running');
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** A visitor's own browser; closed by who opened it. */
async function visit(width: number): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  return { context, page: await context.newPage() };
}

const submissions = (asked: readonly Asked[]) => asked.filter((one) => one.name === 'submitApplication');

/** Draws something on the pad, scrolled to first. */
async function sign(page: Page): Promise<void> {
  await page.getByText('我已经看完，都明白了').click();
  const pad = page.getByRole('img', { name: /签名区/ });
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox())!;
  await page.mouse.move(box.x + 30, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 40, box.y + box.height - 20, { steps: 8 });
  await page.mouse.up();
}

describe('what a slow line has to carry', () => {
  /** The scripts the entry page names. */
  const firstScripts = () => {
    const entry = readFileSync(join(dist, 'index.html'), 'utf8');
    return [...entry.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, name = '']) => name);
  };

  it('is at most 100 kB of script for the first screen', () => {
    const first = firstScripts();
    const bytes = first.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name))).length, 0);
    expect(first.length).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(40_000);
    expect(bytes).toBeLessThanOrEqual(100_000);
  });

  it('has no schema library in any script, and the table of divisions not on the first screen', () => {
    const scripts = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js'));
    for (const name of scripts) expect(readFileSync(join(dist, 'assets', name), 'utf8')).not.toContain('ZodError');
    for (const name of firstScripts()) expect(readFileSync(join(dist, name), 'utf8')).not.toContain('黑龙江省');
    expect(scripts.some((name) => readFileSync(join(dist, 'assets', name), 'utf8').includes('黑龙江省'))).toBe(true);
  });
});

describe('a telephone of 2020', () => {
  /** Built-ins that came after Chrome 80, which our pages, rules or libraries could lean on. */
  const newer = [
    'Object.hasOwn',
    'Object.groupBy',
    'Map.groupBy',
    'Array.prototype.at',
    'Array.prototype.toSorted',
    'Array.prototype.toReversed',
    'Array.prototype.toSpliced',
    'Array.prototype.with',
    'Array.prototype.findLast',
    'Array.prototype.findLastIndex',
    'String.prototype.at',
    'String.prototype.replaceAll',
    'Promise.any',
    'Promise.withResolvers',
    'globalThis.structuredClone',
    'globalThis.WeakRef',
    'AbortSignal.any',
    'AbortSignal.timeout',
    'crypto.randomUUID',
    'URLSearchParams.prototype.size',
  ];

  it('goes through the form without what browsers learnt later', async () => {
    const { context, page } = await visit(390);
    await context.addInitScript(newer.map((name) => `delete ${name};`).join(''));
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    await answerFrom(page, { ...worker, getDraft: { version: 1, form: answered } });
    await page.goto(`${url}/apply?step=unemployment`);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('heading', { name: '想找什么工作', level: 1 }).waitFor();
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('button', { name: '都对，去签名' }).click();
    await page.getByRole('heading', { name: '承诺并签名' }).waitFor();
    await sign(page);
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByRole('heading', { name: '申请已提交' }).waitFor();
    expect(failures).toEqual([]);
    await context.close();
  });
});

describe('high contrast', () => {
  const draft = { ...worker, getDraft: { version: 1, form: answered } };
  const contrast = (page: Page) => page.evaluate("document.documentElement.classList.contains('contrast')");
  const open = async (page: Page, path: string) => {
    await page.goto(url + path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  };

  it('is switched on beside large type and is kept on this device', async () => {
    const { context, page } = await visit(390);
    await answerFrom(page, visitor);
    await open(page, '/');
    expect(await contrast(page)).toBe(false);
    await page.getByRole('button', { name: '高对比' }).click();
    await open(page, '/guide');
    expect(await contrast(page)).toBe(true);
    await page.getByRole('button', { name: '高对比' }).click();
    await page.reload();
    expect(await contrast(page)).toBe(false);
    await context.close();
  });

  it('follows the wish of the system until somebody chooses here', async () => {
    const { context, page } = await visit(390);
    await page.emulateMedia({ contrast: 'more' });
    await answerFrom(page, visitor);
    await open(page, '/');
    expect(await contrast(page)).toBe(true);
    const button = page.getByRole('button', { name: '高对比' });
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    await button.click();
    await page.reload();
    await button.waitFor();
    expect(await contrast(page)).toBe(false);
    await context.close();
  });

  it('leaves colours to a system that paints in its own, and the pressed and the picked stay seen', async () => {
    const { context, page } = await visit(390);
    await page.emulateMedia({ forcedColors: 'active' });
    await answerFrom(page, draft);
    await open(page, '/apply?step=unemployment');
    const colourOf = (what: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('.choice input${what}')).backgroundColor`);
    expect(await colourOf(':checked')).not.toBe(await colourOf(':not(:checked)'));
    await context.close();
  });
});

describe('the guided application (A21-8a)', () => {
  it('names what is missing beside the field and in a list that leads there', async () => {
    const { context, page } = await visit(390);
    await answerFrom(page, worker);
    await page.goto(`${url}/apply?step=unemployment`);
    await page.getByRole('button', { name: '下一步' }).click();
    const list = page.getByRole('alert');
    await list.getByRole('link', { name: '请选择失业原因' }).click();
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('reason');
    await page.getByRole('radio', { name: /从各类单位辞职/ }).check();
    expect(await list.getByRole('link', { name: '请选择失业原因' }).count()).toBe(0);
    expect(await list.getByRole('link').count()).toBe(2);
    await context.close();
  });

  it('keeps answers without a network and brings them to the server later', async () => {
    const { context, page } = await visit(390);
    let silent = true;
    const asked = await answerFrom(page, worker, ({ name }) =>
      silent && name === 'saveDraft' ? 'silence' : undefined,
    );
    await page.goto(`${url}/apply?step=wishes`);
    await page.getByLabel('想找什么工作', { exact: false }).first().fill('保洁');
    await page.getByText('已存在这台手机上').waitFor();
    await page.reload();
    const wish = page.getByLabel('想找什么工作', { exact: false }).first();
    await wish.waitFor();
    expect(await wish.inputValue()).toBe('保洁');
    silent = false;
    await page.evaluate("window.dispatchEvent(new Event('online'))");
    await page.getByText('已保存').waitFor();
    const last = asked.filter(({ name }) => name === 'saveDraft').at(-1);
    expect(last?.body).toMatchObject({ form: { wishes: ['保洁'], idNumber: person.idNumber, sex: '2' } });
    await context.close();
  });

  it('is not submitted unread or unsigned (A21-2b, H122-2b)', async () => {
    const { context, page } = await visit(390);
    const asked = await answerFrom(page, { ...worker, getDraft: { version: 1, form: answered } });
    await page.goto(`${url}/apply?step=sign`);
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByText('请先看完告知内容，再点这里').waitFor();
    await page.getByText('请用手指在框里写您的姓名', { exact: true }).waitFor();
    expect(submissions(asked)).toEqual([]);
    await context.close();
  });

  it('is sent once by a double tap, and again with the same key and content when no answer came', async () => {
    const { context, page } = await visit(390);
    let silent = true;
    const asked = await answerFrom(page, { ...worker, getDraft: { version: 1, form: answered } }, ({ name }) =>
      silent && name === 'submitApplication' ? 'silence' : undefined,
    );
    await page.goto(`${url}/apply?step=sign`);
    await sign(page);
    await page.getByRole('button', { name: '提交申请' }).dblclick();
    await page.getByText('上次提交后没有收到回音。').waitFor();
    expect(submissions(asked)).toHaveLength(1);
    // Opened again later, perhaps after the telephone was switched off.
    await page.reload();
    silent = false;
    await page.getByRole('button', { name: '再确认一次' }).dblclick();
    await page.getByRole('heading', { name: '申请已提交' }).waitFor();
    const sent = submissions(asked);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.key).toBe(sent[0]?.key);
    expect(sent[1]?.body).toEqual(sent[0]?.body);
    expect(sent[0]?.key).toMatch(/^[0-9a-f]{32}$/);
    expect(await page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('yingdeng.my.'))")).toEqual(
      [],
    );
    await context.close();
  });

  it('leads back to the field the server found faulty', async () => {
    const { context, page } = await visit(390);
    await answerFrom(page, { ...worker, getDraft: { version: 1, form: answered } }, ({ name }) =>
      name === 'submitApplication'
        ? {
            status: 422,
            body: {
              code: 'form.faulty',
              message: '表里有1处需要修改。',
              fields: [{ field: 'mobile', message: '手机号码应为11位' }],
            },
          }
        : undefined,
    );
    await page.goto(`${url}/apply?step=sign`);
    await sign(page);
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByRole('link', { name: '手机号码应为11位' }).click();
    await page.getByRole('heading', { name: '怎么联系您' }).waitFor();
    await page.getByText('手机号码应为11位').first().waitFor();
    await context.close();
  });
});

describe('signing in by message', () => {
  it('asks for who one is, then for the code, and goes on to where one wanted to go', async () => {
    const { context, page } = await visit(390);
    let known = false;
    const asked = await answerFrom(page, worker, ({ name }) => {
      if (name === 'signInWithCode') known = true;
      return name === 'getSession' && !known ? { status: 200, body: { signedIn: false, demo: false } } : undefined;
    });
    await page.goto(`${url}/my`);
    await page.getByRole('link', { name: '去登录' }).click();
    await page.getByRole('button', { name: '获取验证码' }).click();
    expect(await page.getByRole('alert').getByRole('link').count()).toBe(3);
    await page.getByLabel('姓名').fill(person.name);
    await page.getByLabel('身份证号').fill('41081119750312 4525');
    await page.getByLabel('手机号').fill('138 0000 0000');
    await page.getByRole('button', { name: '获取验证码' }).click();
    await page.getByLabel('6位验证码').fill('123456');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('heading', { name: '还没有申请过' }).waitFor();
    expect(asked.find(({ name }) => name === 'requestCode')?.body).toEqual(person);
    await context.close();
  });
});

describe('my page', () => {
  it('offers a new application only when nothing is in hand', async () => {
    for (const [scenario, offered] of [
      ['withdrawn', 1],
      ['exitInHand', 0],
    ] as const) {
      const { context, page } = await visit(390);
      const [one] = waiting.getMyCases?.cases ?? [];
      const cases = one ? [{ ...one, canWithdraw: false, status: { ...one.status, scenario } }] : [];
      await answerFrom(page, { ...waiting, getMyCases: { cases } });
      await page.goto(`${url}/my`);
      await page.getByRole('heading', { name: '申请正在办理' }).waitFor();
      expect(await page.getByRole('link', { name: '再次申请' }).count()).toBe(offered);
      await context.close();
    }
  });

  it('asks a question in front of the page, withdraws once, and shows the new state', async () => {
    const { context, page } = await visit(390);
    const asked = await answerFrom(page, waiting);
    await page.goto(`${url}/my`);
    await page.getByRole('button', { name: '撤回申请' }).click();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('要撤回申请吗？');
    await page.getByRole('dialog').getByRole('button', { name: '撤回申请' }).dblclick();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(asked.filter(({ name }) => name === 'withdrawApplication')).toHaveLength(1);
    expect(asked.filter(({ name }) => name === 'getMyCases').length).toBeGreaterThan(1);
    await context.close();
  });
});

describe('a shared telephone', () => {
  it('keeps nothing of a person who signs out', async () => {
    const { context, page } = await visit(390);
    await answerFrom(page, worker);
    await page.goto(`${url}/apply?step=wishes`);
    await page.getByLabel('想找什么工作', { exact: false }).first().fill('保洁');
    await page.getByText('已保存').waitFor();
    await page.goto(`${url}/my`);
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL(`${url}/`);
    expect(await page.evaluate("JSON.stringify(localStorage).includes('保洁')")).toBe(false);
    await context.close();
  });
});
