import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownName } from '@yingdeng/contract/divisions.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { Api } from './lib/api.ts';
import { filledForm, signed } from './lib/form.ts';
import { OwnSystem } from './lib/own-system.ts';
import { newPerson, type Person } from './lib/people.ts';
import { heldExits } from './lib/platform.ts';
import { type Running, staffOf } from './lib/running.ts';
import { asStaff, byCode, messagesTo } from './lib/sign-in.ts';
import { until } from './lib/wait.ts';
import { desk, dialog, exitHired, recordContacts, signInStaff } from './pages/console.ts';
import { look, tabTo } from './pages/look.ts';
import { answerAll, phone, signAndSubmit, signInByProvider } from './pages/portal.ts';
import { type Setting, settingOf } from './walk/setting.ts';

const system = new OwnSystem();
let running: Running;
let setting: Setting;
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
  running = await system.start();
  setting = await settingOf(running);
});
afterAll(async () => {
  await browser?.close();
  await system.stop();
});

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
    const { code, text } = await demo(system.environment);
    expect(code, text).toBe(0);
    for (const clause of ['M79-3a', 'M79-7a', 'M79-8a', 'M79-4c', 'A21-4c']) expect(text).toContain(clause);
    expect(text).toContain('恰好一条');
    expect(text.split('\n').length).toBeLessThan(100);
  });

  it('says how to start when nothing runs', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'yingdeng-none-'));
    try {
      const { code, text } = await demo({ ...system.environment, YINGDENG_DATA_DIR: empty });
      expect(code).toBe(2);
      expect(text).toContain('npm start');
    } finally {
      rmSync(empty, { recursive: true });
    }
  });
});

