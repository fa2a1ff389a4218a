import { randomInt } from 'node:crypto';
import { identityCheckDigit } from '@yingdeng/rules/identity-number.ts';

/** An invented person who has not been seen before. */
export interface Person {
  readonly name: string;
  readonly idNumber: string;
  readonly sex: '1' | '2';
  readonly mobile: string;
}

const surnames = [...'沈康柳路顾邵汤葛'];
const given = ['禾苗', '如松', '知夏', '望舒', '一诺', '清和', '春来', '海棠', '思远', '立秋'];
const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)]!;

/**
 * Somebody of working age with a lawful number of that county. The sequence numbers 800 to 999 of the county's own
 * prefix are given to nobody of the synthetic city, and no operator has telephones that begin with 154.
 */
export function newPerson(county: string): Person {
  const day = new Date(Date.UTC(randomInt(1970, 2003), randomInt(12), randomInt(1, 29)));
  const sequence = randomInt(800, 1000);
  const first17 = `${county}${day.toISOString().slice(0, 10).replaceAll('-', '')}${sequence}`;
  return {
    name: pick(surnames) + pick(given),
    idNumber: first17 + identityCheckDigit(first17),
    sex: sequence % 2 === 1 ? '1' : '2',
    mobile: `154${String(randomInt(100_000_000)).padStart(8, '0')}`,
  };
}
