import { isOccupation } from '@yingdeng/contract/occupations.ts';
import { addDays, isPlainDate, type PlainDate } from './calendar.ts';
import type { VacancyLimits } from './provisions/parameters.ts';

/** Kinds of work a vacancy can offer. */
export const workKinds = {
  fullTime: '全日制',
  partTime: '非全日制',
  flexible: '灵活用工',
  seasonal: '季节性',
} as const;
export type WorkKind = keyof typeof workKinds;

/** A vacancy as it is entered or imported. */
export interface VacancyInput {
  readonly employerName: string;
  /** 统一社会信用代码; '' when the employer has none at hand. */
  readonly employerCode: string;
  /** The employer's own number of the post: the same number is the same vacancy. '' when it has none. */
  readonly employerRef: string;
  readonly title: string;
  readonly occupation: string;
  /** Six digits of the place of work, and the place in words. */
  readonly workDivision: string;
  readonly workPlace: string;
  /** Yuan a month. */
  readonly wageFrom: number;
  readonly wageTo: number;
  readonly education: number;
  readonly skill: number;
  readonly posts: number;
  readonly kind: WorkKind;
  /** Telephone of an office, never of a person. */
  readonly telephone: string;
  readonly description: string;
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate;
}
export type VacancyField = keyof VacancyInput;

/** Fields as people call them; also the columns of the import sheet, in this order. */
export const vacancyFieldNames: Record<VacancyField, string> = {
  employerName: '单位名称',
  employerCode: '统一社会信用代码',
  employerRef: '单位岗位编号',
  title: '岗位名称',
  occupation: '职业',
  workDivision: '工作地点',
  workPlace: '详细地址',
  wageFrom: '月工资下限',
  wageTo: '月工资上限',
  education: '学历要求',
  skill: '技能等级要求',
  posts: '招聘人数',
  kind: '用工形式',
  telephone: '单位办公电话',
  description: '岗位说明',
  validFrom: '有效期起',
  validTo: '有效期止',
};

/** A fault of a field: it must be mended. */
export interface VacancyFault {
  readonly field: VacancyField;
  readonly message: string;
}

/** What a reader must look at; kept with the vacancy, who enters it confirms it. */
export interface VacancyWarning {
  readonly kind: 'wage' | 'age' | 'tooGood' | 'wageSpread';
  readonly message: string;
}

const fault = (field: VacancyField, message: string): VacancyFault => ({
  field,
  message: `${vacancyFieldNames[field]}：${message}`,
});

const longest: Partial<Record<VacancyField, number>> = {
  employerName: 80,
  employerRef: 40,
  title: 40,
  workPlace: 120,
  description: 1000,
};

/**
 * What keeps a vacancy from being published, each with field and reason (A21-4d). `known`: the divisions there are; `today` the day of entry.
 */
export function vacancyFaults(
  given: VacancyInput,
  on: { today: PlainDate; known: { has(code: string): boolean }; limits: VacancyLimits },
): VacancyFault[] {
  const { limits } = on;
  const faults: VacancyFault[] = [];
  for (const field of ['employerName', 'title', 'workPlace', 'telephone'] as const)
    if (given[field].trim() === '') faults.push(fault(field, '没有填。'));
  for (const [field, most] of Object.entries(longest) as [VacancyField, number][])
    if (String(given[field]).length > most) faults.push(fault(field, `太长，最多${most}个字。`));
  if (given.employerCode !== '' && !isCreditCode(given.employerCode))
    faults.push(fault('employerCode', '不是正确的18位代码，请核对。'));
  if (!isOccupation(given.occupation)) faults.push(fault('occupation', '没有选，或者不在职业表里。'));
  if (!/^\d{4}(?!00)\d\d$/.test(given.workDivision) || !on.known.has(given.workDivision))
    faults.push(fault('workDivision', '应是县（市、区）的六位区划代码。'));
  faults.push(...wageFaults(given));
  for (const field of ['education', 'skill'] as const)
    if (!Number.isInteger(given[field]) || given[field] < 0 || given[field] > 5)
      faults.push(fault(field, '不在可选范围内。'));
  if (!Number.isInteger(given.posts) || given.posts < 1 || given.posts > limits.mostPosts)
    faults.push(fault('posts', `应是1至${limits.mostPosts}的整数。`));
  if (!Object.hasOwn(workKinds, given.kind)) faults.push(fault('kind', '没有选，或者不在可选范围内。'));
  faults.push(...telephoneFaults(given.telephone), ...dateFaults(given, on.today, limits), ...textFaults(given));
  return faults;
}

