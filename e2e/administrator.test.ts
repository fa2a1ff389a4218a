import { addDays } from '@yingdeng/rules/calendar.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { Api } from './lib/api.ts';
import { oneAfterTheOther } from './lib/parts.ts';
import { staffOf } from './lib/running.ts';
import { choose, desk, dialog, open, signedIn } from './pages/console.ts';
import { look } from './pages/look.ts';
import { type Setting, settingOf } from './walk/setting.ts';

const running = inject('running');

describe('an administrator', () => {
  let browser: Browser;
  let page: Page;
  let setting: Setting;
  const city = staffOf(running, 'administrator').division.slice(0, 4);
  const name = '试验街道公共就业服务站';
  const username = `shifan.clerk${Date.now() % 1_000_000}`;
  const submit = (text: string | RegExp) => dialog(page).getByRole('button', { name: text, exact: true }).click();

  oneAfterTheOther();
  beforeAll(async () => {
    browser = await launchBrowser();
    setting = await settingOf(running);
    page = await signedIn(await browser.newContext(desk), running, 'administrator');
  });
  afterAll(() => browser?.close());

  it('adds an office; it stands in the public list at once (A21-4b)', async () => {
    await open(page, running, `/admin/offices?under=${setting.county}`);
    await page.getByRole('button', { name: /^增加/ }).waitFor();
    await page.keyboard.press('n');
    await dialog(page).getByLabel('机构代码').fill(`${setting.county}998`);
    await dialog(page).getByLabel('机构名称').fill(name);
    await dialog(page).getByLabel('办公地址').fill('试验路1号');
    await dialog(page).getByLabel('联系电话').fill('0000-0000999');
    await dialog(page).getByLabel('负责人').fill('试验员');
    await look(page, 'console-office');
    await submit('保存');
    await dialog(page).waitFor({ state: 'hidden' });
    await page.getByText(name).first().waitFor();
    const { institutions } = await new Api(running.url).call('getInstitutions', {
      query: { division: setting.county },
    });
    expect(institutions.map((one) => one.name)).toContain(name);
  });

  it('opens an account there; password and key are shown once and on no other page', async () => {
    await open(page, running, '/admin/accounts');
    await page.keyboard.press('n');
    await dialog(page).getByLabel('用户名').fill(username);
    await dialog(page).getByLabel('姓名').fill('试验经办');
    await choose(page, '角色', '经办人员');
    await dialog(page).getByLabel('机构').fill('试验街道');
    await page.keyboard.press('Enter');
    await look(page, 'console-account');
    await submit('开通');
    await dialog(page).getByText('只显示这一次').waitFor();
    const password = (await dialog(page).locator('.secrets dd code').first().textContent()) ?? '';
    expect(password.length).toBeGreaterThan(10);
    await look(page, 'console-secrets');
    await submit('已经记下，关闭');
    await page.getByLabel('按姓名或用户名查找').fill(username);
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: username }).waitFor();
    expect(await page.content()).not.toContain(password);
  });

  it('adds the days off of the next year from the notice, each line checked while it is typed', async () => {
    await open(page, running, '/admin/calendar');
    const add = page.getByRole('button', { name: /^增加\d{4}年/ });
    const year = /\d{4}/.exec((await add.textContent()) ?? '')?.[0] ?? '';
    await page.keyboard.press('n');
    await dialog(page).getByLabel('放假日期').fill(`元旦 ${year}0101\n国庆节 ${year}1001-${year}1399`);
    await dialog(page).getByText('请核对').waitFor();
    await dialog(page).getByLabel('放假日期').fill(`元旦 ${year}0101\n国庆节 ${year}1001-${year}1007`);
    await dialog(page)
      .getByLabel('文件')
      .fill(`国办发明电〔${Number(year) - 1}〕7号`);
    await dialog(page)
      .getByText(/全年工作日/)
      .waitFor();
    await look(page, 'console-calendar-year');
    await submit(`增加${year}年`);
    await page.getByText(`日历维护到 ${year}-12-31`).waitFor();
  });

  it('adds a provision with its citation; what becomes of it is shown before, and the law of that day says so', async () => {
    const from = addDays(setting.today, 20);
    await open(page, running, '/admin/provisions');
    await page.keyboard.press('n');
    await dialog(page).getByLabel('事项').fill('首次联系期限');
    await page.keyboard.press('Enter');
    await dialog(page).getByLabel('内容').fill('4');
    await dialog(page).getByLabel('文号').fill('焦人社〔2026〕98号');
    await dialog(page).getByLabel('条款').fill('二(一)');
    await dialog(page).getByLabel('文件名称').fill('关于加快首次联系的通知');
    await dialog(page).getByLabel('施行日期').fill(from.replaceAll('-', ''));
    await dialog(page).getByText('按新规定执行').first().waitFor();
    await look(page, 'console-provision');
    await submit('增加');
    await dialog(page).waitFor({ state: 'hidden' });
    const api = new Api(running.url);
    const on = async (day: string) => {
      const { parameters } = await api.call('getPolicy', { query: { division: `${city}00`, on: day } });
      const found = parameters.find(({ parameter }) => parameter === 'firstContactWorkingDays');
      return [found?.value, found?.citation.document];
    };
    expect(await on(from)).toEqual([4, '焦人社〔2026〕98号']);
    expect((await on(addDays(from, -1)))[0]).toBe(5);
  });

  it('lays one case under three laws on the switchboard', async () => {
    await open(page, running, '/admin/switchboard');
    const row = page.getByRole('row', { name: /审核最晚办结日/ });
    await row.waitFor();
    expect(new Set((await row.getByRole('cell').allTextContents()).map((text) => text.slice(0, 10))).size).toBe(2);
    await look(page, 'console-switchboard');
  });

  it('writes a new version of a list, which a second person publishes (A21-4c)', async () => {
    await open(page, running, `/admin/lists?division=${setting.county}`);
    await page.getByText('失业保险金').first().waitFor();
    await page.keyboard.press('n');
    await look(page, 'console-list-version');
    await submit('提交批准');
    await dialog(page).waitFor({ state: 'hidden' });
    await page.getByText('您是编写人').waitFor();
    const own = async () => {
      const { lists } = await new Api(running.url).call('getLists', { query: { division: setting.county } });
      return lists.find(({ list }) => list === 'policies')?.division === setting.county;
    };
    expect(await own()).toBe(false);
    const context = await browser.newContext(desk);
    const supervisor = await signedIn(context, running, 'supervisor');
    await open(supervisor, running, '/admin/lists');
    await supervisor.getByRole('button', { name: '批准并发布' }).waitFor();
    await look(supervisor, 'console-list-approval');
    await supervisor.getByRole('button', { name: '批准并发布' }).click();
    await expect.poll(own).toBe(true);
    await context.close();
  });

  it('an auditor finds what the administrator did, by who and by day', async () => {
    const context = await browser.newContext(desk);
    const auditor = await signedIn(context, running, 'auditor');
    await open(auditor, running, '/audit');
    const administrator = staffOf(running, 'administrator').name;
    await auditor.getByLabel('按人员筛选').fill(administrator);
    await auditor.keyboard.press('Enter');
    const people = async () => [
      ...new Set((await auditor.locator('tbody tr.ant-table-row td:nth-child(3)').allTextContents()).filter(Boolean)),
    ];
    await expect.poll(people).toEqual([administrator]);
    await look(auditor, 'console-audit');
    await auditor.getByLabel('从哪天起').fill(addDays(setting.today, 1).replaceAll('-', ''));
    await auditor.getByText('没有记录').waitFor();
    await context.close();
  });
});
