import { describe, expect, it } from 'vitest';
import {
  type CivilAnswerRow,
  type CivilRow,
  civilCells,
  civilColumns,
  civilUnmappable,
  readCivilAnswer,
} from './civil.ts';

const sent = (more: Partial<CivilRow> = {}): CivilRow => ({
  kind: 'referral',
  reference: 'r1',
  name: '周小满',
  idNumber: '41080219850412001X',
  registration: '4108022026000001',
  registeredOn: '2026-10-08',
  endedOn: '',
  consentedOn: '2026-11-20',
  consentHow: 'telephone',
  said: '全家每月八百元',
  ...more,
});
const row = (more: Partial<CivilAnswerRow> = {}): CivilAnswerRow => ({
  item: '1',
  kind: 'referral',
  name: '周小满',
  AAC002: '41080219850412001X',
  result: 'accepted',
  from: '20261101',
  reason: '',
  ...more,
});
const TODAY = '2026-12-05';
const read = (rows: CivilAnswerRow[], of: CivilRow[] = [sent()]) => readCivilAnswer(rows, of, TODAY);
const fault = (more: Partial<CivilAnswerRow>) => read([row(more)]).faults.map(({ line, text }) => `${line} ${text}`);

describe('the file for civil affairs (M79-5b)', () => {
  it('numbers its rows and keeps the columns of the description', () => {
    const [first, second] = civilCells([sent(), sent({ kind: 'recipient', reference: '' })]);
    expect(first).toHaveLength(civilColumns.length);
    expect(first?.slice(0, 5)).toEqual(['1', 'referral', 'r1', '周小满', '41080219850412001X']);
    expect(second?.slice(0, 3)).toEqual(['2', 'recipient', '']);
  });
  it('names the characters that no file can carry, by place and code point', () => {
    expect(civilUnmappable(sent({ name: '𠮷㐀' }))).toBeUndefined();
    expect(civilUnmappable(sent({ name: '周\ue123' }))).toBe('有文件无法传送的字符（姓名第2个字符U+E123）');
    expect(civilUnmappable(sent({ said: '\ud800' }))).toContain('本人所说第1个字符');
  });
});

describe('the answer (M79-5b)', () => {
  it('gives each referral its result, whatever way the number is written', () => {
    expect(read([row({ AAC002: '41080219850412001x' })]).results).toEqual([
      { reference: 'r1', result: 'accepted', from: '2026-11-01' },
    ]);
    expect(read([row({ result: 'refused', reason: ' 超过标准 ' })]).results).toEqual([
      { reference: 'r1', result: 'refused', reason: '超过标准' },
    ]);
    expect(read([row({ result: 'pending' })]).results).toEqual([{ reference: 'r1', result: 'pending' }]);
    expect(read([row({ from: TODAY })]).results).toHaveLength(1);
  });
  it('believes a row only when number and identity number fit, and says by line what does not', () => {
    expect(fault({ AAC002: '410802198504120028' })).toEqual(['2 AAC002：与所发第1项不是同一个人']);
    for (const item of ['0', '2', 'x', '']) expect(fault({ item })).toEqual(['2 item：不是所发文件中的转介']);
    expect(fault({ result: 'yes' })).toEqual(['2 result：只能是accepted、refused或pending']);
    for (const from of ['20261206', '20261131', ''])
      expect(fault({ from })).toEqual(['2 from：纳入低保的日期不是日期，或者在今天以后']);
    expect(fault({ result: 'refused', reason: '' })[0]).toContain('reason');
    expect(fault({ result: 'refused', reason: '因'.repeat(301) })[0]).toContain('reason');
    expect(fault({ kind: 'other' })[0]).toContain('kind');
    expect(read([row()], [sent({ kind: 'recipient', reference: '' })]).faults).toHaveLength(1);
  });
  it('one bad row stops none of the others, and a second row on the same person counts as a fault', () => {
    const two = [sent(), sent({ reference: 'r2', idNumber: '410802198504120028' })];
    const answer = read([row({ from: '' }), row({ item: '2', AAC002: '410802198504120028' }), row(), row()], two);
    expect(answer.results.map(({ reference }) => reference)).toEqual(['r2', 'r1']);
    expect(answer.faults.map(({ line }) => line)).toEqual([2, 5]);
  });
  it('reads who draws the allowance, with a day that is no later than today', () => {
    const one = { item: '', kind: 'recipient', result: '' };
    expect(read([row(one)]).recipients).toEqual([
      { line: 2, name: '周小满', idNumber: '41080219850412001X', from: '2026-11-01' },
    ]);
    expect(fault({ ...one, AAC002: '4108021985' })).toEqual(['2 AAC002：不是18位身份证件号码']);
    expect(fault({ ...one, name: ' ' })).toEqual(['2 name：没有填姓名']);
    expect(fault({ ...one, from: '2026-12-06' })).toEqual(['2 from：不是日期，或者在今天以后']);
  });
});
