import { readFileSync } from 'node:fs';

/** A member of staff of the demonstration, as `YINGDENG_DEMO_FILE` lists them. */
export interface DemoStaff {
  name: string;
  username: string;
  password: string;
  /** base32, for the current one-time code on the hub page */
  totpSecret: string;
  role: string;
  roleText: string;
  office: string;
}

/** A worker of the demonstration, offered for choosing on the identity provider's page. */
export interface DemoWorker {
  name: string;
  idNumber: string;
  sex: string;
  phone: string;
}

/** A referral the synthetic city says civil affairs has in hand; `key`: the part it came under. */
export interface DemoReferral {
  key: string;
  number: string;
  name: string;
  idNumber: string;
  division: string;
  registration: string;
  at: string;
}

export interface Demo {
  staff: DemoStaff[];
  workers: DemoWorker[];
  referrals?: DemoReferral[];
}

export interface Config {
  ports: { hub: number; platform: number; idp: number; sms: number; insurance: number; benefit: number };
  dataDir: string;
  demoFile: string | undefined;
  publicUrl: string;
  clientSecret: string;
  key: string;
  /** folder of the exchange by files, when the demonstration has no line to the platform */
  platformFiles: string | undefined;
  /** folder of the monthly files for civil affairs */
  civilFiles: string | undefined;
  /** the clock, shifted as the system's own is when `YINGDENG_NOW` names an instant to rehearse */
  now: () => Date;
}

/** Reads the environment; throws an Error naming the variable when a value cannot be. Production has no stand-ins. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  if (env.YINGDENG_MODE === 'production') throw new Error('YINGDENG_MODE is production, which has no stand-ins');
  return {
    ports: {
      hub: port(env, 'STANDINS_HUB_PORT', 8710),
      platform: port(env, 'STANDINS_PLATFORM_PORT', 8711),
      idp: port(env, 'STANDINS_IDP_PORT', 8712),
      sms: port(env, 'STANDINS_SMS_PORT', 8713),
      insurance: port(env, 'STANDINS_INSURANCE_PORT', 8714),
      benefit: port(env, 'STANDINS_BENEFIT_PORT', 8715),
    },
    dataDir: env.STANDINS_DATA_DIR || '.data/stand-ins',
    demoFile: env.YINGDENG_DEMO_FILE || undefined,
    publicUrl: (env.YINGDENG_PUBLIC_URL || 'http://localhost:8700').replace(/\/+$/, ''),
    clientSecret: env.YINGDENG_OIDC_CLIENT_SECRET || 'demo-portal-secret',
    platformFiles: env.YINGDENG_PLATFORM_FILES || undefined,
    civilFiles: env.YINGDENG_CIVIL_FILES || undefined,
    key: env.YINGDENG_PLATFORM_KEY || 'demo-platform-key',
    now: clock(env.YINGDENG_NOW),
  };
}

function clock(start: string | undefined): () => Date {
  if (!start) return () => new Date();
  const shift = new Date(start).getTime() - Date.now();
  if (Number.isNaN(shift)) throw new Error(`YINGDENG_NOW must be a date and time, not ${start}`);
  return () => new Date(Date.now() + shift);
}

function port(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new Error(`${name} must be a port, not ${text}`);
  return value;
}

/** Invented workers with lawful numbers, for when no demo file is given. */
const DEFAULT_WORKERS: DemoWorker[] = [
  { name: '沈禾苗', idNumber: '410802199003074528', sex: '2', phone: '15400000101' },
  { name: '康如松', idNumber: '410811198511230015', sex: '1', phone: '15400000102' },
];

/**
 * The people of the demonstration, read anew each time because the file may be written after the stand-ins start.
 * A missing or unreadable file gives the built-in workers and no staff.
 */
export function readDemo(demoFile: string | undefined): Demo {
  if (demoFile) {
    try {
      const file = JSON.parse(readFileSync(demoFile, 'utf8')) as Partial<Demo>;
      return { staff: file.staff ?? [], workers: file.workers ?? [] };
    } catch {
      return { staff: [], workers: DEFAULT_WORKERS };
    }
  }
  return { staff: [], workers: DEFAULT_WORKERS };
}
