import { codeTables, formReasons, isCode } from '@yingdeng/contract/code-tables.ts';
import { describe, expect, it } from 'vitest';
import { educationChoices, healthChoices, reasonNotes } from './words.ts';

describe('A21-8a: the choices offered', () => {
  it('are codes of their tables', () => {
    for (const [code] of educationChoices) expect(isCode('education', code)).toBe(true);
    for (const { value, text } of healthChoices) expect(codeTables.health.values[value as '1']).toBe(text);
  });
  it('explain printed reasons only', () => {
    for (const box of Object.keys(reasonNotes)) expect(formReasons.some((one) => String(one.box) === box)).toBe(true);
  });
});
