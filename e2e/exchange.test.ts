import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import type { Api } from './lib/api.ts';
import { OwnSystem } from './lib/own-system.ts';
import { type HeldExit, heldExits } from './lib/platform.ts';
import { type Running, staffOf } from './lib/running.ts';
import { asRole } from './lib/sign-in.ts';
import { desk, dialog, signInStaff } from './pages/console.ts';
import { look } from './pages/look.ts';
import { exitedPerson } from './walk/exited-person.ts';
import { type Setting, settingOf } from './walk/setting.ts';

// Large enough that ten days have exits to lose and to change, whatever day it is.
const system = new OwnSystem({ people: 2_000 });
let running: Running;
let setting: Setting;
let browser: Browser;
let officer: Page;
let clerk: Page;
let officerApi: Api;
let clerkApi: Api;

beforeAll(async () => {
  [running, browser] = await Promise.all([system.start(), launchBrowser()]);
  setting = await settingOf(running);
  officer = await signInStaff(await browser.newContext(desk), running, staffOf(running, 'exchangeOfficer'));
  clerk = await signInStaff(await browser.newContext(desk), running, staffOf(running, 'clerk'));
  [{ api: officerApi }, { api: clerkApi }] = await Promise.all([
    asRole(running, 'exchangeOfficer'),
    asRole(running, 'clerk'),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await system.stop();
});

const open = async (page: Page, path: string) => {
  await page.goto(`${running.url}/console${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
};
const post = (path: string, body: string, type: string) =>
  fetch(running.platform + path, { method: 'POST', body, headers: { 'content-type': type }, redirect: 'manual' });
const faults = (settings: object) => post('/control/faults', JSON.stringify(settings), 'application/json');
/** Loses, changes or invents an exit the platform holds. */
const tamper = (form: Record<string, string>) =>
  post('/tamper', new URLSearchParams(form).toString(), 'application/x-www-form-urlencoded');
/** What stands there, at a desk, at 200% and on a phone: axe finds nothing, nothing is too wide. */
const seen = async (page: Page, name: string) => {
  await look(page, name);
  for (const viewport of [
    { width: 720, height: 450 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport);
    await look(page, `${name} at ${viewport.width}`, true);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), name).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(desk.viewport);
};
const kept = async (action: string, page = officer) => {
  // While it is done another status stands there.
  const said = async () => (await dialog(page).getByRole('status').textContent()) ?? '';
  await expect.poll(said, { message: action, timeout: 60_000 }).toMatch(/。$/);
  const outcome = await said();
  await dialog(page).getByRole('button', { name: '关闭' }).first().click();
  await dialog(page).waitFor({ state: 'hidden' });
  return outcome;
};

describe('the day of the exchange officer', () => {
  let lost: HeldExit;
  let changed: HeldExit;

  it('M79-8a: the night has sent ten days and compared them; nothing is to be done', async () => {
    await expect
      .poll(
        async () =>
          (await officerApi.call('getReconciliation', {})).days.filter(({ outcome }) => outcome === 'equal').length,
        {
          timeout: 150_000,
          interval: 1_000,
        },
      )
      .toBe(9);
    await expect
      .poll(async () => (await officerApi.call('getExchangeAlarms', {})).alarms, { timeout: 60_000 })
      .toEqual([]);
    await open(officer, '/exchange');
    await officer.getByText('没有告警').waitFor();
    await officer.getByText('没有待处理的差异', { exact: true }).waitFor();
    await seen(officer, 'exchange-calm');
  }, 240_000);

  it('M79X-2: what the platform lost, changed and invented is listed person by person after comparing anew', async () => {
    const held = await heldExits(running, '4108');
    // Of the ten days that are compared: the city has older exits.
    const { days } = await officerApi.call('getReconciliation', {});
    const from = days.at(-1)?.date.replaceAll('-', '') ?? '';
    const [first, second] = held.filter(({ date }) => date >= from && date < setting.today.replaceAll('-', ''));
    if (!first || !second) throw new Error('the night sent too little');
    [lost, changed] = [first, second];
    await tamper({ act: 'forget', AAB301: lost.AAB301, AAZ341: lost.AAZ341 });
    await tamper({ act: 'alter', AAB301: changed.AAB301, AAZ341: changed.AAZ341 });
    await tamper({ act: 'invent', AAB301: changed.AAB301, date: changed.date });
    await officer.getByRole('button', { name: '立即对账' }).first().click();
    expect(await kept('reconcile')).toBe('对账完成：发现3条差异。');
    const list = officer.locator('#differences');
    await list.getByText('平台没有这一条').waitFor();
    await list.getByText('两边内容不同').waitFor();
    await list.getByText('平台有，本地没有').waitFor();
    await officer.getByText('对账有3条差异没有处理。').waitFor();
    await seen(officer, 'exchange-differences');
  });

  it('what a program can mend is mended with a press; what it cannot is told to the operator with a note', async () => {
    const list = officer.locator('#differences');
    const row = (title: string) => list.getByRole('listitem').filter({ hasText: title });
    await row('平台没有这一条').getByRole('button', { name: '重新上传' }).click();
    await seen(officer, 'exchange-mend');
    await dialog(officer).getByRole('button', { name: '上传' }).click();
    expect(await kept('mend')).toBe('已处理，重新对账一致。');
    expect((await heldExits(running, lost.AAB301)).some(({ AAZ341 }) => AAZ341 === lost.AAZ341)).toBe(true);
    for (const title of ['两边内容不同', '平台有，本地没有']) {
      await row(title).getByRole('button', { name: '已告知平台…' }).click();
      await dialog(officer).getByLabel('告知了谁、怎样告知').fill('电话告知平台运行方李工');
      await dialog(officer).getByRole('button', { name: '记下' }).click();
      await kept('tell');
    }
    await list.getByText('没有待处理的差异').waitFor();
    await list.getByText('已告知平台 2').click();
    await list.getByText('电话告知平台运行方李工').first().waitFor();
    await list.getByText('已消除 1').click();
    await list.getByText('重新对账一致。').waitFor();
    await seen(officer, 'exchange-solved');
  });

  it('M79X-3: evidence of a record from its serial: content masked until a reasoned look, digest checked, every attempt', async () => {
    await officer.getByLabel('流水号、批次号、受理编号或平台编号').fill(lost.AAZ341);
    await officer.getByLabel('流水号、批次号、受理编号或平台编号').press('Enter');
    await officer.locator('#find').getByRole('link').first().click();
    await officer.getByRole('heading', { level: 1, name: /^退出凭据/ }).waitFor();
    const number = officer.locator('#content dd').nth(3);
    expect(await number.textContent()).toContain('*');
    await officer.getByRole('button', { name: '核验摘要' }).click();
    await officer.getByText('保存的就是上报的内容').waitFor();
    await seen(officer, 'exchange-record');
    await officer.getByRole('button', { name: '显示完整号码' }).click();
    await dialog(officer).getByLabel('理由').fill('平台运行方来电核对');
    await seen(officer, 'exchange-look');
    await dialog(officer).getByRole('button', { name: '显示' }).click();
    await expect.poll(() => number.textContent()).not.toContain('*');
    await officer.locator('#batches').getByRole('link').first().click();
    await officer.getByRole('heading', { level: 1, name: /^批次凭据/ }).waitFor();
    await officer.getByRole('button', { name: '核验摘要' }).click();
    await officer.getByText('保存的就是上报的内容').waitFor();
    await seen(officer, 'exchange-batch');
  });
});

describe('the way of a returned record', () => {
  it('M79X-2: is on the clerk’s day with plain words, is mended there, and is accepted under its number without another press', async () => {
    const { person, exitId, serial } = await exitedPerson(setting, clerkApi);
    await faults({ rejectAll: true });
    await officerApi.call('sendExits', { body: { on: setting.today } });
    await faults({ rejectAll: false });
    await open(officer, '/exchange');
    await officer.locator('#items').getByText('平台退回', { exact: true }).first().waitFor();
    await seen(officer, 'exchange-returned');
    await open(clerk, '/');
    const box = clerk.getByRole('region', { name: '退出数据更正' });
    await box.getByText(person.name).waitFor();
    await seen(clerk, 'today-to-mend');
    await box.getByRole('link', { name: '退出数据更正' }).click();
    await clerk.getByRole('heading', { level: 1, name: '退出数据更正' }).waitFor();
    const row = clerk.getByRole('listitem').filter({ hasText: serial });
    await row.getByText('平台退回全部记录').waitFor();
    await seen(clerk, 'to-mend');
    await row.getByRole('button', { name: '更正' }).click();
    await dialog(clerk).getByLabel('备注').fill('已核对');
    await dialog(clerk).getByLabel('更正依据').fill('按退回原因核对本人证件');
    await seen(clerk, 'mend-record');
    await dialog(clerk).getByRole('button', { name: '更正并重新上传' }).click();
    await clerk.getByText('没有要更正的记录').waitFor();
    await expect
      .poll(async () => (await officerApi.call('getExchangeRecord', { params: { id: exitId } })).state, {
        timeout: 100_000,
        interval: 1_000,
      })
      .toBe('accepted');
    const { batches, serial: now } = await officerApi.call('getExchangeRecord', { params: { id: exitId } });
    expect([batches.length, now]).toEqual([2, serial]);
    expect((await heldExits(running, '4108', setting.today)).filter(({ AAZ341 }) => AAZ341 === serial)).toHaveLength(1);
  }, 180_000);
});

describe('registrations of the past', () => {
  it('M79-7b: a load is seen while it runs, and may be left; in the end every one is accepted', async () => {
    await faults({ slowMs: 3_000 });
    await open(officer, '/back-load');
    await officer.getByRole('button', { name: '开始上传' }).click();
    await seen(officer, 'back-load-start');
    await dialog(officer).getByRole('button', { name: '开始' }).click();
    const run = officer.getByRole('listitem').filter({ hasText: '以来办理的登记' }).last();
    await run.getByText('正在上传').waitFor();
    await seen(officer, 'back-load-running');
    await faults({ slowMs: 0 });
    await run.getByText('已做完').waitFor({ timeout: 90_000 });
    const { counties } = await officerApi.call('getBackLoads', {});
    expect(counties.reduce((sum, { accepted }) => sum + accepted, 0)).toBeGreaterThan(0);
    expect(counties.filter(({ underWay, waiting }) => underWay + waiting > 0)).toEqual([]);
  }, 120_000);
});

describe('the stand-in of the platform', () => {
  it('shows what it holds and what it gave back, and its faults, at a desk and on a phone', async () => {
    await faults({ failRate: 0.1, slowMs: 20 });
    const page = await (await browser.newContext(desk)).newPage();
    await page.goto(running.platform);
    await page.getByRole('heading', { name: '故障演示' }).waitFor();
    await seen(page, 'platform');
    await page
      .getByRole('link', { name: /^(DJ-)?\d{6}-\d{8}-\d{4}$/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await seen(page, 'platform-batch');
    await page.goto(`${running.platform}/records`);
    await seen(page, 'platform-records');
    await faults({ failRate: 0, slowMs: 0 });
    await page.context().close();
  });
});
