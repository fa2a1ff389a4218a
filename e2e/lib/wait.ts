import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until there is something other than undefined or false. Throws what it waited for in vain, with
 * the last error of the probe if it had one.
 */
export async function until<T>(what: string, probe: () => Promise<T | undefined | false>, seconds = 30): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let trouble = '';
  for (let wait = 50; ; wait = Math.min(1000, wait * 1.5)) {
    try {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
      trouble = '';
    } catch (error) {
      trouble = `：${(error as Error).message}`;
    }
    if (Date.now() > deadline) throw new Error(`等了${seconds}秒，没有等到${what}${trouble}`);
    await sleep(wait);
  }
}
