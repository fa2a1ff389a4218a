import { codeTables } from '@yingdeng/contract/code-tables.ts';
import { checkByTable } from '@yingdeng/rules/exit-record/check.ts';
import { checkExitRecord, type ExitRecord } from '@yingdeng/rules/exit-record/index.ts';
import { Ajv } from 'ajv';
import { exitRows } from './exit-rows.ts';

const ROWS = 200_000;
const ROUNDS = 7;
const TODAY = '2020-08-31';

/**
 * The annex as a JSON schema: the same formats, patterns, code tables, and as keywords what a schema cannot say (check
 * character and length of AAC002, real dates, not after today). It does less than our table does: no warnings, no
 * comparison between fields, no second limit in bytes, no wide reading of "space" beyond a pattern.
 */
export function ajvCheck(): (row: ExitRecord) => boolean {
  const ajv = new Ajv({ allErrors: true });
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  ajv.addKeyword({
    keyword: 'identityNumber',
    type: 'string',
    validate: (_schema: unknown, value: string) => {
      if (/^[A-Za-z]/.test(value)) return value.length <= 18;
      if (value.length === 15) return /^\d{15}$/.test(value);
      if (!/^\d{17}[\dX]$/.test(value)) return false;
      let sum = 0;
      for (let i = 0; i < 17; i++) sum += (value.charCodeAt(i) - 48) * weights[i]!;
      return '10X98765432'[sum % 11] === value[17];
    },
  });
  const today = TODAY.replaceAll('-', '');
  const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  ajv.addKeyword({
    keyword: 'pastDate',
    type: 'string',
    validate: (_schema: unknown, value: string) => {
      if (!/^\d{8}$/.test(value) || value > today) return false;
      const year = Number(value.slice(0, 4));
      const month = Number(value.slice(4, 6));
      const day = Number(value.slice(6));
      if (year === 0 || month < 1 || month > 12 || day < 1 || day > days[month - 1]!) return false;
      return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
    },
  });
  const noSpace = '^[^\\s\\u200b-\\u200f\\u2060\\ufeff\\u0000-\\u001f]+$';
  const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength, pattern: noSpace });
  const code = (values: object) => ({ type: 'string', enum: Object.keys(values) });
  const date = { type: 'string', pastDate: true };
  return ajv.compile<ExitRecord>({
    type: 'object',
    required: ['AAB301', 'AAZ341', 'AAC003', 'AAC002', 'AAC058', 'AAC044', 'ADC210', 'AJC00A', 'AAE011', 'AAE036'],
    properties: {
      AAB301: { type: 'string', pattern: '^\\d{6}$' },
      AAZ341: text(18),
      AAC003: text(50),
      AAC002: { type: 'string', minLength: 1, identityNumber: true },
      AAC058: code(codeTables.identityDocument.values),
      AAC044: text(22),
      ADC210: date,
      AJC00A: code(codeTables.exitReason.values),
      AAE011: text(20),
      AAE036: date,
      AAE013: { type: 'string', maxLength: 100 },
    },
  });
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

/** Rows per second of checkExitRecord and of ajv on the same rows, rounds in turn, medians; prints both and the ratio. */
export async function run(): Promise<void> {
  const rows = exitRows(ROWS);
  const facts = { today: TODAY };
  const schema = ajvCheck();
  const contestants = [
    { name: 'checkExitRecord', passes: (row: ExitRecord) => checkExitRecord(row, facts).faults.length === 0 },
    { name: 'ajv, compiled schema', passes: schema },
    {
      name: 'checkByTable, without the short way for ordinary records',
      passes: (row: ExitRecord) => checkByTable(row, facts).faults.length === 0,
    },
  ];
  const seconds = contestants.map((): number[] => []);
  const faulty = contestants.map(() => 0);
  for (let round = -1; round < ROUNDS; round++) {
    for (const [i, { passes }] of contestants.entries()) {
      let count = 0;
      const start = performance.now();
      for (const row of rows) if (!passes(row)) count++;
      // The round before the first warms both up.
      if (round >= 0) seconds[i]!.push((performance.now() - start) / 1000);
      faulty[i] = count;
    }
  }
  if (new Set(faulty).size !== 1) throw new Error(`the checkers disagree on faulty rows: ${faulty.join(', ')}`);
  const rates = seconds.map((times) => ROWS / median(times));
  console.log(`exits: ${ROWS} rows, ${faulty[0]} faulty, ${ROUNDS} rounds in turn, medians`);
  for (const [i, { name }] of contestants.entries()) console.log(`  ${name}: ${Math.round(rates[i]!)} rows/s`);
  console.log(`  ratio to ajv: ${(rates[0]! / rates[1]!).toFixed(2)}`);
}
