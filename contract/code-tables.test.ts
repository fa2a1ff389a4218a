import { describe, expect, it } from 'vitest';
import {
  type CodeTableName,
  codeEntries,
  codeTables,
  codeTablesVersion,
  codeText,
  counterDocuments,
  disabilityScales,
  exitSubReasonTables,
  formReasons,
  isCode,
} from './code-tables.ts';

describe('code tables', () => {
  it('M79X-4: AJC00A has exactly the twelve codes of the annex, with its words', () => {
    expect(codeEntries('exitReason')).toEqual([
      ['11', '被各类用人单位录用或招聘'],
      ['12', '从事个体经营、创办企业或民办非企业'],
      ['13', '已从事有稳定收入的劳动，并且月收入不低于当地最低生活保障标准'],
      ['14', '公益性岗位安置'],
      ['21', '已依法享受基本养老保险待遇'],
      ['23', '完全丧失劳动能力'],
      ['24', '入学、应征服兵役、移居境外'],
      ['25', '被判刑收监执行'],
      ['26', '死亡'],
      ['31', '连续3次拒绝接受公共就业服务'],
      ['32', '连续6个月无法取得联系'],
      ['90', '其他'],
    ]);
    expect(isCode('exitReason', '22')).toBe(false);
    expect(codeText('exitReasonBefore2020', '22')).toBe('达到退休年龄');
  });

  it('A21 annex 1: thirteen boxes in printed order, each with a code of AJC093; only 其他 needs words', () => {
    expect(formReasons.map((reason) => reason.box)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    for (const reason of formReasons) expect(codeText('unemploymentReason', reason.code)).toBeDefined();
    expect(formReasons.filter((reason) => reason.needsText).map((reason) => reason.text)).toEqual(['其他']);
    expect(new Set(formReasons.map((reason) => reason.code)).size).toBe(13);
  });

  it('keeps unconfirmed document codes marked, and offers the documents of A21-2 at the counter', () => {
    expect(codeTables.identityDocument.pending).toEqual(['16', '17']);
    for (const code of counterDocuments) expect(isCode('identityDocument', code)).toBe(true);
    // A Taiwan compatriot permit (06) is not among the documents of A21-2.
    expect(counterDocuments).not.toContain('06');
  });

  it('lists codes in the order people know, although JavaScript keys do not', () => {
    const ethnic = codeEntries('ethnic').map(([code]) => code);
    expect(ethnic.slice(0, 3)).toEqual(['01', '02', '03']);
    expect(ethnic.at(-1)).toBe('98');
    expect(codeEntries('registrationPlace').map(([, text]) => text)).toEqual(['户籍地', '常住地', '就业地', '参保地']);
  });

  it('keeps two disability scales apart', () => {
    expect(disabilityScales.map((scale) => codeEntries(scale.table).length)).toEqual([11, 4]);
  });

  it('splits 24 and 12 inside', () => {
    expect(codeText(exitSubReasonTables['24'] as CodeTableName, 'emigration')).toBe('移居境外');
    expect(codeText(exitSubReasonTables['12'] as CodeTableName, 'nonEnterprise')).toBe('民办非企业');
  });

  it('answers undefined for what a table does not have, inherited names included', () => {
    expect(codeText('sex', 'toString')).toBeUndefined();
    expect(codeText('sex', null)).toBeUndefined();
    expect(codeText('education', '99')).toBeUndefined();
    expect(codeTablesVersion).toMatch(/\d/);
  });

  it('has no empty text and no text twice in one table', () => {
    for (const [name, table] of Object.entries(codeTables)) {
      const texts = Object.values<string>(table.values);
      expect(
        texts.every((text) => text.trim() === text && text !== ''),
        name,
      ).toBe(true);
      // GB/T 2261.3 says the same at one digit and at two.
      if (name !== 'health') expect(new Set(texts).size, name).toBe(texts.length);
    }
  });
});
