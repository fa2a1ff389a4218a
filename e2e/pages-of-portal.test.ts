import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { look } from './pages/look.ts';
import { portalPages } from './pages/portal-addresses.ts';
import { missing, shown, sourceOf, tooWide, visitAll, visits } from './pages/visit.ts';
import { answerFrom, visitor } from './portal-answers.ts';

const running = inject('running');
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe('the table of pages', () => {
  it('visits every address of the portal', () => {
    const routes = [
      '/',
      ...[...sourceOf('citizen/src/app.tsx').matchAll(/^ {2}'([/*][^']*)': page/gm)].map(([, at = '']) => at),
    ];
    const addresses = Object.values(portalPages).flatMap((pages) => pages.map(([address]) => address));
    expect(routes.length).toBeGreaterThan(14);
    expect(missing(routes, addresses)).toEqual({ notVisited: [], unknown: ['/nothing-here'] });
  });
});

describe('portal: axe finds nothing, in normal type, in large type and in high contrast, and nothing is too wide', () => {
  it.each(Object.entries(portalPages))('%s', visits, async (_, pages) => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    const wear = (name: string) => page.evaluate(`document.documentElement.className = ${JSON.stringify(name)}`);
    await visitAll(
      pages.map(([path, answers]) => ({ path, answers })),
      async ({ path, answers }) => {
        await page.unrouteAll();
        await answerFrom(page, answers);
        await page.goto(running.url + path);
        await shown(page);
        for (const style of ['', 'large', 'contrast', 'large contrast']) {
          await wear(style);
          expect(await tooWide(page), `wider than a phone, ${style}`).toBeLessThanOrEqual(0);
          // Contrast does not hang on size: the two together are only measured.
          if (style !== 'large contrast') await look(page, `portal ${path} ${style}`, style !== '');
        }
        await wear('');
        await page.setViewportSize({ width: 1440, height: 900 });
        expect(await tooWide(page), 'wider than a desk').toBeLessThanOrEqual(0);
        await page.setViewportSize({ width: 390, height: 844 });
        expect(failures.splice(0)).toEqual([]);
      },
    );
    await context.close();
  });

  it('also when the server does not answer', async () => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      locale: 'zh-CN',
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    await answerFrom(page, visitor, ({ name }) => (name === 'getInstitutions' ? { status: 503, body: {} } : undefined));
    await page.goto(`${running.url}/institutions`);
    await page.getByRole('alert').waitFor();
    await look(page, 'portal failed');
    await context.close();
  });
});
