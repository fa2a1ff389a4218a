import { z } from 'zod';
import { byId, date, instant, route } from '../route.ts';

const cursor = z.string().max(200).optional();
const officeCode = z.string().regex(/^\d{6}(\d{3}(\d{3})?)?$/, '机构代码：应为6位、9位或12位数字。');
const sixDigits = z.string().regex(/^\d{6}$/, '区划代码：应为6位数字。');
const reason = z.string().trim().min(2, '原因：请写清楚。').max(200);
const line = (name: string, max: number) => z.string().trim().max(max, `${name}：不能超过${max}个字。`);

/** Roles a person signs in with. */
const accountRole = z.enum([
  'clerk',
  'fieldWorker',
  'supervisor',
  'statistician',
  'exchangeOfficer',
  'hotline',
  'surveyor',
  'auditor',
  'administrator',
]);

const account = z.object({
  id: z.uuid(),
  username: z.string(),
  displayName: z.string(),
  role: z.string(),
  roleText: z.string(),
  office: z.string(),
  officeName: z.string(),
  createdAt: instant,
  lockedUntil: instant.optional(),
  closedAt: instant.optional(),
  own: z.boolean(),
  version: z.number().int(),
});
/** Shown once, never again: what the new holder signs in with for the first time. */
const firstSecrets = z.object({
  password: z.string().optional(),
  secondFactor: z.string().optional(),
  /** The otpauth:// address of the second factor. */
  secondFactorUri: z.string().optional(),
});

const accountFacts = {
  displayName: z.string().trim().min(1, '姓名：没有填。').max(30, '姓名：不能超过30个字。'),
  role: accountRole,
  office: officeCode,
};

const officeRow = z.object({
  code: z.string(),
  kind: z.string(),
  name: z.string(),
  address: z.string(),
  telephone: z.string(),
  business: z.string(),
  responsiblePerson: z.string(),
  /** Who registers here is counted as registered in an urban area (M79-10a). */
  town: z.boolean(),
  open: z.boolean(),
  /** Open accounts of this office, and offices at any level below it. */
  accounts: z.number(),
  below: z.number(),
  version: z.number().int(),
});
/** The version that was on screen: whoever saves an older one is told who was first and what stands now. */
const seenVersion = z.number().int().min(1);
const officeFacts = {
  name: z.string().trim().min(2, '机构名称：没有填。').max(60, '机构名称：不能超过60个字。'),
  address: line('办公地址', 100),
  telephone: line('联系电话', 40),
  business: line('经办项目', 200),
  responsiblePerson: line('负责人', 30),
  /** Left out: of a new office a town, of another as it was. */
  town: z.boolean().optional(),
};

const namedDay = z.strictObject({ date: z.string().max(20), name: z.string().max(20) });
const calendar = z.object({
  from: date,
  to: date,
  /** Days off by holiday's name; weekend days worked by the holiday they make up for. */
  off: z.record(z.string(), z.string()),
  work: z.record(z.string(), z.string()),
  today: date,
  /** Days left before the calendar ends. */
  daysLeft: z.number(),
});

const provision = z.object({
  id: z.string(),
  parameter: z.string(),
  value: z.unknown(),
  division: z.string(),
  level: z.enum(['national', 'province', 'city', 'county']),
  document: z.string(),
  documentTitle: z.string(),
  clause: z.string(),
  clauseId: z.string(),
  from: date,
  to: date.optional(),
  note: z.string().optional(),
  /** Shipped with the system, or added by an administrator. */
  shipped: z.boolean(),
  addedAt: instant,
  addedBy: z.string(),
});
const said = z.object({ text: z.string(), cite: z.string() });
const effect = z.object({
  division: z.string(),
  on: date,
  before: said.optional(),
  after: said.optional(),
  standing: z.enum(['changes', 'confirms', 'ignored', 'outranked']),
  reasons: z.array(z.string()),
});

const listVersion = z.object({
  list: z.enum(['policies', 'services']),
  version: z.number(),
  validFrom: date,
  approvedBy: z.string(),
  writtenBy: z.string().optional(),
  createdAt: instant,
  columns: z.array(z.string()),
  items: z.array(z.record(z.string(), z.string())),
});
const item = z.record(z.string().max(20), z.string().trim().max(2000, '每一格不能超过2000个字。'));

