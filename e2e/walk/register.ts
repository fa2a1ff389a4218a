import type { Answer, Api } from '../lib/api.ts';
import { heldDecision } from '../lib/platform.ts';
import { messagesTo } from '../lib/sign-in.ts';
import { dueText, grouped, hold, minuteOf, type Story } from '../lib/story.ts';
import { until } from '../lib/wait.ts';
import { type Applied, enquire } from './apply.ts';
import type { Setting } from './setting.ts';

type CaseFile = Answer<'getApplicationCase'>;
type Item = Answer<'getDecisionWorklist'>['items'][number];

const openCase = (clerk: Api, id: string): Promise<CaseFile> => clerk.call('getApplicationCase', { params: { id } });

/** Finds an item of a worklist, page by page, as long as there are pages. */
export async function findInWorklist(clerk: Api, id: string): Promise<{ item: Item; place: number } | undefined> {
  let after: string | undefined;
  for (let place = 0; ; ) {
    const { items, next } = await clerk.call('getDecisionWorklist', { query: { limit: 100, after } });
    const at = items.findIndex((item) => item.id === id);
    if (at >= 0) return { item: items[at]!, place: place + at + 1 };
    if (!next) return undefined;
    place += items.length;
    after = next;
  }
}

/** The case with every automatic check answered. */
export function checkedCase(clerk: Api, id: string): Promise<CaseFile> {
  return until('自动核验的结果', async () => {
    const file = await openCase(clerk, id);
    return file.checks.some((check) => !check.byHand) && file;
  });
}

/** Settles every open finding as unfounded: the person was asked and there is nothing. */
export async function settleFindings(clerk: Api, file: CaseFile): Promise<CaseFile> {
  let latest = file;
  for (const { id, source } of file.checks.filter((check) => check.open)) {
    latest = await clerk.call('recordCheck', {
      params: { id: file.application.id },
      body: { source, settles: id, established: 'nothing', note: '已与本人核实，不影响登记' },
    });
  }
  hold(latest.openFindings === 0, `还有${latest.openFindings}项待核实`);
  return latest;
}

/** The clerk finds the case, looks at the checks, registers; platform and worker learn of it. */
export async function register(setting: Setting, story: Story, applied: Applied, clerk: Api): Promise<CaseFile> {
  const { running, county } = setting;
  const { receipt, person } = applied;
  await story.step('待办里有这一件', async (tell) => {
    const found = await findInWorklist(clerk, receipt.id);
    hold(found, '待办列表里没有这份申请');
    hold(found.item.dueOn === receipt.due.on, '待办列表的期限与回执不同');
    tell(`按期限排在第${found.place}件，期限 ${found.item.dueOn}`);
  });
  const opened = await story.step('打开这一件，看自动核验', async (tell) => {
    const file = await checkedCase(clerk, receipt.id);
    const say = (result: string) => file.checks.filter((check) => check.result === result && !check.open).length;
    tell(`自动核验${file.checks.length}项：一致${say('clear')}，没有查到${say('silent')}，待核实${file.openFindings}`);
    tell('没有查到信息不影响办理，按本人承诺和人工核查办理（A21-3b、M79-2d）');
    const settled = await settleFindings(clerk, file);
    for (const { text } of file.checks.filter((check) => check.open)) tell(`已与本人核实：${text}`);
    hold(
      settled.allowed.some((one) => one.action === 'registerApplication' && one.allowed),
      '此时应当可以登记',
    );
    return settled;
  });
  const registered = await story.step('准予登记', async (tell) => {
    const { version } = opened.application;
    const { case: file, message } = await clerk.call('registerApplication', {
      params: { id: receipt.id },
      body: { version },
    });
    hold(file.registration, '登记后没有登记记录');
    tell(`${message}登记编号 ${grouped(file.registration.number)}`);
    tell(`首次联系最晚 ${dueText(file.registration.firstContact)}`);
    const second = await clerk.refused(
      'registerApplication',
      { params: { id: receipt.id }, body: { version } },
      'application.changed',
    );
    tell(`用旧页面再点一次：${second.message}`);
    return file;
  });
  await story.step('审核结果已到全国平台', async (tell) => {
    const held = await until('全国平台收到审核结果', () => heldDecision(running, `${county}-${receipt.number}`));
    hold(held.outcome === 'registered', `平台上的结果是 ${held.outcome}`);
    tell(`平台持有：已登记，收到时间 ${minuteOf(held.receivedAt)}（M79-7a）`);
  });
  await story.step('本人收到消息', async (tell) => {
    tell(await told(setting, applied, '登记已办好', 'A21-3d'));
    const progress = await enquire(applied.worker, receipt.number, person);
    tell(`查进度：${progress.status.heading}`);
  });
  return registered;
}

/** The message a worker got, at the telephone; between 21 and 8 it waits for the morning and stands in the portal. */
export async function told(
  { running }: Setting,
  { worker, person }: Applied,
  words: string,
  clause: string,
): Promise<string> {
  return until(`含有“${words}”的消息`, async () => {
    const sms = (await messagesTo(running, person.mobile)).find(({ text }) => text.includes(words));
    if (sms) return `短信：${sms.text}（${clause}）`;
    const { messages } = await worker.call('getMyMessages', {});
    const waiting = messages.find(({ body, state }) => body.includes(words) && state === 'waiting');
    const hour = (new Date(waiting?.at ?? 0).getUTCHours() + 8) % 24;
    return waiting && (hour >= 21 || hour < 8) && `夜间不打扰，8点后发短信：${waiting.body}（${clause}）`;
  });
}
