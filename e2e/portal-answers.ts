import { type RouteName, routes } from '@yingdeng/contract/routes/index.ts';
import type { Page } from 'playwright-core';

export type Answers = { [Name in RouteName]?: ReturnType<(typeof routes)[Name]['answer']['parse']> };

const citation = { document: '人社厅发〔2020〕79号', clause: '一(三)', clauseId: 'M79-3a' };
const officeName = '示例区公共就业服务中心';
const officeTelephone = '0000-0000001';
const number = '2611220000000121';
const applicationId = '0b9c8f4e-4d0e-4d53-9a31-2f6f6f2d9a01';
const registrationId = '0b9c8f4e-4d0e-4d53-9a31-2f6f6f2d9a02';
const due = { on: '2026-11-25', workingDays: 3, from: '2026-11-22', citation, state: 'open' as const };
const status = {
  scenario: 'submitted',
  heading: '申请正在办理',
  whatHappened: '我们已经收到您的失业登记申请。',
  whatYouDo: '您不用做什么。',
  whatWeDo: '我们会按时办结，并告诉您结果。',
  byWhen: '2026-11-25',
};
const oneCase = {
  applicationId,
  number,
  submittedOn: '2026-11-22',
  officeName,
  officeTelephone,
  due,
  status,
  history: [{ at: '2026-11-22T03:20:00.000Z', text: '提交申请' }],
  contacts: [],
  lists: [],
  canWithdraw: true,
  canReportExit: false,
};
const parameter = (name: string, value: unknown) => ({ parameter: name, value, citation });

/** A made-up person of 410811 with a number that is formally right. */
export const person = { name: '王试验', idNumber: '410811197503124525', mobile: '13800000000' };

/** What a visitor is answered who is not signed in. */
export const visitor: Answers = {
  getSession: { signedIn: false, demo: false },
  getPolicy: {
    division: '410811',
    divisionName: '河南省焦作市山阳区',
    on: '2026-11-22',
    parameters: [
      parameter('decisionWorkingDays', 3),
      parameter('firstContactWorkingDays', 5),
      parameter('followUpsPerMonth', 1),
      parameter('lowerAge', 16),
      parameter('registrationPlaces', ['household', 'residence', 'employment', 'insurance']),
    ],
  },
  getInstitutions: {
    institutions: [
      {
        code: '410811',
        name: officeName,
        address: '示例路1号',
        telephone: officeTelephone,
        business: '失业登记、职业介绍',
        responsiblePerson: '',
      },
    ],
  },
  getLists: {
    lists: [
      {
        list: 'policies',
        division: '410800',
        version: 1,
        validFrom: '2026-01-01',
        columns: ['政策名称', '享受对象'],
        items: [{ 政策名称: '示例政策', 享受对象: '登记失业人员' }],
      },
    ],
  },
  getCommitment: { version: '2020-79-1', notification: '第一段\n第二段', commitment: '本人承诺……' },
  explainDue: { due: '2026-11-25', days: [{ date: '2026-11-23', counted: true, why: '第1个工作日' }] },
  enquireProgress: { number, submittedOn: '2026-11-22', dueOn: '2026-11-25', officeName, officeTelephone, status },
  verifyCertificate: { genuine: true, valid: true, name: '王*验', registeredOn: '2026-11-23', officeName },
  signOut: { signedIn: false },
};

/** What a signed-in worker is answered who has not applied yet. */
export const worker: Answers = {
  ...visitor,
  getSession: { signedIn: true, kind: 'worker', name: person.name, profile: person, demo: false },
  getDraft: { version: 0 },
  saveDraft: { version: 1, savedAt: '2026-11-22T03:20:00.000Z' },
  requestCode: { request: applicationId, validMinutes: 5 },
  signInWithCode: { signedIn: true, kind: 'worker', name: person.name, profile: person, demo: false },
  getMyCases: { cases: [] },
  getMyFormBefore: {},
  withdrawApplication: oneCase,
  getMyMessages: { messages: [] },
  getMyLooks: { looks: [] },
  getMyMonth: { month: '2026-11', monthEnd: '2026-11-30' },
  getMyContactData: { corrections: [] },
  getMyObjections: { subjects: [], objections: [] },
  getMyService: { services: '', records: [] },
  getMyJobs: {},
  getMyDifficulty: { mayApply: false, categories: [] },
  getMyWelfarePost: { mayRegister: false },
  getMySupport: { policies: [], applications: [] },
  getMyCredit: { records: [] },
  getMyTraining: { projects: [], enrolments: [] },
  getOneMatter: { offers: [{ kind: 'introduction', text: '职业介绍', citation }] },
  getMyMatters: { matters: [], offers: [] },
  submitApplication: {
    id: applicationId,
    number,
    submittedOn: '2026-11-22',
    due,
    officeName,
    officeTelephone,
    status,
    repeated: false,
  },
};

