import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Person } from '../lib/people.ts';
import { look } from './look.ts';

/** A phone of usual size. */
export const phone = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  locale: 'zh-CN',
} as const;

/** Opens the application, and through it the identity provider's page; comes back signed in. */
export async function signInByProvider(context: BrowserContext, url: string, person: Person): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/apply`);
  await page.getByRole('link', { name: '登录，开始填写' }).click();
  await page.getByRole('heading', { name: '登录', level: 1 }).waitFor();
  await page.getByRole('link', { name: '去统一身份认证' }).click();
  await page.getByLabel('姓名').fill(person.name);
  await page.getByLabel('身份证件号码').fill(person.idNumber);
  await page.getByLabel('手机').fill(person.mobile);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { name: '确认您的身份' }).waitFor();
  return page;
}

/** One address: province, city, county by their names, and the line. */
async function address(group: Locator, places: readonly [string, string, string], detail: string): Promise<void> {
  for (const [n, label] of ['省（区、市）', '市（州）', '县（市、区）'].entries())
    await group.getByLabel(label).selectOption({ label: places[n]! });
  await group.getByLabel('详细地址').fill(detail);
}

const next = (page: Page) => page.getByRole('button', { name: '下一步' }).click();
const step = (page: Page, title: string) => page.getByRole('heading', { name: title, level: 1 }).waitFor();

/** Answers the questions as a worker would, step by step, until the telephone number is asked for. */
export async function answerToContact(page: Page, places: readonly [string, string, string]): Promise<void> {
  await look(page, 'portal-step-who');
  await page.getByText('居民身份证', { exact: true }).click();
  await next(page);
  await step(page, '您的基本情况');
  await next(page);
  // Left empty, every ★ field is named; nothing that was answered is lost.
  await page.getByRole('alert').waitFor();
  await look(page, 'portal-step-faults');
  await page.getByLabel('民族').selectOption({ label: '汉族' });
  await page.getByLabel('学历').selectOption({ label: '大专' });
  await page.getByText('健康或良好', { exact: true }).click();
  await next(page);
  await step(page, '您住在哪里');
  await page.getByText('现在就住在户口所在的地址').click();
  await address(page.getByRole('group', { name: '户口所在的地址' }), places, '和平路1号院2单元301室');
  await look(page, 'portal-step-address');
  await next(page);
  await step(page, '在哪里登记');
  await page.getByText('现在住的地方').click();
  await next(page);
  await step(page, '怎么联系您');
  await look(page, 'portal-step-contact');
}

/** Goes over what the earlier form answers already, each answer with where it comes from, to the telephone number (A21-8a). */
export async function confirmToContact(page: Page, from: RegExp): Promise<void> {
  await next(page);
  for (const title of ['您的基本情况', '您住在哪里']) {
    await step(page, title);
    await page.getByText(from).first().waitFor();
    await look(page, `portal-again-${title}`);
    await next(page);
  }
  await step(page, '在哪里登记');
  await next(page);
  await step(page, '怎么联系您');
}

/** Answers what is left from there, to the page that is signed. */
export async function answerRest(page: Page): Promise<void> {
  await next(page);
  await step(page, '失业情况');
  await page.getByLabel('年', { exact: true }).selectOption({ index: 2 });
  await page.getByLabel('月', { exact: true }).selectOption({ label: '7月' });
  await page.getByText('被各类企业解除或终止劳动关系').click();
  await page.getByText('不要', { exact: true }).click();
  await next(page);
  await step(page, '想找什么工作');
  await page.getByLabel('想找什么工作', { exact: false }).first().fill('设备维修');
  await look(page, 'portal-step-wishes');
  await next(page);
  await step(page, '核对');
  await page.getByRole('button', { name: '都对，去签名' }).click();
  await step(page, '承诺并签名');
}

/** Reads, ticks, signs with the finger, submits twice in one breath. Gives the receipt's number. */
export async function signAndSubmit(page: Page): Promise<string> {
  await page.getByText('我已经看完，都明白了').click();
  const pad = page.getByRole('img', { name: /签名区/ });
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox())!;
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  for (const stroke of [
    [at(0.2, 0.3), at(0.35, 0.25), at(0.25, 0.7)],
    [at(0.5, 0.2), at(0.52, 0.8)],
    [at(0.6, 0.4), at(0.8, 0.38), at(0.7, 0.75)],
  ]) {
    const [first, ...rest] = stroke;
    await page.mouse.move(...first!);
    await page.mouse.down();
    for (const point of rest) await page.mouse.move(...point, { steps: 6 });
    await page.mouse.up();
  }
  await look(page, 'portal-sign');
  await page.getByRole('button', { name: '提交申请' }).dblclick();
  await page.getByRole('heading', { name: '申请已提交' }).waitFor();
  await look(page, 'portal-receipt');
  const text = (await page.getByRole('main').textContent()) ?? '';
  const number = /受理编号\D*(\d{4}\s?\d{4}\s?\d{4}\s?\d{4})/.exec(text)?.[1]?.replace(/\s/g, '');
  if (!number) throw new Error(`no number on the receipt: ${text}`);
  return number;
}
