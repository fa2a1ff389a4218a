import { ownName } from '@yingdeng/contract/divisions.ts';
import { addDays } from '@yingdeng/rules/calendar.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import type { Api } from './lib/api.ts';
import { filledForm, signed } from './lib/form.ts';
import { newPerson, type Person } from './lib/people.ts';
import { staffOf } from './lib/running.ts';
import { asRole, byProvider } from './lib/sign-in.ts';
import { Story } from './lib/story.ts';
import { until } from './lib/wait.ts';
import { desk, dialog, open, signedIn } from './pages/console.ts';
import { look } from './pages/look.ts';
import { answerToContact, phone, signAndSubmit, signInByProvider } from './pages/portal.ts';
import { checkedCase, settleFindings } from './walk/register.ts';
import { serve } from './walk/serve.ts';
import { type Setting, settingOf } from './walk/setting.ts';

const running = inject('running');
let browser: Browser;
let setting: Setting;
let places: [string, string, string];
/** At the next desk, over HTTP: what is not the story itself. */
let colleague: Api;
let office: BrowserContext;
let clerk: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  setting = await settingOf(running);
  const { county } = setting;
  const codes = [`${county.slice(0, 2)}0000`, `${county.slice(0, 4)}00`, county] as const;
  places = codes.map((code) => ownName(code) ?? code) as typeof places;
  colleague = (await asRole(running, 'clerk')).api;
  office = await browser.newContext(desk);
  clerk = await signedIn(office, running, staffOf(running, 'clerk', 1));
});
afterAll(() => browser?.close());

/** Each part of a story stands on the one before. */
function oneAfterTheOther(): void {
  let broken = false;
  beforeEach(({ skip, onTestFailed }) => {
    if (broken) skip('an earlier part failed');
    onTestFailed(() => {
      broken = true;
    });
  });
}

/** Registers what was handed in. */
async function register(id: string): Promise<{ registrationId: string; number: string }> {
  const file = await settleFindings(colleague, await checkedCase(colleague, id));
  const body = { version: file.application.version };
  const { case: registered } = await colleague.call('registerApplication', { params: { id }, body });
  const { id: registrationId, number } = registered.registration!;
  return { registrationId, number };
}

interface Registered {
  readonly person: Person;
  readonly worker: Api;
  readonly id: string;
  readonly registrationId: string;
}

/** Somebody who is registered: applied in the portal this morning, registered since. */
async function somebodyRegistered(): Promise<Registered> {
  const { county, today } = setting;
  const person = newPerson(county);
  const { api: worker } = await byProvider(running, person);
  const { version } = await worker.call('getCommitment', {});
  const form = { ...filledForm(person, county, today), wantsBenefit: false };
  const { id } = await worker.call('submitApplication', { body: signed(form, version) });
  return { person, worker, id, ...(await register(id)) };
}

/** The telephone of somebody who is signed in. */
async function telephoneOf(worker: Api): Promise<Page> {
  const context = await browser.newContext(phone);
  const cookies = worker.visitor.cookies(`${running.url}/`).split('; ');
  await context.addCookies(
    cookies.map((pair) => ({
      name: pair.slice(0, pair.indexOf('=')),
      value: pair.slice(pair.indexOf('=') + 1),
      url: running.url,
    })),
  );
  return context.newPage();
}

const standsOf = async (id: string) => {
  const { registration } = await colleague.call('getApplicationCase', { params: { id } });
  return registration?.status;
};

