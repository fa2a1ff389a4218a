import { expect, it } from 'vitest';
import { numberOf } from './messages.ts';

const at = (day: number) => new Date(Date.UTC(2026, 10, day, 2));
const call = (result: string, day: number) => ({ means: 'telephone', result, at: at(day) });
const sms = (failure: string | null, day: number) => ({
  state: failure ? 'failed' : 'delivered',
  failure,
  settled_at: at(day),
});

it.each([
  ['nothing known', [], [], undefined, undefined],
  ['a call to a wrong number', [call('wrongNumber', 3)], [], undefined, '打电话：号码有误'],
  ['a number that does not exist', [], [sms('emptyNumber', 4)], undefined, '发短信：号码不存在'],
  ['a telephone that was off', [], [sms('poweredOff', 4)], undefined, undefined],
  ['reached later', [call('wrongNumber', 3), call('reached', 5)], [], undefined, undefined],
  ['a message delivered later', [call('wrongNumber', 3)], [sms(null, 6)], undefined, undefined],
  ['changed later', [call('wrongNumber', 3)], [], at(4), undefined],
  ['wrong again after the change', [call('wrongNumber', 3), call('wrongNumber', 8)], [], at(4), '打电话：号码有误'],
  [
    'a visit says nothing of the number',
    [call('wrongNumber', 3), { means: 'visit', result: 'reached', at: at(5) }],
    [],
    undefined,
    '打电话：号码有误',
  ],
] as const)('A21-5a: %s', (_, contacts, messages, changed, why) => {
  expect(numberOf({ contacts, messages, changed }).numberInDoubt?.why).toBe(why);
});
