import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { OwnSystem } from './lib/own-system.ts';
import { pdfWords } from './lib/pdf-words.ts';
import { type Running, staffOf } from './lib/running.ts';
import { asRole } from './lib/sign-in.ts';
import { desk, dialog, open, signedIn } from './pages/console.ts';
import { look } from './pages/look.ts';

/** A month passes: a system of its own, whose clock goes on. */
const system = new OwnSystem();
const phone = { width: 390, height: 844 };
let running: Running;
let browser: Browser;
let statistician: Page;
let supervisor: Page;

/** A page of somebody of a desk of their own. */
async function at(role: string): Promise<Page> {
  return signedIn(await browser.newContext(desk), running, role);
}
beforeAll(async () => {
  running = await system.start();
  browser = await launchBrowser();
  [statistician, supervisor] = [await at('statistician'), await at('supervisor')];
});
afterAll(async () => {
  await browser?.close();
  await system.stop();
});

const number = (text: string | null) => Number((text ?? '').replace(/\D/g, ''));
const facts = (page: Page) => page.locator('.report-facts');
/** A figure of the sheet by its row, of everybody. */
const figure = async (page: Page, row: string) =>
  number(
    await page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: row, exact: true }) })
      .getByRole('cell')
      .first()
      .textContent(),
  );
/** Presses a step and the same word in the dialog that says what it does. */
async function step(page: Page, name: string, done: RegExp, reason?: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  if (reason) await dialog(page).getByRole('textbox').fill(reason);
  await dialog(page).getByRole('button', { name, exact: true }).click();
  await page.getByText(done).waitFor();
  await dialog(page).waitFor({ state: 'hidden' });
}
/** The report as a file for signature, in words. */
async function pdf(page: Page): Promise<{ name: string; words: string; pages: number }> {
  await page.getByRole('button', { name: '导出' }).click();
  await dialog(page).getByLabel('事由').fill('报送市局');
  const [taken] = await Promise.all([
    page.waitForEvent('download'),
    dialog(page).getByRole('button', { name: '下载' }).click(),
  ]);
  const bytes = readFileSync(await taken.path());
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'hidden' });
  return {
    name: taken.suggestedFilename(),
    words: pdfWords(bytes).join('\n'),
    pages: [...bytes.toString('latin1').matchAll(/\/Type \/Page\b/g)].length,
  };
}
const digestOf = async (page: Page) => (await page.locator('.report-seal p').textContent()) ?? '';
/** The comparison asked for anew and done. */
async function compare(page: Page): Promise<void> {
  await page.getByRole('button', { name: '核对', exact: true }).click();
  await page.getByRole('button', { name: /^(开始|重新)核对$/ }).click();
  await page.getByText(/^核对时间/).waitFor({ timeout: 60_000 });
}

