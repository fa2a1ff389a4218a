import { readFileSync } from 'node:fs';
import { launchBrowser } from '../e2e/browser.ts';
import { servePortal } from '../e2e/lib/portal-pages.ts';
import { answerFrom, visitor } from '../e2e/portal-answers.ts';
import { median } from './system.ts';

// Texts, because the bench is compiled without the browser's own names.
const watch = `
  window.__tasks = [];
  new PerformanceObserver((list) => { for (const one of list.getEntries()) window.__tasks.push(one.duration); })
    .observe({ type: 'longtask', buffered: true });
  window.__gap = 0;
  let last = performance.now();
  const frame = (now) => { window.__gap = Math.max(window.__gap, now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
`;
const forget = 'window.__tasks.splice(0); window.__gap = 0';
const longest = '({ task: Math.max(0, ...window.__tasks), gap: window.__gap })';

/** The same bytes read in the same blocks and made text in a worker, and nothing else. */
const floor = (encoding: string) => `new Promise((done) => {
  const code = \`onmessage = async ({ data: file }) => {
    const decoder = new TextDecoder('${encoding}', { fatal: true });
    const started = performance.now();
    for (let at = 0; at < file.size; at += 1 << 20) decoder.decode(await file.slice(at, at + (1 << 20)).arrayBuffer(), { stream: true });
    postMessage(performance.now() - started);
  }\`;
  const worker = new Worker(URL.createObjectURL(new Blob([code])));
  worker.onmessage = ({ data }) => { worker.terminate(); done(data); };
  worker.postMessage(window.__file);
})`;

/** Memory the processes of the pages have at most, in bytes; 0 where the system does not say. */
function peakOf(pids: readonly number[]): number {
  let most = 0;
  for (const pid of pids) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024);
    } catch {
      // Another system, or the process is gone.
    }
  }
  return most;
}

/** Chooses the file on the portal's page round after round and prints rate, longest task of the page, memory. */
export async function inBrowser(
  name: string,
  path: string,
  encoding: string,
  rows: number,
  rounds: number,
): Promise<void> {
  const portal = await servePortal();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      viewport: { width: 1440, height: 900 },
    });
    await page.addInitScript(watch);
    await answerFrom(page, visitor);
    await page.goto(`${portal.url}/check-exits`);
    const input = page.getByLabel('选择要核对的文件');
    await input.waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(
      "document.querySelector('input[type=file]').addEventListener('change', (event) => { window.__file = event.target.files[0]; }, true)",
    );
    const checked: number[] = [];
    const bare: number[] = [];
    const repaired: number[] = [];
    let task = 0;
    let gap = 0;
    for (let round = 0; round <= rounds; round++) {
      await page.evaluate(forget);
      await page.evaluate(
        "window.__begun = 0; window.__done = 0; document.querySelector('input[type=file]').addEventListener('change', () => { window.__begun = performance.now(); }, { once: true }); " +
          "new MutationObserver((_, self) => { if (document.querySelector('.exits-columns')) { window.__done = performance.now(); self.disconnect(); } }).observe(document.body, { childList: true, subtree: true })",
      );
      await page.getByLabel('选择要核对的文件').setInputFiles(path);
      await page.locator('.exits-columns').waitFor({ timeout: 120_000 });
      const ms = (await page.evaluate('window.__done - window.__begun')) as number;
      const began = performance.now();
      await page.getByRole('button', { name: '生成更正后的文件' }).click();
      await page.getByRole('link', { name: '下载更正后的文件' }).waitFor({ timeout: 120_000 });
      const repairMs = performance.now() - began;
      const seen = (await page.evaluate(longest)) as { task: number; gap: number };
      const floorMs = (await page.evaluate(floor(encoding))) as number;
      if (round > 0) {
        checked.push(ms);
        bare.push(floorMs);
        repaired.push(repairMs);
        task = Math.max(task, seen.task);
        gap = Math.max(gap, seen.gap);
      }
      await page.getByRole('button', { name: '核对另一个文件' }).click();
      await page.getByLabel('选择要核对的文件').waitFor();
    }
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const memory = peakOf(processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id));
    const rate = (ms: number) => `${Math.round((rows / ms) * 1000).toLocaleString('en')} rows/s`.padStart(18);
    console.log(`  Chromium ${browser.version()}, ${name}`);
    console.log(`    ${'floor: bytes made text in a worker'.padEnd(52)}${rate(median(bare))}`);
    console.log(`    ${'ours, from the choice to the result on the screen'.padEnd(52)}${rate(median(checked))}`);
    console.log(`    ${'the repaired copy, from the press to its link'.padEnd(52)}${rate(median(repaired))}`);
    console.log(
      `    ours takes ${(median(checked) / median(bare)).toFixed(1)} times the floor; longest task of the page ` +
        `${task > 0 ? `${Math.round(task)} ms` : 'under 50 ms'}, longest wait for a frame ${Math.round(gap)} ms; ` +
        `peak memory of the page's process ${memory > 0 ? `${Math.round(memory / 2 ** 20)} MiB` : 'not taken'}`,
    );
  } finally {
    await browser.close();
    portal.close();
  }
}
