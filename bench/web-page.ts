import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession, Locator, Page } from 'playwright-core';

/** A slow line and a slow processor: 1.6 Mbit/s down, 750 kbit/s up, 150 ms a round trip; four times slower than this machine. */
export const slow = { down: 1_600_000, up: 750_000, latency: 150, processor: 4 } as const;

/** What a page cost until it was quiet. */
export interface Load {
  /** Scripts, each gzipped as hard as it goes: comparable whatever the server did. Bytes. */
  readonly script: number;
  /** Scripts that had come when the largest text or picture was painted; the rest came behind it. Bytes. */
  readonly scriptBefore: number;
  /** Everything as it travelled, with headers. Bytes. */
  readonly line: number;
  /** Largest contentful paint, milliseconds from the start of the navigation. */
  readonly largestPaint: number;
}

/** What a press cost. */
export interface Press {
  /** From the press to the next frame, as the browser's event timing has it (steps of 8 ms; below 16 it counts as 16). */
  readonly nextPaint: number;
  /** From the press until what it leads to is on the screen; milliseconds, seen from outside. */
  readonly shown: number;
}

/** A cookie of somebody signed in. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
}

// Texts, because the bench is compiled without the browser's own names.
const watch = `
  window.__paint = 0;
  window.__events = [];
  new PerformanceObserver((list) => { for (const one of list.getEntries()) window.__paint = one.startTime; })
    .observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (one.interactionId) window.__events.push(one.duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
`;
const largestPaint = 'window.__paint';
const slowestEvent = 'Math.max(16, ...window.__events.splice(0))';
const twoFrames =
  'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))';

/** A visitor with nothing in the cache, on a slow line, at a slow machine. Close it when done. */
export class SlowVisit {
  readonly page: Page;
  readonly #session: CDPSession;
  readonly #scripts = new Map<string, { id: string; at: number }>();
  #line = 0;
  /** Requests under way; a redirect goes on under the same number. */
  readonly #open = new Set<string>();
  #last = Date.now();
  #started = 0;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.#session = session;
  }

  static async open(browser: Browser, width: number, url: string, cookie?: Cookie): Promise<SlowVisit> {
    // The worker that keeps the shell comes after the load and is not throttled with the page.
    const context = await browser.newContext({
      viewport: { width, height: width < 600 ? 844 : 900 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      serviceWorkers: 'block',
    });
    if (cookie) await context.addCookies([{ ...cookie, url }]);
    const page = await context.newPage();
    await page.addInitScript(watch);
    const session = await context.newCDPSession(page);
    const visit = new SlowVisit(page, session);
    await visit.#throttle();
    return visit;
  }

  async #throttle(): Promise<void> {
    const session = this.#session;
    session.on('Network.requestWillBeSent', ({ requestId, type, timestamp, request }) => {
      if (request.url.startsWith('http')) this.#open.add(requestId);
      if (type === 'Document') this.#started = timestamp;
    });
    const ended = (requestId: string) => {
      this.#open.delete(requestId);
      this.#last = Date.now();
    };
    const kinds = new Map<string, string>();
    session.on('Network.responseReceived', ({ requestId, type, response }) => {
      if (type === 'Script') kinds.set(requestId, response.url);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength, timestamp }) => {
      ended(requestId);
      this.#line += encodedDataLength;
      const url = kinds.get(requestId);
      if (url) this.#scripts.set(url, { id: requestId, at: (timestamp - this.#started) * 1000 });
    });
    session.on('Network.loadingFailed', ({ requestId }) => ended(requestId));
    await session.send('Network.enable', { maxTotalBufferSize: 100_000_000, maxResourceBufferSize: 50_000_000 });
    // Telephones and desks have a Chinese font; the one brought for machines without any is no part of the figure.
    await session.send('Network.setBlockedURLs', { urls: ['*/noto-sans-sc*'] });
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: slow.latency,
      downloadThroughput: slow.down / 8,
      uploadThroughput: slow.up / 8,
    });
    await session.send('Emulation.setCPUThrottlingRate', { rate: slow.processor });
  }

  /** Opens an address and waits until `there` is on the screen and the line has been quiet for a second. */
  async load(url: string, there: (page: Page) => Locator): Promise<Load> {
    await this.page.goto(url, { timeout: 60_000, waitUntil: 'commit' });
    await there(this.page).waitFor({ timeout: 60_000 });
    await this.#quiet();
    const painted = (await this.page.evaluate(largestPaint)) as number;
    let script = 0;
    let scriptBefore = 0;
    for (const { id, at } of this.#scripts.values()) {
      const { body, base64Encoded } = await this.#session.send('Network.getResponseBody', { requestId: id });
      const size = gzipSync(Buffer.from(body, base64Encoded ? 'base64' : 'utf8'), { level: 9 }).length;
      script += size;
      if (at <= painted) scriptBefore += size;
    }
    return { script, scriptBefore, line: this.#line, largestPaint: painted };
  }

  /** Presses something and waits until what it leads to is there. */
  async press(what: Locator, there: Locator): Promise<Press> {
    await this.#quiet();
    await what.scrollIntoViewIfNeeded();
    await this.page.evaluate(slowestEvent);
    const before = performance.now();
    await what.click({ timeout: 60_000 });
    await there.waitFor({ timeout: 60_000 });
    const shown = performance.now() - before;
    await this.page.evaluate(twoFrames);
    return { nextPaint: (await this.page.evaluate(slowestEvent)) as number, shown };
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  async #quiet(): Promise<void> {
    const deadline = Date.now() + 30_000;
    while ((this.#open.size > 0 || Date.now() - this.#last < 1_000) && Date.now() < deadline) await sleep(50);
  }
}