function wageFaults({ wageFrom, wageTo }: VacancyInput): VacancyFault[] {
  const whole = (value: number) => Number.isInteger(value) && value > 0 && value <= 9_999_999;
  if (!whole(wageFrom)) return [fault('wageFrom', '应是整数，单位元。')];
  if (!whole(wageTo)) return [fault('wageTo', '应是整数，单位元。')];
  return wageTo < wageFrom ? [fault('wageTo', '不能低于下限。')] : [];
}

/** A landline with or without its area code and extension, 400 and 800 numbers. */
const office = /^(0\d{2,3}[- ]?)?[2-9]\d{6,7}([- 转]\d{1,6})?$|^[48]00[- ]?\d{3}[- ]?\d{4}$/;
const mobile = /(?<!\d)1[3-9]\d{9}(?!\d)/;

function telephoneFaults(telephone: string): VacancyFault[] {
  const text = telephone.normalize('NFKC').trim();
  if (text === '') return [];
  if (mobile.test(text.replace(/[- ]/g, ''))) return [fault('telephone', '手机号属于个人信息，请填单位的办公电话。')];
  return office.test(text) ? [] : [fault('telephone', '应是带区号的办公电话，如0391-3569000。')];
}

function dateFaults(given: VacancyInput, today: PlainDate, limits: VacancyLimits): VacancyFault[] {
  const { validFrom, validTo } = given;
  if (!isPlainDate(validFrom)) return [fault('validFrom', '不是有效日期，应写成2026-11-26。')];
  if (!isPlainDate(validTo)) return [fault('validTo', '不是有效日期，应写成2026-12-31。')];
  if (validTo < validFrom) return [fault('validTo', '不能早于有效期起。')];
  if (validTo < today) return [fault('validTo', '已经过去，岗位不再有效。')];
  return validTo > addDays(validFrom, limits.longestDays)
    ? [fault('validTo', `有效期最长${limits.longestDays}天，到期可以再延。`)]
    : [];
}

/** Conditions the law does not allow an employer to name. Each with what it is called in the message. */
const discriminatory: readonly (readonly [RegExp, string])[] = [
  [
    /(?:只|仅|限|专)(?:招|收|要|限)?(?:男|女)(?:性|生|士|工)?|(?:男|女)(?:性|生|士)?(?:优先|勿扰|不要|免谈|限定)|(?:不招|不要|拒收|谢绝)(?:男|女)|(?<![男、])女(?:工|店员|服务员|营业员|文员|司机|保安)|(?<!女、?)男(?:工|店员|服务员|营业员|文员|司机|保安)/,
    '限制性别',
  ],
  [
    /(?:限|仅|须|需|要求)?(?:未婚|已婚|已育|未育|无孕|未孕)(?:者|女性|优先|已育)?(?:优先|勿扰)?|(?:不得|禁止)(?:结婚|怀孕|生育)|孕检/,
    '限制婚姻、生育',
  ],
  [
    /(?:限|仅|只)(?:招|收|要|限)?(?:本地|本市|本县|本省|城镇|城市|非农)?(?:户口|户籍|人口)|(?:本地|本市|本县|城镇|城市)(?:户口|户籍)(?:优先)?|(?:外地|农村)(?:人|户口|户籍)?(?:勿扰|不要|免谈)/,
    '限制户籍',
  ],
  [/(?:限|仅|只)(?:招|收|要|限)?(?:汉族|少数民族)|(?:不招|不要|谢绝)(?:少数民族|[\u4e00-\u9fff]{1,3}族)/, '限制民族'],
  [/(?:不招|不要|谢绝|拒收)残疾|残疾人?(?:勿扰|免谈)/, '限制残疾人'],
  [/乙肝|两对半|(?:不招|不要|谢绝).{0,4}(?:携带者|传染病)/, '限制传染病病原携带者'],
  [/(?:不招|不要|谢绝|拒收).{0,6}(?:信教|宗教)|(?:信教|宗教).{0,4}(?:勿扰|免谈)/, '限制宗教信仰'],
  [/(?:不招|不要|谢绝|拒收)(?:[\u4e00-\u9fff]{2,3}人|刑满)|[\u4e00-\u9fff]{2}人(?:勿扰|免谈)/, '限制籍贯、经历'],
];
/** Taking money or papers from a worker. */
const takings =
  /(?<!无需|不收|不交|不用|免|无)(?:交|收|缴|付|需|押)?(?:押金|保证金|培训费|服装费|报名费|体检费自理|入职费|中介费|介绍费|建档费|违约金)|(?:扣押|抵押|收取|暂存)(?:本人)?(?:身份证|证件|毕业证)/;
