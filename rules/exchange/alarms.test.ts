import { describe, expect, it } from 'vitest';
import { type AlarmTimes, alarmsOf, type ExchangeFacts } from './alarms.ts';

const times: AlarmTimes = { daySentBy: 480, receiptMinutes: 60, mendHours: 24, decisionMinutes: 30 };
const calm: ExchangeFacts = {
  today: '2026-11-22',
  minute: 600,
  silentJobs: [],
  silentLines: [],
  unconfirmed: { count: 0, hours: 24 },
  unsent: [],
  receiptsMissing: { count: 0 },
  returned: { count: 0 },
  blocked: { count: 0 },
  decisionsWaiting: { count: 0 },
  decisionsReturned: { count: 0 },
  differencesOpen: 0,
  reconciledTo: '2026-11-21',
};
const kinds = (facts: Partial<ExchangeFacts>) =>
  alarmsOf({ ...calm, ...facts }, times, (code) => `县${code}`).map(({ kind }) => kind);

describe('alarms', () => {
  it('are none when all is well', () => {
    expect(kinds({})).toEqual([]);
  });

  it('M79-8a: a day is unsent from its hour in the morning on, not before; an older day at any hour', () => {
    const yesterday = { date: '2026-11-21', divisions: ['410802'] };
    expect(kinds({ unsent: [yesterday], minute: 479 })).toEqual([]);
    expect(kinds({ unsent: [yesterday], minute: 480 })).toEqual(['dayUnsent']);
    expect(kinds({ unsent: [{ ...yesterday, date: '2026-11-20' }], minute: 10 })).toEqual(['dayUnsent']);
  });

  it('names the counties, few by name and many by number', () => {
    const divisions = ['1', '2', '3', '4'];
    const [alarm] = alarmsOf({ ...calm, unsent: [{ date: '2026-11-20', divisions }] }, times, (code) => `县${code}`);
    expect(alarm).toMatchObject({ count: 4, date: '2026-11-20' });
    expect(alarm?.text).toContain('县1、县2、县3等4个县（市、区）');
  });

  it('M79-7a: tell of silent jobs first, then of receipts, returned items, decisions, differences', () => {
    expect(
      kinds({
        silentJobs: [{ text: '上传退出' }],
        silentLines: [{ name: '短信平台', since: '11月22日9:40' }],
        unconfirmed: { count: 2, since: '11月21日8:00', hours: 24 },
        receiptsMissing: { count: 1, since: '11月22日8:00' },
        returned: { count: 2 },
        blocked: { count: 2 },
        decisionsWaiting: { count: 3 },
        decisionsReturned: { count: 1 },
        differencesOpen: 4,
        reconciledTo: '2026-11-20',
      }),
    ).toEqual([
      'jobSilent',
      'lineSilent',
      'messagesUnconfirmed',
      'receiptMissing',
      'returnedUnmended',
      'blockedUnmended',
      'decisionsWaiting',
      'decisionsReturned',
      'differencesOpen',
      'notReconciled',
    ]);
  });

  it('M79-5a: name each system outside that is silent, since when, and that nothing else waits', () => {
    const silentLines = [{ name: '民政部门', since: '11月22日9:40' }];
    expect(alarmsOf({ ...calm, silentLines }, times, String)).toEqual([
      {
        kind: 'lineSilent',
        text: '民政部门自11月22日9:40起没有应答。',
        todo: '登记和服务照常办理；请联系对方查线路，恢复后自动补办。',
        count: 1,
      },
    ]);
  });

  it('say that yesterday was not reconciled only once the night is over', () => {
    expect(kinds({ reconciledTo: '2026-11-20', minute: 100 })).toEqual([]);
    expect(kinds({ reconciledTo: undefined, minute: 600 })).toEqual(['notReconciled']);
  });
});
