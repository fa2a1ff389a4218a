import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { filledForm, signed } from './lib/form.ts';
import { newPerson, type Person } from './lib/people.ts';
import { byProvider } from './lib/sign-in.ts';
import { choose, desk, dialog, open as openPage, signedIn } from './pages/console.ts';
import { look } from './pages/look.ts';
import { type Setting, settingOf } from './walk/setting.ts';

const running = inject('running');
let setting: Setting;
let browser: Browser;
let office: BrowserContext;
let clerk: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  setting = await settingOf(running);
  office = await browser.newContext(desk);
  clerk = await signedIn(office, running, 'clerk');
});
afterAll(() => browser?.close());

const open = (page: Page, path: string) => openPage(page, running, path);

describe('what a desk has to load', () => {
  it('is at most 350 kB of script for the day, which has no charts', async () => {
    const context = await browser.newContext({ ...desk, serviceWorkers: 'block' });
    const page = await signedIn(context, running, 'clerk');
    const scripts: Promise<number>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        scripts.push(response.body().then((body) => gzipSync(body).length));
    });
    await openPage(page, running, '/');
    await page.waitForLoadState('networkidle');
    const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(350_000);
    await context.close();
  });
});

/** Fills the counter's form with nothing but keys; answers how many. */
async function typeForm(page: Page, person: Person): Promise<number> {
  let keys = 0;
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  const enter = async (text = '') => {
    keys += text.length;
    await page.keyboard.type(text);
    await press('Enter');
  };
  await page.getByLabel('证件号').waitFor();
  await enter(person.idNumber);
  await enter(person.name);
  // The number has filled the sex.
  await enter();
  for (const code of ['01', '13', '61', '10']) await enter(code);
  await enter('202610');
  for (let address = 0; address < 2; address += 1) {
    await enter(setting.county);
    await enter('和平路1号院2单元301室');
  }
  await press('2');
  await enter();
  await enter(person.mobile);
  for (let blank = 0; blank < 3; blank += 1) await enter();
  await press('2');
  await enter();
  await press('2');
  await enter();
  for (let blank = 0; blank < 6; blank += 1) await enter();
  await press('Space');
  return keys;
}

async function sign(pad: Locator, page: Page): Promise<void> {
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('there is no pad');
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  for (let step = 1; step < 16; step += 1)
    await page.mouse.move(box.x + 40 + step * 14, box.y + 50 + 24 * Math.sin(step));
  await page.mouse.up();
}