const age = /(\d{2})\s*(?:[-—~至到]\s*\d{2})?\s*(?:周?岁)|年龄.{0,4}\d{2}|(?:大龄|中年|年龄大).{0,3}(?:勿扰|不要|免谈)/;
const tooGood =
  /轻松(?:月入|日入|赚)|月入[过上]?[万两三]|日[入结赚]\s*\d{3,}|刷单|无需(?:任何)?(?:经验|技能).{0,6}高薪|稳赚|代收款|跑分|出借银行卡/;
/** The law itself says 16 and 18. */
const lawfulAge = /(?:年?满|已满)?\s*1[68]\s*周?岁(?:以上|及以上)?/g;

function textFaults(given: VacancyInput): VacancyFault[] {
  const faults: VacancyFault[] = [];
  for (const field of ['title', 'description', 'workPlace'] as const) {
    const text = given[field].normalize('NFKC').replace(/[\s*]/g, '');
    const [what] = discriminatory.flatMap(([pattern, name]) => {
      const hit = pattern.exec(text)?.[0];
      return hit ? [`“${hit}”${name}`] : [];
    });
    if (what)
      faults.push(
        fault(
          field,
          `${what}，招聘信息不得含有歧视性内容（《就业促进法》第三条、《就业服务与就业管理规定》第二十条）。`,
        ),
      );
    const taken = takings.exec(text)?.[0];
    if (taken)
      faults.push(
        fault(field, `“${taken}”，用人单位不得向劳动者收取财物、扣押证件（《就业服务与就业管理规定》第十四条）。`),
      );
    if (mobile.test(text)) faults.push(fault(field, '里面有手机号，属于个人信息，请改用单位办公电话。'));
  }
  return faults;
}

/** What does not look right but may be: kept with the vacancy and shown to whoever refers somebody. */
export function vacancyWarnings(given: VacancyInput, limits: VacancyLimits): VacancyWarning[] {
  const text = `${given.title}。${given.description}`.normalize('NFKC').replace(/\s/g, '').replace(lawfulAge, '');
  const hit = age.exec(text)?.[0];
  const lure = tooGood.exec(text)?.[0];
  const { wageFrom, wageTo } = given;
  return [
    ...(given.kind === 'fullTime' && wageFrom < limits.lowWage
      ? [{ kind: 'wage' as const, message: `全日制月工资${wageFrom}元，低于${limits.lowWage}元，请核对是不是月工资。` }]
      : []),
    ...(wageTo > limits.highWage
      ? [{ kind: 'wage' as const, message: `月工资${wageTo}元，高于${limits.highWage}元，请核对。` }]
      : []),
    ...(wageTo > wageFrom * limits.wageSpread
      ? [{ kind: 'wageSpread' as const, message: `工资上限是下限的${limits.wageSpread}倍以上，请核实。` }]
      : []),
    ...(hit ? [{ kind: 'age' as const, message: `“${hit}”限制年龄，请核实是不是岗位必需。` }] : []),
    ...(lure ? [{ kind: 'tooGood' as const, message: `“${lure}”是虚假招聘常见的说法，请核实单位和岗位。` }] : []),
  ];
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Whether a text is a 统一社会信用代码 with the right check character (GB 32100-2015). */
export function isCreditCode(text: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text)) return false;
  let sum = 0;
  let weight = 1;
  for (const character of text.slice(0, 17)) {
    sum += creditAlphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return creditAlphabet[(31 - (sum % 31)) % 31] === text[17];
}

/** What makes two entries the same vacancy: the employer and its own number of the post; undefined without a number. */
export function vacancySourceKey(
  given: Pick<VacancyInput, 'employerCode' | 'employerName' | 'employerRef'>,
): string | undefined {
  const ref = given.employerRef.trim();
  return ref === '' ? undefined : `${given.employerCode.trim() || given.employerName.trim()}/${ref}`;
}
