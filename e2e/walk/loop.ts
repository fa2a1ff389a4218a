import { type Running, staffOf } from '../lib/running.ts';
import { asRole } from '../lib/sign-in.ts';
import { hold, minuteOf, type Say, Story } from '../lib/story.ts';
import { apply } from './apply.ts';
import { leave, upload } from './exit.ts';
import { refusals } from './refusals.ts';
import { register } from './register.ts';
import { serve } from './serve.ts';
import { settingOf } from './setting.ts';

/** How a walk ended: the numbers by which everything can be found again. */
export interface Walked {
  readonly receipt: string;
  readonly registration: string;
  readonly serial: string;
  readonly county: string;
}

/**
 * One new person from application to an exit the national platform has accepted (申请—登记—服务—退出), then what the law does not let an
 * office do. Tells every step with its result, due date and clause; throws at the first step that does not hold.
 */
export async function walk(running: Running, say: Say): Promise<Walked> {
  const setting = await settingOf(running);
  const story = new Story(say);
  say(`应登演示　${running.url}　业务日期 ${setting.today}（Asia/Shanghai）`);

  story.part('一、申请');
  const applied = await apply(setting, story);

  story.part('二、登记');
  const { api: clerk } = await story.step('经办人员登录（密码加动态码）', async (tell) => {
    const signedIn = await asRole(running, 'clerk');
    const { name, office } = staffOf(running, 'clerk');
    tell(`${name}，${office}`);
    return signedIn;
  });
  const registered = await register(setting, story, applied, clerk);

  story.part('三、服务');
  const served = await serve(setting, story, clerk, registered);

  story.part('四、退出');
  const exit = await leave(setting, story, applied, clerk, served);

  story.part('五、上传全国平台');
  const { api: officer } = await story.step('数据交换人员登录', async (tell) => {
    const signedIn = await asRole(running, 'exchangeOfficer');
    tell(`${staffOf(running, 'exchangeOfficer').name}，${staffOf(running, 'exchangeOfficer').office}`);
    return signedIn;
  });
  await upload(setting, story, officer, exit);
  await story.step('本人看谁查看过自己的信息', async (tell) => {
    const { looks } = await applied.worker.call('getMyLooks', {});
    hold(looks.length > 0, '经办人打开过这一件，本人却看不到查阅记录');
    const [last] = looks;
    tell(`共${looks.length}次，最近一次：${minuteOf(last!.at)}，${last!.office}${last!.who}，${last!.what}`);
  });

  story.part('六、不准做的事');
  await refusals(setting, story, clerk);
  return {
    receipt: applied.receipt.number,
    registration: registered.registration!.number,
    serial: exit.serial,
    county: setting.county,
  };
}
