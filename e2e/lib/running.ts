import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Visitor } from './visitor.ts';

/** A member of staff of the demonstration. */
export interface Staff {
  readonly name: string;
  readonly username: string;
  readonly password: string;
  readonly role: string;
  readonly roleText: string;
  readonly office: string;
  readonly division: string;
}

/** The system as it runs now, seen from outside: addresses, invented accounts, and the platform's shared key. */
export interface Running {
  /** Where it keeps its data. */
  readonly folder: string;
  readonly url: string;
  readonly hub: string;
  readonly platform: string;
  readonly idp: string;
  readonly sms: string;
  readonly insurance: string;
  readonly benefit: string;
  readonly platformKey: string;
  readonly staff: readonly Staff[];
}

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** The folder a start keeps its data in, as `npm start` chooses it. */
export const dataFolder = (): string => resolve(root, process.env.YINGDENG_DATA_DIR || '.data');

/** What runs on a data folder, or undefined when nothing answers there. */
export async function findRunning(folder: string): Promise<Running | undefined> {
  const record = readJson<{ url?: string; standIns?: string }>(join(folder, 'run.json'));
  if (!record?.url || !record.standIns) return undefined;
  const health = await fetch(`${record.url}/api/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  if (health?.status !== 200) return undefined;
  const demo = readJson<{ staff: Staff[] }>(join(folder, 'demo.json'));
  const secrets = readJson<{ platformKey: string }>(join(folder, 'secrets.json'));
  if (!demo || !secrets) throw new Error(`${folder} 里没有演示账号，演示只能在 npm start 生成的演示城市上进行`);
  const page = (await new Visitor().open(record.standIns)).text;
  const linked = (name: string): string => {
    const url = new RegExp(`<a href="([^"]+)"><b>${name}</b>`).exec(page)?.[1];
    if (!url) throw new Error(`模拟系统首页上没有“${name}”`);
    return url.replace(/\/+$/, '');
  };
  return {
    folder,
    url: record.url,
    hub: record.standIns,
    platform: linked('全国平台'),
    idp: linked('统一身份认证'),
    sms: linked('短信网关'),
    insurance: linked('社会保险等数据源'),
    benefit: linked('失业保险和民政'),
    platformKey: process.env.YINGDENG_PLATFORM_KEY || secrets.platformKey,
    staff: demo.staff,
  };
}

/** The first member of staff with a role, or the `n`th, counted from 0. Throws when the city has nobody. */
export function staffOf(running: Running, role: string, n = 0): Staff {
  const found = running.staff.filter((person) => person.role === role)[n];
  if (!found) throw new Error(`演示账号里没有第${n + 1}个${role}`);
  return found;
}

function readJson<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}
