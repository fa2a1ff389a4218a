import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { oneAfterTheOther } from './lib/parts.ts';
import { dialog, open } from './pages/console.ts';
import { look } from './pages/look.ts';
import { type Registered, ServiceDesk } from './walk/service-desk.ts';

const running = inject('running');
let at: ServiceDesk;

beforeAll(async () => {
  at = await ServiceDesk.open(running);
});
afterAll(() => at?.close());

describe('work was found: said by the person or on the doorstep, nobody is put out unasked (A21-5a, A21-5d, M79-4b)', () => {
  oneAfterTheOther();
  let one: Registered;

  it('the report of the month in one minute: found work leads to the day, and the office confirms', async () => {
    one = await at.somebodyRegistered();
    const mine = await at.telephoneOf(one.worker);
    await mine.goto(`${running.url}/my/month`);
    await look(mine, 'portal-month');
    await mine.getByText('找到工作了').click();
    await mine.getByRole('button', { name: '报告', exact: true }).click();
    await mine.getByRole('dialog').waitFor();
    expect(await at.standsOf(one.id), 'a report alone ends nothing').toBe('active');
    await mine.getByRole('dialog').getByText('找到工作了').click();
    await look(mine, 'portal-report-exit');
    await mine.getByRole('dialog').getByRole('button', { name: '提交' }).click();
    await mine.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(() => at.standsOf(one.id)).toBe('exitProposed');
    await mine.context().close();
    await open(at.clerk, running, `/cases/${one.id}`);
    await at.clerk.getByRole('button', { name: '确认退出' }).waitFor();
    await look(at.clerk, 'console-own-report');
  });

  it('“employed” noted on a visit proposes an exit that asks the person first', async () => {
    one = await at.somebodyRegistered();
    await at.clerk.goto(`${running.url}/console/field`);
    await at.clerk
      .getByRole('button', { name: `记录${one.person.name}`, exact: true })
      .first()
      .click();
    await dialog(at.clerk).getByText('见到本人，谈了').click();
    await dialog(at.clerk)
      .getByText(/当场做完首次面谈/)
      .click();
    await dialog(at.clerk).getByLabel('本人现在的情况').press('Enter');
    await at.clerk.getByTitle('已到单位上班').click();
    await dialog(at.clerk).getByLabel('从哪天起').fill(at.setting.today);
    await dialog(at.clerk).getByLabel('谈了什么').fill('家人说今天起在超市上班');
    await look(at.clerk, 'console-field-employed');
    await dialog(at.clerk).getByRole('button', { name: '记下来' }).click();
    await at.clerk
      .locator('.field-note', { hasText: one.person.name })
      .getByText('已发送')
      .waitFor({ timeout: 20_000 });
    await expect.poll(() => at.standsOf(one.id)).toBe('exitProposed');
    const { registration } = await at.colleague.call('getApplicationCase', { params: { id: one.id } });
    expect(registration?.exits[0]).toMatchObject({ reason: '11', status: 'asked' });
  });

  it('the person says it is not so, and stays registered', async () => {
    const mine = await at.telephoneOf(one.worker);
    await mine.goto(`${running.url}/my`);
    await mine.getByRole('button', { name: '不是这样，我还需要登记' }).waitFor();
    await look(mine, 'portal-exit-question');
    await mine.getByLabel('您的说明').fill('只做了三天短工，已经结束');
    await mine.getByRole('button', { name: '不是这样，我还需要登记' }).click();
    await expect.poll(() => at.standsOf(one.id)).toBe('active');
    await mine.context().close();
  });
});