describe('one matter: one form asks for everything, each part is decided by itself (M79-5a, A21-4h, H122-2e)', () => {
  oneAfterTheOther();
  let page: Page;
  let person: Person;
  let id: string;

  const part = (name: string) => page.locator('.matter-lines li', { hasText: name });

  it('registration, benefit, introduction and recognition are asked for on one form, without a paper (M79-2a)', async () => {
    person = newPerson(setting.county);
    page = await signInByProvider(await browser.newContext(phone), running.url, person);
    await answerToContact(page, places);
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
    await register(id);
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
    const before = await colleague.call('getMatters', { params: { id } });
    const listed = await fetch(`${running.benefit}/control/applications`);
    const all = (await listed.json()) as { number: string; idNumber: string; matter: string }[];
    const mine = all.find((one) => one.idNumber === person.idNumber && one.matter === 'benefit');
    await fetch(`${running.benefit}/decide`, {
      method: 'POST',
      body: new URLSearchParams({ number: mine!.number, as: 'refused', reason: '缴费不满一年' }),
    });
    await until('the refusal', async () => {
      const { matters } = await colleague.call('getMatters', { params: { id } });
      return matters.some(({ kind, state }) => kind === 'benefit' && state === 'refused');
    });
    const after = await colleague.call('getMatters', { params: { id } });
    const others = ({ matters }: typeof before) => matters.filter(({ kind }) => kind !== 'benefit');
    expect(others(after)).toEqual(others(before));
    expect(await standsOf(id)).toBe('active');
    await page.reload();
    await part('失业保险金').getByText('缴费不满一年').waitFor();
    await part('失业保险金').getByText('您的失业登记和服务不受影响').waitFor();
    await page.getByRole('main').getByText('登记编号').first().waitFor();
    await look(page, 'portal-matters');
    await open(clerk, running, `/cases/${id}`);
    await clerk.getByText('缴费不满一年').first().waitFor();
    await clerk.getByText('各项分别办理').waitFor();
    await look(clerk, 'console-matters');
    await page.context().close();
  });
});