describe('the counter', () => {
  const person = () => newPerson(setting.county);
  let first: Person;

  it('takes a walk-in applicant by keyboard: number fills sex and birth, receipt with due date (A21-2d, A21-8a)', async () => {
    first = person();
    await open(clerk, '/counter');
    const keys = await typeForm(clerk, first);
    expect(keys).toBeLessThan(140);
    expect(await clerk.getByRole('radio', { name: first.sex === '1' ? '男' : '女' }).isChecked()).toBe(true);
    await sign(clerk.locator('.pad-box'), clerk);
    await look(clerk, 'console-counter');
    await clerk.keyboard.press('Control+Enter');
    await clerk.getByRole('heading', { name: '已受理' }).waitFor();
    await look(clerk, 'console-receipt');
    const receipt = (await clerk.getByRole('main').textContent()) ?? '';
    expect(receipt).toMatch(/受理编号\d{16,18}/);
    expect(receipt).toMatch(/还剩\d个工作日/);
  });

  it('prints the sheet of annex 1 as the server draws it (A21-8a)', async () => {
    const link = clerk.getByRole('link', { name: '打印登记表' });
    const answer = await clerk.request.get(new URL((await link.getAttribute('href')) ?? '', clerk.url()).href);
    expect(answer.headers()['content-type']).toBe('application/pdf');
    expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('a signature on the printed sheet: printed, signed, put on the shelf, shown on the case (A21-2b)', async () => {
    await open(clerk, '/counter');
    const walkIn = person();
    await typeForm(clerk, walkIn);
    await clerk.getByText('在打印的表上签名').click();
    const popup = clerk.waitForEvent('popup');
    await clerk.getByRole('button', { name: '打印登记表' }).click();
    await (await popup).close();
    await clerk.getByText(/[0-9A-F]{4}(-[0-9A-F]{4}){3}/).waitFor();
    // Whatever is changed after printing asks for a new sheet.
    await clerk.getByLabel('其他需要说明的事项').fill('愿意倒班');
    await clerk.getByText('打印后内容有改动').first().waitFor();
    const again = clerk.waitForEvent('popup');
    await clerk.getByRole('button', { name: '重新打印登记表' }).click();
    await (await again).close();
    await clerk.getByLabel(/申请人本人已在这张表上签名/).check();
    await clerk.getByLabel('存档编号').fill('2026年第3盒31号');
    await look(clerk, 'console-counter-paper');
    await clerk.keyboard.press('Control+Enter');
    await clerk.getByRole('heading', { name: '已受理' }).waitFor();
    await clerk.getByRole('link', { name: '打开业务' }).click();
    await clerk.getByText('纸质签名存档').waitFor();
    await clerk.getByText(/2026年第3盒31号/).waitFor();
    await look(clerk, 'console-case-paper');
  });

  it('says at once that the person has an open application', async () => {
    await open(clerk, '/counter');
    await clerk.getByLabel('证件号').fill(first.idNumber);
    await clerk.getByRole('alert').getByText('同一人不重复登记').waitFor();
  });
});

describe('refusing', () => {
  it('is only possible on the closed list, after a recorded check, with evidence, and never for papers (M79-2b, M79-2f)', async () => {
    await open(clerk, '/decisions');
    await clerk.locator('tbody .row').first().waitFor();
    await clerk.keyboard.press('Enter');
    const refuse = clerk.getByRole('button', { name: '不予登记' });
    await refuse.focus();
    expect(await refuse.getAttribute('aria-disabled')).toBe('true');
    await clerk.getByRole('tooltip').getByText('须先记录核查结果和依据').waitFor();
    await clerk.getByRole('button', { name: '记录核查' }).click();
    await dialog(clerk).getByText('被用人单位录用或招聘').click();
    await dialog(clerk).getByLabel('经过和结果').fill('11月20日到单位了解，本人已上班');
    await look(clerk, 'console-check');
    await dialog(clerk).getByRole('button', { name: '保存核查' }).click();
    await clerk.getByText('核查已记录').waitFor();
    await refuse.click();
    await dialog(clerk).getByText('经核验，不能确认申请人身份').waitFor();
    expect(await dialog(clerk).getByRole('radio').count()).toBe(10);
    expect(await dialog(clerk).getByText('其他', { exact: true }).count()).toBe(0);
    await dialog(clerk).getByText('处于被用人单位录用或招聘状态').click();
    const send = dialog(clerk).getByRole('button', { name: '不予登记' });
    expect(await send.isDisabled()).toBe(true);
    await choose(clerk, '第1项依据的种类', '工作人员调查记录');
    await dialog(clerk).getByLabel('第1项依据的内容').fill('到单位调查，11月起在岗');
    await choose(clerk, '第2项依据的种类', '本人说明');
    await dialog(clerk).getByLabel('第2项依据的内容').fill('本人电话中说已上班');
    await dialog(clerk)
      .getByLabel(/补充说明/)
      .fill('请补交离职证明');
    await dialog(clerk).getByText('“离职证明”不能写').waitFor();
    expect(await send.isDisabled()).toBe(true);
    await look(clerk, 'console-refuse-blocked');
    await dialog(clerk)
      .getByLabel(/补充说明/)
      .fill('不再上班后可以随时来登记');
    await send.click();
    await clerk.getByRole('heading', { level: 1 }).getByText('不予登记').waitFor();
  });
});

describe('two cases of one person', () => {
  /** A worker applies from home; answers the case's id. */
  const applied = async (more: object = {}) => {
    const someone = newPerson(setting.county);
    const { api } = await byProvider(running, someone);
    const { version } = await api.call('getCommitment', {});
    const form = { ...filledForm(someone, setting.county, setting.today), ...more };
    return api.call('submitApplication', { body: signed(form, version) });
  };

  it('are compared side by side, and what is out of sight is said to be so (A21-2d)', async () => {
    const here = await applied();
    const there = await applied({ reason: '5' });
    const page = await office.newPage();
    // The intake refuses a second application in one city, so the server's answer is given the duplicates here.
    await page.route(`**/api/applications/${here.id}`, async (route) => {
      const answer = await route.fetch();
      const duplicates = [
        { applicationId: there.id, number: there.number, text: '有正在办理的申请' },
        { number: '', text: '在其他地区有有效的失业登记' },
      ];
      await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), duplicates } });
    });
    await open(page, `/cases/${here.id}`);
    await page.getByRole('button', { name: '并排对比' }).first().click();
    const reason = dialog(page).getByRole('row', { name: /失业原因/ });
    await reason.getByText('从各类单位辞职').waitFor();
    expect(await reason.getByText('不同').count()).toBe(1);
    expect(
      await dialog(page)
        .getByRole('row', { name: /登记失业地/ })
        .getByText('不同')
        .count(),
    ).toBe(0);
    expect(
      await dialog(page)
        .getByRole('row', { name: /证件号/ })
        .textContent(),
    ).toMatch(/410\*{10,}/);
    await look(page, 'console-compare');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '并排对比' }).last().click();
    await dialog(page).getByText('不在您的管辖范围内').waitFor();
    await page.close();
  });
});

