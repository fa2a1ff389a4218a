import { randomInt } from 'node:crypto';
import { identityCheckDigit } from '@yingdeng/rules/identity-number.ts';

/** An invented person who has not been seen before. */
export interface Person {
  readonly name: string;
  readonly idNumber: string;
  readonly sex: '1' | '2';
  readonly mobile: string;
}

const surnames = [...'柳路顾邵汤凌骆岳柴蓝殷裴'];
const given = [...'安晨丹帆光航佳凯岚梅宁鹏琪瑞松涛薇欣雅志博春东芳刚红建静军莉明娜平强秋冉山婷文晓'];
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
    // Journeys find people by name: of a hundred who go through one city hardly two have the same, and the city has none of these surnames.
    name: pick(surnames) + pick(given) + pick(given),
    idNumber: first17 + identityCheckDigit(first17),
    sex: sequence % 2 === 1 ? '1' : '2',
    mobile: `154${String(randomInt(100_000_000)).padStart(8, '0')}`,
  };
}
