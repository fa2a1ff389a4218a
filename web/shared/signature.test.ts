import { signature } from '@yingdeng/contract/application-form.ts';
import { describe, expect, it } from 'vitest';
import { inkLength, isSignature, longestPath, type Stroke, signaturePath, thin, toBox } from './signature.ts';

const wave = (points: number): Stroke =>
  Array.from({ length: points }, (_, i) => ({ x: (i * 7) % 600, y: 100 + Math.round(Math.sin(i / 3) * 900) / 10 }));
const accepted = (path: string) => signature.safeParse({ path, signedAt: '2026-11-22T09:00:00+08:00' }).success;

describe('A21-2b: the drawn signature', () => {
  it('makes a path the interface accepts, in the box whatever the screen', () => {
    const rect = { left: 20, top: 300, width: 350, height: 350 / 3 };
    const stroke = [
      [20, 300],
      [195, 358],
      [400, 900],
    ].map(([clientX = 0, clientY = 0]) => toBox({ clientX, clientY }, rect));
    expect(stroke[0]).toEqual({ x: 0, y: 0 });
    expect(stroke[2]).toEqual({ x: 600, y: 200 });
    const path = signaturePath([stroke, wave(40)]);
    expect(path.startsWith('M0 0Q')).toBe(true);
    expect(accepted(path)).toBe(true);
  });
  it('stays within the limit however long somebody draws', () => {
    const path = signaturePath(Array.from({ length: 60 }, () => wave(500)));
    expect(path.length).toBeLessThanOrEqual(longestPath);
    expect(path.length).toBeGreaterThan(5_000);
    expect(accepted(path)).toBe(true);
  });
  it('does not take a dot or a slip for a name', () => {
    const dot: Stroke = [{ x: 5, y: 5 }];
    expect(isSignature([])).toBe(false);
    expect(isSignature([dot, dot, dot])).toBe(false);
    expect(isSignature([wave(60)])).toBe(true);
    expect(signaturePath([dot])).toBe('M5 5L5 5');
  });
  it('thins points but keeps both ends', () => {
    const line: Stroke = Array.from({ length: 101 }, (_, x) => ({ x, y: 0 }));
    const thinned = thin(line, 10);
    expect(thinned[0]).toEqual({ x: 0, y: 0 });
    expect(thinned[thinned.length - 1]).toEqual({ x: 100, y: 0 });
    expect(thinned.length).toBe(11);
    expect(inkLength([thinned])).toBe(100);
  });
});
