import type { Answer, Api } from '../lib/api.ts';
import { exitReceipt, heldExits } from '../lib/platform.ts';
import { grouped, hold, type Story } from '../lib/story.ts';
import { until } from '../lib/wait.ts';
import { type Applied, enquire } from './apply.ts';
import { told } from './register.ts';
import type { Setting } from './setting.ts';

type CaseFile = Answer<'getApplicationCase'>;
type Exit = NonNullable<CaseFile['registration']>['exits'][number];

const latestExit = (file: CaseFile): Exit => {
  const exit = file.registration?.exits.find(({ status }) => status === 'proposed' || status === 'confirmed');
  hold(exit, '页面上没有这份退出');
  return exit;
};

/** Found work: proposed with evidence, confirmed, the person told. Gives the exit as the case page shows it. */
export async function leave(
  setting: Setting,
  story: Story,
  applied: Applied,
  clerk: Api,
  file: CaseFile,
): Promise<Exit> {
  const registration = file.registration!;
  const proposed = await story.step('提出退出：被用人单位录用', async (tell) => {
    const bare = { reason: '11', evidence: [], exitOn: setting.today };
    const params = { id: registration.id };
    const refusal = await clerk.refused('proposeExit', { params, body: bare }, 'exit.incomplete');
    tell(`没有依据时：${refusal.message}（${refusal.clause ?? ''}）`);
    const evidence = [
      { kind: 'employerStatement', date: setting.today, text: '焦作某机械有限公司确认已录用，从事设备维修' },
    ];
    const { case: after, message } = await clerk.call('proposeExit', { params, body: { ...bare, evidence } });
    const exit = latestExit(after);
    tell(`${message}原因 ${exit.reason} ${exit.reasonText}，流水号 ${exit.serial}`);
    return exit;
  });
  const confirmed = await story.step('确认退出', async (tell) => {
    const { case: after, message } = await clerk.call('confirmExit', {
      params: { id: proposed.id },
      body: { version: proposed.version },
    });
    const exit = latestExit(after);
    hold(exit.status === 'confirmed' && exit.notice?.notify, '退出没有确认，或者没有告知本人');
    tell(message);
    tell(`${exit.notice.why}（${exit.notice.clause ?? ''}）`);
    return exit;
  });
  await story.step('退出告知本人', async (tell) => {
    tell(await told(setting, applied, '已注销', 'A21-5d、M79-4b'));
    const progress = await enquire(applied.worker, applied.receipt.number, applied.person);
    tell(`查进度：${progress.status.heading}`);
  });
  return confirmed;
}

/** The exchange officer sends today's exits; the platform's receipt and its holdings are the proof. */
export async function upload(
  { running, county, today }: Setting,
  story: Story,
  officer: Api,
  exit: Exit,
): Promise<void> {
  await story.step(`上传${today}办理的退出`, async (tell) => {
    const sent = await officer.call('sendExits', { body: { on: today } });
    tell(
      `办理${sent.exits}条，接收${sent.accepted}，退回${sent.returned}，待修改${sent.blocked}，待发${sent.waiting}（M79-8a）`,
    );
    const again = await officer.call('sendExits', { body: { on: today } });
    hold(again.exits === sent.exits && again.accepted >= sent.accepted, '再发一次，数目变了');
    tell('再发一次：数目不变，没有重复上传');
  });
  await story.step('全国平台的回执', async (tell) => {
    const item = await until('这条退出被平台接收', async () => {
      const found = await findUpload(officer, today, exit.serial);
      hold(found, '上传清单里没有这条退出');
      return found.state === 'accepted' && found;
    });
    const receipt = item.batchId ? await exitReceipt(running, item.batchId) : undefined;
    hold(receipt, `平台没有批次 ${item.batchId ?? '（无）'} 的回执`);
    const result = receipt.results.find(({ AAZ341 }) => AAZ341 === exit.serial);
    hold(result?.result === 'accepted', '回执里这条不是“接收”');
    tell(`回执 ${receipt.receipt}，批次 ${receipt.batch}，共${receipt.count}条，本条：接收`);
    const held = (await heldExits(running, county)).filter(({ AAZ341 }) => AAZ341 === exit.serial);
    hold(held.length === 1, `平台上有${held.length}条同号的退出`);
    tell(`平台持有：AAB301 ${held[0]!.AAB301} + AAZ341 ${grouped(held[0]!.AAZ341)}，恰好一条`);
    const day = (await officer.call('getExchangeDays', {})).days.find(({ date }) => date === today);
    hold(day?.balanced, `${today}对账不平`);
    tell(
      `对账：办理${day.exits} = 接收${day.accepted} + 退回${day.returned} + 待修改${day.blocked} + 待发${day.waiting}，平衡`,
    );
  });
}

/** The upload of an exit by its serial, page by page. */
export async function findUpload(officer: Api, on: string, serial: string) {
  let after: string | undefined;
  for (;;) {
    const { items, next } = await officer.call('getExchangeItems', { query: { on, limit: 100, after } });
    const found = items.find((item) => item.serial === serial);
    if (found || !next) return found;
    after = next;
  }
}