describe('a month is sealed by two people and stays what it was (M79-9, A21-6b)', () => {
  let report: string;
  let closing: number;
  let digest: string;

  beforeAll(async () => {
    const { division } = staffOf(running, 'supervisor');
    await open(statistician, running, '/reports');
    const row = statistician
      .getByRole('row')
      .filter({ has: statistician.locator(`a[href*="${division.slice(0, 6)}"]`) });
    await row.getByText('已计算').waitFor({ timeout: 60_000 });
    report = (await row.getByRole('link').getAttribute('href')) ?? '';
  });

  it('checked by the statistician, approved by the supervisor, sealed and sent', async () => {
    await statistician.goto(running.url + report);
    await statistician.getByText(/平衡：\d+项核对全部相符/).waitFor();
    closing = await figure(statistician, '期末实有登记失业人数');
    expect(closing).toBeGreaterThan(0);
    await step(statistician, '审核', /已审核，等待另一人批准/);
    expect(await statistician.getByRole('button', { name: '封存并报送' }).count()).toBe(0);

    await supervisor.goto(running.url + report);
    await facts(supervisor).getByText('已审核').waitFor();
    // The supervisor counts nothing; the report is approved, or given back.
    expect(await supervisor.getByRole('button', { name: /截取|^审核/ }).count()).toBe(0);
    await look(supervisor, 'console-report-to-approve');
    await step(supervisor, '批准', /已批准，可以封存/);

    await statistician.reload();
    await step(statistician, '封存并报送', /已封存并报送/);
    await facts(statistician).getByText('已封存报送').waitFor();
    expect(await figure(statistician, '期末实有登记失业人数')).toBe(closing);
    await statistician.getByText('封存摘要').click();
    digest = await digestOf(statistician);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    await look(statistician, 'console-report-sealed');
    await statistician.setViewportSize(phone);
    await look(statistician, 'console-report-sealed-phone');
    await statistician.setViewportSize(desk.viewport);
  });

  it('recomputes to the same digest whenever anybody asks', async () => {
    await compare(statistician);
    await statistician.getByText('封存核验：报表已封存，重新计算摘要和数字，与封存时一致').waitFor();
    await look(statistician, 'console-report-verified');
    await statistician.getByRole('link', { name: '回到月报' }).click();
    await facts(statistician).waitFor();
  });

  it('goes out for signature with its digest on every page, and is no draft', async () => {
    const { name, words, pages } = await pdf(statistician);
    expect(name).toMatch(/登记失业人员情况月报表\d{4}-\d\d\.pdf$/);
    expect(words).not.toContain('草稿');
    expect(pages).toBeGreaterThan(1);
    // At the foot of every page, and beside the signatures.
    expect([...words.matchAll(new RegExp(digest, 'g'))]).toHaveLength(pages + 1);
    expect(words).toContain('期末实有登记失业人数');
    expect(words).toContain('单位负责人');
  });

  it('is restated as a new document that names the old, which stays', async () => {
    await step(statistician, '重报', /已新开一份重报，原报表保留/, '演练：补入一条漏填的户籍');
    await facts(statistician).getByText('待截取').waitFor();
    await statistician.getByText('本表代替第1次。重报理由：演练：补入一条漏填的户籍').waitFor();
    await look(statistician, 'console-report-restated');
    await step(statistician, '截取名册', /名册已截取/);
    await step(statistician, '审核', /已审核，等待另一人批准/);
    await supervisor.reload();
    await step(supervisor, '批准', /已批准，可以封存/);
    await statistician.reload();
    await step(statistician, '封存并报送', /已封存并报送/);
    await statistician.getByText('封存摘要').click();
    const second = await digestOf(statistician);
    expect(second).not.toBe(digest);
    const { words } = await pdf(statistician);
    expect(words.replace(/\n/g, '')).toContain(`本表为第2次报送，代替第1次（封存摘要${digest}）`);

    await statistician.getByRole('link', { name: '第1次' }).click();
    await statistician.getByText('第1次（正在看）').waitFor();
    await facts(statistician).getByText('已封存报送').waitFor();
    await statistician.getByText('封存摘要').click();
    expect(await digestOf(statistician)).toBe(digest);
    expect(await statistician.getByRole('button', { name: '重报' }).count()).toBe(0);
    await statistician.setViewportSize(phone);
    await look(statistician, 'console-report-restated-phone');
    await statistician.setViewportSize(desk.viewport);
  });

  it('takes what becomes known later into the open month: opening as reported, the late exit named (M79-9)', async () => {
    // Somebody of the sealed list had found work before the month ended; the office hears of it now.
    const [{ api: clerk }, { api: reader }] = await Promise.all([
      asRole(running, 'clerk'),
      asRole(running, 'statistician'),
    ]);
    const [, division = '', month = ''] = /reports\/(\d{6})\/(\d{4}-\d\d)/.exec(report) ?? [];
    const sheet = await reader.call('getReport', { params: { division, month } });
    const behind = await reader.call('getReportPersons', {
      params: { id: sheet.head.id ?? '' },
      query: { row: 'closing', cut: 'all' },
    });
    const who = behind.items.find(({ registeredOn = '' }) => registeredOn !== '' && registeredOn < `${month}-01`);
    if (!who) throw new Error('nobody was registered before this month');
    const day = `${month}-18`;
    const { case: file } = await clerk.call('proposeExit', {
      params: { id: who.id },
      body: {
        reason: '11',
        exitOn: day,
        evidence: [{ kind: 'employerStatement', date: day, text: '焦作某机械有限公司确认自18日起录用' }],
      },
    });
    const exit = file.registration?.exits.find(({ status }) => status === 'proposed');
    await clerk.call('confirmExit', { params: { id: exit?.id ?? '' }, body: { version: exit?.version ?? 0 } });

    running = await system.daysLater(27);
    // A session does not last a month.
    statistician = await at('statistician');
    await open(statistician, running, '/reports');
    const row = statistician.getByRole('row').filter({ has: statistician.locator(`a[href*="${division}"]`) });
    await row.getByText('已计算').waitFor({ timeout: 60_000 });
    const next = (await row.getByRole('link').getAttribute('href')) ?? '';
    expect(next).not.toBe(report);
    await statistician.goto(running.url + next);
    await statistician.getByText(/平衡：\d+项核对全部相符/).waitFor();
    expect(await figure(statistician, '期初实有登记失业人数')).toBe(closing);
    expect(await figure(statistician, '其中：退出日期在本期之前')).toBe(1);
    await statistician.getByRole('button', { name: /^其中：退出日期在本期之前，合计/ }).click();
    await dialog(statistician).getByText(`${day} 退出`).waitFor();
    await look(statistician, 'console-report-late');
    await statistician.keyboard.press('Escape');
    // What was sealed says what it said.
    await statistician.goto(running.url + report);
    await facts(statistician).getByText('已封存报送').waitFor();
    expect(await figure(statistician, '期末实有登记失业人数')).toBe(closing);
    await compare(statistician);
    await statistician.getByText('与封存时一致').waitFor();
  });
});