/** Organisation, accounts, calendar, provisions, lists. */
export const adminRoutes = {
  getAccounts: route({
    method: 'GET',
    path: '/api/admin/accounts',
    tag: 'administration',
    summary: 'Accounts of the own range in order of office and user name, by text and state',
    audience: 'staff',
    action: 'account.manage',
    query: z.strictObject({
      q: z.string().max(60).optional(),
      office: officeCode.optional(),
      state: z.enum(['open', 'locked', 'closed']).optional(),
      after: cursor,
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    answer: z.object({ accounts: z.array(account), next: cursor }),
    errors: [],
  }),
  createAccount: route({
    method: 'POST',
    path: '/api/admin/accounts',
    tag: 'administration',
    summary: 'Opens an account; its first password and second factor are shown once',
    audience: 'staff',
    action: 'account.manage',
    idempotent: true,
    status: 201,
    body: z.strictObject({
      username: z
        .string()
        .trim()
        .regex(/^[a-z][a-z0-9.-]{2,39}$/, '用户名：以小写字母开头，3至40位小写字母、数字、点或横线。'),
      ...accountFacts,
    }),
    /** No secrets when the same request comes again: they have been shown. */
    answer: z.object({ account, secrets: firstSecrets.optional() }),
    errors: ['admin.faulty', 'admin.notAllowed', 'access.denied'],
  }),
  changeAccount: route({
    method: 'POST',
    path: '/api/admin/accounts/:id/change',
    tag: 'administration',
    summary: 'Changes name, role or office; sessions end when role or office change',
    audience: 'staff',
    action: 'account.manage',
    params: byId,
    body: z.strictObject({ version: seenVersion, ...accountFacts }),
    answer: z.object({ account }),
    errors: ['request.notFound', 'admin.faulty', 'admin.changed', 'admin.notAllowed', 'access.denied'],
  }),
  actOnAccount: route({
    method: 'POST',
    path: '/api/admin/accounts/:id/act',
    tag: 'administration',
    summary: 'Closes, reopens or unlocks an account, or gives it a new password or second factor',
    audience: 'staff',
    action: 'account.manage',
    params: byId,
    body: z.strictObject({
      act: z.enum(['close', 'reopen', 'unlock', 'resetPassword', 'resetSecondFactor']),
      reason,
    }),
    answer: z.object({ account, secrets: firstSecrets.optional() }),
    errors: ['request.notFound', 'admin.notAllowed', 'access.denied'],
  }),
  getOffices: route({
    method: 'GET',
    path: '/api/admin/offices',
    tag: 'administration',
    summary:
      'One office of the own range, those above it within the range, and those directly below; or those a text finds',
    audience: 'staff',
    action: 'organisation.manage',
    query: z.strictObject({ under: officeCode.optional(), q: z.string().max(40).optional() }),
    answer: z.object({
      /** From the top of the own range down to the office asked for. */
      path: z.array(officeRow),
      offices: z.array(officeRow),
      /** More were found than are shown. */
      more: z.boolean(),
    }),
    errors: ['request.notFound', 'access.denied'],
  }),
  addOffice: route({
    method: 'POST',
    path: '/api/admin/offices',
    tag: 'administration',
    summary: 'Adds an institution below one of the own range (A21-7b)',
    audience: 'staff',
    action: 'organisation.manage',
    idempotent: true,
    status: 201,
    body: z.strictObject({ code: officeCode, ...officeFacts }),
    answer: z.object({ office: officeRow }),
    errors: ['admin.faulty', 'admin.notAllowed', 'access.denied'],
  }),
  changeOffice: route({
    method: 'PUT',
    path: '/api/admin/offices/:code',
    tag: 'administration',
    summary: 'Changes what is published of an institution, opens or closes it (A21-4c, A21-7b)',
    audience: 'staff',
    action: 'organisation.manage',
    params: z.strictObject({ code: officeCode }),
    body: z.strictObject({ version: seenVersion, ...officeFacts, open: z.boolean() }),
    answer: z.object({ office: officeRow }),
    errors: ['request.notFound', 'admin.changed', 'admin.notAllowed', 'access.denied'],
  }),
  getCalendar: route({
    method: 'GET',
    path: '/api/admin/calendar',
    tag: 'administration',
    summary: 'The working-day calendar as it is maintained',
    audience: 'staff',
    action: 'list.read',
    answer: calendar,
    errors: [],
  }),
  addCalendarYear: route({
    method: 'POST',
    path: '/api/admin/calendar/years',
    tag: 'administration',
    summary: 'Adds the next year of the State Council calendar',
    audience: 'staff',
    action: 'calendar.manage',
    idempotent: true,
    status: 201,
    body: z.strictObject({
      year: z.number().int().min(2019).max(2100),
      source: z.string().trim().min(2, '文件：没有填。').max(100, '文件：不能超过100个字。'),
      holidays: z.array(namedDay).max(120),
      makeUp: z.array(namedDay).max(60),
    }),
    answer: calendar,
    errors: ['admin.faulty', 'admin.notAllowed'],
  }),
  changeCalendarDay: route({
    method: 'POST',
    path: '/api/admin/calendar/days',
    tag: 'administration',
    summary: 'Makes a maintained day a working day or a day off, for a stated reason',
    audience: 'staff',
    action: 'calendar.manage',
    body: z.strictObject({ date, working: z.boolean(), name: line('名称', 20), reason }),
    answer: calendar,
    errors: ['admin.faulty', 'calendar.notMaintained'],
  }),
  getProvisions: route({
    method: 'GET',
    path: '/api/admin/provisions',
    tag: 'administration',
    summary: 'Every provision that holds or held at a place or below it; rules/provisions says which governs',
    audience: 'staff',
    action: 'provision.manage',
    query: z.strictObject({ division: sixDigits }),
    answer: z.object({ provisions: z.array(provision) }),
    errors: [],
  }),
  addProvision: route({
    method: 'POST',
    path: '/api/admin/provisions',
    tag: 'administration',
    summary: 'Adds a provision with its citation, never in the past; says what it changes (M79-16)',
    audience: 'staff',
    action: 'provision.manage',
    idempotent: true,
    status: 201,
    body: z.strictObject({
      parameter: z.string().max(40),
      value: z.unknown(),
      division: sixDigits,
      document: z.string().trim().min(3, '文号：没有填。').max(60, '文号：不能超过60个字。'),
      documentTitle: z.string().trim().min(2, '文件名称：没有填。').max(200, '文件名称：不能超过200个字。'),
      clause: z.string().trim().min(1, '条款：没有填。').max(40, '条款：不能超过40个字。'),
      from: date,
      to: date.optional(),
      note: line('说明', 500).default(''),
    }),
    answer: z.object({ provision, effects: z.array(effect) }),
    errors: ['admin.faulty', 'access.denied'],
  }),
  getListVersions: route({
    method: 'GET',
    path: '/api/admin/lists',
    tag: 'administration',
    summary: 'Every version of the policy and service lists of one place, newest first (A21-4c)',
    audience: 'staff',
    action: 'list.read',
    query: z.strictObject({ division: sixDigits }),
    answer: z.object({ versions: z.array(listVersion) }),
    errors: [],
  }),
  addListVersion: route({
    method: 'POST',
    path: '/api/admin/lists',
    tag: 'administration',
    summary: 'Writes the next version of a list; it is published when a second person approves it (A21-4c)',
    audience: 'staff',
    action: 'list.manage',
    idempotent: true,
    status: 201,
    body: z.strictObject({
      list: z.enum(['policies', 'services']),
      division: sixDigits,
      /** The newest version that was on screen; 0 when the place had none. */
      after: z.number().int().min(0),
      validFrom: date,
      items: z.array(item).min(1, '清单：至少一行。').max(300, '清单：不能超过300行。'),
    }),
    answer: z.object({ draft: z.uuid(), message: z.string() }),
    errors: ['admin.faulty', 'admin.notAllowed', 'access.denied'],
  }),
} as const;
