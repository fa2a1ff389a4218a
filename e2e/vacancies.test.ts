import { addDays } from '@yingdeng/rules/calendar.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { oneAfterTheOther } from './lib/parts.ts';
import { Story } from './lib/story.ts';
import { dialog, open } from './pages/console.ts';
import { look } from './pages/look.ts';
import { serve } from './walk/serve.ts';
import { type Registered, ServiceDesk } from './walk/service-desk.ts';

const running = inject('running');
let at: ServiceDesk;

beforeAll(async () => {
  at = await ServiceDesk.open(running);
});
afterAll(() => at?.close());

describe('vacancies: a sheet, why one fits, a referral, and how it went (A21-4d, M79-3b)', () => {
  oneAfterTheOther();
  let one: Registered;
  const title = `仓库管理员${Date.now() % 100_000}`;

  it('a sheet with a faulty row is looked at first; what is right is kept, what is wrong goes back with the reason', async () => {
    const header =
      '单位名称,单位岗位编号,岗位名称,职业,工作地点,详细地址,月工资下限,月工资上限,学历要求,招聘人数,单位办公电话,有效期止';
    const until = addDays(at.setting.today, 60).replaceAll('-', '/');
    const row = (name: string, telephone: string) =>
      `怀川物流有限公司,${name},${name},仓库管理,${at.setting.county},工业路1号,4200,5200,不限,3,${telephone},${until}`;
    const sheet = [header, row(title, '0391-3569000'), row('装卸工', '13800001234'), ''].join('\r\n');
    await open(at.clerk, running, '/vacancies/imports');
    await at.clerk
      .locator('input[type=file]')
      .setInputFiles({ name: '岗位.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) });
    await at.clerk.getByRole('button', { name: '导入1个岗位' }).waitFor({ timeout: 30_000 });
    await at.clerk
      .getByText(/单位办公电话/)
      .first()
      .waitFor();
    await look(at.clerk, 'console-import-faulty');
    const faults = await at.clerk.evaluate(
      `fetch(document.querySelector('a[href$="/faults"]').href).then((answer) => answer.text())`,
    );
    expect(faults).toMatch(/装卸工.*单位办公电话/);
    expect(faults).not.toContain(title);
    await at.clerk.getByRole('button', { name: '导入1个岗位' }).click();
    await at.clerk.getByText('已导入').first().waitFor();
    await expect.poll(() => at.clerk.getByRole('button', { name: /^导入/ }).count(), { timeout: 20_000 }).toBe(0);
  });

  it('after the interview the sheet to take home is on the person’s own page (A21-4b, A21-4c)', async () => {
    one = await at.somebodyRegistered();
    const file = await at.colleague.call('getApplicationCase', { params: { id: one.id } });
    await serve(at.setting, new Story(() => {}), at.colleague, file);
    const mine = await at.telephoneOf(one.worker);
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
    await open(at.clerk, running, `/cases/${one.id}`);
    const box = at.clerk.locator('#matching');
    const more = box.getByRole('button', { name: /^再看\d+个/ });
    await box.locator('.match').first().waitFor();
    if (await more.isVisible()) await more.click();
    const match = box.locator('.match', { hasText: title });
    for (const why of ['正是本人想找的工作', '就在本人住的县（市、区）']) await match.getByText(why).waitFor();
    await match.getByRole('button', { name: `推荐${title}` }).click();
    await dialog(at.clerk).getByText('本人同意推荐').click();
    await look(at.clerk, 'console-refer');
    await dialog(at.clerk).getByRole('button', { name: '推荐', exact: true }).click();
    await dialog(at.clerk).waitFor({ state: 'hidden' });
    await box.getByText(/前回访/).waitFor();
  });

  it('the person says so on the telephone screen; the clerk records the refusal, and the registration stands (M79-4c)', async () => {
    const mine = await at.telephoneOf(one.worker);
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
    await at.clerk.reload();
    const box = at.clerk.locator('#matching');
    await box.getByText('本人说没有去：夜班多，家里老人要照顾').waitFor();
    await box.getByRole('button', { name: `记录${title}的结果` }).click();
    await dialog(at.clerk).getByText('不会因此结束登记').waitFor();
    await dialog(at.clerk).getByText('合适', { exact: true }).click();
    await look(at.clerk, 'console-refused-offer');
    await dialog(at.clerk).getByRole('button', { name: '保存' }).click();
    await dialog(at.clerk).waitFor({ state: 'hidden' });
    await box.getByText(/夜班多，家里老人要照顾，认定岗位合适/).waitFor();
    expect(await at.standsOf(one.id)).toBe('active');
  });
});
