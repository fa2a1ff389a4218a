import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './ports.ts';
import type { Secrets } from './secrets.ts';

/** Names the values that the programs read; what the caller's environment already says is left as it is. */
export interface Addresses {
  readonly url: string;
  readonly port: number;
  readonly standIns: string;
}

const standIns = ['hub', 'platform', 'idp', 'sms', 'insurance', 'benefit'] as const;

/** Chooses the ports and puts together the environment of the server, the worker, the loader and the stand-ins. */
export async function makeEnvironment(
  outer: NodeJS.ProcessEnv,
  dataDir: string,
  secrets: Secrets,
  appUrl: string,
): Promise<{ env: NodeJS.ProcessEnv; addresses: Addresses }> {
  const port = await freePort(Number(outer.YINGDENG_PORT ?? 8700));
  const ports: Record<string, number> = {};
  for (const [n, name] of standIns.entries()) {
    const wish = outer[`STANDINS_${name.toUpperCase()}_PORT`] ?? (outer.YINGDENG_PORT === '0' ? 0 : 8710 + n);
    ports[name] = await freePort(Number(wish));
  }
  const at = (name: (typeof standIns)[number]) => `http://localhost:${ports[name]}`;
  const url = `http://localhost:${port}`;
  const own: NodeJS.ProcessEnv = {
    YINGDENG_MODE: 'demo',
    YINGDENG_PUBLIC_URL: url,
    YINGDENG_DATABASE_URL: appUrl,
    YINGDENG_KEYS: JSON.stringify(secrets.keys),
    YINGDENG_DEMO_FILE: join(dataDir, 'demo.json'),
    YINGDENG_IDP_URL: at('idp'),
    YINGDENG_IDP_CLIENT_SECRET: secrets.idpClientSecret,
    YINGDENG_OIDC_CLIENT_SECRET: secrets.idpClientSecret,
    ...platformOf(outer, dataDir, at('platform')),
    YINGDENG_PLATFORM_KEY: secrets.platformKey,
    YINGDENG_SMS_URL: at('sms'),
    // The stand-ins know one key for all their doors.
    YINGDENG_SMS_KEY: secrets.platformKey,
    YINGDENG_INSURANCE_URL: at('insurance'),
    YINGDENG_BENEFIT_URL: at('benefit'),
    YINGDENG_BENEFIT_KEY: secrets.platformKey,
    YINGDENG_CIVIL_URL: at('benefit'),
    YINGDENG_CIVIL_KEY: secrets.platformKey,
    YINGDENG_CIVIL_FILES: civilFolder(dataDir),
    YINGDENG_DEMO_PAGE: at('hub'),
    STANDINS_DATA_DIR: join(dataDir, 'stand-ins'),
    NODE_ENV: 'production',
  };
  const chosen: NodeJS.ProcessEnv = { YINGDENG_PORT: String(port) };
  for (const name of standIns) chosen[`STANDINS_${name.toUpperCase()}_PORT`] = String(ports[name]);
  const said = Object.fromEntries(Object.entries(outer).filter(([, value]) => value !== ''));
  const env = { ...own, ...said, ...chosen };
  return { env, addresses: { url: env.YINGDENG_PUBLIC_URL ?? url, port, standIns: at('hub') } };
}

/** The programs never make the folder of an exchange themselves: a disk that is not mounted would look like an empty one. */
function civilFolder(dataDir: string): string {
  const folder = join(dataDir, 'civil-files');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The way to the platform: the stand-in's address, or a folder of files when `YINGDENG_DEMO_TRANSPORT=files` asks for it. */
function platformOf(outer: NodeJS.ProcessEnv, dataDir: string, url: string): NodeJS.ProcessEnv {
  if (outer.YINGDENG_DEMO_TRANSPORT !== 'files' && !outer.YINGDENG_PLATFORM_FILES)
    return { YINGDENG_PLATFORM_URL: url };
  return { YINGDENG_PLATFORM_FILES: join(dataDir, 'platform-files') };
}

/** What a command at a shell needs of the environment: our own variables, and the owner's connection for the loader. */
export function commandsOf(env: NodeJS.ProcessEnv, migratorUrl: string): Record<string, string> {
  const ours = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[0].startsWith('YINGDENG_') && Boolean(entry[1]),
  );
  return { ...Object.fromEntries(ours), YINGDENG_MIGRATOR_URL: migratorUrl };
}
