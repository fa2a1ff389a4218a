import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { oneAfterTheOther } from './lib/parts.ts';
import { newPerson, type Person } from './lib/people.ts';
import { until } from './lib/wait.ts';
import { open } from './pages/console.ts';
import { look } from './pages/look.ts';
import { answerToContact, phone, signAndSubmit, signInByProvider } from './pages/portal.ts';
import { ServiceDesk } from './walk/service-desk.ts';

const running = inject('running');
let at: ServiceDesk;

beforeAll(async () => {
  at = await ServiceDesk.open(running);
});
afterAll(() => at?.close());

describe('one matter: one form asks for everything, each part is decided by itself (M79-5a, A21-4h, H122-2e)', () => {
  oneAfterTheOther();
  let page: Page;
  let person: Person;
  let id: string;

  const part = (name: string) => page.locator('.matter-lines li', { hasText: name });

  it('registration, benefit, introduction and recognition are asked for on one form, without a paper (M79-2a)', async () => {
    person = newPerson(at.setting.county);
    page = await signInByProvider(await at.browser.newContext(phone), running.url, person);
    await answerToContact(page, at.places);
    const next = () => page.getByRole('button', { name: '下一步' }).click();
    const step = (title: string) => page.getByRole('heading', { name: title, level: 1 }).waitFor();
    await next();
    await step('失业情况');
    await page.getByLabel('年', { exact: true }).selectOption({ index: 2 });
    await page.getByLabel('月', { exact: true }).selectOption({ label: '7月' });
    await page.getByText('被各类企业解除或终止劳动关系').click();
    await page.getByText('要', { exact: true }).click();
    await next();
    await step('想找什么工作');
    await page.getByLabel('想找什么工作', { exact: false }).first().fill('仓库管理');
    await next();
    await step('核对');
    await page.getByRole('button', { name: '都对，去签名' }).click();
    await step('承诺并签名');
    await page.getByText('请帮我介绍工作').click();
    await page.getByLabel('申请认定就业困难人员').selectOption({ label: '城镇零就业家庭成员' });
    await look(page, 'portal-also-wanted');
    await signAndSubmit(page);
    await page.goto(`${running.url}/my`);
    for (const name of ['失业保险金', '职业介绍', '就业困难人员认定']) await part(name).getByText('已收到').waitFor();
  });

  it('registered: every part goes its own way at once', async () => {
    const { cases } = (await page.evaluate(`fetch('/api/my/cases').then((answer) => answer.json())`)) as {
      cases: { applicationId: string }[];
    };
    id = cases[0]!.applicationId;
    await at.register(id);
    await expect
      .poll(
        async () => {
          await page.reload();
          await part('失业保险金').waitFor();
          return [await part('失业保险金').textContent(), await part('就业困难人员认定').textContent()].join();
        },
        { timeout: 40_000, interval: 1500 },
      )
      .toMatch(/已转给失业保险经办机构审核.*已替您申请认定/);
    await part('职业介绍').getByText('工作人员首次联系您时').waitFor();
  });

  it('the benefit system refuses, and nothing else changes (M79-2e)', async () => {
    const before = await at.colleague.call('getMatters', { params: { id } });
    const listed = await fetch(`${running.benefit}/control/applications`);
    const all = (await listed.json()) as { number: string; idNumber: string; matter: string }[];
    const mine = all.find((one) => one.idNumber === person.idNumber && one.matter === 'benefit');
    await fetch(`${running.benefit}/decide`, {
      method: 'POST',
      body: new URLSearchParams({ number: mine!.number, as: 'refused', reason: '缴费不满一年' }),
    });
    await until('the refusal', async () => {
      const { matters } = await at.colleague.call('getMatters', { params: { id } });
      return matters.some(({ kind, state }) => kind === 'benefit' && state === 'refused');
    });
    const after = await at.colleague.call('getMatters', { params: { id } });
    const others = ({ matters }: typeof before) => matters.filter(({ kind }) => kind !== 'benefit');
    expect(others(after)).toEqual(others(before));
    expect(await at.standsOf(id)).toBe('active');
    await page.reload();
    await part('失业保险金').getByText('缴费不满一年').waitFor();
    await part('失业保险金').getByText('您的失业登记和服务不受影响').waitFor();
    await page.getByRole('main').getByText('登记编号').first().waitFor();
    await look(page, 'portal-matters');
    await open(at.clerk, running, `/cases/${id}`);
    await at.clerk.getByText('缴费不满一年').first().waitFor();
    await at.clerk.getByText('各项分别办理').waitFor();
    await look(at.clerk, 'console-matters');
    await page.context().close();
  });
});
