import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import type { Person } from './lib/people.ts';
import { asRole } from './lib/sign-in.ts';
import { desk, dialog, open, signedIn } from './pages/console.ts';
import { look } from './pages/look.ts';
import { answerRest, phone, signAndSubmit, signInByProvider } from './pages/portal.ts';
import { exitedPerson } from './walk/exited-person.ts';
import { type Setting, settingOf } from './walk/setting.ts';

const running = inject('running');
let browser: Browser;
let setting: Setting;

beforeAll(async () => {
  browser = await launchBrowser();
  setting = await settingOf(running);
});
afterAll(() => browser?.close());

const gone = async (): Promise<Person> => {
  const { api } = await asRole(running, 'clerk');
  return (await exitedPerson(setting, api)).person;
};
const next = async (page: Page, title: string) => {
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
};

describe('somebody who was registered before and comes again (A21-8a)', () => {
  it('finds the own answers filled in on the telephone, each with where it comes from, and changes what has changed', async () => {
    const person = await gone();
    const context = await browser.newContext(phone);
    const page = await signInByProvider(context, running.url, person);
    await page.getByText('您以前填过登记表').waitFor();
    await look(page, 'portal-again-who');
    await next(page, '您的基本情况');
    const said = `您${setting.today.slice(0, 4)}年${Number(setting.today.slice(5, 7))}月填的`;
    await expect.poll(() => page.getByText(said).count()).toBe(4);
    expect(await page.getByLabel('学历').inputValue()).toBe('31');
    await look(page, 'portal-again-person');
    await page.getByLabel('学历').selectOption({ label: '大学本科' });
    await expect.poll(() => page.getByText(said).count()).toBe(3);
    await next(page, '您住在哪里');
    await page.getByText(said).first().waitFor();
    await look(page, 'portal-again-address');
    await next(page, '在哪里登记');
    await next(page, '怎么联系您');
    expect(await page.getByLabel('手机号').inputValue()).toBe(person.mobile);
    await answerRest(page);
    expect(await signAndSubmit(page)).toMatch(/\d{4}/);
    await context.close();
  });

  it('at the counter is told of at the number, filled in at the clerk’s word; what was typed stays', async () => {
    const person = await gone();
    const context = await browser.newContext(desk);
    const page = await signedIn(context, running, 'clerk');
    await open(page, running, '/counter');
    await page.getByLabel('手机').fill('15400000000');
    await page.getByLabel('证件号').fill(person.idNumber);
    await page.getByText(/此人.*登记过/).waitFor();
    await page.getByRole('button', { name: '填入以前填过的内容' }).click();
    await page.getByText('以前填过的已填入空着的项').waitFor();
    expect(await page.getByLabel('姓名').inputValue()).toBe(person.name);
    expect(await page.getByLabel('手机').inputValue()).toBe('15400000000');
    expect(await page.getByLabel('常住详细地址').inputValue()).toBe('和平路1号院2单元301室');
    expect(await page.getByLabel('失业时间').inputValue()).toBe('');
    const marks = page.getByText(`${setting.today}的登记表`);
    const before = await marks.count();
    expect(before).toBeGreaterThan(5);
    await look(page, 'console-counter-again');
    await page.getByLabel('常住详细地址').fill('和平路2号');
    await expect.poll(() => marks.count()).toBe(before - 1);
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, 'console-counter-again-phone', true);
    page.on('dialog', (one) => void one.accept());
    await context.close();
  });
});

describe('a comparison of everybody (A21-5b)', () => {
  it('is recorded once, stands in the list, and is withdrawn with its reason', async () => {
    const context = await browser.newContext(desk);
    const page = await signedIn(context, running, 'clerk');
    await open(page, running, '/follow-ups');
    await page.getByRole('button', { name: '记信息比对' }).click();
    await dialog(page).getByText('记过的比对').waitFor();
    await dialog(page).getByRole('button', { name: '没有变化的计入跟踪' }).click();
    await page.getByText(/已计入\d+人/).waitFor();
    await page.getByRole('button', { name: '记信息比对' }).click();
    const withdraw = dialog(page).getByRole('button', { name: new RegExp(`^撤销.*${setting.today}的比对$`) });
    await withdraw.waitFor();
    await look(page, 'console-comparisons');
    await withdraw.click();
    await dialog(page).getByLabel('撤销原因').fill('数据文件拿错了');
    await look(page, 'console-comparison-withdraw');
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, 'console-comparison-withdraw-phone', true);
    await dialog(page).getByRole('button', { name: '确定撤销' }).click();
    await page.getByText('已撤销，各人的跟踪期限已恢复').waitFor();
    await dialog(page)
      .getByText(/撤销：数据文件拿错了/)
      .waitFor();
    await context.close();
  });
});
