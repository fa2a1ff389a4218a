import { describe, expect, it } from 'vitest';
import { dayText, instantText, monthText, shanghaiDay, shortDayText } from './date-text.ts';

describe('dates as people read them', () => {
  it('names the weekday of the date itself, whatever zone the machine is in', () => {
    expect(dayText('2026-11-25')).toBe('2026年11月25日（周三）');
    expect(dayText('2020-10-09')).toBe('2020年10月9日（周五）');
    expect(shortDayText('2026-11-22')).toBe('11月22日 周日');
  });
  it('shows an instant of the late evening in UTC as the next day in Shanghai', () => {
    expect(instantText('2026-11-24T16:30:00Z')).toBe('2026年11月25日 00:30');
    expect(shanghaiDay('2026-11-24T15:59:59Z')).toBe('2026-11-24');
    expect(shanghaiDay('2026-11-24T16:00:00Z')).toBe('2026-11-25');
  });
  it('reads a month and leaves alone what it cannot read', () => {
    expect(monthText('2026-07')).toBe('2026年7月');
    expect(dayText('待定')).toBe('待定');
    expect(instantText('待定')).toBe('待定');
    expect(shanghaiDay('待定')).toBe('');
  });
});
