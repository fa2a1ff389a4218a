import { describe, expect, it } from 'vitest';
import { deliveryText, failureOf, numberInDoubt } from './delivery.ts';

describe('delivery', () => {
  it.each([
    [{ state: 'waiting' }, '等待发送'],
    [{ state: 'waiting', failure: 'poweredOff' }, '手机关机或不在服务区，稍后再发'],
    [{ state: 'sent' }, '已发出短信'],
    [{ state: 'delivered' }, '短信已送达'],
    [{ state: 'failed', failure: 'emptyNumber' }, '短信没有送达：号码不存在'],
    [{ state: 'failed', failure: null }, '短信没有发出'],
    [{ state: 'inAppOnly' }, '放在网上服务大厅'],
  ])('%j reads %s', (message, words) => expect(deliveryText(message)).toBe(words));

  it('a reason nobody knows is still a failure', () => expect(failureOf('MK:0001')).toBe('other'));
});

describe('a number in doubt', () => {
  const day = (n: number) => new Date(Date.UTC(2026, 10, n));
  const wrong = [
    { at: day(3), why: '号码有误' },
    { at: day(9), why: '号码不存在' },
  ];
  it('A21-5a: the latest sign says why, until the number is reached or changed', () => {
    expect(numberInDoubt({ wrong, right: [day(5)] })).toEqual({ at: day(9), why: '号码不存在' });
    expect(numberInDoubt({ wrong, right: [day(9)] })).toBeUndefined();
    expect(numberInDoubt({ wrong: [], right: [] })).toBeUndefined();
  });
});
