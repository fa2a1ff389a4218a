import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { newPerson } from './lib/people.ts';
import type { Staff } from './lib/running.ts';
import { asStaff, cookiesOf, staffCookies } from './lib/sign-in.ts';
import { dialog, signedIn } from './pages/console.ts';
import { look } from './pages/look.ts';
import { phone } from './pages/portal.ts';

const running = inject('running');
let browser: Browser;
let device: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  device = await browser.newContext(phone);
  page = await signInField();
});
afterAll(() => browser?.close());

/** Two of one office: the one who walks and the one at the desk. The small city has nobody left to contact in a single community. */
function staffOfOneOffice(): readonly [Staff, Staff] {
  const [walking, sitting] = running.staff.filter(({ role, division }) => role === 'clerk' && division.length === 6);
  if (!walking || !sitting || walking.division !== sitting.division) throw new Error('no two clerks of one office');
  return [walking, sitting];
}

async function signInField(): Promise<Page> {
  // A session of its own: signing out at the end must not sign anybody else out.
  await device.addCookies(cookiesOf(running, (await asStaff(running, staffOfOneOffice()[0])).api));
  const opened = await device.newPage();
  await opened.goto(`${running.url}/console/field`);
  await opened.getByRole('button', { name: /^记录/ }).first().waitFor();
  return opened;
}

/** Of registrants: people of the three groups are written about more shortly. */
const names = async () =>
  (
    await page
      .locator('.field-person', { hasNotText: '参照服务' })
      .getByRole('button', { name: /^记录./ })
      .all()
  ).map(async (one) => ((await one.getAttribute('aria-label')) ?? '').replace(/^记录/, ''));

/** Writes down that somebody was met; answers nothing, the note is on the device. */
async function write(name: string, words: string): Promise<void> {
  await page
    .getByRole('button', { name: `记录${name}`, exact: true })
    .first()
    .click();
  await dialog(page).getByText('见到本人，谈了').click();
  const whole = dialog(page).getByText(/当场做完首次面谈/);
  if (await whole.isVisible()) await whole.click();
  await dialog(page).getByLabel('本人现在的情况').press('Enter');
  await page.getByTitle('仍在求职').click();
  await dialog(page).getByLabel('谈了什么').fill(words);
  await dialog(page).getByRole('button', { name: '记下来' }).click();
  await dialog(page).waitFor({ state: 'hidden' });
}

/** Whether the worker has stored every script and style that this page loaded. */
const allLoadedIsKept = `caches.open('shell/console/1').then(async (kept) => {
  const own = (path) => path.startsWith('/console/assets/') && /[.](js|css)$/.test(path);
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter(own);
  const there = await Promise.all(loaded.map((path) => kept.match(path)));
  return loaded.length > 4 && there.every(Boolean);
})`;

/** All that the device's store holds, as text, its envelopes as the bytes they are. A text, because it runs in the page. */
const everythingKept = `new Promise((done, fail) => {
  const asked = indexedDB.open('yingdeng-field');
  asked.onerror = () => fail(asked.error);
  asked.onsuccess = async () => {
    const names = [...asked.result.objectStoreNames];
    const all = (name) => new Promise((got) => {
      asked.result.transaction(name).objectStore(name).getAll().onsuccess = (event) => got(event.target.result);
    });
    const rows = (await Promise.all(names.map(all))).flat();
    const plain = (value) => (value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value);
    const text = JSON.stringify(rows, (_, value) => plain(value));
    const extractable = rows.flatMap((row) => (row.key instanceof CryptoKey ? [row.key.extractable] : []));
    asked.result.close();
    done({ text, extractable, sealed: rows.filter((row) => row.sealed).length });
  };
})`;

const note = (name: string) => page.locator('.field-note', { hasText: name });

