import type { BrowserContext, Page } from 'playwright-core';
import { type Running, type Staff, staffOf } from '../lib/running.ts';
import { freshCode, staffCookies } from '../lib/sign-in.ts';
import { look } from './look.ts';

/** A desk. */
export const desk = { viewport: { width: 1440, height: 900 }, locale: 'zh-CN' } as const;

/** A member of staff signs in on the console's own page. */
export async function signInStaff(context: BrowserContext, running: Running, person: Staff): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${running.url}/console/sign-in`);
  await page.getByLabel('用户名').fill(person.username);
  await page.getByLabel('密码', { exact: true }).fill(person.password);
  await look(page, 'console-sign-in');
  await page.getByLabel('动态码').fill(await freshCode(running, person.username));
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('navigation', { name: '主菜单' }).waitFor();
  return page;
}

/** A page of somebody who is signed in already; the sign-in page has its own story. */
export async function signedIn(context: BrowserContext, running: Running, who: Staff | string): Promise<Page> {
  const person = typeof who === 'string' ? staffOf(running, who) : who;
  await context.addCookies(await staffCookies(running, person));
  return context.newPage();
}

/** Opens an address of the console and waits for its heading. */
export async function open(page: Page, running: Running, path: string): Promise<void> {
  await page.goto(`${running.url}/console${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** The drawer or dialog that is open. */
export const dialog = (page: Page) => page.getByRole('dialog').last();

/** Picks an entry of one of the console's lists. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await dialog(page).getByLabel(label).click();
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
    .getByText(option, { exact: true })
    .click();
}

/** Records a call nobody answered, then the conversation with its three facts and three lists. */
export async function recordContacts(page: Page): Promise<void> {
  const open = () => page.getByRole('button', { name: /^记录联系/ }).click();
  await open();
  await dialog(page).getByText('没打通（无人接听）').click();
  await look(page, 'console-attempt');
  await dialog(page).getByRole('button', { name: '保存尝试' }).click();
  await page.getByText('已记为一次尝试').waitFor();
  await open();
  await dialog(page).getByText('打通了，与本人通了话').click();
  await dialog(page).getByLabel('技能水平').fill('电工四级，十年维修经验');
  await dialog(page).getByLabel('就业意愿').fill('在本市做设备维修');
  await dialog(page).getByRole('group', { name: '技能' }).getByRole('radio').nth(1).check();
  await dialog(page).getByLabel('做得最久的职业').fill('10');
  await dialog(page).getByLabel('想怎样就业').click();
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').first().click();
  await dialog(page).getByRole('group', { name: '找工作' }).locator('label').first().click();
  await dialog(page).getByText('已介绍后续服务，已告知注销条件').click();
  // The class is computed from the answers; nothing else is picked here.
  await dialog(page).locator('.class-why').waitFor();
  await look(page, 'console-contact');
  await dialog(page).getByRole('button', { name: '保存联系' }).click();
  await page.getByText('首次联系已完成').waitFor();
}
