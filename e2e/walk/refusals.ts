import type { Api } from '../lib/api.ts';
import { filledForm, signed } from '../lib/form.ts';
import { newPerson } from '../lib/people.ts';
import { byCode } from '../lib/sign-in.ts';
import { dueText, grouped, hold, type Story } from '../lib/story.ts';
import { checkedCase, settleFindings } from './register.ts';
import type { Setting } from './setting.ts';

/** What the law does not let an office do: a forbidden ground, and an exit because somebody refused three times. */
export async function refusals({ running, county, today }: Setting, story: Story, clerk: Api): Promise<void> {
  const person = newPerson(county);
  const receipt = await story.step('另一位劳动者用短信验证码登录并申请', async (tell) => {
    const { api: worker } = await byCode(running, person);
    const { version } = await worker.call('getCommitment', {});
    const body = signed({ ...filledForm(person, county, today), wantsBenefit: false }, version);
    const answer = await worker.call('submitApplication', { body });
    tell(`${person.name}，受理编号 ${grouped(answer.number)}，最晚办结 ${dueText(answer.due)}`);
    return answer;
  });
  const params = { id: receipt.id };
  const version = await story.step('经办人想以“材料不齐”不予登记', async (tell) => {
    const file = await settleFindings(clerk, await checkedCase(clerk, receipt.id));
    const refusal = { version: file.application.version, evidence: [], text: '材料不齐，请补交离职证明' };
    const outside = await clerk.refused(
      'refuseApplication',
      { params, body: { ...refusal, ground: 'papersIncomplete' } },
      'decision.groundNotPermitted',
    );
    tell(`自拟理由：${outside.message}（${outside.clause ?? ''}）`);
    const doubt = '演示：先认定身份不能确认';
    const doubted = await clerk.call('recordCheck', {
      params,
      body: { source: 'investigation', established: 'identityNotEstablished', note: doubt },
    });
    const evidence = [
      { kind: 'documentCheck', date: today, text: '身份证件核验记录' },
      { kind: 'investigation', date: today, text: '工作人员调查记录' },
    ];
    const worded = { ...refusal, version: doubted.application.version, evidence, ground: 'identityNotEstablished' };
    const blocked = await clerk.refused('refuseApplication', { params, body: worded }, 'decision.forbiddenGround');
    tell(`准许的理由，夹带不准的话：${blocked.message}（${blocked.clause ?? ''}）`);
    // Findings of the automatic checks may have been settled by hand before: the doubt is told by its words.
    const finding = doubted.checks.find(({ note }) => note === doubt)?.id;
    hold(finding, '案件页上没有这次认定');
    const cleared = await clerk.call('recordCheck', {
      params,
      body: { source: 'investigation', settles: finding, established: 'nothing', note: '已当面确认是本人' },
    });
    hold(cleared.application.status === 'submitted', '被拦截的决定改变了申请的状态');
    tell('两次都没有发出，已报督导；申请仍在办理');
    return cleared.application.version;
  });
  const registration = await story.step('依法登记', async (tell) => {
    const { case: file } = await clerk.call('registerApplication', { params, body: { version } });
    hold(file.registration, '没有登记');
    tell(`登记编号 ${grouped(file.registration.number)}；不看是否参保，不看是否符合领金条件（M79-2d、M79-2e）`);
    return file.registration;
  });
  await story.step('经办人想以“三次拒绝服务”（31）让其退出', async (tell) => {
    const body = {
      reason: '31',
      exitOn: today,
      evidence: [{ kind: 'serviceOffers', date: today, text: '电话推荐岗位，本人说离家远', suitable: true }],
    };
    const blocked = await clerk.refused('proposeExit', { params: { id: registration.id }, body }, 'exit.incomplete');
    tell(`${blocked.message}（${blocked.clause ?? ''}）`);
    hold(blocked.clause === 'M79-4c', `依据应当是 M79-4c，却是 ${blocked.clause ?? '（无）'}`);
    const { case: file } = { case: await clerk.call('getApplicationCase', { params }) };
    hold(file.registration?.status === 'active', '登记没有保持有效');
    tell('登记继续有效；31、32不得单独作为退出理由，须有证据链、最后一次告知和第二人复核');
  });
}
