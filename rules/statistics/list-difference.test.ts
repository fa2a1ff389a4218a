import { describe, expect, it } from 'vitest';
import { differingLines } from './list-difference.ts';
import { blankStanding, movementLine, type Standing, standingLine } from './standing.ts';

const ids = (n: number) => ({
  registration: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  person: `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
});
const one = (n: number, part: Partial<Standing> = {}) =>
  standingLine(ids(n), { ...blankStanding(), registeredOn: 20200901, bornOn: 19800520, reason: 2, ...part });

describe('A21-6b: what a sealed list says and what the ledger says', () => {
  it('names who is gone, who has come, and what of whom was changed', () => {
    const sealed = one(1) + one(2) + one(3);
    const today = one(1) + one(3, { sex: 'female', difficulty: true }) + one(4);
    expect(differingLines(sealed, sealed, 'stock')).toEqual([]);
    expect(differingLines(sealed, today, 'stock')).toEqual([
      { ...ids(2), kind: 'gone', fields: [] },
      { ...ids(3), kind: 'changed', fields: ['性别', '就业困难人员'] },
      { ...ids(4), kind: 'come', fields: [] },
    ]);
  });
  it('does the same for movements, of which a person may have several', () => {
    const moved = (n: number, kind: 'new' | 'exit', code: number, on = 20200905) =>
      movementLine(ids(n), { ...blankStanding(), registeredOn: 20200901, reason: 2, kind, on, code });
    const sealed = moved(1, 'new', 0) + moved(1, 'exit', 11) + moved(2, 'new', 0);
    const today = moved(1, 'new', 0) + moved(1, 'exit', 24, 20200906) + moved(2, 'new', 0);
    expect(differingLines(sealed, today, 'movements')).toEqual([
      { ...ids(1), kind: 'changed', fields: ['日期', '退出原因'] },
    ]);
    expect(differingLines(sealed, moved(1, 'new', 0) + moved(2, 'new', 0), 'movements')).toEqual([
      { ...ids(1), kind: 'changed', fields: [] },
    ]);
  });
});