describe('vacancies: a sheet, why one fits, a referral, and how it went (A21-4d, M79-3b)', () => {
  oneAfterTheOther();
  let one: Registered;
  const title = `仓库管理员${Date.now() % 100_000}`;

  it('a sheet with a faulty row is looked at first; what is right is kept, what is wrong goes back with the reason', async () => {
    const header =
      '单位名称,单位岗位编号,岗位名称,职业,工作地点,详细地址,月工资下限,月工资上限,学历要求,招聘人数,单位办公电话,有效期止';
    const until = addDays(setting.today, 60).replaceAll('-', '/');
    const row = (name: string, telephone: string) =>
      `怀川物流有限公司,${name},${name},仓库管理,${setting.county},工业路1号,4200,5200,不限,3,${telephone},${until}`;
    const sheet = [header, row(title, '0391-3569000'), row('装卸工', '13800001234'), ''].join('\r\n');
    await open(clerk, running, '/vacancies/imports');
    await clerk
      .locator('input[type=file]')
      .setInputFiles({ name: '岗位.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) });
    await clerk.getByRole('button', { name: '导入1个岗位' }).waitFor({ timeout: 30_000 });
    await clerk
      .getByText(/单位办公电话/)
      .first()
      .waitFor();
    await look(clerk, 'console-import-faulty');
    const faults = await clerk.evaluate(
      `fetch(document.querySelector('a[href$="/faults"]').href).then((answer) => answer.text())`,
    );
    expect(faults).toMatch(/装卸工.*单位办公电话/);
    expect(faults).not.toContain(title);
    await clerk.getByRole('button', { name: '导入1个岗位' }).click();
    await clerk.getByText('已导入').first().waitFor();
    await expect.poll(() => clerk.getByRole('button', { name: /^导入/ }).count(), { timeout: 20_000 }).toBe(0);
  });

  it('after the interview the sheet to take home is on the person’s own page (A21-4b, A21-4c)', async () => {
    one = await somebodyRegistered();
    const file = await colleague.call('getApplicationCase', { params: { id: one.id } });
    await serve(setting, new Story(() => {}), colleague, file);
    const mine = await telephoneOf(one.worker);
    await mine.goto(`${running.url}/my`);
    const sheet = mine.getByRole('link', { name: '下载服务告知单' });
    const bytes = await (
      await mine.request.get(new URL((await sheet.getAttribute('href')) ?? '', running.url).href)
    ).body();
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    await look(mine, 'portal-my-interviewed');
    await mine.context().close();
  });

  it('the case says why it fits; referred with consent, the day to ask is set', async () => {
    await open(clerk, running, `/cases/${one.id}`);
    const box = clerk.locator('#matching');
    const more = box.getByRole('button', { name: /^再看\d+个/ });
    await box.locator('.match').first().waitFor();
    if (await more.isVisible()) await more.click();
    const match = box.locator('.match', { hasText: title });
    for (const why of ['正是本人想找的工作', '就在本人住的县（市、区）']) await match.getByText(why).waitFor();
    await match.getByRole('button', { name: `推荐${title}` }).click();
    await dialog(clerk).getByText('本人同意推荐').click();
    await look(clerk, 'console-refer');
    await dialog(clerk).getByRole('button', { name: '推荐', exact: true }).click();
    await dialog(clerk).waitFor({ state: 'hidden' });
    await box.getByText(/前回访/).waitFor();
  });

  it('the person says so on the telephone screen; the clerk records the refusal, and the registration stands (M79-4c)', async () => {
    const mine = await telephoneOf(one.worker);
    await mine.goto(`${running.url}/my/jobs`);
    await mine.getByText(title).first().waitFor();
    await look(mine, 'portal-jobs');
    await mine.getByRole('button', { name: /结果/ }).first().click();
    await mine.getByText('我没有去').click();
    await mine.getByLabel('说说原因').fill('夜班多，家里老人要照顾');
    await look(mine, 'portal-job-result');
    await mine.getByRole('button', { name: '告诉工作人员' }).click();
    await mine.getByRole('dialog').waitFor({ state: 'hidden' });
    await mine.context().close();
    await clerk.reload();
    const box = clerk.locator('#matching');
    await box.getByText('本人说没有去：夜班多，家里老人要照顾').waitFor();
    await box.getByRole('button', { name: `记录${title}的结果` }).click();
    await dialog(clerk).getByText('不会因此结束登记').waitFor();
    await dialog(clerk).getByText('合适', { exact: true }).click();
    await look(clerk, 'console-refused-offer');
    await dialog(clerk).getByRole('button', { name: '保存' }).click();
    await dialog(clerk).waitFor({ state: 'hidden' });
    await box.getByText(/夜班多，家里老人要照顾，认定岗位合适/).waitFor();
    expect(await standsOf(one.id)).toBe('active');
  });
});

describe('a public-welfare post: exit 14, checked every month, and registered anew for reason 40 (A21-4f)', () => {
  oneAfterTheOther();
  let one: Registered;
  const section = () => clerk.getByRole('region', { name: '公益性岗位' });

  it('nobody is placed who is not recognised; recognised, the person is placed and exit 14 proposed', async () => {
    one = await somebodyRegistered();
    await open(clerk, running, `/cases/${one.id}`);
    await section().getByText('没有有效的认定').waitFor();
    expect(await section().getByRole('button').count()).toBe(0);
    const params = { id: one.registrationId };
    const category = '城镇零就业家庭成员';
    const { difficulty } = await colleague.call('applyDifficulty', { params, body: { category } });
    const { id, version } = difficulty.current!;
    const verified = '向社区核实，家里没有人就业';
    await colleague.call('decideDifficulty', {
      params: { id },
      body: { recognise: true, version, category, verified },
    });
    await clerk.reload();
    await section().getByRole('button', { name: '安置' }).click();
    await dialog(clerk).getByRole('combobox', { name: '岗位' }).click();
    await clerk
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
      .first()
      .click();
    await look(clerk, 'console-place');
    await dialog(clerk).getByRole('button', { name: '安置', exact: true }).click();
    await dialog(clerk).waitFor({ state: 'hidden' });
    await clerk.getByText('登记有效（退出核实中）').waitFor();
  });

  it('the exit is confirmed like every other; the check of the month goes on after it (M79-4b)', async () => {
    await clerk.getByRole('button', { name: '确认退出' }).click();
    await dialog(clerk).getByText('登记结束').first().waitFor();
    await clerk.keyboard.press('Control+Enter');
    await dialog(clerk).waitFor({ state: 'hidden' });
    await clerk.getByText('已退出', { exact: true }).first().waitFor();
    await section().getByRole('button', { name: '在岗核查' }).click();
    await dialog(clerk).getByText('在岗', { exact: true }).click();
    await look(clerk, 'console-duty-check');
    await dialog(clerk).getByRole('button', { name: '记录', exact: true }).click();
    await dialog(clerk).waitFor({ state: 'hidden' });
    await section().getByText(setting.today.slice(0, 7)).first().waitFor();
    await look(clerk, 'console-placed');
  });

  it('the post ends; the person is offered a new registration with its reason filled in (AJC093 40)', async () => {
    await section().getByRole('button', { name: '离岗' }).click();
    await dialog(clerk).getByText('岗位撤销').click();
    await look(clerk, 'console-leave');
    await dialog(clerk).getByRole('button', { name: '记离岗' }).click();
    await dialog(clerk).waitFor({ state: 'hidden' });
    const mine = await telephoneOf(one.worker);
    await mine.goto(`${running.url}/my/plan`);
    await mine.getByText('您已离开公益性岗位（岗位撤销）').waitFor();
    await look(mine, 'portal-left-post');
    await mine.getByRole('link', { name: '重新登记' }).click();
    await mine.getByRole('heading', { name: '确认您的身份' }).waitFor();
    await answerToContact(mine, places);
    await mine.getByRole('button', { name: '下一步' }).click();
    await mine.getByRole('heading', { name: '失业情况', level: 1 }).waitFor();
    expect(await mine.getByRole('radio', { name: '退出公益性岗位' }).isChecked()).toBe(true);
    await look(mine, 'portal-reason-40');
    await mine.getByLabel('年', { exact: true }).selectOption({ index: 1 });
    await mine.getByLabel('月', { exact: true }).selectOption({ label: `${Number(setting.today.slice(5, 7))}月` });
    await mine.getByText('不要', { exact: true }).click();
    await mine.getByRole('button', { name: '下一步' }).click();
    await mine.getByRole('button', { name: '下一步' }).click();
    await mine.getByRole('button', { name: '都对，去签名' }).click();
    await mine.getByRole('heading', { name: '承诺并签名', level: 1 }).waitFor();
    await signAndSubmit(mine);
    const { cases } = await one.worker.call('getMyCases', {});
    const again = cases.find(({ applicationId }) => applicationId !== one.id)!;
    const { registrationId } = await register(again.applicationId);
    expect(registrationId).not.toBe(one.registrationId);
    const file = await colleague.call('getApplicationCase', { params: { id: again.applicationId } });
    expect(file.application.form).toMatchObject({ reason: '10' });
    await mine.context().close();
  });
});

describe('work was found: said by the person or on the doorstep, nobody is put out unasked (A21-5a, A21-5d, M79-4b)', () => {
  oneAfterTheOther();
  let one: Registered;

  it('the report of the month in one minute: found work leads to the day, and the office confirms', async () => {
    one = await somebodyRegistered();
    const mine = await telephoneOf(one.worker);
    await mine.goto(`${running.url}/my/month`);
    await look(mine, 'portal-month');
    await mine.getByText('找到工作了').click();
    await mine.getByRole('button', { name: '报告', exact: true }).click();
    await mine.getByRole('dialog').waitFor();
    expect(await standsOf(one.id), 'a report alone ends nothing').toBe('active');
    await mine.getByRole('dialog').getByText('找到工作了').click();
    await look(mine, 'portal-report-exit');
    await mine.getByRole('dialog').getByRole('button', { name: '提交' }).click();
    await mine.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(() => standsOf(one.id)).toBe('exitProposed');
    await mine.context().close();
    await open(clerk, running, `/cases/${one.id}`);
    await clerk.getByRole('button', { name: '确认退出' }).waitFor();
    await look(clerk, 'console-own-report');
  });

  it('“employed” noted on a visit proposes an exit that asks the person first', async () => {
    one = await somebodyRegistered();
    await clerk.goto(`${running.url}/console/field`);
    await clerk
      .getByRole('button', { name: `记录${one.person.name}`, exact: true })
      .first()
      .click();
    await dialog(clerk).getByText('见到本人，谈了').click();
    await dialog(clerk)
      .getByText(/当场做完首次面谈/)
      .click();
    await dialog(clerk).getByLabel('本人现在的情况').press('Enter');
    await clerk.getByTitle('已到单位上班').click();
    await dialog(clerk).getByLabel('从哪天起').fill(setting.today);
    await dialog(clerk).getByLabel('谈了什么').fill('家人说今天起在超市上班');
    await look(clerk, 'console-field-employed');
    await dialog(clerk).getByRole('button', { name: '记下来' }).click();
    await clerk.locator('.field-note', { hasText: one.person.name }).getByText('已发送').waitFor({ timeout: 20_000 });
    await expect.poll(() => standsOf(one.id)).toBe('exitProposed');
    const { registration } = await colleague.call('getApplicationCase', { params: { id: one.id } });
    expect(registration?.exits[0]).toMatchObject({ reason: '11', status: 'asked' });
  });

  it('the person says it is not so, and stays registered', async () => {
    const mine = await telephoneOf(one.worker);
    await mine.goto(`${running.url}/my`);
    await mine.getByRole('button', { name: '不是这样，我还需要登记' }).waitFor();
    await look(mine, 'portal-exit-question');
    await mine.getByLabel('您的说明').fill('只做了三天短工，已经结束');
    await mine.getByRole('button', { name: '不是这样，我还需要登记' }).click();
    await expect.poll(() => standsOf(one.id)).toBe('active');
    await mine.context().close();
  });
});