/** A worker who waits for the decision. */
export const waiting: Answers = { ...worker, getMyCases: { cases: [oneCase] } };

const vacancy = {
  id: applicationId,
  number: '410800000001',
  employerName: '焦作某机械有限公司',
  title: '数控车工',
  occupationText: '机械制造基础加工人员',
  placeText: '河南省焦作市解放区',
  wageFrom: 4500,
  wageTo: 6500,
  posts: 3,
  kindText: '全日制',
  educationText: '大学本科',
  skillText: '中级工（四级）',
  validTo: '2026-12-31',
  valid: true,
  stateText: '有效',
  warnings: [],
  workPlace: '工业路1号',
  telephone: '0391-3569000',
  description: '长白班，双休，包午餐。',
};
const point = (name: string, points: number, why: string) => ({ name, points, why });
const points = [point('wishFirst', 40, '正是您想找的工作'), point('sameCounty', 20, '就在您住的县（市、区）')];
const clause = { document: '人社厅发〔2020〕79号', clause: '一(三)', clauseId: 'M79-3b' };

/** One vacancy that fits with a caution, one that was tried. */
const jobs: NonNullable<NonNullable<Answers['getMyJobs']>['matching']> = {
  registrationId,
  open: true,
  wish: {
    wishes: ['618'],
    wishTexts: ['机械制造基础加工人员'],
    trained: [],
    trainedTexts: [],
    wage: 4000,
    skill: 2,
    placeText: '河南省焦作市解放区',
    educationText: '大学专科',
    source: 'read',
    unread: [],
  },
  matches: [
    { vacancy, score: 60, points, cautions: ['要求大学本科及以上学历'], referred: false },
    { vacancy: { ...vacancy, id: registrationId, title: '焊工' }, score: 60, points, cautions: [], referred: true },
  ],
  looked: 20,
  valid: 60,
  referrals: [
    {
      id: registrationId,
      vacancyId: registrationId,
      title: '焊工',
      employerName: vacancy.employerName,
      telephone: vacancy.telephone,
      placeText: vacancy.placeText,
      meansText: '本人自荐',
      at: '2026-11-22T03:20:00.000Z',
      who: '试验员',
      note: '',
      askDue: '2026-12-04',
      clause,
      state: 'open',
      stateText: '等结果',
      points,
      reason: '',
      version: 1,
    },
  ],
  clause,
};

const course = {
  id: applicationId,
  name: '家政服务员培训',
  kind: 'skill' as const,
  kindText: '职业技能培训',
  occupation: '410',
  occupationText: '居民服务人员',
  institution: '示例职业培训学校',
  place: '示例路9号',
  startsOn: '2026-12-10',
  endsOn: '2026-12-25',
  applyBy: '2026-12-08',
  seats: 30,
  taken: 12,
  fee: 0,
  telephone: '0391-3500000',
  content: '',
  state: 'open' as const,
  stateText: '可报名',
  officeName,
  mine: false,
  version: 1,
};

