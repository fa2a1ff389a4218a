import { codeTables, exitSubReasonTables, isCode } from '@yingdeng/contract/code-tables.ts';
import { describe, expect, it } from 'vitest';
import { exitChoices } from './exit-choices.ts';

describe('A21-5a: what a worker can report', () => {
  it('offers only reasons that exist, and not those nobody reports of themselves', () => {
    for (const { reason } of exitChoices) expect(isCode('exitReason', reason)).toBe(true);
    const left = Object.keys(codeTables.exitReason.values).filter(
      (code) => !exitChoices.some((c) => c.reason === code),
    );
    expect(left).toEqual(['25', '26', '31', '32']);
    expect(new Set(exitChoices.map((one) => one.value)).size).toBe(exitChoices.length);
  });
  it('offers each situation of a code that merges several, because who is told depends on it', () => {
    for (const { reason, subReason } of exitChoices)
      expect(subReason !== undefined).toBe(reason in exitSubReasonTables);
    for (const [code, table] of Object.entries(exitSubReasonTables)) {
      const offered = exitChoices.filter((one) => one.reason === code).map((one) => one.subReason);
      expect(offered).toEqual(Object.keys(codeTables[table].values));
    }
  });
});
