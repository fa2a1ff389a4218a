import type { ExitRecord } from '@yingdeng/rules/exit-record/index.ts';
import { identityCheckDigit } from '@yingdeng/rules/identity-number.ts';

/** A small generator with a seed (mulberry32), so that every run checks the same rows. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const surnames = '王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗';
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰';
const divisions = ['410802', '410803', '410811', '410823', '210302', '210303', '210381'];
const reasons = ['11', '11', '11', '12', '13', '14', '21', '23', '24', '25', '26'];

/** What goes wrong in one row of fifty, as it does in real files. */
const faults: readonly ((row: ExitRecord) => void)[] = [
  (row) => (row.AAC002 = `${row.AAC002?.slice(0, 17)}${row.AAC002?.endsWith('1') ? '2' : '1'}`),
  (row) => (row.AAC003 = `${row.AAC003}　`),
  (row) => (row.AAC002 = row.AAC002?.slice(0, 16)),
  (row) => (row.ADC210 = '20200230'),
  (row) => (row.AJC00A = '22'),
  (row) => (row.AAC058 = '18'),
  (row) => (row.AAE011 = ''),
  (row) => (row.AAB301 = '41080'),
  (row) => (row.AAE036 = '2020-08-31'),
  (row) => (row.AAZ341 = '1234567890123456789'),
];

/** `count` made-up exit rows, about 2% of them with one fault; serial numbers count up from `first`. */
export function exitRows(count: number, seed = 7, first = 0): ExitRecord[] {
  const next = random(seed);
  const pick = <T>(from: ArrayLike<T>): T => from[Math.floor(next() * from.length)]!;
  const two = (value: number) => String(value).padStart(2, '0');
  const rows: ExitRecord[] = [];
  for (let i = 0; i < count; i++) {
    const place = pick(divisions);
    const birth = `${1962 + Math.floor(next() * 40)}${two(1 + Math.floor(next() * 12))}${two(1 + Math.floor(next() * 28))}`;
    const first17 = `${pick(divisions)}${birth}${String(Math.floor(next() * 1000)).padStart(3, '0')}`;
    const number = first17 + identityCheckDigit(first17);
    const day = `202008${two(1 + Math.floor(next() * 28))}`;
    const row: ExitRecord = {
      AAB301: place,
      AAZ341: `2020${String(first + i).padStart(10, '0')}`,
      AAC003: pick(surnames) + pick(given) + (next() < 0.7 ? pick(given) : ''),
      AAC002: number,
      AAC058: '01',
      AAC044: number,
      ADC210: day,
      AJC00A: pick(reasons),
      AAE011: pick(surnames) + pick(given),
      AAE036: day,
      AAE013: next() < 0.1 ? '已核实' : '',
    };
    if (next() < 0.02) pick(faults)(row);
    rows.push(row);
  }
  return rows;
}
