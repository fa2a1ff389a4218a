import { describe, expect, it } from 'vitest';
import { isPlainDate, shippedCalendar } from '../calendar.ts';
import { clauses, findClause } from './clauses.ts';
import { documents } from './documents.ts';
import { parameters, sayValue } from './parameter-specs.ts';
import { asIssued, policyFor } from './policy.ts';
import { cite } from './provision.ts';
import { shippedProvisions } from './shipped.ts';
import { switchboard } from './switchboard.ts';

describe('clauses', () => {
  it('numbers every clause once: 33 of Anshan, 15 of Henan, 29 of the ministry and 4 of its annex', () => {
    const ids = clauses.map((clause) => clause.id);
    expect(new Set(ids).size).toBe(ids.length);
    const count = (prefix: string) => ids.filter((id) => id.startsWith(prefix)).length;
    expect([count('A21-'), count('H122-'), count('M79-'), count('M79X-')]).toEqual([33, 15, 29, 4]);
    expect(findClause('M79-3a')).toMatchObject({
      document: '人社厅发〔2020〕79号',
      clause: '一(三)',
      kind: 'deadline',
    });
    expect(findClause('M79-12')).toBeUndefined();
  });
});

describe('shipped provisions', () => {
  it('have unique ids, real dates, a known clause of their own document, and words for their value', () => {
    const ids = shippedProvisions.map((provision) => provision.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const provision of shippedProvisions) {
      const document = documents.find((known) => known.number === provision.document);
      const clause = findClause(provision.clauseId);
      expect(clause?.document.startsWith(provision.document), provision.id).toBe(true);
      expect(isPlainDate(provision.from) && provision.from >= (document?.date ?? ''), provision.id).toBe(true);
      expect(provision).toMatchObject({ level: document?.level, division: document?.division });
      const words = sayValue(provision.parameter, provision.value as never);
      expect(words, provision.id).not.toBe('');
      // A token without a word would show its English name.
      expect(words, provision.id).not.toMatch(/[a-z]/);
    }
  });

  it('set every parameter there is', () => {
    const set = new Set(shippedProvisions.map((provision) => provision.parameter));
    expect(parameters.filter((parameter) => !set.has(parameter))).toEqual([]);
  });

  it('say which dates are assumed, and why', () => {
    expect(documents.map(({ number, date, dateIsAssumed }) => [number, date, dateIsAssumed])).toEqual([
      ['《河南省就业促进条例》', '2009-10-01', true],
      ['豫政〔2015〕59号', '2015-12-31', true],
      ['鞍人社〔2020〕21号', '2020-03-31', true],
      ['人社厅发〔2020〕79号', '2020-07-31', true],
      ['豫人社办函〔2020〕122号', '2020-07-31', false],
    ]);
    expect(documents.every(({ dateReason }) => dateReason.length > 10)).toBe(true);
  });

  it('cite the annex as such', () => {
    const reasons = policyFor('410800', '2020-08-01').exitReasons;
    expect(reasons && cite(reasons.citation)).toBe('人社厅发〔2020〕79号 附件 二(二)');
  });
});

describe('the law switchboard', () => {
  const board = switchboard(
    { submittedOn: '2020-09-28', registeredOn: '2020-09-30', registrationPlace: 'insurance', exitReason: '32' },
    '2020-09-28',
    shippedCalendar,
  );

  it('shows one case under three laws', () => {
    expect(board.columns.map((column) => column.title)).toEqual(['鞍山（21号原文）', '鞍山（79号施行后）', '焦作']);
    const guarded = '不能单独作为注销理由，须有证据、最后告知和第二人复核';
    expect(board.case.map((row) => [row.label, ...row.cells.map((cell) => cell.text)])).toEqual([
      ['审核最晚办结日', '2020-10-14', '2020-10-09', '2020-10-09'],
      ['在参保地登记', '不可以', '可以', '可以'],
      ['首次联系最晚日', '没有规定', '2020-10-14', '2020-10-14'],
      ['以32注销', '可以单独作为注销理由', guarded, guarded],
    ]);
  });

  it('shows every parameter any of them sets, with citations, and where they differ', () => {
    const row = (parameter: string) => board.parameters.find((other) => other.parameter === parameter);
    expect(row('decisionWorkingDays')?.cells.map((cell) => cell.citation?.clauseId)).toEqual([
      'A21-3a',
      'M79-3a',
      'M79-3a',
    ]);
    expect(row('decisionWorkingDays')?.differs).toBe(true);
    expect(row('lowerAge')?.differs).toBe(false);
    expect(row('followUpMeans')?.differs).toBe(false);
    expect(row('groupsInStatistics')?.differs).toBe(true);
    expect(row('urbanBy')?.cells.map((cell) => cell.text)).toEqual([
      '常住地为城镇',
      '在城镇区域办理失业登记',
      '在城镇区域办理失业登记',
    ]);
  });

  it('needs no facts, and reads a document as if it stood alone', () => {
    expect(switchboard({}, '2020-05-01', shippedCalendar).case).toEqual([]);
    expect(asIssued('人社厅发〔2020〕79号').statisticsDueDays?.value).toBe(3);
    expect(asIssued('豫人社办函〔2020〕122号').decisionWorkingDays).toBeUndefined();
    const exit = switchboard({ exitReason: '14' }, '2021-01-01', shippedCalendar).case[0];
    expect(exit?.cells.map((cell) => cell.text)).toEqual(['不可以', '可以', '可以']);
  });
});
