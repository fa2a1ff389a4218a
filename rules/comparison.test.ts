import { expect, it } from 'vitest';
import { checkComparison } from './comparison.ts';

it.each([
  ['2026-11-26', null],
  ['2026-11-01', null],
  ['2026-10-01', null],
  ['2026-09-30', '本月或上个月'],
  ['2026-11-27', '不能晚于今天'],
  ['2026-11-31', '不能晚于今天'],
])('A21-5b: data of %s on 26 November 2026', (asOf, words) => {
  const fault = checkComparison({ source: 'socialInsurance', asOf }, '2026-11-26');
  if (words === null) expect(fault).toBeNull();
  else expect(fault?.message).toContain(words);
});
