import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { Api } from './lib/api.ts';
import { filledForm, signed } from './lib/form.ts';
import { OwnSystem } from './lib/own-system.ts';
import { oneAfterTheOther } from './lib/parts.ts';
import { newPerson } from './lib/people.ts';
import { type Running, type Staff, staffOf } from './lib/running.ts';
import { desk, dialog, open, recordContacts, signInStaff } from './pages/console.ts';
import { look, tabTo } from './pages/look.ts';
import { type Setting, settingOf } from './walk/setting.ts';

/** As many as wait for a clerk in the morning of a bad day. */
const CASES = 200;
/** As many as this clerk takes and decides here. */
const DECIDED = 8;

describe('a clerk with 200 cases and a keyboard', () => {
  // Its own: what is counted here nobody else changes meanwhile.
  const system = new OwnSystem();
  let running: Running;
  let staff: Staff;
  let browser: Browser;
  let office: BrowserContext;
  let page: Page;
  let api: Api;
  let setting: Setting;

  oneAfterTheOther();
  beforeAll(async () => {
    [running, browser] = await Promise.all([system.start(), launchBrowser()]);
    staff = staffOf(running, 'clerk', 1);
    setting = await settingOf(running);
    office = await browser.newContext(desk);
    page = await signInStaff(office, running, staff);
    api = new Api(running.url);
    for (const { name, value } of await office.cookies(running.url)) api.visitor.remember(running.url, name, value);
    const { version } = await api.call('getCommitment', {});
    const enter = () => {
      const form = filledForm(newPerson(setting.county), setting.county, setting.today);
      return api.call('enterApplication', { body: signed(form, version) });
    };
    for (let entered = 0; entered < CASES; entered += 10) await Promise.all(Array.from({ length: 10 }, enter));
  });
  afterAll(async () => {
    await browser?.close();
    await system.stop();
  });

  /** How many lines a list has, read to its end as the page reads it. */
  async function lengthOf(query: { assigned?: string } = {}): Promise<number> {
    let length = 0;
    for (let after: string | undefined; ; ) {
      const { items, next } = await api.call('getDecisionWorklist', { query: { ...query, limit: 100, after } });
      length += items.length;
      if (!next) return length;
      after = next;
    }
  }

  /** The figures of the day, which are those of the lists at this moment. Answers how many are open. */
  async function countsAgree(): Promise<number> {
    const { counts } = await api.call('getToday', {});
    const decision = counts.find(({ kind }) => kind === 'decision');
    expect({ open: decision?.open, mine: decision?.mine }).toEqual({
      open: await lengthOf(),
      mine: await lengthOf({ assigned: 'mine' }),
    });
    return decision?.open ?? 0;
  }

  const rows = () => page.locator('tbody .row');
  const currentName = () => page.locator('.row-current').getByRole('link').textContent();

  it('reads to the end of the list page by page, and it has as many lines as the day says', async () => {
    const open_ = await countsAgree();
    expect(open_).toBeGreaterThanOrEqual(CASES);
    await open(page, running, '/');
    const said = page.getByRole('region', { name: '待办结的申请' }).locator('dd').last();
    expect(await said.textContent()).toBe(`${open_}件`);
    await look(page, 'console-today');
    await open(page, running, '/decisions');
    await rows().nth(49).waitFor();
    expect(await rows().count()).toBe(50);
    for (let shown = 100; shown < open_; shown += 50) {
      await page.keyboard.press('m');
      await rows()
        .nth(shown - 1)
        .waitFor();
    }
    await page.keyboard.press('m');
    await page.getByText(`共${open_}条，已全部显示`).waitFor();
    expect(await rows().count()).toBe(open_);
  });

  it('goes down and up with j and k, opens with Enter, on to the next case with j, and back to the line with b', async () => {
    await open(page, running, '/decisions');
    await rows().nth(9).waitFor();
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
    const third = await rows().nth(2).getByRole('link').textContent();
    expect(await currentName()).toBe(third);
    await look(page, 'console-decisions');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: third ?? '' }).waitFor();
    await page.getByText(/^第3件，共50件$/).waitFor();
    await look(page, 'console-case');
    await page.keyboard.press('j');
    await page.getByText(/^第4件，共50件$/).waitFor();
    await page.keyboard.press('b');
    await rows().nth(9).waitFor();
    expect(await currentName()).toBe(await rows().nth(3).getByRole('link').textContent());
  });

  it('keeps a filter under a name and finds it again the next day', async () => {
    await open(page, running, '/decisions?assigned=none');
    await page.getByRole('button', { name: '常用筛选' }).click();
    await page.getByRole('menuitem', { name: /保存当前筛选/ }).click();
    await dialog(page)
      .getByLabel(/当前的筛选存为/)
      .fill('没人办的');
    await page.keyboard.press('Enter');
    await dialog(page).getByRole('button', { name: '没人办的', exact: true }).waitFor();
    await look(page, 'console-filters');
    await open(page, running, '/');
    await open(page, running, '/decisions');
    await rows().first().waitFor();
    await page.keyboard.press('x');
    await page.getByText('已选1件').waitFor();
    await page.getByRole('button', { name: '常用筛选' }).click();
    await page.getByRole('menuitem', { name: /没人办的/ }).click();
    await page.waitForURL(/assigned=none/);
    // Ticks do not travel into another list, where the next key would act on them.
    await page.getByText(/^已选\d+件/).waitFor({ state: 'hidden' });
    await rows().first().waitFor();
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
    // The address alone brings the list back.
    await page.reload();
    await rows().first().waitFor();
  });

  it(`takes ${DECIDED} at once, and the figures follow`, async () => {
    const before = await lengthOf({ assigned: 'mine' });
    await rows().nth(DECIDED).waitFor();
    for (let ticked = 0; ticked < DECIDED; ticked += 1) {
      await page.keyboard.press('x');
      await page.keyboard.press('j');
    }
    await page.getByText(`已选${DECIDED}件`).waitFor();
    await page.keyboard.press('t');
    await page.getByText(`已选${DECIDED}件`).waitFor({ state: 'hidden' });
    expect(await lengthOf({ assigned: 'mine' })).toBe(before + DECIDED);
    await countsAgree();
    await open(page, running, '/decisions?assigned=mine');
    await page.getByText(`共${before + DECIDED}条，已全部显示`).waitFor();
  });

  it(`decides ${DECIDED} one after the other without a mouse, and after each the figures are right (A21-3a, M79-3a)`, async () => {
    let left = await countsAgree();
    await page.keyboard.press('Enter');
    for (let decided = 1; decided <= DECIDED; decided += 1) {
      await page.getByText(new RegExp(`^第${decided}件，`)).waitFor();
      // The key is the button's: it is there once the case has been read.
      await page.getByRole('button', { name: /^登记/ }).first().waitFor();
      await page.keyboard.press('d');
      await dialog(page).getByLabel(/说明/).waitFor();
      await page.keyboard.press('Control+Enter');
      await dialog(page).waitFor({ state: 'hidden' });
      await page.getByRole('heading', { level: 1 }).getByText('登记有效').waitFor();
      left -= 1;
      expect(await countsAgree()).toBe(left);
      if (decided < DECIDED) await page.keyboard.press('j');
    }
    await look(page, 'console-registered');
    await page.keyboard.press('b');
    await page.getByRole('heading', { level: 1, name: '待办结' }).waitFor();
    const mine = await lengthOf({ assigned: 'mine' });
    await expect.poll(() => rows().count()).toBe(mine);
  });

  it('records an attempt that is none and the contact that is one (M79-3a, A21-4c)', async () => {
    await open(page, running, '/contacts');
    await rows().first().waitFor();
    await page.keyboard.press('Enter');
    await recordContacts(page);
    await look(page, 'console-served');
  });

  it('has the class from the conversation, agrees a plan with the person by telephone, and settles its first step (A21-4a, A21-4f)', async () => {
    const service = page.getByRole('region', { name: '服务', exact: true });
    const part = (name: string) => service.getByRole('region', { name, exact: true });
    const classed = await part('服务类别').locator('b').first().textContent();
    expect(classed).toMatch(/^[A-D] /);
    await part('计划').getByRole('button', { name: '制定计划' }).click();
    await dialog(page).getByLabel('目标').fill('三个月内找到设备维修的长白班工作');
    await dialog(page).getByLabel('负责人').fill(staff.name);
    await page.keyboard.press('Enter');
    await look(page, 'console-plan');
    await page.keyboard.press('Control+Enter');
    await dialog(page).waitFor({ state: 'hidden' });
    await part('计划').getByRole('button', { name: '本人已确认' }).click();
    await dialog(page).getByText('电话里确认').click();
    await look(page, 'console-plan-agreed');
    await page.keyboard.press('Control+Enter');
    await dialog(page).waitFor({ state: 'hidden' });
    await part('计划')
      .getByText(/电话确认/)
      .waitFor();
    const first = part('计划').locator('.steps > li').filter({ hasText: '机构' }).first();
    await first.getByRole('button', { name: '办结' }).click();
    await dialog(page).getByLabel('结果', { exact: false }).last().fill('做了一次职业指导，商定先找中型企业');
    await look(page, 'console-step');
    await page.keyboard.press('Control+Enter');
    await dialog(page).waitFor({ state: 'hidden' });
    await first.getByText('已完成').waitFor();
    await part('服务记录').getByText('做了一次职业指导，商定先找中型企业').waitFor();
    await look(page, 'console-service');
  });

  it('proposes an exit and confirms it without a mouse (M79-4b)', async () => {
    await page.keyboard.press('e');
    await dialog(page).getByText('退出原因').waitFor();
    await tabTo(page, 'radio', /被各类用人单位录用或招聘/);
    await page.keyboard.press('Space');
    await tabTo(page, 'combobox', /第1项依据的种类/);
    await page.keyboard.press('Enter');
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tabTo(page, 'textbox', /第1项依据的内容/);
    await page.keyboard.type('焦作某机械有限公司确认已录用');
    await look(page, 'console-exit');
    await page.keyboard.press('Control+Enter');
    await page.getByText('登记有效（退出核实中）').waitFor();
    await dialog(page).waitFor({ state: 'hidden' });
    await tabTo(page, 'button', /^确认退出$/);
    await page.keyboard.press('Enter');
    await dialog(page).getByText('登记结束').first().waitFor();
    await look(page, 'console-exit-confirm');
    await page.keyboard.press('Control+Enter');
    await dialog(page).waitFor({ state: 'hidden' });
    await page.getByText('已退出', { exact: true }).first().waitFor();
    await look(page, 'console-exited');
    expect((await page.getByRole('main').textContent()) ?? '').toMatch(/流水号\s*\d{16}/);
  });

  it('sees all the keys with ?', async () => {
    await page.keyboard.press('?');
    await dialog(page).getByText('回列表').waitFor();
    await look(page, 'console-keys');
    await page.keyboard.press('Escape');
  });
});
