/**
 * Every refusal the system gives: code, HTTP status, plain words. Where a rule of law refuses, the answer also carries the clause.
 * `{name}` is filled in by the thrower.
 */
export const errorTable = {
  'request.invalid': { status: 400, message: '填写的内容有误，请按提示修改。' },
  'request.notFound': { status: 404, message: '没有找到您要的内容。' },
  'request.tooLarge': { status: 413, message: '提交的内容太大。' },
  'request.keyMissing': { status: 400, message: '请求缺少编号（Idempotency-Key），请刷新页面后重试。' },
  'request.keyReused': { status: 409, message: '同一请求编号已用于另一份内容，请刷新页面后重新提交。' },
  'request.tooMany': { status: 429, message: '操作过于频繁，请{wait}后再试。' },
  'server.failed': { status: 500, message: '系统出错了，您填写的内容没有丢失，请稍后再试。' },
  'server.outcomeUnknown': { status: 503, message: '暂时不能确定是否办成，请稍后用同一页面再试一次，不会重复办理。' },
  'signIn.required': { status: 401, message: '请先登录。' },
  'signIn.expired': { status: 401, message: '登录已过期，请重新登录。' },
  'signIn.wrong': { status: 401, message: '用户名、密码或动态码不正确。' },
  'signIn.locked': { status: 423, message: '连续输错多次，账号已锁定到{until}。' },
  'signIn.codeWrong': { status: 401, message: '验证码不正确或已过期。' },
  'signIn.providerFailed': { status: 502, message: '统一身份认证没有应答，请稍后再试，或改用短信验证码登录。' },
  'access.denied': { status: 403, message: '{why}' },
  'access.wrongOrigin': { status: 403, message: '请求来源不对，请从本系统页面操作。' },
  'form.faulty': { status: 422, message: '表里有{count}处需要修改。' },
  'form.commitment': { status: 422, message: '请先阅读承诺书并签名。' },
  'application.open': { status: 409, message: '您已经有一份正在办理的申请，受理编号{number}。' },
  'application.alreadyRegistered': { status: 409, message: '您已经办理了失业登记，登记编号{number}，不用重复申请。' },
  'application.changed': { status: 409, message: '这份申请已由{who}于{when}办理（{what}），请刷新后查看。' },
  'application.notAllowed': { status: 409, message: '{why}' },
  'decision.groundNotPermitted': { status: 422, message: '{why}' },
  'decision.forbiddenGround': {
    status: 422,
    message: '文字中的“{phrase}”属于不得要求或不得据以拒绝的情形，不能发出。',
  },
  'registration.claimed': { status: 409, message: '此人已有有效的失业登记（{where}），请按重复申请办结。' },
  'registration.changed': { status: 409, message: '这份登记已由{who}于{when}变更（{what}），请刷新后查看。' },
  'registration.notAllowed': { status: 409, message: '{why}' },
  'contact.incomplete': { status: 422, message: '{why}' },
  'contact.conflict': {
    status: 409,
    message: '您写下这条记录以后，{who}于{when}已有新的办理（{what}）。请对照后决定。',
  },
  'service.faulty': { status: 422, message: '{why}' },
  'service.notAllowed': { status: 409, message: '{why}' },
  'service.changed': { status: 409, message: '这份计划已由{who}于{when}改动，请刷新后查看。' },
  'served.notAllowed': { status: 409, message: '{why}' },
  'report.notAllowed': { status: 409, message: '{why}' },
  'matter.faulty': { status: 422, message: '{why}' },
  'matter.notAllowed': { status: 409, message: '{why}' },
  'correction.faulty': { status: 422, message: '{why}' },
  'correction.notAllowed': { status: 409, message: '{why}' },
  'objection.notAllowed': { status: 409, message: '{why}' },
  'exit.notAllowed': { status: 409, message: '{why}' },
  'exit.incomplete': { status: 422, message: '{why}' },
  'exit.changed': { status: 409, message: '这份退出已由{who}于{when}处理（{what}），请刷新后查看。' },
  'vacancy.faulty': { status: 422, message: '岗位信息有{count}处需要修改。' },
  'vacancy.changed': { status: 409, message: '这个岗位已由{who}于{when}修改，请刷新后再改。' },
  'vacancy.notAllowed': { status: 409, message: '{why}' },
  'import.unusable': { status: 422, message: '{why}' },
  'import.notAllowed': { status: 409, message: '{why}' },
  'referral.faulty': { status: 422, message: '{why}' },
  'referral.notAllowed': { status: 409, message: '{why}' },
  'referral.changed': { status: 409, message: '这次推荐已由{who}于{when}记为“{what}”，请刷新后查看。' },
  'law.silent': { status: 409, message: '该地区{date}没有关于“{parameter}”的现行规定，请联系管理员补充。' },
  'calendar.notMaintained': {
    status: 409,
    message: '日历未维护到{date}，暂时算不出办理期限，请联系管理员补充工作日历。',
  },
  'work.notAllowed': { status: 409, message: '{why}' },
  'exchange.notConfigured': { status: 409, message: '尚未配置全国平台接口。' },
  'exchange.silent': { status: 502, message: '全国平台没有应答，请稍后再试。已经收到的不受影响。' },
  'exchange.notAllowed': { status: 409, message: '{why}' },
  'exchange.notFound': { status: 404, message: '没有这一天或这一条的上传记录。' },
  'exchange.notMendable': { status: 409, message: '{why}' },
  'admin.faulty': { status: 422, message: '填写的内容有{count}处需要修改。' },
  'admin.changed': {
    status: 409,
    message: '{what}已由{who}于{when}变更，您打开的不是最新内容，没有保存。请对照后决定。',
  },
  'admin.notAllowed': { status: 409, message: '{why}' },
} as const satisfies Record<string, { status: number; message: string }>;

/** Code of a refusal. */
export type ErrorCode = keyof typeof errorTable;

/** One field that must be mended, in plain words. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** The body of every answer that is not a success. */
export interface ErrorBody {
  readonly code: ErrorCode;
  readonly message: string;
  /** Clause id and words, when law refuses. */
  readonly clause?: string;
  readonly fields?: readonly FieldFault[];
  /** What the page needs to go on, such as the number of the open application. */
  readonly detail?: Readonly<Record<string, unknown>>;
}