/** A registrant whom a comparison has raised a question about. */
export const registered: Answers = {
  ...worker,
  getMyCases: {
    cases: [
      {
        ...oneCase,
        registrationNumber: number,
        registrationId,
        canWithdraw: false,
        canReportExit: true,
        exitQuestion: { exitId: registrationId, text: '有信息显示您可能已经就业。是这样吗？', answerBy: '2026-12-01' },
        contacts: [{ at: '2026-11-24T03:20:00.000Z', text: '电话：联系上了', officer: '试验员' }],
        lists: [{ list: 'policies', division: '410800', version: 1, at: '2026-11-24T03:20:00.000Z' }],
      },
    ],
  },
  getMyJobs: { matching: jobs },
  getMyMessages: {
    messages: [
      {
        id: applicationId,
        at: '2026-11-22T03:20:00.000Z',
        body: '示例消息',
        state: 'sent',
        stateText: '短信已送达',
        failed: false,
      },
    ],
  },
  getMyLooks: {
    looks: [{ at: '2026-11-22T03:20:00.000Z', who: '试验员', office: officeName, what: '查看', why: '审核' }],
  },
  getMyMonth: {
    month: '2026-11',
    monthEnd: '2026-11-30',
    registration: {
      id: registrationId,
      number,
      owed: true,
      covered: false,
      coveredText: '',
      clause: { document: '人社厅发〔2020〕79号', clause: '一(四)', clauseId: 'M79-4a' },
      canReportExit: true,
    },
  },
  getMyContactData: {
    registration: { id: registrationId, number, officeName },
    current: {
      mobile: person.mobile,
      landline: '',
      email: '',
      residence: { division: '410811', detail: '示例街道1号', text: '河南省焦作市山阳区' },
      hukou: '',
      veteran: '',
      residenceUrban: '',
    },
    corrections: [
      {
        id: applicationId,
        at: '2026-11-22T03:20:00.000Z',
        who: person.name,
        source: 'worker',
        state: 'question',
        stateText: '等工作人员核实',
        reason: '',
        changes: [
          {
            field: 'residence',
            label: '常住地址',
            before: '河南省焦作市山阳区示例街道1号',
            after: '河南省焦作市解放区示例路2号',
          },
        ],
      },
    ],
  },
  getMyService: {
    registrationId,
    services: '推荐岗位、指导求职',
    plan: {
      id: applicationId,
      kind: 'ordinary',
      kindText: '就业服务计划',
      goal: '两个月内找到保洁工作',
      officer: { id: applicationId, name: '试验员' },
      status: 'draft',
      statusText: '等您确认',
      madeAt: '2026-11-24T03:20:00.000Z',
      madeBy: '试验员',
      version: 1,
      steps: [
        {
          id: registrationId,
          n: 1,
          whose: 'worker',
          service: 'guidance',
          serviceText: '职业指导',
          what: '写一份简历',
          dueOn: '2026-12-01',
          status: 'open',
          standing: 'open',
          result: '',
        },
      ],
    },
    records: [],
  },
  getMyMatters: {
    applicationId,
    matters: [
      {
        id: registrationId,
        applicationId,
        kind: 'benefit',
        kindText: '失业保险金',
        state: 'forwarded',
        stateText: '审核中',
        plain: '已经转给失业保险经办机构。',
        dueOn: '2026-12-04',
        mayWithdraw: true,
        version: 1,
      },
    ],
    offers: [{ kind: 'introduction', text: '职业介绍', citation }],
  },
  getMyDifficulty: { registrationId, mayApply: true, categories: [] },
  getMyWelfarePost: {
    mayRegister: true,
    left: {
      id: applicationId,
      post: { employer: '示例街道办事处', title: '社区保洁员', place: '示例街道', wage: 1900 },
      state: 'left',
      startsOn: '2025-11-01',
      endsBy: '2028-10-31',
      pensionSource: '',
      placedBy: '试验员',
      checks: [],
      missed: [],
      exitProposed: true,
      leftOn: '2026-11-20',
      leftText: '岗位撤销',
      version: 2,
    },
  },
  getMyCredit: {
    records: [
      {
        id: applicationId,
        causeText: '以虚假信息骗取失业保险金或补贴',
        level: 'record',
        levelText: '失信记录',
        state: 'noticed',
        stateText: '已告知，听取本人意见',
        expired: false,
        yuan: 3000,
        months: 2,
        refuses: false,
        evidence: '比对显示十月已在单位参保，仍领取待遇',
        proposedAt: '2026-11-24T03:20:00.000Z',
        proposedBy: '试验员',
        answerDue: '2026-12-01',
        answer: '',
        decisionText: '',
        objection: '',
        objectionAnswer: '',
        repairText: '',
        version: 1,
        may: ['answer'],
      },
    ],
  },
  getMySupport: {
    policies: [
      {
        name: '职业培训补贴',
        grantedBy: '职业能力建设机构',
        possible: true,
        conditions: [
          { text: '登记失业人员', stands: 'yes', why: '登记有效。' },
          { text: '参加补贴性培训并取得证书', stands: 'ask', why: '问本人。' },
        ],
      },
    ],
    applications: [
      {
        id: applicationId,
        policy: '创业担保贷款',
        state: 'forwarded',
        stateText: '已转交',
        conditions: [],
        note: '',
        loan: { yuan: 100_000, years: 3, purpose: '开早餐店' },
        acceptedOn: '2026-11-22',
        acceptedBy: '试验员',
        forwardedTo: '市创业担保中心',
        forwardedOn: '2026-11-23',
        result: '',
        steps: [],
        version: 2,
      },
    ],
  },
  getMyTraining: {
    projects: [{ ...course, fitText: '对口' }],
    enrolments: [
      {
        id: registrationId,
        project: { ...course, id: registrationId, name: '养老护理员培训' },
        state: 'enrolled',
        stateText: '已报名',
        askedOn: '2026-11-20',
        by: '试验员',
        certificate: '',
        result: '',
        version: 1,
      },
    ],
  },
  getMyObjections: {
    subjects: [
      {
        kind: 'application',
        id: applicationId,
        text: `2026年11月25日不予登记的决定（受理编号${number}）`,
        open: false,
      },
    ],
    objections: [
      {
        id: registrationId,
        at: '2026-11-26T03:20:00.000Z',
        kind: 'application',
        subjectText: `2026年11月25日不予登记的决定（受理编号${number}）`,
        text: '我没有领养老金。',
        state: 'answered',
        answer: { at: '2026-11-27T03:20:00.000Z', who: '试验员', text: '核实后认为您说得对，请重新申请。' },
      },
    ],
  },
};

