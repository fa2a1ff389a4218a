import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { pdfWords } from './lib/pdf-words.ts';
import { desk, dialog, open, signedIn } from './pages/console.ts';
import { look } from './pages/look.ts';

const running = inject('running');
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  context = await browser.newContext(desk);
  page = await signedIn(context, running, 'statistician');
});
afterAll(async () => {
  await context?.close();
  await browser?.close();
});

const number = (text: string | null) => Number((text ?? '').replace(/\D/g, ''));

describe('a statistician, on the day after the 20th', () => {
  let county: string;

  it('finds every county of the city counted by itself, with its due day (M79-9)', async () => {
    await open(page, running, '/reports');
    const rows = page.locator('.report-heads tbody tr');
    await expect.poll(() => rows.count()).toBeGreaterThan(1);
    await rows.first().getByText('已计算').waitFor({ timeout: 60_000 });
    county = (await rows.first().getByRole('link').getAttribute('href')) ?? '';
    await look(page, 'console-reports');
  });

  it('sees that it balances, and who stands behind a figure (M79-9, H122-3e)', async () => {
    await page.goto(`${running.url}${county}`);
    await page.getByText(/平衡：\d+项核对全部相符/).waitFor();
    const closing = page.getByRole('button', { name: /^期末实有登记失业人数，合计：/ });
    const count = number(await closing.textContent());
    expect(count).toBeGreaterThan(0);
    await closing.click();
    await dialog(page).getByText(`期末实有登记失业人数：${count}人`).waitFor();
    await dialog(page).getByRole('listitem').first().waitFor();
    expect(await dialog(page).getByRole('listitem').count()).toBe(Math.min(50, count));
    await look(page, 'console-report-persons');
    await page.keyboard.press('Escape');
  });

  it('is compared with the registers and with what the national platform accepted, person by person (H122-3e)', async () => {
    await page.getByRole('button', { name: '核对', exact: true }).click();
    await page.getByText('还没有核对过').waitFor();
    await page.getByRole('button', { name: '开始核对' }).click();
    const sides = page.locator('.report-sides tbody tr');
    await sides.first().waitFor({ timeout: 30_000 });
    // The registers have not moved since the lists were frozen.
    expect(await sides.first().getByRole('cell').last().textContent()).toBe('无');
    const differing = number(await sides.nth(1).getByRole('cell').last().textContent());
    if (differing > 0) await page.locator('.report-persons').getByRole('listitem').first().waitFor();
    await look(page, 'console-report-consistency');
    // The city sums what its counties came to.
    const whole = county.replace(/\d\d(?=\/\d{4}-\d\d$)/, '00');
    await page.goto(`${running.url}${whole}/consistency`);
    await page.getByRole('button', { name: '重新核对' }).click();
    const cells = page.locator('.report-parts tbody tr td:nth-child(2)');
    await expect
      .poll(async () => new Set(await cells.allTextContents()), { timeout: 60_000 })
      .toEqual(new Set(['已核对']));
    await look(page, 'console-report-consistency-city');
    await page.locator('.report-parts tbody').getByRole('link').first().click();
    await sides.first().waitFor();
    await page.goto(`${running.url}${county}`);
    await page.getByText(/平衡：\d+项核对全部相符/).waitFor();
  });

  it('enters the urban employed, without whom there is no rate (M79-10b)', async () => {
    await page.getByText('登记失业率为“—”').waitFor();
    await page.getByRole('button', { name: '填写城镇从业人员' }).click();
    const form = dialog(page);
    await form.getByLabel('人数').fill('98000');
    await form.getByLabel('数据日期').fill('2025-12-31');
    await form.getByLabel('来源').fill('2025年劳动工资统计年报');
    await form.getByLabel('口径和方法').fill('按2025年末数，没有推算');
    await form.getByLabel('可能的误差（%）').fill('5');
    await look(page, 'console-report-employed');
    await form.getByRole('button', { name: '保存' }).click();
    await page.getByText('已记下城镇从业人员数').waitFor();
    await page.getByText('按上年末数测算').waitFor();
    expect(await page.locator('.report-facts').textContent()).toMatch(/登记失业率\d+\.\d\d%/);
  });

  it('takes it as a file with a reason; a draft says so on every page (H122-3e)', async () => {
    await page.getByRole('button', { name: '导出' }).click();
    const form = dialog(page);
    await form.getByLabel('事由').fill('送局领导签字');
    await look(page, 'console-report-export');
    const [taken] = await Promise.all([
      page.waitForEvent('download'),
      form.getByRole('button', { name: '下载' }).click(),
    ]);
    expect(taken.suggestedFilename()).toMatch(/登记失业人员情况月报表\d{4}-\d\d（草稿）\.pdf$/);
    const pdf = readFileSync(await taken.path());
    const words = pdfWords(pdf).join('\n');
    const pages = [...pdf.toString('latin1').matchAll(/\/Type \/Page\b/g)].length;
    expect(pages).toBeGreaterThan(1);
    expect([...words.matchAll(/草稿：/g)]).toHaveLength(pages);
    expect([...words.matchAll(/事由：送局领导签字/g)]).toHaveLength(pages);
    expect(words).toContain('单位负责人');
  });

  it('checks it; approving is for another person (M79-9)', async () => {
    await page.getByRole('button', { name: '审核' }).click();
    await dialog(page).getByRole('button', { name: '审核' }).click();
    await page.getByText('已审核，等待另一人批准').waitFor();
    await page.locator('.report-facts').getByText('已审核').waitFor();
    expect(await page.getByRole('button', { name: '批准' }).count()).toBe(0);
    await page.getByRole('button', { name: '退回重算' }).click();
    await look(page, 'console-report-back');
    await dialog(page).getByLabel('退回理由').fill('演练：退回后重新截取');
    await dialog(page).getByRole('button', { name: '退回重算' }).click();
    await page.getByText('已退回，名册和数字将重新截取').waitFor();
    await page.getByRole('button', { name: '截取名册' }).click();
    await dialog(page).getByRole('button', { name: '截取名册' }).click();
    await page.getByText(/平衡：\d+项核对全部相符/).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    // Pictures follow the width a moment later.
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await look(page, 'console-report-phone');
  });
});

describe('the pictures of a place', () => {
  it('stand as of now with what lies below, down to a street and back (M79-9)', async () => {
    await page.setViewportSize(desk.viewport);
    await open(page, running, '/situation');
    const rows = page.locator('.situation tbody tr');
    const stock = async () => (await rows.locator('td:nth-child(3)').allTextContents()).map((text) => number(text));
    const [all = 0, ...parts] = await stock();
    expect(all).toBeGreaterThan(0);
    expect(parts.reduce((sum, count) => sum + count, 0)).toBe(all);
    await look(page, 'console-situation');
    await rows.nth(1).getByRole('link').click();
    await page.getByRole('navigation', { name: '上级' }).waitFor();
    const [county = 0, ...streets] = await stock();
    expect(county).toBe(parts[0]);
    expect(streets.reduce((sum, count) => sum + count, 0)).toBe(county);
  });

  it('say their trend in a picture, in a sentence and in a table (M79-9)', async () => {
    await open(page, running, '/trends');
    const picture = page.getByRole('img', { name: /^期末实有登记失业人数。/ });
    await picture.locator('svg').waitFor();
    const last = page.locator('.report-sheet tbody tr').first();
    const [month, closing] = [await last.locator('th').textContent(), await last.locator('td').first().textContent()];
    expect(await picture.getAttribute('aria-label')).toContain(`${month}${closing}人。`);
    await look(page, 'console-trends');
  });
});
