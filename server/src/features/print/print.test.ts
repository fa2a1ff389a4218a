import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { formReasons } from '@yingdeng/contract/code-tables.ts';
import type { ApplicationForm } from '@yingdeng/rules/application-form.ts';
import { commitmentText, currentCommitmentVersion } from '@yingdeng/rules/commitment.ts';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { drawIdentityNumber, Fixtures, type PersonMade } from '../../../test/fixtures.ts';
import { submissionOf } from '../../../test/submission.ts';
import { systemActor } from '../../platform/actor.ts';
import { applicationHandlers, submitApplication } from '../application/index.ts';
import { casefileHandlers } from '../casefile/index.ts';
import { verifyCertificate } from '../public/certificate.ts';
import { workerHandlers } from '../worker/index.ts';
import { formTable } from './form-table.ts';
import { printHandlers } from './index.ts';

let database: TestDatabase;
let fixtures: Fixtures;
let app: FastifyInstance;
let clerk: string;

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  app = await testApp(fixtures.context, printHandlers(fixtures.context), workerHandlers(fixtures.context));
  clerk = await fixtures.staff('clerk', '410802', '张经办');
});
afterAll(async () => {
  await app.close();
  await fixtures.close();
  await database.drop();
});

const get = (cookie: string, url: string) => app.inject({ url, headers: { cookie } });
const asWorker = (person: Pick<PersonMade, 'name' | 'idNumber'>) => fixtures.worker(person);
const looks = (subject: string) =>
  fixtures.sql('select action, actor_name, person_id, reason, detail from audit_event where subject_id = $1', [
    subject,
  ]);

/** The words of a document, all spaces taken out; pdftotext reads them. */
const reader = spawnSync('pdftotext', ['-v']).error === undefined;
if (!reader) console.warn('pdftotext is not installed: the words of printed documents are not checked');
const wordsOf = (pdf: Buffer): string =>
  spawnSync('pdftotext', ['-raw', '-', '-'], { input: pdf }).stdout.toString().replace(/\s/g, '');

/** Where the words of a document end, in points from the top, in their order. */
const feetOf = (pdf: Buffer): number[] =>
  [
    ...spawnSync('pdftotext', ['-bbox', '-', '-'], { input: pdf })
      .stdout.toString()
      .matchAll(/yMax="([\d.]+)"/g),
  ].map(([, y]) => Number(y));

/** A submitted form with all fields; the person and the case. */
async function submitted(more: Parameters<typeof submissionOf>[2] = {}, at = fixtures.now, name = '王小明') {
  const idNumber = drawIdentityNumber();
  const input = submissionOf({ name, idNumber }, at, more);
  const made = await submitApplication(
    fixtures.context,
    systemActor('test'),
    { channel: 'portal', requestId: idNumber, ...input, submittedAt: at },
    at,
  );
  return { ...made, idNumber, name };
}

