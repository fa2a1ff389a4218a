import { Api } from '../lib/api.ts';
import { type Running, staffOf } from '../lib/running.ts';

/** Where and when a walk takes place. */
export interface Setting {
  readonly running: Running;
  /** County of the clerk of the demonstration. */
  readonly county: string;
  /** Business date of the system, which may rehearse another day. */
  readonly today: string;
}

/** The instant by the system's own clock. */
export async function systemNow(running: Running): Promise<Date> {
  return new Date((await new Api(running.url).call('getHealth', {})).now);
}

/** The county of the first clerk, and the system's business date in Asia/Shanghai. */
export async function settingOf(running: Running): Promise<Setting> {
  const now = await systemNow(running);
  const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  return { running, county: staffOf(running, 'clerk').division.slice(0, 6), today };
}