describe('the loop in a browser', () => {
  let worker: BrowserContext;
  let office: BrowserContext;
  let person: Person;
  let mine: Page;
  let clerk: Page;
  let number: string;
  let serial: string;
  const places = () => {
    const { county } = setting;
    const codes = [`${county.slice(0, 2)}0000`, `${county.slice(0, 4)}00`, county] as const;
    return codes.map((code) => ownName(code) ?? code) as [string, string, string];
  };
  /** A colleague of the clerk, over HTTP; signed in once, because a code works once. */
  let colleague: Promise<Api> | undefined;
  const signedInColleague = () => {
    colleague ??= asStaff(running, staffOf(running, 'clerk', 0)).then(({ api }) => api);
    return colleague;
  };

  beforeAll(async () => {
    worker = await browser.newContext(phone);
    office = await browser.newContext(desk);
    person = newPerson(setting.county);
    clerk = await signInStaff(office, running, staffOf(running, 'clerk', 1));
  });
  afterAll(() => Promise.all([worker?.close(), office?.close()]));

  describe('from application to accepted exit', () => {
    // Each step stands on the one before.
    let broken = false;
    beforeEach(({ skip, onTestFailed }) => {
      if (broken) skip('an earlier step failed');
      onTestFailed(() => {
        broken = true;
      });
    });

    it('a worker applies by telephone: identity provider, questions, signature, receipt (A21-2a, A21-2b)', async () => {
      mine = await signInByProvider(worker, running.url, person);
      await answerAll(mine, places());
      number = await signAndSubmit(mine);
      await mine.goto(`${running.url}/my`);
      await mine.getByRole('main').getByText('申请正在办理').first().waitFor();
      await look(mine, 'portal-status');
    });

    it('a clerk finds the case and registers it with the keyboard alone (A21-3a)', async () => {
      await look(clerk, 'console-today');
      await clerk.goto(`${running.url}/console/decisions`);
      await clerk.getByRole('heading', { name: '待办结' }).waitFor();
      await look(clerk, 'console-decisions');
      await clerk.keyboard.press('/');
      await clerk.keyboard.type(number);
      await clerk.getByText(number).first().waitFor();
      await clerk.keyboard.press('Enter');
      await clerk.getByRole('heading', { name: person.name, level: 1 }).waitFor();
      await until('the automatic checks on the page', async () => {
        if ((await clerk.getByText('社会保障卡持卡人员').count()) > 0) return true;
        await clerk.keyboard.press('r');
        return false;
      });
      await look(clerk, 'console-case');
      await tabTo(clerk, 'button', /^登记/);
      await clerk.keyboard.press('Enter');
      await dialog(clerk).waitFor();
      await look(clerk, 'console-register');
      await tabTo(clerk, 'button', /^登记/);
      await clerk.keyboard.press('Enter');
      await clerk.getByText('已登记，已通知本人').first().waitFor();
      await look(clerk, 'console-registered');
    });

    it('an unanswered call stays an attempt; the contact fulfils the first contact (M79-3a, A21-4c)', async () => {
      await recordContacts(clerk);
      await look(clerk, 'console-served');
    });

    it('an exit is proposed with evidence and confirmed (M79-4b)', async () => {
      await exitHired(clerk);
      serial = /流水号\s*(\d{16})/.exec((await clerk.getByRole('main').textContent()) ?? '')?.[1] ?? '';
      expect(serial).toMatch(/^\d{16}$/);
      await look(clerk, 'console-exited');
    });

    it('the exchange page sends the exits of today and shows them accepted (M79-8a)', async () => {
      const context = await browser.newContext(desk);
      const officer = await signInStaff(context, running, staffOf(running, 'exchangeOfficer'));
      await officer.goto(`${running.url}/console/exchange`);
      await officer.getByRole('button', { name: '立即上传' }).click();
      await dialog(officer).getByRole('button', { name: '上传' }).click();
      await dialog(officer).getByRole('status').getByText('已接收').waitFor();
      await look(officer, 'console-send');
      await officer.goto(`${running.url}/console/exchange?on=${setting.today}&state=accepted`);
      await officer.getByText(serial).waitFor();
      await officer.getByText('近十日没有待处理的差异。').waitFor();
      await look(officer, 'console-exchange');
      const held = (await heldExits(running, setting.county)).filter(({ AAZ341 }) => AAZ341 === serial);
      expect(held).toHaveLength(1);
      await context.close();
    });

    it('the worker was told, sees the end of it and who looked (A21-5d)', async () => {
      await mine.goto(`${running.url}/my`);
      await mine.getByRole('main').getByText('登记已经退出').first().waitFor();
      await look(mine, 'portal-my-exited');
      await mine.goto(`${running.url}/my/messages`);
      await mine.getByRole('main').getByText('已注销').first().waitFor();
      await look(mine, 'portal-messages');
      await mine.goto(`${running.url}/my/looks`);
      await mine
        .getByText(staffOf(running, 'clerk', 1).name)
        .first()
        .waitFor();
      await look(mine, 'portal-looks');
    });

    it('anybody with number and identity number sees the progress without an account (M79-6a)', async () => {
      const context = await browser.newContext(phone);
      const page = await context.newPage();
      await page.goto(`${running.url}/progress`);
      await look(page, 'portal-progress');
      await page.getByLabel('受理编号').fill(number);
      await page.getByLabel('证件号').fill(person.idNumber);
      await page.getByRole('button', { name: '查询' }).click();
      await page.getByRole('main').getByText('登记已经退出').first().waitFor();
      await look(page, 'portal-progress-found');
      await context.close();
    });
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
    const api = await signedInColleague();
    const { receipt } = await submitted();
    await clerk.goto(`${running.url}/console/cases/${receipt.id}`);
    await clerk.getByRole('button', { name: /^登记/ }).click();
    await dialog(clerk).getByLabel(/说明/).fill('欢迎来办理就业服务');
    const { application } = await api.call('getApplicationCase', { params: { id: receipt.id } });
    await api.call('registerApplication', { params: { id: receipt.id }, body: { version: application.version } });
    await dialog(clerk).getByRole('button', { name: '登记' }).click();
    const alert = dialog(clerk).getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain(`由${staffOf(running, 'clerk', 0).name}于`);
    expect(await dialog(clerk).getByLabel(/说明/).inputValue()).toBe('欢迎来办理就业服务');
    await look(clerk, 'console-overtaken');
  });

  it('of two clerks at once one decides and the other is told; one registration stands', async () => {
    const one = await signedInColleague();
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
    return { api, receipt: await api.call('submitApplication', { body }) };
  }
});
