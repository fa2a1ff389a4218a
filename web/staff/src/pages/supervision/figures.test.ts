import { describe, expect, it } from 'vitest';
import { shareText } from './figures.tsx';

describe('a share', () => {
  it('is never rounded up to all or down to nothing', () => {
    expect(shareText({ due: 0, kept: 0 })).toBe('—');
    expect(shareText({ due: 3, kept: 3 })).toBe('100%');
    expect(shareText({ due: 3, kept: 2 })).toBe('66.6%');
    expect(shareText({ due: 100_000, kept: 99_999 })).toBe('99.9%');
    expect(shareText({ due: 100_000, kept: 1 })).toBe('<0.1%');
    expect(shareText({ due: 5, kept: 0 })).toBe('0%');
  });
});
