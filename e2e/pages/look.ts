import { mkdirSync, writeFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { smallPng } from '../lib/small-png.ts';

const folder = new URL('../../docs/pictures/', import.meta.url);

/** The pages of which a picture is kept with the documents. */
const pictures: ReadonlySet<string> = new Set([
  'portal-home',
  'portal-status',
  'console-decisions',
  'console-case',
  'console-exchange',
]);

// A text, because these tests are compiled without the browser's own names.
const nothingMoves = `(async () => {
  const ending = document.getAnimations().filter((one) => one.effect.getComputedTiming().iterations !== Infinity);
  const patience = new Promise((done) => setTimeout(done, 1500));
  await Promise.race([Promise.allSettled(ending.map((one) => one.finished)), patience]);
  await document.fonts.ready;
})()`;

/** Waits until nothing moves any more: a page that is still fading in has other colours. What was looked at already has loaded all it needs. */
async function still(page: Page, again: boolean): Promise<void> {
  if (!again) await page.waitForLoadState('networkidle');
  await page.evaluate(nothingMoves);
}

/** What may fail by size and colour alone; everything else hangs on the document, which stays the same. */
const bySizeAndColour = ['color-contrast', 'target-size', 'scrollable-region-focusable'];

/**
 * Looks at a page as it stands: axe finds nothing (WCAG 2.2 AA), and with YINGDENG_PICTURES=1 a picture is kept.
 * With `again`, what was looked at whole already is looked at in another dress.
 */
export async function look(page: Page, name: string, again = false): Promise<void> {
  await still(page, again);
  // The legacy mode spares a page of its own for every run; frames of other origins, which it would miss, we have none.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations, passes } = await (again ? axe.withRules(bySizeAndColour) : axe).analyze();
  // A checker that sees nothing finds nothing.
  expect(passes.length, `axe saw ${name}`).toBeGreaterThan(again ? 0 : 10);
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}：${help}　${node.target.join(' ')}　${node.failureSummary ?? ''}`),
  );
  expect(found, `axe: ${name}`).toEqual([]);
  if (process.env.YINGDENG_PICTURES !== '1' || !pictures.has(name)) return;
  // The word about the last step would cover the page.
  await expect.poll(() => page.locator('.ant-message-notice').count(), { timeout: 10_000 }).toBe(0);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${name}.png`, folder), smallPng(await page.screenshot()));
}

/** Presses Tab until what has the focus is named so. Fails after `most` presses: the keyboard does not reach it. */
export async function tabTo(page: Page, role: string, name: RegExp, most = 120): Promise<void> {
  const wanted = page.getByRole(role as 'button', { name }).and(page.locator(':focus'));
  for (let presses = 0; presses < most; presses += 1) {
    if ((await wanted.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${role} ${name}`);
}