/** A form with every required answer, as a saved draft. */
export const answered = {
  ethnic: '01',
  education: '71',
  health: '1',
  unemployedMonth: '2026-09',
  household: { division: '410811', detail: '示例街道1号' },
  residence: { division: '410811', detail: '示例街道1号' },
  registrationPlace: 'residence',
  placeDivision: '410811',
  reason: '5',
  wantsBenefit: false,
};

/** One request the page made. */
export interface Asked {
  readonly name: RouteName;
  readonly key: string | undefined;
  readonly body: unknown;
}

/** May say something else than the fixture: a status and a body, or silence. */
export type Instead = (asked: Asked) => { status: number; body: unknown } | 'silence' | undefined;

/**
 * Answers the page's requests from a fixture. Every answer must be one the contract allows, every request body too, so
 * the fixture cannot drift from the interface. Gives the list of what was asked, as it grows.
 */
export async function answerFrom(page: Page, answers: Answers, instead: Instead = () => undefined): Promise<Asked[]> {
  const asked: Asked[] = [];
  await page.route('**/api/**', async (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    const name = (Object.keys(routes) as RouteName[]).find(
      (each) => routes[each].method === request.method() && matches(routes[each].path, pathname),
    );
    if (!name) return route.fulfill({ status: 404, json: { code: 'request.notFound', message: '没有这个接口' } });
    const body: unknown = request.postData() ? request.postDataJSON() : undefined;
    const one = { name, key: request.headers()['idempotency-key'], body };
    asked.push(one);
    const other = instead(one);
    if (other === 'silence') return route.abort();
    if (other) return route.fulfill({ status: other.status, json: other.body });
    const { body: expected } = routes[name] as { body?: { parse(value: unknown): unknown } };
    if (body !== undefined) expected?.parse(body);
    await route.fulfill({ status: routes[name].status, json: routes[name].answer.parse(answers[name]) });
  });
  return asked;
}

function matches(template: string, path: string): boolean {
  return new RegExp(`^${template.replace(/:\w+/g, '[^/]+')}$`).test(path);
}
