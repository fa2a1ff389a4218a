import { describe, expect, it } from 'vitest';
import { differingRecords } from './list-difference.ts';
import { ordered } from './ordered.ts';
import { blankStanding, recordOf, type Standing } from './standing.ts';

const ids = (n: number) => ({
  registration: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  person: `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
});
const one = (n: number, part: Partial<Standing> = {}) =>
  recordOf(ids(n), { ...blankStanding(), registeredOn: 20200901, bornOn: 19800520, reason: 2, ...part });

describe('A21-6b: what a sealed list says and what the ledger says', () => {
  it('names who is gone, who has come, and what of whom was changed', () => {
    const sealed = ordered(one(1), one(2), one(3));
    const today = ordered(one(1), one(3, { sex: 'female', difficulty: true }), one(4));
    expect(differingRecords(sealed, sealed, 'stock')).toEqual([]);
    expect(differingRecords(sealed, today, 'stock')).toEqual([
      { ...ids(2), kind: 'gone', fields: [] },
      { ...ids(3), kind: 'changed', fields: ['性别', '就业困难人员'] },
      { ...ids(4), kind: 'come', fields: [] },
    ]);
  });
  it('does the same for movements, of which a person may have several', () => {
    const moved = (n: number, kind: 'new' | 'exit', code: number, on = 20200905) =>
      recordOf(ids(n), { ...blankStanding(), registeredOn: 20200901, reason: 2, kind, on, code });
    const sealed = ordered(moved(1, 'new', 0), moved(1, 'exit', 11), moved(2, 'new', 0));
    const today = ordered(moved(1, 'new', 0), moved(1, 'exit', 24, 20200906), moved(2, 'new', 0));
    expect(differingRecords(sealed, today, 'movements')).toEqual([
      { ...ids(1), kind: 'changed', fields: ['日期', '退出原因'] },
    ]);
    expect(differingRecords(sealed, ordered(moved(1, 'new', 0), moved(2, 'new', 0)), 'movements')).toEqual([
      { ...ids(1), kind: 'changed', fields: [] },
    ]);
  });
});
