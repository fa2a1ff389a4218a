import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { Api } from './lib/api.ts';
import { filledForm, signed } from './lib/form.ts';
import { environmentOf } from './lib/own-system.ts';
import { newPerson } from './lib/people.ts';
import { heldExits } from './lib/platform.ts';
import { staffOf } from './lib/running.ts';
import { atWork, byCode, messagesTo } from './lib/sign-in.ts';
import { until } from './lib/wait.ts';
import { desk, dialog, signedIn } from './pages/console.ts';
import { look } from './pages/look.ts';
import { phone } from './pages/portal.ts';
import { checkedCase, settleFindings } from './walk/register.ts';
import { type Setting, settingOf } from './walk/setting.ts';

const running = inject('running');
let setting: Setting;
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
  setting = await settingOf(running);
});
afterAll(() => browser?.close());

/** Runs the demonstration as `npm run demo` does. */
async function demo(environment: NodeJS.ProcessEnv): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('demo.ts', import.meta.url))], { env: environment });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  return new Promise((done) => child.once('close', (code) => done({ code, text })));
}

describe('the demonstration', () => {
  it('walks one person through the whole loop to the receipt of the national platform (M79-6a)', async () => {
    const { code, text } = await demo(environmentOf(running.folder));
    expect(code, text).toBe(0);
    for (const clause of ['M79-3a', 'M79-7a', 'M79-8a', 'M79-4c', 'A21-4c']) expect(text).toContain(clause);
    expect(text).toContain('恰好一条');
    expect(text.split('\n').length).toBeLessThan(100);
  });

  it('says how to start when nothing runs', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'yingdeng-none-'));
    try {
      const { code, text } = await demo(environmentOf(empty));
      expect(code).toBe(2);
      expect(text).toContain('npm start');
    } finally {
      rmSync(empty, { recursive: true });
    }
  });
});

