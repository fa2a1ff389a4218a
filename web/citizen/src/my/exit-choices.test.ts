import { codeTables, exitSubReasonTables, isCode } from '@yingdeng/contract/code-tables.ts';
import { describe, expect, it } from 'vitest';
import { exitChoices, exitSubChoices } from './exit-choices.ts';

describe('A21-5a: what a worker can report', () => {
  it('offers only reasons that exist, and not those nobody reports of themselves', () => {
    for (const { value } of exitChoices) expect(isCode('exitReason', value)).toBe(true);
    const left = Object.keys(codeTables.exitReason.values).filter((code) => !exitChoices.some((c) => c.value === code));
    expect(left).toEqual(['25', '26', '31', '32']);
  });
  it('asks further exactly where a code merges several situations', () => {
    expect(Object.keys(exitSubChoices)).toEqual(Object.keys(exitSubReasonTables));
    for (const [code, table] of Object.entries(exitSubReasonTables)) {
      expect(exitSubChoices[code]?.map((one) => [one.value, one.text])).toEqual(
        Object.entries(codeTables[table].values),
      );
    }
  });
});
