import { describe, expect, it } from 'vitest';
import { monthStanding, reportText } from './month-report.ts';

describe('the worker’s own monthly report', () => {
  it('A21-5b, M79-4a: the month of registration owes nothing, the next one does until it is covered', () => {
    expect(monthStanding(undefined, '2026-11-02', '2026-11-22')).toEqual({
      month: '2026-11',
      due: '2026-11-30',
      owed: false,
      covered: false,
    });
    expect(monthStanding('2026-11', '2026-11-02', '2026-12-01')).toMatchObject({
      month: '2026-12',
      due: '2026-12-31',
      owed: true,
      covered: false,
    });
    expect(monthStanding('2026-12', '2026-11-02', '2026-12-31')).toMatchObject({ covered: true });
  });

  it('A21-5a: is kept in the words that were chosen, with the own sentence', () => {
    expect(reportText('looking', '')).toBe('还在找工作。');
    expect(reportText('training', ' 电工班，月底结业 ')).toBe('在参加培训。电工班，月底结业');
  });
});
