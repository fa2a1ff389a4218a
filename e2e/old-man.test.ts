import { ownName } from '@yingdeng/contract/divisions.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import type { Api } from './lib/api.ts';
import { oneAfterTheOther } from './lib/parts.ts';
import { pdfWords } from './lib/pdf-words.ts';
import { newPerson, type Person } from './lib/people.ts';
import { atWork } from './lib/sign-in.ts';
import { look } from './pages/look.ts';
import { answerRest, answerToContact, phone, signAndSubmit, signInByProvider } from './pages/portal.ts';
import { checkedCase, settleFindings } from './walk/register.ts';
import { type Setting, settingOf } from './walk/setting.ts';

const running = inject('running');

/** Keeps what would be spoken: a machine for tests has no voice. */
const listen = `
  window.spoken = [];
  Object.defineProperty(window, 'speechSynthesis', { value: {
    speak: (one) => window.spoken.push(one.text), cancel: () => window.spoken.push('stop'),
  } });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
`;

describe('an old man, at home, with his telephone', () => {
  let browser: Browser;
  let telephone: BrowserContext;
  let setting: Setting;
  let man: Person;
  let page: Page;
  let number: string;
  let registrationNumber: string;
  let certificate: Buffer;
  let places: [string, string, string];
  const spoken = () => page.evaluate('window.spoken') as Promise<string[]>;

  oneAfterTheOther();
  beforeAll(async () => {
    browser = await launchBrowser();
    setting = await settingOf(running);
    const { county } = setting;
    places = [`${county.slice(0, 2)}0000`, `${county.slice(0, 4)}00`, county].map(
      (code) => ownName(code) ?? code,
    ) as typeof places;
    man = newPerson(county);
    telephone = await browser.newContext(phone);
    await telephone.addInitScript(listen);
  });
  afterAll(() => browser?.close());

  it('sees on the first screen who may register, how, and what it brings (A21-1a, M79-1a)', async () => {
    page = await telephone.newPage();
    await page.goto(running.url);
    await page.getByText('3个工作日内').first().waitFor();
    const facts = page.locator('.hero-facts');
    for (const words of ['谁能登记', '怎么办', '有什么帮助']) await facts.getByText(words, { exact: true }).waitFor();
    const told = (await facts.boundingBox())!;
    const bar = (await page.locator('.tabs').boundingBox())!;
    expect(told.y + told.height, 'nothing of it lies below the bar').toBeLessThanOrEqual(bar.y);
    await look(page, 'portal-home');
  });

  it('makes the type large, once for all pages, and has the page read aloud', async () => {
    await page.getByRole('button', { name: '大字' }).click();
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.evaluate('getComputedStyle(document.documentElement).fontSize')).toBe('20px');
    const aloud = page.getByRole('button', { name: '朗读' });
    await aloud.click();
    expect((await spoken()).join('')).toContain('没有工作了，来登记失业');
    expect(await aloud.getAttribute('aria-pressed')).toBe('true');
    await aloud.click();
    expect((await spoken()).at(-1)).toBe('stop');
  });

  it('answers the questions one by one until he is called away (A21-8a)', async () => {
    await page.close();
    page = await signInByProvider(telephone, running.url, man);
    await answerToContact(page, places);
    await page.getByText('已保存').waitFor();
    await page.close();
  });

  it('goes on where he was, at the library on another device', async () => {
    const library = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
    const desk = await signInByProvider(library, running.url, man);
    await desk.goto(`${running.url}/my`);
    await desk.getByText('您有一份没填完的申请表').waitFor();
    await look(desk, 'portal-unfinished');
    await desk.getByRole('link', { name: '接着填' }).click();
    await desk.goto(`${running.url}/apply?step=person`);
    await expect.poll(() => desk.getByLabel('民族').inputValue()).toBe('01');
    await desk.goto(`${running.url}/apply?step=contact`);
    await answerRest(desk);
    await look(desk, 'portal-sign-desk');
    await desk.getByText('已保存').waitFor();
    await library.close();
  });

  it('signs with his finger at home; two taps send one application (A21-2b, H122-2b)', async () => {
    page = await telephone.newPage();
    await page.goto(`${running.url}/apply?step=sign`);
    await page.getByRole('heading', { name: '承诺并签名', level: 1 }).waitFor();
    number = await signAndSubmit(page);
  });

  it('reads what happened, what he does, what we do and by when, with the days counted (M79-3a)', async () => {
    await page.goto(`${running.url}/my`);
    const main = page.getByRole('main');
    for (const words of ['申请正在办理', '发生了什么', '您要做什么', '我们在做什么', '什么时候前'])
      await main.getByText(words).first().waitFor();
    await main.getByText('怎么算的').click();
    await main.getByText('第1个工作日').waitFor();
    await page.getByRole('button', { name: '大字' }).click();
    await look(page, 'portal-status');
    await page.getByRole('button', { name: '大字' }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });

  it('is registered, and has a certificate on his telephone (A21-3a, A21-3d)', async () => {
    const api = await atWork(running, 'clerk', 1);
    const { items } = await api.call('getDecisionWorklist', { query: { limit: 100 } });
    const mine = items.find((item) => item.number === number) ?? (await caseOf(api, number));
    const file = await settleFindings(api, await checkedCase(api, mine.id));
    const body = { version: file.application.version };
    const { case: after } = await api.call('registerApplication', { params: { id: mine.id }, body });
    registrationNumber = after.registration?.number ?? '';
    await page.goto(`${running.url}/my`);
    const download = page.getByRole('link', { name: '下载登记凭证' });
    await download.waitFor();
    await look(page, 'portal-registered');
    const paper = await download.getAttribute('href');
    certificate = await (await telephone.request.get(`${running.url}${paper}`)).body();
    expect(pdfWords(certificate).join('\n')).toContain(man.name);
  });

  it('shows it to an employer, who verifies it without an account; a wrong code is no certificate', async () => {
    const employer = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
    const desk = await employer.newPage();
    const verify = async (code: string) => {
      await desk.goto(`${running.url}/verify`);
      await desk.getByLabel('登记编号').fill(registrationNumber);
      await desk.getByLabel('校验码').fill(code);
      await desk.getByRole('button', { name: '核验' }).click();
    };
    const printed = pdfWords(certificate).findLast((words) => /^\d{6}$/.test(words)) ?? '';
    await verify(printed === '000000' ? '000001' : '000000');
    await desk.getByText('查不到这张凭证').waitFor();
    await verify(printed);
    await desk.getByText('凭证是真的，登记有效').waitFor();
    // The name is not given away whole.
    expect(await desk.getByRole('main').textContent()).not.toContain(man.name);
    await look(desk, 'portal-verified');
    await employer.close();
  });
});

/** The case by its number, where the list is long. */
async function caseOf(api: Api, number: string): Promise<{ id: string }> {
  const { people } = await api.call('searchPeople', { query: { q: number } });
  return { id: people[0]?.applicationId ?? '' };
}