describe('the end of the loop in a browser', () => {
  let office: BrowserContext;
  let clerk: Page;
  /** A colleague of the clerk, over HTTP. */
  let colleague: Api;

  beforeAll(async () => {
    office = await browser.newContext(desk);
    clerk = await signedIn(office, running, staffOf(running, 'clerk', 1));
    await clerk.goto(`${running.url}/console/`);
    colleague = await atWork(running, 'clerk');
  });
  afterAll(() => office?.close());

  it("today's exits are sent and accepted, and the worker sees the end of it and who looked (M79-8a, A21-5d)", async () => {
    const { api, person, receipt } = await submitted();
    const params = { id: receipt.id };
    const file = await settleFindings(colleague, await checkedCase(colleague, receipt.id));
    const { case: registered } = await colleague.call('registerApplication', {
      params,
      body: { version: file.application.version },
    });
    const evidence = [{ kind: 'employerStatement', date: setting.today, text: '焦作某机械有限公司确认已录用' }];
    const { case: proposed } = await colleague.call('proposeExit', {
      params: { id: registered.registration!.id },
      body: { reason: '11', exitOn: setting.today, evidence },
    });
    const exit = proposed.registration!.exits[0]!;
    await colleague.call('confirmExit', { params: { id: exit.id }, body: { version: exit.version } });

    const context = await browser.newContext(desk);
    const officer = await signedIn(context, running, 'exchangeOfficer');
    await officer.goto(`${running.url}/console/exchange`);
    await officer.getByRole('button', { name: '立即上传' }).click();
    await dialog(officer).getByRole('button', { name: '上传' }).click();
    await dialog(officer).getByRole('status').getByText('已接收').waitFor();
    await look(officer, 'console-send');
    await officer.goto(`${running.url}/console/exchange?on=${setting.today}&state=accepted`);
    await officer.getByText(exit.serial).waitFor();
    await officer.getByText('没有对不上的').waitFor();
    await look(officer, 'console-exchange');
    const held = (await heldExits(running, setting.county)).filter(({ AAZ341 }) => AAZ341 === exit.serial);
    expect(held).toHaveLength(1);
    await context.close();

    const telephone = await browser.newContext(phone);
    const [pair = ''] = api.visitor.cookies(`${running.url}/`).split('; ');
    await telephone.addCookies([
      { name: pair.split('=')[0] ?? '', value: pair.slice(pair.indexOf('=') + 1), url: running.url },
    ]);
    const mine = await telephone.newPage();
    await mine.goto(`${running.url}/my`);
    await mine.getByRole('main').getByText('登记已经退出').first().waitFor();
    await mine.goto(`${running.url}/my/messages`);
    await mine.getByRole('main').getByText('已注销').first().waitFor();
    await mine.goto(`${running.url}/my/looks`);
    await mine.getByText(staffOf(running, 'clerk').name).first().waitFor();
    await look(mine, 'portal-looks');
    await telephone.close();

    const visitor = await browser.newContext(phone);
    const page = await visitor.newPage();
    await page.goto(`${running.url}/progress`);
    await page.getByLabel('受理编号').fill(receipt.number);
    await page.getByLabel('证件号').fill(person.idNumber);
    await page.getByRole('button', { name: '查询' }).click();
    await page.getByRole('main').getByText('登记已经退出').first().waitFor();
    await look(page, 'portal-progress-found');
    await visitor.close();
  });

  it('another worker signs in with a code by message', async () => {
    const context = await browser.newContext(phone);
    const other = newPerson(setting.county);
    const page = await context.newPage();
    await page.goto(`${running.url}/sign-in?to=/apply`);
    await page.getByLabel('姓名').fill(other.name);
    await page.getByLabel('身份证号').fill(other.idNumber);
    await page.getByLabel('手机号').fill(other.mobile);
    await page.getByRole('button', { name: '获取验证码' }).click();
    const code = await until('the code', async () => {
      const [message] = await messagesTo(running, other.mobile);
      return message && /验证码\D*(\d{6})/.exec(message.text)?.[1];
    });
    await page.getByLabel('6位验证码').fill(code);
    await look(page, 'portal-code');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('heading', { name: '确认您的身份' }).waitFor();
    await context.close();
  });

  it('a page that somebody else overtook says who and when, and loses nothing', async () => {
    const { receipt } = await submitted();
    await clerk.goto(`${running.url}/console/cases/${receipt.id}`);
    await clerk.getByRole('button', { name: /^登记/ }).click();
    await dialog(clerk).getByLabel(/说明/).fill('欢迎来办理就业服务');
    const { application } = await colleague.call('getApplicationCase', { params: { id: receipt.id } });
    await colleague.call('registerApplication', {
      params: { id: receipt.id },
      body: { version: application.version },
    });
    await dialog(clerk).getByRole('button', { name: '登记' }).click();
    const alert = dialog(clerk).getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain(`由${staffOf(running, 'clerk', 0).name}于`);
    expect(await dialog(clerk).getByLabel(/说明/).inputValue()).toBe('欢迎来办理就业服务');
    await look(clerk, 'console-overtaken');
  });

  it('of two clerks at once one decides and the other is told; one registration stands', async () => {
    const one = colleague;
    const two = new Api(running.url);
    for (const { name, value } of await office.cookies(running.url)) two.visitor.remember(running.url, name, value);
    const { receipt } = await submitted();
    const params = { id: receipt.id };
    const { application } = await one.call('getApplicationCase', { params });
    const body = { version: application.version };
    const outcomes = await Promise.allSettled(
      [one, two].map((api) => api.call('registerApplication', { params, body })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(String(lost?.reason)).toMatch(/application\.changed：这份申请已由.+于.+办理/);
    const after = await one.call('getApplicationCase', { params });
    expect(after.registration?.status).toBe('active');
    expect(after.history.filter(({ action }) => action === 'register')).toHaveLength(1);
  });

  it('a double tap makes one case; a repeated decision has one effect', async () => {
    const other = newPerson(setting.county);
    const { api } = await byCode(running, other);
    const { version } = await api.call('getCommitment', {});
    const body = signed(filledForm(other, setting.county, setting.today), version);
    const key = randomUUID();
    const receipts = await Promise.all(Array.from({ length: 4 }, () => api.call('submitApplication', { body, key })));
    expect(new Set(receipts.map((receipt) => receipt.number)).size).toBe(1);
    expect(receipts.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect((await api.call('getMyCases', {})).cases).toHaveLength(1);
  });

  /** A new person's application, sent over HTTP. */
  async function submitted() {
    const other = newPerson(setting.county);
    const { api } = await byCode(running, other);
    const { version } = await api.call('getCommitment', {});
    const body = signed(filledForm(other, setting.county, setting.today), version);
    return { api, person: other, receipt: await api.call('submitApplication', { body }) };
  }
});