function expectPdf(response: Awaited<ReturnType<typeof get>>) {
  expect(response.statusCode).toBe(200);
  expect(response.headers['content-type']).toBe('application/pdf');
  expect(response.headers['cache-control']).toBe('no-store');
  expect(response.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  expect(response.rawPayload.subarray(-8).toString()).toContain('%%EOF');
  // One page each, whatever was written.
  expect(response.rawPayload.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
}

/** The texts whose boxes are ticked. */
const ticked = (form: ApplicationForm, places: string[]) =>
  formTable({ form, places, commitment: '', sign: () => {} })
    .rows.flatMap(({ cells }) => cells.flatMap(({ content }) => (typeof content === 'string' ? [] : content.flat())))
    .filter(({ tick }) => tick)
    .map(({ text }) => text.trim());

describe('the form of annex 1', () => {
  it('R041: one box of thirteen, one place and one answer on the benefit are ticked', () => {
    const { form } = submissionOf({ name: '王小明', idNumber: drawIdentityNumber() }, fixtures.now);
    const places = ['household', 'residence', 'employment', 'insurance'];
    for (const { box, text, needsText } of formReasons) {
      const wantsBenefit = box % 2 === 0;
      expect(ticked({ ...form, reason: String(box), wantsBenefit }, places)).toEqual([
        '常住地址',
        needsText ? `${text}：` : text,
        wantsBenefit ? '是' : '否',
      ]);
    }
    expect(ticked({ ...form, registrationPlace: 'insurance' }, ['household'])[0]).toBe('参保地：河南省焦作市解放区');
  });

  it('A21-8a: a clerk prints it; the look is recorded with its reason and the worker sees it', async () => {
    const { id, idNumber, name, personId } = await submitted();
    expectPdf(await get(clerk, `/api/applications/${id}/form.pdf`));
    const reason = encodeURIComponent('本人来窗口补签');
    expectPdf(await get(clerk, `/api/applications/${id}/form.pdf?reason=${reason}`));
    const rows = (await looks(id)).filter((row) => row.action === 'reveal');
    expect(rows).toEqual(
      ['打印登记表', '本人来窗口补签'].map((why) => ({
        action: 'reveal',
        actor_name: '张经办',
        person_id: personId,
        reason: why,
        detail: { printed: '失业人员登记表' },
      })),
    );
    const seen = (await get(asWorker({ name, idNumber }), '/api/my/looks')).json().looks;
    expect(seen.map((look: { why: string }) => look.why).sort()).toEqual(['打印登记表', '本人来窗口补签'].sort());
  });

  it('the worker has the own form without a record; a stranger and another county find nothing', async () => {
    const mine = await submitted();
    expectPdf(await get(asWorker(mine), `/api/my/applications/${mine.id}/form.pdf`));
    expect((await looks(mine.id)).filter((row) => row.action !== 'application.submit')).toEqual([]);
    const stranger = asWorker({ name: '李四', idNumber: drawIdentityNumber() });
    expect((await get(stranger, `/api/my/applications/${mine.id}/form.pdf`)).statusCode).toBe(404);
    const elsewhere = await fixtures.staff('clerk', '410803');
    expect((await get(elsewhere, `/api/applications/${mine.id}/form.pdf`)).statusCode).toBe(404);
    expect((await get(asWorker(mine), `/api/applications/${mine.id}/form.pdf`)).statusCode).toBe(403);
    expect((await get('', `/api/applications/${mine.id}/form.pdf`)).statusCode).toBe(401);
    expect(await looks(mine.id)).toHaveLength(1);
  });

  it('a reason of one character is refused in Chinese', async () => {
    const { id } = await submitted();
    const response = await get(clerk, `/api/applications/${id}/form.pdf?reason=x`);
    expect(response.json()).toMatchObject({ code: 'request.invalid', fields: [{ message: '请写明打印事由' }] });
  });

  it('the longest answers still make one page', async () => {
    const long = (times: number) => '鑫'.repeat(times);
    const { id } = await submitted({
      household: { division: '410802', detail: long(200) },
      residence: { division: '410802', detail: long(200) },
      qualifications: [long(60), long(60), long(60)],
      otherContact: long(80),
      reason: '13',
      reasonText: long(100),
      wishes: [long(60), long(60)],
      otherNotes: long(300),
    });
    const response = await get(clerk, `/api/applications/${id}/form.pdf`);
    expectPdf(response);
    if (!reader) return;
    // Nothing runs into the line at the foot, which itself lies on the page.
    const words = wordsOf(response.rawPayload);
    expect(words.match(/鑫/g)).toHaveLength(2 * 200 + 3 * 60 + 80 + 100 + 2 * 60 + 300);
    const feet = feetOf(response.rawPayload).sort((x, y) => x - y);
    expect(feet.at(-1)).toBeLessThan(842);
    expect(feet.filter((y) => y > 800).length).toBeLessThanOrEqual(3);
    expect(feet.filter((y) => y > 796 && y <= 800)).toEqual([]);
  });

  it.runIf(reader)(
    'R045, R044: every word of the annex stands on it in its order, with the answers between',
    async () => {
      const { id, idNumber, number } = await submitted({ otherNotes: '周末来过一次', wishes: ['电工', '保安'] });
      const words = wordsOf((await get(clerk, `/api/applications/${id}/form.pdf`)).rawPayload);
      const address = '河南省省（区/市）焦作市市（州）解放区县（区）人民路2号院3号楼（详细地址）';
      expect(words).toBe(
        [
          `失业人员登记表受理编号：${number}个人基本信息`,
          `姓名*王小明性别*${Number(idNumber[16]) % 2 === 1 ? '男' : '女'}民族*汉族政治面貌群众`,
          '学历*大学专科教育健康状况*健康或良好失业时间*2020年7月',
          `证件类型*居民身份证（户口簿）证件号*${idNumber}`,
          `户籍地址*${address}常住地址*${address}`,
          '职业（工种）资格及等级或专业技术职务名称及级别1电工四级23',
          '联系方式手机*13800001234固定电话电子邮件其他',
          '登记失业地户籍地址常住地址就业地参保地',
          '失业原因*年满16周岁，从各类学校毕业、肄业被各类企业解除或终止劳动关系企业破产倒闭终止劳动关系从机关事业单位被辞退解聘',
          '从各类单位辞职私营企业、民办非企业业主停业、破产终止从事个体工商户承包土地被征用等情况',
          '从事一定收入的劳动，但是收入低于当地最低生活保障标准退出公益性岗位军人退出现役且未纳入国家统一安置',
          '刑满释放、假释、监外执行其他：（请填写）是否申领失业保险金*是否求职意向1电工2保安其他需要说明的事项周末来过一次',
          '本人承诺填报的以上内容均为真实、准确、有效，如与实际情况不一致，本人愿意承担相应责任，同时纳入人社信用记录。',
          '申请人（签字）：2026年11月22日',
          '相关说明：1.标记“*”的为必填项。2.如健康状况为残疾，需注明伤残等级。3.劳动者通过失业登记服务全国统一入口申请办理失业登记，',
          '将填写此表。上述信息将下发至各地，由登记失业地公共就业服务机构为劳动者办理失业登记。',
          '打印人：张经办（解放区公共就业服务中心）打印时间：2026年11月22日14:05事由：打印登记表',
        ].join(''),
      );
    },
  );

  it.runIf(reader)('M79-1a: the places are those of the law of the day of submission', async () => {
    const place = (words: string) => words.match(/登记失业地(.*?)失业原因/)?.[1] ?? words;
    const before = await fixtures.application({ office: '210302', submittedOn: '2020-07-01' });
    const old = await get(asWorker(before), `/api/my/applications/${before.applicationId}/form.pdf`);
    expect(place(wordsOf(old.rawPayload))).toBe('户籍地址常住地址');
    const { id } = await submitted({ registrationPlace: 'employment' });
    const now = await get(clerk, `/api/applications/${id}/form.pdf`);
    expect(place(wordsOf(now.rawPayload))).toBe('户籍地址常住地址就业地：河南省焦作市解放区参保地');
  });

  it.runIf(reader)('a character no face has is printed as its code, and the page says so', async () => {
    const { id } = await submitted({}, fixtures.now, '𠮷野');
    const words = wordsOf((await get(clerk, `/api/applications/${id}/form.pdf`)).rawPayload);
    expect(words).toContain('〔U+20BB7〕野');
    expect(words).toContain('以本人有效身份证件上的写法为准');
  });

  it('whoever may not see full numbers on the screen prints them masked, recorded as a plain look', async () => {
    const { id, idNumber } = await submitted();
    const exchange = await fixtures.staff('exchangeOfficer', '410802');
    const response = await get(exchange, `/api/applications/${id}/form.pdf`);
    expectPdf(response);
    expect((await looks(id)).map((row) => row.action).sort()).toEqual(['application.submit', 'look']);
    if (!reader) return;
    expect(wordsOf(response.rawPayload)).not.toContain(idNumber);
    expect(wordsOf(response.rawPayload)).not.toContain('13800001234');
    expect(wordsOf(response.rawPayload)).toContain('已遮盖');
  });
});

describe('the certificate', () => {
  it('is the worker’s to download and the clerk’s to print; printing is recorded', async () => {
    const mine = await fixtures.registration();
    expectPdf(await get(asWorker(mine), `/api/my/registrations/${mine.registrationId}/certificate.pdf`));
    expect(await looks(mine.registrationId)).toEqual([]);
    expectPdf(await get(clerk, `/api/registrations/${mine.registrationId}/certificate.pdf`));
    expect(await looks(mine.registrationId)).toMatchObject([
      { action: 'look', actor_name: '张经办', reason: '打印登记凭证', person_id: mine.personId },
    ]);
    const stranger = asWorker({ name: '李四', idNumber: drawIdentityNumber() });
    expect((await get(stranger, `/api/my/registrations/${mine.registrationId}/certificate.pdf`)).statusCode).toBe(404);
    const elsewhere = await fixtures.staff('clerk', '410803');
    expect((await get(elsewhere, `/api/registrations/${mine.registrationId}/certificate.pdf`)).statusCode).toBe(404);
    const supervisor = await fixtures.staff('supervisor', '410802');
    expect((await get(supervisor, `/api/registrations/${mine.registrationId}/certificate.pdf`)).statusCode).toBe(403);
  });

  it.runIf(reader)('names the person, masks the number, and carries what verifies it', async () => {
    const mine = await fixtures.registration({ name: '欧阳小明' });
    const url = `/api/my/registrations/${mine.registrationId}/certificate.pdf`;
    const words = wordsOf((await get(asWorker(mine), url)).rawPayload);
    expect(words).not.toContain(mine.idNumber);
    for (const text of [
      '失业登记凭证',
      '姓名欧阳小明',
      '证件号码410***********',
      '登记失业地河南省焦作市解放区（户籍地）',
      '联系电话0391-3569000',
      '有效期以核验结果为准',
      'http://localhost/verify',
      '退出失业登记后，本凭证随即失效',
    ])
      expect(words).toContain(text);
    const number = words.match(/登记编号(\d{16})/)?.[1] ?? '';
    expect(number).toBe(mine.registrationNumber);
    const checkCode = words.match(/校验码(\d{6})/)?.[1] ?? '';
    const told = await verifyCertificate(fixtures.context, '192.0.2.9', { number, checkCode }, fixtures.now);
    expect(told).toMatchObject({ genuine: true, valid: true, name: '欧**明' });
  });

  it.runIf(reader)('of a registration that has ended says so', async () => {
    const mine = await fixtures.registration({ registrationStatus: 'exited', submittedOn: '2026-10-01' });
    const url = `/api/my/registrations/${mine.registrationId}/certificate.pdf`;
    const words = wordsOf((await get(asWorker(mine), url)).rawPayload);
    expect(words).toContain('本登记已于2026年10月2日退出，本凭证不再有效');
    expect(words).not.toContain('以核验结果为准说明');
  });
});

describe('a signature on the printed sheet', () => {
  const post = (url: string, payload: object, key = `paper-${Math.random()}`) =>
    counter.inject({ method: 'POST', url, payload, headers: { cookie: clerk, 'idempotency-key': key } });
  const enter = (form: object, paper: object) =>
    post('/api/counter/applications', { form, commitment: { version: currentCommitmentVersion, read: true, paper } });
  let counter: FastifyInstance;
  beforeAll(async () => {
    const { context } = fixtures;
    counter = await testApp(context, printHandlers(context), applicationHandlers(context), casefileHandlers(context));
  });
  afterAll(() => counter.close());
  const formOf = () => submissionOf({ name: '纸签名', idNumber: drawIdentityNumber() }, fixtures.now).form;
  const sheetOf = async (form: object) => {
    const answer = await post('/api/counter/sheets', { form, version: currentCommitmentVersion });
    expect(answer.statusCode).toBe(200);
    return answer.json<{ code: string; sheet: string }>();
  };
  const sheetUrl = (sheet: string) => `/api/counter/sheet.pdf?${new URLSearchParams({ sheet })}`;
  const kept = (sheet: string, more: object = {}) => ({
    signer: 'applicant',
    sheet,
    signedOn: '2026-11-22',
    witness: '李见证',
    fileNumber: '第3盒31号',
    ...more,
  });

  it('A21-2b: printed before submission, submitted with witness and shelf, shown on the case and on the form', async () => {
    const form = formOf();
    const { code, sheet } = await sheetOf(form);
    const before = await fixtures.sql("select 1 from application where form->>'name' = '纸签名'");
    expect(before).toEqual([]);
    const printing = await counter.inject({ url: sheetUrl(sheet), headers: { cookie: clerk } });
    expectPdf(printing);
    const bytes = printing.rawPayload;
    if (reader) {
      const words = wordsOf(bytes);
      for (const part of [
        code,
        '纸签名',
        '申请人（签字）',
        '年月日',
        '提交后生成',
        commitmentText(currentCommitmentVersion),
      ])
        expect(words).toContain(part);
    }
    const entered = await enter(form, kept(code));
    expect(entered.statusCode).toBe(201);
    const { id } = entered.json<{ id: string }>();
    const [row] = await fixtures.sql<{
      paper_signature: object;
      signature_sealed: null;
      digest: string;
      version: string;
    }>(
      `select paper_signature, signature_sealed, encode(commitment_digest, 'hex') as digest, commitment_version as version
       from application where id = $1`,
      [id],
    );
    expect(row).toMatchObject({
      signature_sealed: null,
      version: currentCommitmentVersion,
      paper_signature: {
        sheet: code,
        witness: '李见证',
        fileNumber: '第3盒31号',
        recordedBy: '张经办',
        signedOn: '2026-11-22',
      },
    });
    expect(code.replaceAll('-', '').toLowerCase()).toBe(row?.digest.slice(0, 16));
    const file = await counter.inject({ url: `/api/applications/${id}`, headers: { cookie: clerk } });
    expect(file.json()).toMatchObject({
      application: { paperSignature: { fileNumber: '第3盒31号', digest: row?.digest } },
    });
    const printed = await get(clerk, `/api/applications/${id}/form.pdf`);
    expectPdf(printed);
    if (reader)
      for (const part of ['纸质签名存档', '第3盒31号', '李见证']) expect(wordsOf(printed.rawPayload)).toContain(part);
  });

  it('the sealed sheet is of one account and some minutes; a changed one is none', async () => {
    const { sheet } = await sheetOf(formOf());
    const read = async (cookie: string, token = sheet) =>
      (await counter.inject({ url: sheetUrl(token), headers: { cookie } })).statusCode;
    expect(sheet).not.toContain('纸签名');
    expect(await read(clerk)).toBe(200);
    expect(await read(await fixtures.staff('clerk', '410802'))).toBe(404);
    expect(await read(clerk, `${sheet.slice(0, -4)}AAAA`)).toBe(404);
    expect(await read(clerk, 'x')).toBe(404);
    const start = fixtures.now;
    fixtures.now = new Date(start.getTime() + 11 * 60_000);
    expect(await read(clerk)).toBe(404);
    fixtures.now = start;
  });

  it('A21-2b: refused for a proxy, for changed content, for another day; each says which and why', async () => {
    const form = formOf();
    const { code } = await sheetOf(form);
    for (const [paper, changed, field] of [
      [kept(code, { signer: 'proxy' }), form, 'commitment.paper.signer'],
      [kept(code), { ...form, wishes: ['焊工'] }, 'commitment.paper.sheet'],
      [kept(code, { signedOn: '2026-11-20' }), form, 'commitment.paper.signedOn'],
      [kept(code, { fileNumber: ' ' }), form, 'commitment.paper.fileNumber'],
    ] as const) {
      const answer = await enter(changed, paper);
      expect(answer.statusCode).toBe(422);
      expect(answer.json()).toMatchObject({ code: 'form.commitment', clause: 'A21-2b', fields: [{ field }] });
    }
    expect(
      await fixtures.sql("select 1 from application where form->>'name' = '纸签名' and paper_signature is null"),
    ).toEqual([]);
  });

  it('prints no sheet of an incomplete form, and none of another place', async () => {
    const form = formOf();
    const faulty = await post('/api/counter/sheets', {
      form: { ...form, mobile: '1' },
      version: currentCommitmentVersion,
    });
    expect(faulty.json()).toMatchObject({ code: 'form.faulty', fields: [{ field: 'mobile' }] });
    const away = { ...form, placeDivision: '410803', residence: { division: '410803', detail: '建设路1号' } };
    const outside = await post('/api/counter/sheets', { form: away, version: currentCommitmentVersion });
    expect(outside.statusCode).toBe(403);
  });
});

it('every address that is printed is a page of the portal', () => {
  const here = new URL('.', import.meta.url);
  const printed = readdirSync(here)
    .filter((name) => !name.endsWith('.test.ts'))
    .flatMap((name) => [...readFileSync(new URL(name, here), 'utf8').matchAll(/publicUrl\}(\/[\w/-]+)/g)])
    .map(([, path]) => path);
  expect(printed.length).toBeGreaterThan(1);
  const portal = readFileSync(new URL('../../../../web/citizen/src/app.tsx', here), 'utf8');
  for (const path of printed) expect(portal).toContain(`'${path}': page`);
});

describe('what the worker takes home from the interview', () => {
  async function interviewed() {
    const made = await fixtures.registration({ submittedOn: '2026-11-10', idNumber: drawIdentityNumber() });
    const interview = { reason: '企业裁员', skills: '焊工，五年', wishes: '长白班', exitConditionsTold: true };
    const contact = await fixtures.contact(made, {
      outcome: 'contact',
      at: new Date('2026-11-12T02:00:00Z'),
      interview,
    });
    await fixtures.sql("update registration set class = 'C', first_contact_at = '2026-11-12' where id = $1", [
      made.registrationId,
    ]);
    for (const [list, version] of [
      ['policies', 4],
      ['services', 2],
      ['institutions', 7],
    ])
      await fixtures.sql(
        `insert into list_handover (tenant, id, contact_id, registration_id, person_id, office, list, list_division, version, how, at)
         values ('4108', gen_random_uuid(), $1, $2, $3, '410802', $4, '410800', $5, 'paper', now())`,
        [contact, made.registrationId, made.personId, list, version],
      );
    return made;
  }
  async function planned(made: { registrationId: string; personId: string }, steps: number) {
    const plan = `00000000-0000-4000-900c-${made.registrationId.slice(-12)}`;
    await fixtures.sql(
      `insert into plan (tenant, id, registration_id, person_id, office, division, kind, goal, officer_id, officer_name, status, made_at,
         made_by_name, changed_at, changed_by_name)
       values ('4108', $1, $2, $3, '410802', '410802', 'ordinary', '三个月内找到长白班工作', gen_random_uuid(), '李专员', 'agreed', now(), '', now(), '')`,
      [plan, made.registrationId, made.personId],
    );
    await fixtures.sql(
      `insert into plan_step (tenant, id, plan_id, registration_id, person_id, office, division, n, whose, service, what, due_on, status)
       select '4108', gen_random_uuid(), $1, $2, $3, '410802', '410802', n, case n % 2 when 0 then 'worker' else 'office' end, 'matching',
         '推荐离家近的长白班岗位，陪同到用人单位面试，面试后问一次结果，不合适的再换' || n, '2026-12-01'::date + n, 'open' from generate_series(1, $4::int) n`,
      [plan, made.registrationId, made.personId, steps],
    );
  }
  const pages = (pdf: Buffer) => (pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g) ?? []).length;

  it.each([0, 3, 12])(
    'A21-4b, A21-4c, A21-4f: stands on two pages with %i steps, for the office and for the worker alone',
    async (steps) => {
      const made = await interviewed();
      if (steps > 0) await planned(made, steps);
      const path = `registrations/${made.registrationId}/interview.pdf`;
      const staff = await get(clerk, `/api/${path}`);
      expect(staff.statusCode).toBe(200);
      expect(pages(staff.rawPayload)).toBe(2);
      expect(await looks(made.registrationId)).toMatchObject([
        { action: 'look', detail: { printed: '就业服务告知单' } },
      ]);
      const own = await get(await asWorker(made), `/api/my/${path}`);
      expect(own.statusCode).toBe(200);
      expect(
        (await get(await asWorker({ name: '别人', idNumber: drawIdentityNumber() }), `/api/my/${path}`)).statusCode,
      ).toBe(404);
      expect((await get(await fixtures.staff('clerk', '410803'), `/api/${path}`)).statusCode).toBe(404);
      if (!reader) return;
      const words = wordsOf(staff.rawPayload);
      for (const text of [
        '企业裁员',
        '焊工，五年',
        '长白班',
        '一人一策',
        '0391-3569000',
        '政策清单',
        '第4版',
        '给了纸质',
        '死亡',
        '提出异议',
        '12333',
      ])
        expect(words, text).toContain(text);
      // The class is no label (A21-4a), and 31 is no ground by itself (M79-4c).
      expect(words).not.toMatch(/[ABCD]类/);
      expect(words).not.toContain('连续3次');
      if (steps > 0) expect(words).toContain('李专员');
      expect(Math.max(...feetOf(staff.rawPayload))).toBeLessThan(842);
    },
  );

  it('A21-4b: before the interview there is none', async () => {
    const made = await fixtures.registration({ idNumber: drawIdentityNumber() });
    expect((await get(clerk, `/api/registrations/${made.registrationId}/interview.pdf`)).statusCode).toBe(404);
  });

  it('A21-4c: a list is handed out in the version in force with its columns, on as many pages as it needs', async () => {
    const item = (n: number) => ({
      服务项目: `项目${n}`,
      服务对象: '登记失业人员',
      服务内容: '了解求职意愿，推荐合适的岗位，组织招聘活动，求职后回访。'.repeat(3),
    });
    await fixtures.sql(
      `insert into list_version (list, division, version, items, valid_from, approved_by, created_at)
       values ('services', '410800', 3, $1, '2026-11-01', '王主任', now()), ('services', '410800', 4, '[]', '2027-01-01', '王主任', now())`,
      [JSON.stringify(Array.from({ length: 40 }, (_, n) => item(n + 1)))],
    );
    const reply = await app.inject('/api/lists/services/hand-out.pdf?division=410802');
    expect(reply.statusCode).toBe(200);
    expect(pages(reply.rawPayload)).toBeGreaterThan(2);
    expect((await app.inject('/api/lists/policies/hand-out.pdf?division=990101')).statusCode).toBe(404);
    if (!reader) return;
    const words = wordsOf(reply.rawPayload);
    for (const text of ['服务清单', '第3版', '项目1', '项目40', '服务对象']) expect(words).toContain(text);
  });
});
