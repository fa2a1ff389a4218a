import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { signedIn } from './pages/console.ts';
import { consolePages } from './pages/console-addresses.ts';
import { look } from './pages/look.ts';
import { portalPages } from './pages/portal-addresses.ts';
import { answerFrom, visitor } from './portal-answers.ts';

const running = inject('running');
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** An address as the router has it: without query, parts that stand for something named so. */
const sourceOf = (path: string) => readFileSync(fileURLToPath(new URL(`../web/${path}`, import.meta.url)), 'utf8');
const fits = (route: string, address: string) =>
  route !== '*' &&
  new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`).test(
    address.replace(/\?.*/, '').replace(':report', ':division/:month'),
  );

/** Routes nobody in the table visits, and addresses no route but the last one answers. */
function missing(routes: readonly string[], addresses: readonly string[]) {
  return {
    notVisited: routes.filter((route) => route !== '*' && !addresses.some((address) => fits(route, address))),
    unknown: addresses.filter((address) => !routes.some((route) => fits(route, address))),
  };
}

const tooWide = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth');

const nothing = '00000000-0000-8000-8000-000000000000';

/** The page has said what it has to say: its heading stands and nothing is on the line. */
async function shown(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
}

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

/** Visits pages one after the other and tells of each that does not hold, so that one fault does not hide the next. */
async function visitAll<T extends { path: string }>(
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

/** Two visitors at a time: a page that loads leaves a core to the other. */
const visits = { timeout: 600_000 };

describe.concurrent('portal: axe finds nothing, in normal type, in large type and in high contrast, and nothing is too wide', () => {
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

describe.concurrent('console: axe finds nothing, at a desk and with the browser at 200%, and nothing is wider than a phone', () => {
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
