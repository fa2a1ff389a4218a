import { codeText, exitSubReasonTables } from '@yingdeng/contract/code-tables.ts';
import { describe, expect, it } from 'vitest';
import { checkFinding, contactFindings, exitOfFinding } from './contact-finding.ts';
import { exitReasonRules } from './exit-reasons.ts';

const on = { answered: true, registeredOn: '2026-10-08', contactOn: '2026-11-20' };

describe('what a contact found out', () => {
  it('A21-5d, M79-4b: each circumstance of exit has a lawful code, a person may be asked about it, and a sub-reason where codes merge', () => {
    for (const kind of Object.keys(contactFindings) as (keyof typeof contactFindings)[]) {
      const exit = exitOfFinding(kind);
      if (!exit) continue;
      const rule = exitReasonRules[exit.reason];
      expect(rule.cannotAsk, kind).toBeUndefined();
      expect(rule.evidence, kind).toContain('workerStatement');
      const table = exitSubReasonTables[exit.reason];
      expect(table === undefined, kind).toBe(exit.subReason === undefined);
      if (table) expect(codeText(table, exit.subReason), kind).toBeTypeOf('string');
    }
  });

  it.each([
    [{ kind: 'seeking' }, on, null],
    [{ kind: 'flexible' }, on, null],
    [{ kind: 'hired', since: '2026-11-16' }, on, null],
    [{ kind: 'hired' }, on, '从哪天起'],
    [{ kind: 'hired', since: '2026-11-21' }, on, '应在'],
    [{ kind: 'hired', since: '2026-10-07' }, on, '应在'],
    [{ kind: 'seeking' }, { ...on, answered: false }, '没有联系上'],
  ] as const)('A21-5a: %j', (finding, given, words) => {
    const fault = checkFinding(finding, given);
    if (words === null) expect(fault).toBeNull();
    else expect(fault?.message).toContain(words);
  });
});
