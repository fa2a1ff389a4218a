import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { faultsForChrome80 } from './lib/chrome80.ts';

const web = (path: string) => fileURLToPath(new URL(`../web/${path}`, import.meta.url));

/** The built-ins the portal brings along for a telephone of 2020, as its own file names them. */
const brought = new Set(
  [...readFileSync(web('citizen/src/polyfills.ts'), 'utf8').matchAll(/add\([\w.]+, '(\w+)'/g)].map(
    ([, name = '']) => name,
  ),
);

describe('a telephone of 2020 (Chrome 80) runs the portal', () => {
  const dist = web('citizen/dist');
  const scripts = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => /\.m?js$/.test(name));

  it('every built script is read by its engine and calls nothing it does not have', () => {
    expect(scripts.length).toBeGreaterThan(10);
    expect(brought).toContain('hasOwn');
    const faults = scripts.flatMap((name) =>
      faultsForChrome80(readFileSync(join(dist, name), 'utf8'), brought).map((fault) => `${name}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it.each([
    ['a ??= 1'],
    ['a ||= 1'],
    ['class A { static { a() } }'],
    ['class A { #m() {} }'],
    ['class A { #m; is(o) { return #m in o } }'],
    ['await a'],
    ['/a/v'],
    ['a.findLast(b)'],
    ['Promise.any(a)'],
    ['AbortSignal.timeout(5)'],
    ['Object.groupBy(a, b)'],
    ['structuredClone(a)'],
    ['new WeakRef(a)'],
    ['crypto.randomUUID()'],
    ['using a = b'],
  ])('%s is found out', (code) => {
    expect(faultsForChrome80(code)).not.toEqual([]);
  });

  it.each([
    ['a?.b ?? c'],
    ['class A { b = 1; #c = 2 }'],
    ['import("a")'],
    ['async () => { await a }'],
    ['crypto.randomUUID ? crypto.randomUUID() : a()'],
    ['"findLast" in a && a.findLast(b)'],
    ['if (typeof WeakRef === "function") new WeakRef(a)'],
    ['a.findLast?.(b)'],
    ['a.any(b)'],
    ['const at = 1; at'],
  ])('%s is let through', (code) => {
    expect(faultsForChrome80(code)).toEqual([]);
  });

  it('a built-in the page brings along is let through, by name', () => {
    expect(faultsForChrome80('a.at(-1)', new Set(['at']))).toEqual([]);
    expect(faultsForChrome80('a.at(-1)')).toHaveLength(1);
  });
});