describe('personal data', () => {
  it('is masked until a reason is given, and the look is recorded', async () => {
    const main = clerk.getByRole('main');
    expect(await main.textContent()).not.toMatch(/(?<![\d*])\d{17}[\dX]/);
    await clerk.getByRole('button', { name: '显示' }).click();
    await dialog(clerk).getByText('本人可以看到').waitFor();
    await dialog(clerk).getByText('核对身份').click();
    await look(clerk, 'console-reveal');
    await dialog(clerk).getByRole('button', { name: '显示' }).click();
    await clerk.getByRole('button', { name: '遮住' }).waitFor();
    expect(await main.textContent()).toMatch(/\d{17}[\dX]/);
  });
});

describe('roles', () => {
  it('see only what they may use; another page says who may not and why', async () => {
    const context = await browser.newContext(desk);
    const auditor = await signedIn(context, running, 'auditor');
    await open(auditor, '/audit');
    const menu = auditor.getByRole('navigation', { name: '主菜单' });
    expect(await menu.getByRole('link').allTextContents()).toEqual([
      '情况',
      '督导',
      // An auditor reads the reports and verifies them; preparing and approving are others'.
      '统计月报',
      '趋势',
      '异议',
      '操作记录',
      '数据交换',
      '平台统计',
      '历史登记上传',
      '民政数据交换',
      '政策规定',
      '三套规定对照',
    ]);
    await open(auditor, '/counter');
    await auditor.getByText('您没有这个页面的权限').waitFor();
    await open(auditor, '/audit?action=person.reveal');
    await auditor.getByText('查看完整证件号码和电话').first().waitFor();
    await context.close();
  });
});

describe('on a telephone', () => {
  it('the menu opens, leads on and closes', async () => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      locale: 'zh-CN',
      storageState: await office.storageState(),
    });
    const page = await context.newPage();
    await open(page, '/');
    await page.getByRole('button', { name: '打开菜单' }).click();
    await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '待办结' }).click();
    await page.getByRole('heading', { level: 1, name: '待办结' }).waitFor();
    await page.getByRole('navigation', { name: '主菜单' }).waitFor({ state: 'hidden' });
    await context.close();
  });
});
