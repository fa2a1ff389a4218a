import { describe, expect, it } from 'vitest';
import { policyFor, requirePolicy } from './provisions/policy.ts';
import { isCreditCode, type VacancyInput, vacancyFaults, vacancySourceKey, vacancyWarnings } from './vacancy.ts';

const limits = requirePolicy(policyFor('410802', '2026-11-26'), 'vacancyLimits').value;
const on = { today: '2026-11-26', known: new Set(['410802']), limits };
const good: VacancyInput = {
  employerName: '焦作市某机械厂',
  employerCode: '',
  employerRef: 'A-1',
  title: '数控车工',
  occupation: '618',
  workDivision: '410802',
  workPlace: '工业路1号',
  wageFrom: 4000,
  wageTo: 6000,
  education: 2,
  skill: 2,
  posts: 3,
  kind: 'fullTime',
  telephone: '0391-3569000',
  description: '长白班，包午餐。年满16周岁。',
  validFrom: '2026-11-26',
  validTo: '2026-12-26',
};
const faults = (change: Partial<VacancyInput>) => vacancyFaults({ ...good, ...change }, on);

describe('a vacancy', () => {
  it('A21-4d: without faults passes, and a lawful age is no warning', () => {
    expect(faults({})).toEqual([]);
    expect(vacancyWarnings(good, limits)).toEqual([]);
  });

  it.each([
    [{ employerName: ' ' }, '单位名称：没有填。'],
    [{ employerCode: '91410800MA3X000001' }, '统一社会信用代码：不是正确的18位代码，请核对。'],
    [{ occupation: '999' }, '职业：没有选，或者不在职业表里。'],
    [{ workDivision: '410800' }, '工作地点：应是县（市、区）的六位区划代码。'],
    [{ wageFrom: 6000, wageTo: 4000 }, '月工资上限：不能低于下限。'],
    [{ wageFrom: 0.5 }, '月工资下限：应是整数，单位元。'],
    [{ posts: 0 }, '招聘人数：应是1至2000的整数。'],
    [{ telephone: '13800001234' }, '单位办公电话：手机号属于个人信息，请填单位的办公电话。'],
    [{ telephone: '110' }, '单位办公电话：应是带区号的办公电话，如0391-3569000。'],
    [{ validTo: '2026-02-30' }, '有效期止：不是有效日期，应写成2026-12-31。'],
    [{ validFrom: '2026-10-01', validTo: '2026-11-25' }, '有效期止：已经过去，岗位不再有效。'],
    [{ validTo: '2027-11-26' }, '有效期止：有效期最长180天，到期可以再延。'],
  ] as [Partial<VacancyInput>, string][])('%j: %s', (change, message) => {
    expect(faults(change).map((one) => one.message)).toContain(message);
  });

  it.each([
    ['限男性，能吃苦', '限制性别'],
    ['女士优先', '限制性别'],
    ['只招女', '限制性别'],
    ['车间女工', '限制性别'],
    ['未婚者优先', '限制婚姻、生育'],
    ['限本地户口', '限制户籍'],
    ['外地人勿扰', '限制户籍'],
    ['乙肝携带者勿扰', '限制传染病病原携带者'],
    ['谢绝残疾人', '限制残疾人'],
    ['不招少数民族', '限制民族'],
  ])('a discriminatory condition is refused: %s', (description, what) => {
    const [fault] = faults({ description });
    expect(fault).toMatchObject({ field: 'description' });
    expect(fault?.message).toContain(what);
  });

  it.each(['入职交押金500元', '需缴纳服装费', '收取身份证'])('taking money or papers is refused: %s', (description) => {
    expect(faults({ description })[0]?.message).toContain('《就业服务与就业管理规定》第十四条');
  });

  it.each([
    '男女不限',
    '无需押金',
    '民族、性别不限',
    '不收任何费用',
    '负责女装车间',
    '男女工均可',
    '本地企业，欢迎外地求职者',
  ])('what only sounds alike passes: %s', (description) => {
    expect(faults({ description })).toEqual([]);
  });

  it('a mobile number in the text is refused', () => {
    expect(faults({ description: '联系王女士13800001234' })[0]?.message).toContain('手机号');
  });

  it('what is doubtful is taken with a warning', () => {
    const kinds = (change: Partial<VacancyInput>) =>
      vacancyWarnings({ ...good, ...change }, limits).map(({ kind }) => kind);
    expect(kinds({ wageFrom: 900, wageTo: 2000 })).toEqual(['wage']);
    expect(kinds({ wageFrom: 900, wageTo: 2000, kind: 'partTime' })).toEqual([]);
    expect(kinds({ wageFrom: 40_000, wageTo: 80_000 })).toEqual(['wage']);
    expect(kinds({ wageFrom: 3000, wageTo: 12_000 })).toEqual(['wageSpread']);
    expect(kinds({ description: '18-35岁，身体健康' })).toEqual(['age']);
    expect(kinds({ description: '45岁以下' })).toEqual(['age']);
    expect(kinds({ description: '轻松月入过万' })).toEqual(['tooGood']);
  });

  it('is known by the employer and its own number', () => {
    expect(vacancySourceKey(good)).toBe('焦作市某机械厂/A-1');
    expect(vacancySourceKey({ ...good, employerRef: ' ' })).toBeUndefined();
  });
});

describe('统一社会信用代码', () => {
  it('checks the last character', () => {
    expect(isCreditCode('91350100M000100Y43')).toBe(true);
    expect(isCreditCode('91350100M000100Y44')).toBe(false);
    expect(isCreditCode('91350100M000100Y4I')).toBe(false);
  });
});
