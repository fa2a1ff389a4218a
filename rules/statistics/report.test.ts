import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Denominator, denominatorFaults, estimateFromYearEnd, rateWithBand } from './denominator.ts';
import {
  nextReport,
  type ReportAction,
  type ReportState,
  reportActions,
  reportActionsIn,
  reportStates,
} from './report-state.ts';
import { countyPage, wholePage } from './seal.ts';

const step = { over: true, failing: [], by: 'a', last: 'sealed' as const };

describe('M79-9: the way of a report', () => {
  it('goes from open to sealed in one order only', () => {
    const way: ReportAction[] = ['cut', 'compute', 'check', 'approve', 'seal'];
    let state: ReportState = 'open';
    for (const action of way) {
      const next: ReturnType<typeof nextReport> = nextReport(state, action, { ...step, checkedBy: 'other' });
      if (typeof next !== 'string') throw new Error(next.message);
      state = next;
    }
    expect(state).toBe('sealed');
  });
  it('refuses what is not to be had, and what is sealed stays', () => {
    const states = Object.keys(reportStates) as ReportState[];
    const actions = Object.keys(reportActions) as ReportAction[];
    fc.assert(
      fc.property(fc.constantFrom(...states), fc.constantFrom(...actions), (state, action) => {
        const next = nextReport(state, action, { ...step, checkedBy: 'other', reason: '名册有误' });
        expect(typeof next === 'string').toBe(reportActionsIn(state).includes(action));
        if (state === 'sealed') expect(next).toMatchObject({ refused: true });
      }),
    );
  });
  it.each<[ReportState, ReportAction, object, string]>([
    ['open', 'cut', { over: false }, '还没有结束'],
    ['computed', 'check', { failing: ['期初＝上期上报的期末'] }, '期初＝上期上报的期末'],
    ['checked', 'approve', { checkedBy: 'a' }, '两个人'],
    ['approved', 'seal', { last: 'open' }, '还没有封存'],
    ['approved', 'seal', { last: 'newer' }, '退回重算'],
    ['checked', 'giveBack', { reason: ' ' }, '退回理由'],
  ])('%s: %s with %j is refused', (state, action, part, words) => {
    const next = nextReport(state, action, { ...step, ...part });
    expect(typeof next === 'string' ? next : next.message).toContain(words);
  });
});

describe('M79-10b: the urban employed are entered, never derived', () => {
  const period = { from: '2020-08-21', to: '2020-09-20' };
  const good: Denominator = {
    kind: 'estimated',
    value: 9_576,
    asOf: '2019-12-31',
    source: '2019年劳动工资统计年报',
    method: '按上年末数测算',
    uncertainty: 5,
  };
  it('gives the rate with its band, and nothing while the figure is missing', () => {
    expect(rateWithBand(424, good)).toEqual({ rate: 4.24, low: 4.05, high: 4.45 });
    expect(rateWithBand(424, { ...good, uncertainty: 0 })).toEqual({ rate: 4.24, low: 4.24, high: 4.24 });
    expect(rateWithBand(424, undefined)).toBeUndefined();
  });
  it('the rate lies in its band', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 1e6 }),
        fc.integer({ min: 1, max: 1e7 }),
        fc.integer({ min: 0, max: 50 }),
        (u, value, uncertainty) => {
          const { rate, low, high } = rateWithBand(u, { ...good, value, uncertainty })!;
          expect(low <= rate && rate <= high).toBe(true);
        },
      ),
    );
  });
  it.each<[Partial<Denominator>, string]>([
    [{ value: 0 }, '人数'],
    [{ value: 1.5 }, '人数'],
    [{ source: ' ' }, '来源'],
    [{ method: '' }, '口径和方法'],
    [{ uncertainty: 51 }, '可能的误差'],
    [{ uncertainty: 0 }, '可能的误差'],
    [{ asOf: '2020-09-21' }, '数据日期'],
    [{ kind: 'reported', uncertainty: 0 }, '数据日期'],
  ])('M79-10b: %j is refused naming %s', (part, field) => {
    expect(denominatorFaults({ ...good, ...part }, period).join()).toContain(field);
  });
  it('accepts an estimate from last year end and a figure of the month', () => {
    expect(denominatorFaults(good, period)).toEqual([]);
    expect(denominatorFaults({ ...good, kind: 'reported', asOf: '2020-08-31', uncertainty: 0 }, period)).toEqual([]);
    expect(estimateFromYearEnd(100_000, 1.25)).toBe(101_250);
  });
});

describe('A21-6b: the page under the seal', () => {
  const head = { division: '410802', month: '2020-09', revision: 1, last: '' };
  const lists = [
    { office: '410802001', kind: 'stock', persons: 2, digest: 'bb' },
    { office: '410802', kind: 'movements', persons: 1, digest: 'aa' },
  ] as const;
  it('is the same page in whatever order the lists come, and another one when any of them differs', () => {
    const page = countyPage(head, lists);
    expect(page).toBe(countyPage(head, [...lists].reverse()));
    expect(page).toBe(
      'yingdeng-report 1\n410802 2020-09 1\nlast -\nlist 410802 movements 1 aa\nlist 410802001 stock 2 bb\n',
    );
    for (const other of [{ digest: 'bc' }, { persons: 3 }, { office: '410802002' }])
      expect(countyPage(head, [{ ...lists[0], ...other }, lists[1]])).not.toBe(page);
    expect(countyPage({ ...head, last: 'cc' }, lists)).not.toBe(page);
  });
  it('of a whole names its parts', () => {
    expect(wholePage({ ...head, division: '410800' }, [{ division: '410802', persons: 3, digest: 'dd' }])).toContain(
      'part 410802 3 dd\n',
    );
  });
});
