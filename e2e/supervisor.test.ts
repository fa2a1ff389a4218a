import { addDays } from '@yingdeng/rules/calendar.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import type { Api } from './lib/api.ts';
import { filledForm, signed } from './lib/form.ts';
import { OwnSystem } from './lib/own-system.ts';
import { oneAfterTheOther } from './lib/parts.ts';
import { newPerson } from './lib/people.ts';
import { type Running, type Staff, staffOf } from './lib/running.ts';
import { asStaff, staffCookies } from './lib/sign-in.ts';
import { desk, dialog, open, signedIn } from './pages/console.ts';
import { look } from './pages/look.ts';
import { checkedCase, settleFindings } from './walk/register.ts';
import { settingOf } from './walk/setting.ts';

/** Cases the clerk took and left lying. */
const LATE = 3;

describe('a supervisor, nine days later', () => {
  // A system of its own: its clock is moved.
  const system = new OwnSystem();
  let running: Running;
  let clerk: Staff;
  let supervisor: Staff;
  let browser: Browser;
  let office: BrowserContext;
  let page: Page;
  let refuser: string;

  oneAfterTheOther();
  beforeAll(async () => {
    [running, browser] = await Promise.all([system.start(), launchBrowser()]);
    clerk = staffOf(running, 'clerk');
    supervisor = staffOf(running, 'supervisor');
    refuser = await beforehand((await asStaff(running, clerk)).api);
    running = await system.daysLater(9);
    office = await browser.newContext(desk);
    page = await signedIn(office, running, supervisor);
  });
  afterAll(async () => {
    await browser?.close();
    await system.stop();
  });

  /** A person walks in and is entered. Answers the case's id. */
  async function entered(api: Api): Promise<{ id: string; name: string }> {
    const { county, today } = await settingOf(running);
    const person = newPerson(county);
    const { version } = await api.call('getCommitment', {});
    const { id } = await api.call('enterApplication', { body: signed(filledForm(person, county, today), version) });
    return { id, name: person.name };
  }

  /** What was done nine days before: cases taken, a text that asked for papers, an exit for three refused offers. */
  async function beforehand(api: Api): Promise<string> {
    const { today } = await settingOf(running);
    const taken = await Promise.all(Array.from({ length: LATE }, () => entered(api)));
    await api.call('takeWork', {
      body: { items: taken.map(({ id }) => ({ kind: 'decision' as const, id, was: null })), giveBack: false },
    });
    const { id, name } = await entered(api);
    const params = { id };
    const file = await settleFindings(api, await checkedCase(api, id));
    await api.refused(
      'refuseApplication',
      {
        params,
        body: { version: file.application.version, ground: 'papersIncomplete', evidence: [], text: '材料不齐' },
      },
      'decision.groundNotPermitted',
    );
    const { case: registered } = await api.call('registerApplication', {
      params,
      body: { version: file.application.version },
    });
    const evidence = [1, 2, 3].map((days) => ({
      kind: 'serviceOffers',
      date: addDays(today, -days),
      text: `第${days}次推荐岗位，本人说不去，没有说理由`,
      suitable: true,
    }));
    await api.call('proposeExit', {
      params: { id: registered.registration!.id },
      body: { reason: '31', exitOn: today, evidence },
    });
    return name;
  }

  it('the clerk confirms the exit when the last chance has passed; it waits for a second person (M79-4c)', async () => {
    const { api } = await asStaff(running, clerk);
    const { items } = await api.call('getExitWorklist', { query: { limit: 100 } });
    const mine = items.find(({ name, note }) => name === refuser && note.includes('拒绝'));
    const { registration } = await api.call('getApplicationCase', { params: { id: mine!.id } });
    const exit = registration!.exits[0]!;
    const { case: after } = await api.call('confirmExit', { params: { id: exit.id }, body: { version: exit.version } });
    expect(after.registration?.exits[0]?.status).toBe('awaitingReview');
  });

  it('reads the median days, which are those of the cases behind them (M79-14)', async () => {
    await open(page, running, '/supervision');
    const took = page.getByRole('link', { name: new RegExp(`^${clerk.name}办结用时中位数`) });
    await took.waitFor();
    const [, said, done] = /中位数([\d.]+)天，共(\d+)件/.exec((await took.getAttribute('aria-label')) ?? '') ?? [];
    expect(Number(done)).toBeGreaterThan(0);
    await took.click();
    await page.getByRole('heading', { level: 1, name: '办结用时' }).waitFor();
    const end = page.getByText(`共${done}条，已全部显示`);
    for (let pages = 0; pages < 20 && !(await end.isVisible()); pages += 1) {
      await page.locator('tbody .row').first().waitFor();
      await page.keyboard.press('m');
      await page.waitForLoadState('networkidle');
    }
    await end.waitFor();
    const days = (await page.locator('tbody .row').allTextContents())
      .map((text) => Number(/用了(-?\d+)天/.exec(text)?.[1]))
      .toSorted((a, b) => a - b);
    expect(days).toHaveLength(Number(done));
    const half = (days.length - 1) / 2;
    expect(Number(said)).toBe((days[Math.floor(half)]! + days[Math.ceil(half)]!) / 2);
    await look(page, 'console-days');
  });

  it('sees what is late by office and by person, each figure a list', async () => {
    await open(page, running, '/supervision');
    await page.getByRole('region', { name: '各经办人' }).or(page.getByText('各经办人')).first().waitFor();
    const late = page.getByRole('link', { name: new RegExp(`${clerk.name}.*办结申请已逾期`) });
    await late.waitFor();
    expect(await late.textContent()).toBe(String(LATE));
    await look(page, 'console-supervision');
    await late.click();
    await page.getByRole('heading', { level: 1, name: '待办结' }).waitFor();
    await page.getByText(`共${LATE}条，已全部显示`).waitFor();
    expect(await page.locator('tbody .row').count()).toBe(LATE);
  });

  it('gives what lies to a colleague, and the figures move with it', async () => {
    await page.getByRole('button', { name: '全选已显示的' }).click();
    await page.keyboard.press('a');
    const other = running.staff.filter(({ role, office: at }) => role === 'clerk' && at === clerk.office)[1]!;
    await dialog(page).getByLabel('交给').fill(other.name);
    await page.keyboard.press('Enter');
    await look(page, 'console-assign');
    await dialog(page)
      .getByRole('button', { name: `分派${LATE}件` })
      .click();
    await dialog(page).waitFor({ state: 'hidden' });
    await open(page, running, '/supervision');
    const late = page.getByRole('link', { name: new RegExp(`${other.name}.*办结申请已逾期`) });
    await late.waitFor();
    expect(await late.textContent()).toBe(String(LATE));
    expect(await page.getByRole('link', { name: new RegExp(`${clerk.name}.*办结申请已逾期`) }).count()).toBe(0);
  });

  it('is the second person of the guarded exit, reads the evidence and disagrees: the registration stays (M79-4c)', async () => {
    await page.getByRole('region', { name: '等您复核的退出' }).getByRole('link', { name: refuser }).click();
    await page.getByRole('heading', { level: 1, name: refuser }).waitFor();
    await page.getByRole('button', { name: '复核', exact: true }).click();
    await dialog(page).getByText('第1次推荐岗位').waitFor();
    await dialog(page).getByText('不同意，登记继续有效').click();
    await dialog(page).getByLabel('复核意见').fill('三次推荐都没有写明岗位，不能认定拒绝');
    await look(page, 'console-review');
    await dialog(page).getByRole('button', { name: '提交复核' }).click();
    await dialog(page).waitFor({ state: 'hidden' });
    await page.getByRole('heading', { level: 1 }).getByText('登记有效').waitFor();
  });

  it('hears of the ground outside the list that was tried (M79-2f)', async () => {
    await open(page, running, '/supervision');
    const events = page.getByRole('region', { name: '督导事项' });
    await events.getByText('清单以外的不予登记理由').first().waitFor();
    expect(await events.textContent()).toContain(clerk.name);
    await look(page, 'console-events');
  });

  it('sees the same on a telephone', async () => {
    const telephone = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    await telephone.addCookies(await staffCookies(running, supervisor));
    const small = await telephone.newPage();
    await open(small, running, '/supervision');
    await small.getByText('督导事项').first().waitFor();
    await look(small, 'console-supervision-phone');
    expect(await small.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await telephone.close();
  });
});
