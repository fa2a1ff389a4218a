import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { OwnSystem } from './lib/own-system.ts';
import type { Running, Staff } from './lib/running.ts';
import { dialog, signInStaff } from './pages/console.ts';
import { look } from './pages/look.ts';
import { phone } from './pages/portal.ts';

const system = new OwnSystem();
let running: Running;
let browser: Browser;
let device: BrowserContext;
let page: Page;

beforeAll(async () => {
  [running, browser] = await Promise.all([system.start(), launchBrowser()]);
  device = await browser.newContext(phone);
  page = await signInField();
});
afterAll(async () => {
  await browser?.close();
  await system.stop();
});

/** Two of one office: the one who walks and the one at the desk. The small city has nobody left to contact in a single community. */
function staffOfOneOffice(): readonly [Staff, Staff] {
  const [walking, sitting] = running.staff.filter(({ role, division }) => role === 'clerk' && division.length === 6);
  if (!walking || !sitting || walking.division !== sitting.division) throw new Error('no two clerks of one office');
  return [walking, sitting];
}

/** On a telephone the menu is folded away: the sign-in is done when the start page is there. */
async function signInField(): Promise<Page> {
  const wide = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  const desk = await signInStaff(wide, running, staffOfOneOffice()[0]);
  await device.addCookies(await wide.cookies());
  await desk.close();
  await wide.close();
  const opened = await device.newPage();
  await opened.goto(`${running.url}/console/field`);
  await opened.getByRole('button', { name: /^记录/ }).first().waitFor();
  return opened;
}

const names = async () =>
  (await page.getByRole('button', { name: /^记录./ }).all()).map(async (one) =>
    ((await one.getAttribute('aria-label')) ?? '').replace(/^记录/, ''),
  );

/** Writes down that somebody was met; answers nothing, the note is on the device. */
async function write(name: string, words: string): Promise<void> {
  await page
    .getByRole('button', { name: `记录${name}`, exact: true })
    .first()
    .click();
  await dialog(page).getByText('见到本人，谈了').click();
  const whole = dialog(page).getByText(/当场做完首次面谈/);
  if (await whole.isVisible()) await whole.click();
  await dialog(page).getByLabel('谈了什么').fill(words);
  await dialog(page).getByRole('button', { name: '记下来' }).click();
  await dialog(page).waitFor({ state: 'hidden' });
}

const note = (name: string) => page.locator('.field-note', { hasText: name });

describe('a round without a network', () => {
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
    await expect
      .poll(
        () => page.evaluate('caches.open("shell/console/1").then((kept) => kept.keys()).then((all) => all.length)'),
        {
          timeout: 20_000,
        },
      )
      .toBeGreaterThan(4);
    await device.setOffline(true);
    await page.reload();
    await page.getByText('没有网络', { exact: true }).waitFor();
    await write(first, '仍在找工作，愿意参加电工培训');
    await note(first).getByText('待发送').waitFor();
    await look(page, 'console-field-offline');
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
    const registrationId = await page.evaluate(
      `new Promise((done, fail) => {
         const asked = indexedDB.open('yingdeng-field');
         asked.onerror = () => fail(asked.error);
         asked.onsuccess = () => {
           const all = asked.result.transaction('notes').objectStore('notes').getAll();
           all.onsuccess = () => { asked.result.close(); done(all.result.find((one) => one.state === 'waiting').registrationId); };
         };
       })`,
    );
    const wide = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
    const clerk = await signInStaff(wide, running, staffOfOneOffice()[1]);
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

  it('signing out takes everything off the device', async () => {
    await page.getByRole('link', { name: '回到经办台' }).click();
    await page.getByRole('button', { name: '退出系统' }).click();
    await page.getByLabel('用户名').waitFor();
    await expect
      .poll(() => page.evaluate('indexedDB.databases().then((all) => all.map((one) => one.name))'))
      .not.toContain('yingdeng-field');
  });
});
