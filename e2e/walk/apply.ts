import { randomUUID } from 'node:crypto';
import type { Answer, Api } from '../lib/api.ts';
import { filledForm, signed } from '../lib/form.ts';
import { newPerson, type Person } from '../lib/people.ts';
import { byProvider } from '../lib/sign-in.ts';
import { dueText, grouped, hold, type Story } from '../lib/story.ts';
import type { Setting } from './setting.ts';

/** A person whose application is in. */
export interface Applied {
  readonly person: Person;
  readonly worker: Api;
  readonly receipt: Answer<'submitApplication'>;
}

/** A new person signs in, fills the form, signs, submits twice, and looks how it stands without an account. */
export async function apply({ running, county, today }: Setting, story: Story): Promise<Applied> {
  const person = newPerson(county);
  const { api: worker } = await story.step('劳动者登录（统一身份认证）', async (tell) => {
    const signedIn = await byProvider(running, person);
    hold(signedIn.session.profile?.idNumber === person.idNumber, '登录的不是本人');
    tell(`${person.name}，${person.idNumber}（虚构）；姓名和号码由身份认证带来，不用再填`);
    return signedIn;
  });
  const submission = await story.step('填写《失业人员登记表》，阅读承诺书并签名', async (tell) => {
    const texts = await worker.call('getCommitment', {});
    tell(`承诺书版本 ${texts.version}：${texts.commitment.slice(0, 30)}……`);
    tell('手写签名；不上传任何材料（M79-2a 至 M79-2f）');
    return signed(filledForm(person, county, today), texts.version);
  });
  const key = randomUUID();
  const receipt = await story.step('提交申请', async (tell) => {
    const answer = await worker.call('submitApplication', { body: submission, key });
    hold(!answer.repeated, '第一次提交就说是重复的');
    tell(`受理编号 ${grouped(answer.number)}，${answer.officeName}`);
    tell(`最晚办结 ${dueText(answer.due)}`);
    return answer;
  });
  await story.step('同一请求再发一次', async (tell) => {
    const again = await worker.call('submitApplication', { body: submission, key });
    hold(again.repeated && again.number === receipt.number, '同一请求得到了另一份受理编号');
    const other = await worker.refused('submitApplication', { body: submission }, 'application.open');
    tell('同一受理编号，没有办两次');
    tell(`换一个请求编号再交：${other.message}（${other.clause ?? ''}）`);
  });
  await story.step('查进度，不用登录', async (tell) => {
    const progress = await enquire(worker, receipt.number, person);
    hold(progress.dueOn === receipt.due.on, '公开查询的期限与回执不同');
    tell(`${progress.status.heading}；${progress.status.whatWeDo}`);
  });
  return { person, worker, receipt };
}

/** Progress by number and identity number, as anybody who knows both may ask. */
export const enquire = (api: Api, number: string, person: Person): Promise<Answer<'enquireProgress'>> =>
  api.call('enquireProgress', { body: { number, idNumber: person.idNumber } });
