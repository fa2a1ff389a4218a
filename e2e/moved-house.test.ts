import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { Api } from './lib/api.ts';
import { staffOf } from './lib/running.ts';
import { choose, desk, dialog, open, signInStaff } from './pages/console.ts';
import { look } from './pages/look.ts';

const running = inject('running');

describe('somebody who moved house', () => {
  const here = staffOf(running, 'clerk');
  let browser: Browser;
  let page: Page;
  let api: Api;
  let person: { name: string; id: string };
  let street: { code: string; name: string };

  beforeAll(async () => {
    browser = await launchBrowser();
    const office = await browser.newContext(desk);
    page = await signInStaff(office, running, here);
    api = new Api(running.url);
    for (const { name, value } of await office.cookies(running.url)) api.visitor.remember(running.url, name, value);
    const { items } = await api.call('getFollowUps', { query: { limit: 20 } });
    const found = items.find(({ office: of }) => of === here.division);
    if (!found) throw new Error('nobody is followed up here');
    person = found;
    const { institutions } = await api.call('getInstitutions', { query: { division: here.division } });
    const below = institutions.find(({ code }) => code.length === 9 && code.startsWith(here.division));
    if (!below) throw new Error('the county has no office below');
    street = below;
  });
  afterAll(() => browser?.close());

  it('is transferred from the case page; the drawer says what goes along (M79-1a)', async () => {
    await open(page, running, `/cases/${person.id}`);
    await page.getByRole('button', { name: '转移登记' }).click();
    await dialog(page).getByText('只在本人要求时办理').waitFor();
    await look(page, 'console-transfer-empty');
    await dialog(page).getByLabel('转到的县（市、区）').fill(here.division.slice(0, 6));
    await page.keyboard.press('Enter');
    await choose(page, '转到的机构', street.name);
    await choose(page, '依据', '本人户籍在那里');
    await look(page, 'console-transfer');
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, 'console-transfer-phone');
    await page.setViewportSize(desk.viewport);
    await page.keyboard.press('Control+Enter');
    await dialog(page).waitFor({ state: 'hidden' });
    await page.getByText(/已转到.*已告知本人/).waitFor();
  });

  it('is whole at the new office, where the clerk of the county still sees it', async () => {
    const file = await api.call('getApplicationCase', { params: { id: person.id } });
    expect(file.application.office).toBe(street.code);
    expect(file.history.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['transfer', 'register', 'submit']),
    );
    await open(page, running, `/cases/${person.id}`);
    await page
      .getByText(/转移登记机构：/)
      .first()
      .waitFor();
    await look(page, 'console-transferred');
  });
});
