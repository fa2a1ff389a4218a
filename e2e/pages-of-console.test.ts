import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { signedIn } from './pages/console.ts';
import { consolePages } from './pages/console-addresses.ts';
import { look } from './pages/look.ts';
import { missing, shown, sourceOf, tooWide, visitAll, visits } from './pages/visit.ts';

const running = inject('running');
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const nothing = '00000000-0000-8000-8000-000000000000';

describe('the table of pages', () => {
  it('visits every address of the console', () => {
    let above = '';
    const routes = ['/'];
    for (const [, at = ''] of sourceOf('staff/src/routes.tsx').matchAll(/path="([^"]+)"/g)) {
      if (/^[/*]/.test(at)) above = at;
      routes.push(/^[/*]/.test(at) ? at : `${above}/${at}`);
    }
    const addresses = ['/sign-in', ...Object.values(consolePages).flat()];
    expect(routes.length).toBeGreaterThan(22);
    expect(missing(routes, addresses)).toEqual({ notVisited: [], unknown: ['/nothing-here'] });
  });
});

describe('console: axe finds nothing, at a desk and with the browser at 200%, and nothing is wider than a phone', () => {
  it.each(Object.entries(consolePages))('%s', visits, async (role, pages) => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'zh-CN',
      serviceWorkers: 'block',
    });
    const page = await signedIn(context, running, role);
    const list = await page.request.get(`${running.url}/api/worklists/plan-steps?limit=1`);
    const { items = [] } = (await list.json()) as { items?: { applicationId: string }[] };
    const ofOffice = items[0]?.applicationId ?? '';
    const reports = await page.request.get(`${running.url}/api/reports`);
    const { items: heads = [] } = (await reports.json()) as { items?: { division: string; month: string }[] };
    const report = heads[0] ? `${heads[0].division}/${heads[0].month}` : '';
    await visitAll(
      pages.map((path) => ({ path })),
      async ({ path }) => {
        if (path.includes(':case')) expect(ofOffice, 'the city has a case with a plan').not.toBe('');
        if (path.includes(':report')) expect(report, 'the city has a report').not.toBe('');
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.goto(
          `${running.url}/console${path.replace(':case', ofOffice).replace(':report', report).replace(':none', nothing)}`,
        );
        await shown(page);
        await look(page, `console ${path}`);
        // A desk's 1440 pixels at 200%: what somebody sees who needs large type.
        await page.setViewportSize({ width: 720, height: 450 });
        await look(page, `console ${path} at 200%`, true);
        for (const width of [720, 390]) {
          await page.setViewportSize({ width, height: 844 });
          expect(await tooWide(page), `wider than ${width}`).toBeLessThanOrEqual(0);
        }
      },
    );
    await context.close();
  });

  it('the sign-in page, and a list that cannot be read', async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(`${running.url}/console/sign-in`);
    await page.getByLabel('用户名').waitFor();
    await look(page, 'console /sign-in');
    const office = await signedIn(context, running, 'clerk');
    await office.route('**/api/worklists/decisions*', (route) => route.fulfill({ status: 503, json: {} }));
    await office.goto(`${running.url}/console/decisions`);
    await office.getByRole('alert').getByText('没有读到数据').waitFor();
    await look(office, 'console failed');
    await context.close();
  });
});