describe('a village worker on a round without a network', () => {
  let first: string;
  let second: string;

  it('takes along names, masked numbers, streets and dates, and no more', async () => {
    const all = await Promise.all(await names());
    [first = '', second = ''] = [...new Set(all)];
    expect(second).not.toBe('');
    expect(await page.locator('.field-page').textContent()).not.toMatch(/\d{17}[\dX]|(?<!\d)1\d{10}(?!\d)/);
    await look(page, 'console-field');
  });

  it('the page opens again without a network, and a note written then waits on the device', async () => {
    // The worker that keeps the shell has named and stored what was loaded.
    await expect.poll(() => page.evaluate(allLoadedIsKept), { timeout: 20_000 }).toBe(true);
    await device.setOffline(true);
    await page.reload();
    await page.getByText('没有网络', { exact: true }).waitFor();
    await write(first, '仍在找工作，愿意参加电工培训');
    await note(first).getByText('待发送').waitFor();
    await look(page, 'console-field-offline');
    // What lies on the device says nothing: neither names nor words, and its key cannot be taken away.
    const kept = (await page.evaluate(everythingKept)) as { text: string; extractable: boolean[]; sealed: number };
    expect(kept.sealed).toBeGreaterThan(1);
    expect(kept.extractable).toEqual([false]);
    for (const words of [first, second, '电工培训', 'registrationId']) expect(kept.text).not.toContain(words);
  });

  it('sent when the network is back, once', async () => {
    await device.setOffline(false);
    await note(first).getByText('已发送').waitFor({ timeout: 20_000 });
    await page.reload();
    await note(first).getByText('已发送').waitFor();
  });

  it('what somebody else recorded meanwhile is shown beside it and never overwritten; the person decides', async () => {
    await device.setOffline(true);
    await write(second, '家里没有变化');
    await note(second).getByText('待发送').waitFor();
    const wide = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
    const clerk = await signedIn(wide, running, staffOfOneOffice()[1]);
    await clerk.goto(`${running.url}/console/`);
    // The one at the desk has the same list; on the device the note itself is sealed.
    const { people } = (await clerk.evaluate(`fetch('/api/field/day').then((answer) => answer.json())`)) as {
      people: { name: string; registrationId: string }[];
    };
    const registrationId = people.find(({ name }) => name === second)?.registrationId;
    const status = await clerk.evaluate(
      `fetch('/api/health').then((answer) => answer.json()).then(({ now }) =>
         fetch('/api/registrations/${registrationId}/contacts', { method: 'POST',
           headers: { 'content-type': 'application/json', 'idempotency-key': 'clerk-was-first-1' },
           body: JSON.stringify({ purpose: 'followUp', means: 'telephone', answered: true, at: now, note: '电话里说在面试' }) }))
       .then((answer) => answer.status)`,
    );
    expect(status).toBe(200);
    await wide.close();
    await device.setOffline(false);
    await note(second).getByText('有冲突').waitFor({ timeout: 20_000 });
    await note(second).getByText('家里没有变化').waitFor();
    await note(second).getByText('系统里已有的').waitFor();
    await look(page, 'console-field-conflict');
    await note(second).getByRole('button', { name: '作为补充发送' }).click();
    await note(second).getByText('已发送').waitFor({ timeout: 20_000 });
  });

  it('M79-1b: somebody of the three groups is asked how it goes, no more, and that too waits for a network', async () => {
    // The education office sent a list to the county this morning.
    const { division } = staffOfOneOffice()[1];
    const { name, idNumber, mobile } = newPerson(division);
    const sheet = `姓名,身份证件号码,手机,所属机构代码,享受期限起,享受期限止,备注\r\n${name},${idNumber},${mobile},${division},,,护理专业\r\n`;
    const query = new URLSearchParams({ name: '名单.csv', group: 'graduates', source: '教育部门移交', check: 'no' });
    const taken = await page.evaluate(
      `fetch('/api/served/imports?${query}', { method: 'POST', headers: { 'content-type': 'application/octet-stream' },
         body: ${JSON.stringify(sheet)} }).then((answer) => answer.json())`,
    );
    expect(taken).toMatchObject({ fresh: 1, faulty: 0 });
    await page.getByRole('button', { name: '更新名单' }).click();
    const group = page.locator('.field-person', { hasText: '参照服务' }).filter({ hasText: name });
    await group.waitFor();
    await look(page, 'console-field-groups');
    await device.setOffline(true);
    await group.getByRole('button', { name: `记录${name}` }).click();
    await dialog(page).getByText('电话打通，谈了').click();
    expect(await dialog(page).getByLabel('本人现在的情况').count()).toBe(0);
    await look(page, 'console-field-served');
    await dialog(page).getByLabel('谈了什么').fill('正在备考，愿意先看看见习岗位');
    await dialog(page).getByRole('button', { name: '记下来' }).click();
    await note(name).getByText('待发送').waitFor();
    await device.setOffline(false);
    await note(name).getByText('已发送').waitFor({ timeout: 20_000 });
  });

  it('another account finds nothing of it and is asked before unsent notes are lost; the own account sends them', async () => {
    await device.setOffline(true);
    const left = (await Promise.all(await names())).find((name) => name !== first && name !== second) ?? '';
    await write(left, '邻居说去外地了');
    await note(left).getByText('待发送').waitFor();
    const [mine] = await Promise.all([device.cookies(), page.close()]);
    await device.setOffline(false);
    await device.clearCookies();
    await device.addCookies(await staffCookies(running, staffOfOneOffice()[1]));
    page = await device.newPage();
    await page.goto(`${running.url}/console/field`);
    await page.getByRole('alert').getByText('本机有另一个账号的1条外出记录没有发送').waitFor();
    expect(await page.locator('.field-note').count()).toBe(0);
    await look(page, 'console-field-foreign');
    await device.clearCookies();
    await device.addCookies(mine);
    await page.reload();
    await note(left).getByText('已发送').waitFor({ timeout: 20_000 });
  });

  it('signing out takes everything off the device', async () => {
    await page.getByRole('link', { name: '回到经办台' }).click();
    await page.getByRole('button', { name: '退出系统' }).click();
    await page.getByLabel('用户名').waitFor();
    await expect
      .poll(() => page.evaluate('indexedDB.databases().then((all) => all.map((one) => one.name))'))
      .not.toContain('yingdeng-field');
  });
});
