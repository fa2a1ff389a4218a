import { expect, it } from 'vitest';
import { streetOf } from './street.ts';

it.each([
  ['民生街道和平路1号院2单元301室', '民生街道和平路'],
  ['和平路１号院', '和平路'],
  ['西张庄村', '西张庄村'],
  ['某某大厦', ''],
  ['', ''],
])('of 「%s」 a telephone keeps 「%s」', (detail, street) => {
  expect(streetOf(detail)).toBe(street);
});
