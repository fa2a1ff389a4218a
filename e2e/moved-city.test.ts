import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { Api } from './lib/api.ts';
import { NEXT_CITY, OwnSystem } from './lib/own-system.ts';
import type { Running, Staff } from './lib/running.ts';
import { choose, desk, dialog, open, signedIn } from './pages/console.ts';
import { look } from './pages/look.ts';

const phone = { width: 390, height: 844 };

describe('somebody who moved to another city', () => {
  const system = new OwnSystem({ beside: NEXT_CITY });
  let running: Running;
  let browser: Browser;
  let here: Page;
  let there: Page;
  let api: Api;
  let person: { name: string; id: string; number: string };
  let taker: Staff;

  /** The page as it is on a desk and on a telephone. */
  const looks = async (page: Page, name: string) => {
    await look(page, name);
    await page.setViewportSize(phone);
    await look(page, `${name}-phone`, true);
    await page.setViewportSize(desk.viewport);
  };
  const clerkOf = (city: string) => {
    const found = running.staff.find(({ role, division }) => role === 'clerk' && division.startsWith(city));
    if (!found) throw new Error(`no clerk of ${city}`);
    return found;
  };

  beforeAll(async () => {
    running = await system.start();
    browser = await launchBrowser();
    const offices = [await browser.newContext(desk), await browser.newContext(desk)] as const;
    const giver = clerkOf('4108');
    taker = clerkOf('2103');
    here = await signedIn(offices[0], running, giver);
    there = await signedIn(offices[1], running, taker);
    api = new Api(running.url);
    for (const { name, value } of await offices[0].cookies(running.url)) api.visitor.remember(running.url, name, value);
    const { items } = await api.call('getFollowUps', { query: { limit: 20 } });
    const found = items.find(({ office }) => office === giver.division);
    if (!found) throw new Error('nobody is followed up here');
    person = found;
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await system.stop();
  }, 60_000);

  it('M79-1a: the office there is asked from the case page; until it answers the registration stays', async () => {
    await open(here, running, `/cases/${person.id}`);
    await here.getByRole('button', { name: '转移登记' }).click();
    await dialog(here).getByLabel('转到的县（市、区）').fill(taker.division.slice(0, 6));
    await here.keyboard.press('Enter');
    await choose(here, '转到的机构', taker.office);
    await dialog(here).getByText('外市机构接收后登记转过去').waitFor();
    await looks(here, 'console-transfer-city');
    await here.keyboard.press('Control+Enter');
    await here.getByText(/已请.*接收/).waitFor();
    await open(here, running, '/transfers');
    await here.getByText(person.name).waitFor();
    await looks(here, 'console-transfers-asked');
  });

  it('M79-1a, M79-3a: the office there sees who comes, by when it answers, and takes the registration', async () => {
    await open(there, running, '/');
    await there.getByRole('link', { name: '跨市转移：待答复' }).click();
    await there.getByText(person.name).waitFor();
    await looks(there, 'console-transfers');
    await there.getByRole('button', { name: '退回' }).click();
    await dialog(there).getByRole('radio').first().waitFor();
    await looks(there, 'console-transfer-decline');
    await there.keyboard.press('Escape');
    await there.getByRole('button', { name: '接收' }).click();
    await dialog(there).getByText('登记马上转过去').waitFor();
    await look(there, 'console-transfer-accept');
    await there.keyboard.press('Control+Enter');
    await there.getByText(/登记已从.*转到/).waitFor();
    await there.getByText('近90天已办', { exact: true }).click();
    await there.getByText('已转移', { exact: true }).waitFor();
    await look(there, 'console-transfers-settled');
  });

  it('M79-6a: the case is whole there, with what the former city recorded; the former one keeps its record', async () => {
    await open(there, running, '/people');
    await there.getByRole('searchbox').or(there.getByRole('textbox')).first().fill(person.number);
    await there.keyboard.press('Enter');
    await there.getByRole('link', { name: person.name }).first().click();
    await there.getByRole('button', { name: '看转来之前的记录' }).click();
    await there.locator('.former').getByText('办好失业登记').waitFor();
    await looks(there, 'console-transferred-city');
    await open(here, running, `/cases/${person.id}`);
    await here.getByText(/已转到.*以后由那里办理/).waitFor();
    await looks(here, 'console-transferred-away');
    const file = await api.call('getApplicationCase', { params: { id: person.id } });
    expect(file.registration?.statusText).toBe('已转到外市');
  });

  it('A21-7a: somebody who stands at the counter there is not sent back: the former office is asked', async () => {
    await open(there, running, '/transfers');
    await there.getByRole('button', { name: '请原机构转出' }).click();
    await dialog(there).getByLabel('姓名').fill('王不在');
    await dialog(there).getByLabel('证件号码').fill('410802198504121234');
    await looks(there, 'console-transfer-ask');
    await there.keyboard.press('Control+Enter');
    await dialog(there).getByText('没有查到此人有效的失业登记').waitFor();
  });
});
