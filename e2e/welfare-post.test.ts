import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { oneAfterTheOther } from './lib/parts.ts';
import { dialog, open } from './pages/console.ts';
import { look } from './pages/look.ts';
import { confirmToContact, signAndSubmit } from './pages/portal.ts';
import { type Registered, ServiceDesk } from './walk/service-desk.ts';

const running = inject('running');
let at: ServiceDesk;

beforeAll(async () => {
  at = await ServiceDesk.open(running);
});
afterAll(() => at?.close());

describe('a public-welfare post: exit 14, checked every month, and registered anew for reason 40 (A21-4f)', () => {
  oneAfterTheOther();
  let one: Registered;
  const section = () => at.clerk.getByRole('region', { name: '公益性岗位' });

  it('nobody is placed who is not recognised; recognised, the person is placed and exit 14 proposed', async () => {
    one = await at.somebodyRegistered();
    await open(at.clerk, running, `/cases/${one.id}`);
    await section().getByText('没有有效的认定').waitFor();
    expect(await section().getByRole('button').count()).toBe(0);
    const params = { id: one.registrationId };
    const category = '城镇零就业家庭成员';
    const { difficulty } = await at.colleague.call('applyDifficulty', { params, body: { category } });
    const { id, version } = difficulty.current!;
    const verified = '向社区核实，家里没有人就业';
    await at.colleague.call('decideDifficulty', {
      params: { id },
      body: { recognise: true, version, category, verified },
    });
    await at.clerk.reload();
    await section().getByRole('button', { name: '安置' }).click();
    await dialog(at.clerk).getByRole('combobox', { name: '岗位' }).click();
    await at.clerk
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
      .first()
      .click();
    await look(at.clerk, 'console-place');
    await dialog(at.clerk).getByRole('button', { name: '安置', exact: true }).click();
    await dialog(at.clerk).waitFor({ state: 'hidden' });
    await at.clerk.getByText('登记有效（退出核实中）').waitFor();
  });

  it('the exit is confirmed like every other; the check of the month goes on after it (M79-4b)', async () => {
    await at.clerk.getByRole('button', { name: '确认退出' }).click();
    await dialog(at.clerk).getByText('登记结束').first().waitFor();
    await at.clerk.keyboard.press('Control+Enter');
    await dialog(at.clerk).waitFor({ state: 'hidden' });
    await at.clerk.getByText('已退出', { exact: true }).first().waitFor();
    await section().getByRole('button', { name: '在岗核查' }).click();
    await dialog(at.clerk).getByText('在岗', { exact: true }).click();
    await look(at.clerk, 'console-duty-check');
    await dialog(at.clerk).getByRole('button', { name: '记录', exact: true }).click();
    await dialog(at.clerk).waitFor({ state: 'hidden' });
    await section().getByText(at.setting.today.slice(0, 7)).first().waitFor();
    await look(at.clerk, 'console-placed');
  });

  it('the post ends; the person is offered a new registration with its reason filled in (AJC093 40)', async () => {
    await section().getByRole('button', { name: '离岗' }).click();
    await dialog(at.clerk).getByText('岗位撤销').click();
    await look(at.clerk, 'console-leave');
    await dialog(at.clerk).getByRole('button', { name: '记离岗' }).click();
    await dialog(at.clerk).waitFor({ state: 'hidden' });
    const mine = await at.telephoneOf(one.worker);
    await mine.goto(`${running.url}/my/plan`);
    await mine.getByText('您已离开公益性岗位（岗位撤销）').waitFor();
    await look(mine, 'portal-left-post');
    await mine.getByRole('link', { name: '重新登记' }).click();
    await mine.getByRole('heading', { name: '确认您的身份' }).waitFor();
    await confirmToContact(mine, /^您\d{4}年\d+月填的$/);
    await mine.getByRole('button', { name: '下一步' }).click();
    await mine.getByRole('heading', { name: '失业情况', level: 1 }).waitFor();
    expect(await mine.getByRole('radio', { name: '退出公益性岗位' }).isChecked()).toBe(true);
    await look(mine, 'portal-reason-40');
    await mine.getByLabel('年', { exact: true }).selectOption({ index: 1 });
    await mine.getByLabel('月', { exact: true }).selectOption({ label: `${Number(at.setting.today.slice(5, 7))}月` });
    await mine.getByText('不要', { exact: true }).click();
    await mine.getByRole('button', { name: '下一步' }).click();
    await mine.getByRole('button', { name: '下一步' }).click();
    await mine.getByRole('button', { name: '都对，去签名' }).click();
    await mine.getByRole('heading', { name: '承诺并签名', level: 1 }).waitFor();
    await signAndSubmit(mine);
    const { cases } = await one.worker.call('getMyCases', {});
    const again = cases.find(({ applicationId }) => applicationId !== one.id)!;
    const { registrationId } = await at.register(again.applicationId);
    expect(registrationId).not.toBe(one.registrationId);
    const file = await at.colleague.call('getApplicationCase', { params: { id: again.applicationId } });
    expect(file.application.form).toMatchObject({ reason: '10' });
    await mine.context().close();
  });
});
