import type { BrowserContext, Page } from 'playwright-core';
import type { Running, Staff } from '../lib/running.ts';
import { freshCode } from '../lib/sign-in.ts';
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
  await dialog(page).getByText('已介绍后续服务，已告知注销条件').click();
  await dialog(page).getByText('B 一般').click();
  await look(page, 'console-contact');
  await dialog(page).getByRole('button', { name: '保存联系' }).click();
  await page.getByText('首次联系已完成').waitFor();
}

/** Proposes the exit of somebody who was hired, and confirms it. */
export async function exitHired(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^提出退出/ }).click();
  await dialog(page).getByText('被各类用人单位录用或招聘').first().click();
  await choose(page, '第1项依据的种类', '用人单位说明');
  await dialog(page).getByLabel('第1项依据的内容').fill('焦作某机械有限公司确认已录用');
  await look(page, 'console-exit');
  await dialog(page).getByRole('button', { name: '提出退出' }).click();
  await page.getByText('已提出退出，登记仍有效').first().waitFor();
  await page.getByRole('button', { name: '确认退出' }).click();
  await look(page, 'console-exit-confirm');
  await dialog(page).getByRole('button', { name: '确认退出' }).click();
  await page
    .getByText(/^已退出，已告知本人/)
    .first()
    .waitFor();
}
