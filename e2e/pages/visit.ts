import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** A source file under `web`: the routes are read where the router has them. */
export const sourceOf = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../web/${path}`, import.meta.url)), 'utf8');

/** An address as the router has it: without query, parts that stand for something named so. */
const fits = (route: string, address: string) =>
  route !== '*' &&
  new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`).test(
    address.replace(/\?.*/, '').replace(':report', ':division/:month'),
  );

/** Routes nobody in the table visits, and addresses no route but the last one answers. */
export function missing(routes: readonly string[], addresses: readonly string[]) {
  return {
    notVisited: routes.filter((route) => route !== '*' && !addresses.some((address) => fits(route, address))),
    unknown: addresses.filter((address) => !routes.some((route) => fits(route, address))),
  };
}

/** By how many pixels the page is wider than its window. */
export const tooWide = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth');

/** The page has said what it has to say: its heading stands and nothing is on the line. */
export async function shown(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
}

/** Visits pages one after the other and tells of each that does not hold, so that one fault does not hide the next. */
export async function visitAll<T extends { path: string }>(
  pages: readonly T[],
  visit: (one: T) => Promise<void>,
): Promise<void> {
  const wrong: string[] = [];
  for (const one of pages)
    await visit(one).catch((error: Error) => {
      wrong.push(`${one.path}: ${error.message}`);
    });
  expect(wrong).toEqual([]);
}

/** A role has many pages. */
export const visits = { timeout: 600_000 };
