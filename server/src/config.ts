import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AlarmTimes } from '@yingdeng/rules/exchange/alarms.ts';
import { z } from 'zod';

/**
 * The only reader of the environment. Everything is read once, checked, and handed on as a plain object; a bad value
 * stops the start with the variable's name and the reason.
 */

const key = z.string().regex(/^[0-9a-f]{64}$/, 'needs 64 hexadecimal digits');
const keysSchema = z.object({
  data: z.record(z.string().regex(/^[0-9]{1,3}$/), key),
  current: z.number().int().min(1).max(255),
  lookup: key,
  audit: key,
});
const url = z.url({ protocol: /^https?$/ });
const fileEncoding = z
  .string()
  .toLowerCase()
  .refine(
    (name) => name === 'utf-8' || name === 'gb18030',
    'must be utf-8 or gb18030: GBK and the like have no room for many names',
  )
  .transform((name) => name as 'utf-8' | 'gb18030');
/** A stand-in of the platform or of civil affairs leaves a file of this name in the folder it serves. */
const STAND_IN_MARK = '.stand-in';

const schema = z.object({
  /** demo: synthetic people and stand-ins; production: neither is allowed. */
  YINGDENG_MODE: z.enum(['production', 'demo']).default('production'),
  YINGDENG_HOST: z.string().default('127.0.0.1'),
  YINGDENG_PORT: z.coerce.number().int().min(0).max(65535).default(8700),
  YINGDENG_PUBLIC_URL: url.default('http://localhost:8700'),
  YINGDENG_DATABASE_URL: z.string().min(1),
  YINGDENG_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(16),
  YINGDENG_KEYS: z.string().transform((text, context) => {
    try {
      return keysSchema.parse(JSON.parse(text));
    } catch (error) {
      context.addIssue({ code: 'custom', message: `is not the expected JSON: ${(error as Error).message}` });
      return z.NEVER;
    }
  }),
  YINGDENG_IDP_URL: url.optional(),
  YINGDENG_IDP_CLIENT_ID: z.string().default('yingdeng-portal'),
  YINGDENG_IDP_CLIENT_SECRET: z.string().default(''),
  YINGDENG_PLATFORM_URL: url.optional(),
  YINGDENG_PLATFORM_KEY: z.string().default(''),
  /** Folder of files exchanged with the platform, where there is no line to it; instead of the URL. */
  YINGDENG_PLATFORM_FILES: z.string().refine(isAbsolute, 'must be an absolute path').optional(),
  YINGDENG_PLATFORM_FILES_ENCODING: fileEncoding.default('utf-8'),
  /**
   * When silence of the exchange becomes an alarm. Times of the house, not of the law (M79-8a says daily, M79-7a at once): offices open
   * at eight, and an hour is many times what an answer takes.
   */
  YINGDENG_EXITS_DUE_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'needs HH:MM')
    .default('08:00'),
  YINGDENG_RECEIPT_MINUTES: z.coerce.number().int().min(1).max(1440).default(60),
  YINGDENG_MEND_HOURS: z.coerce.number().int().min(1).max(240).default(24),
  YINGDENG_DECISION_MINUTES: z.coerce.number().int().min(1).max(1440).default(30),
  YINGDENG_SMS_URL: url.optional(),
  YINGDENG_SMS_KEY: z.string().default(''),
  YINGDENG_INSURANCE_URL: url.optional(),
  /** Unemployment insurance benefit, and civil affairs: each where there is a line to it. */
  YINGDENG_BENEFIT_URL: url.optional(),
  YINGDENG_BENEFIT_KEY: z.string().default(''),
  YINGDENG_CIVIL_URL: url.optional(),
  YINGDENG_CIVIL_KEY: z.string().default(''),
  /** Folder of files exchanged every month with civil affairs (M79-5b), and from which day of the month; the notice names none. */
  YINGDENG_CIVIL_FILES: z.string().refine(isAbsolute, 'must be an absolute path').optional(),
  YINGDENG_CIVIL_FILES_ENCODING: fileEncoding.default('utf-8'),
  YINGDENG_CIVIL_FILES_DAY: z.coerce.number().int().min(1).max(28).default(1),
  /** Where a demonstration shows its one-time codes; told to the sign-in pages. */
  YINGDENG_DEMO_PAGE: url.optional(),
  /** Figures for Prometheus, on an address of their own; without a port there are none. */
  YINGDENG_METRICS_HOST: z.string().default('127.0.0.1'),
  YINGDENG_METRICS_PORT: z.coerce.number().int().min(0).max(65534).optional(),
  YINGDENG_METRICS_KEY: z.string().default(''),
  YINGDENG_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** Set to an instant to run the system as if it were then; refused in production. */
  YINGDENG_NOW: z.iso.datetime({ offset: true }).optional(),
});

/** The configuration of one process. */
export interface Config {
  readonly mode: 'production' | 'demo';
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  readonly databaseUrl: string;
  readonly poolSize: number;
  readonly keys: z.infer<typeof keysSchema>;
  readonly idp?: { url: string; clientId: string; clientSecret: string };
  readonly platform?: { url: string; key: string };
  /** the other way to the platform: folders of files; never both */
  readonly platformFiles?: { folder: string; encoding: 'utf-8' | 'gb18030' };
  readonly exchange: AlarmTimes;
  readonly sms?: { url: string; key: string };
  readonly insurance?: { url: string };
  readonly benefit?: { url: string; key: string };
  readonly civil?: { url: string; key: string };
  /** files for civil affairs, written from that day of each month on */
  readonly civilFiles?: { folder: string; encoding: 'utf-8' | 'gb18030'; day: number };
  readonly demoPage?: string;
  readonly metrics?: { host: string; port: number; key?: string };
  readonly logLevel: string;
  readonly now?: string;
}

/** Reads and checks the environment. @throws Error naming each bad variable. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const read = schema.safeParse(env);
  if (!read.success) {
    throw new Error(`configuration: ${read.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join('; ')}`);
  }
  const e = read.data;
  if (e.YINGDENG_PLATFORM_URL && e.YINGDENG_PLATFORM_FILES) {
    throw new Error(
      'configuration: YINGDENG_PLATFORM_URL or YINGDENG_PLATFORM_FILES, not both: records would travel twice',
    );
  }
  if (e.YINGDENG_CIVIL_FILES && e.YINGDENG_CIVIL_FILES === e.YINGDENG_PLATFORM_FILES) {
    throw new Error(
      'configuration: YINGDENG_CIVIL_FILES needs a folder of its own: the platform would be given those files',
    );
  }
  const outside = [
    e.YINGDENG_IDP_URL,
    e.YINGDENG_PLATFORM_URL,
    e.YINGDENG_SMS_URL,
    e.YINGDENG_INSURANCE_URL,
    e.YINGDENG_BENEFIT_URL,
    e.YINGDENG_CIVIL_URL,
  ];
  if (e.YINGDENG_MODE === 'production') {
    // Stand-ins live on the machine itself; the real systems never do.
    const local = outside.filter((u) => u && /^https?:\/\/(localhost|127\.|\[::1\])/.test(u));
    if (local.length > 0) throw new Error(`configuration: production refuses stand-ins: ${local.join(', ')}`);
    for (const folder of [e.YINGDENG_PLATFORM_FILES, e.YINGDENG_CIVIL_FILES])
      if (folder && existsSync(join(folder, STAND_IN_MARK)))
        throw new Error(`configuration: production refuses stand-ins: ${folder} is the folder of one`);
    if (e.YINGDENG_NOW) throw new Error('configuration: production refuses YINGDENG_NOW');
    if (!e.YINGDENG_PUBLIC_URL.startsWith('https://')) {
      throw new Error('configuration: YINGDENG_PUBLIC_URL must begin with https:// in production');
    }
  }
  const metrics = metricsOf(e);
  return {
    mode: e.YINGDENG_MODE,
    host: e.YINGDENG_HOST,
    port: e.YINGDENG_PORT,
    publicUrl: e.YINGDENG_PUBLIC_URL.replace(/\/$/, ''),
    databaseUrl: e.YINGDENG_DATABASE_URL,
    poolSize: e.YINGDENG_POOL_SIZE,
    keys: e.YINGDENG_KEYS,
    idp: e.YINGDENG_IDP_URL
      ? { url: e.YINGDENG_IDP_URL, clientId: e.YINGDENG_IDP_CLIENT_ID, clientSecret: e.YINGDENG_IDP_CLIENT_SECRET }
      : undefined,
    platform: e.YINGDENG_PLATFORM_URL ? { url: e.YINGDENG_PLATFORM_URL, key: e.YINGDENG_PLATFORM_KEY } : undefined,
    platformFiles: e.YINGDENG_PLATFORM_FILES
      ? { folder: e.YINGDENG_PLATFORM_FILES, encoding: e.YINGDENG_PLATFORM_FILES_ENCODING }
      : undefined,
    exchange: alarmTimes(e),
    sms: e.YINGDENG_SMS_URL ? { url: e.YINGDENG_SMS_URL, key: e.YINGDENG_SMS_KEY } : undefined,
    insurance: e.YINGDENG_INSURANCE_URL ? { url: e.YINGDENG_INSURANCE_URL } : undefined,
    benefit: e.YINGDENG_BENEFIT_URL ? { url: e.YINGDENG_BENEFIT_URL, key: e.YINGDENG_BENEFIT_KEY } : undefined,
    civil: e.YINGDENG_CIVIL_URL ? { url: e.YINGDENG_CIVIL_URL, key: e.YINGDENG_CIVIL_KEY } : undefined,
    civilFiles: e.YINGDENG_CIVIL_FILES
      ? {
          folder: e.YINGDENG_CIVIL_FILES,
          encoding: e.YINGDENG_CIVIL_FILES_ENCODING,
          day: e.YINGDENG_CIVIL_FILES_DAY,
        }
      : undefined,
    demoPage: e.YINGDENG_MODE === 'demo' ? e.YINGDENG_DEMO_PAGE : undefined,
    metrics,
    logLevel: e.YINGDENG_LOG_LEVEL,
    now: e.YINGDENG_NOW,
  };
}

/** Times after which silence of the exchange is an alarm; without anything said, those above. */
export function alarmTimes(e: Partial<z.infer<typeof schema>> = {}): AlarmTimes {
  const [hour = 8, minute = 0] = (e.YINGDENG_EXITS_DUE_AT ?? '08:00').split(':').map(Number);
  return {
    daySentBy: hour * 60 + minute,
    receiptMinutes: e.YINGDENG_RECEIPT_MINUTES ?? 60,
    mendHours: e.YINGDENG_MEND_HOURS ?? 24,
    decisionMinutes: e.YINGDENG_DECISION_MINUTES ?? 30,
  };
}

/** Figures leave the machine only for whoever has the key. */
function metricsOf(e: z.infer<typeof schema>): Config['metrics'] {
  const { YINGDENG_METRICS_HOST: host, YINGDENG_METRICS_PORT: port, YINGDENG_METRICS_KEY: key } = e;
  if (port === undefined) return undefined;
  if (key === '' && !/^(localhost|127\.|::1)/.test(host)) {
    throw new Error('configuration: YINGDENG_METRICS_KEY is needed where YINGDENG_METRICS_HOST is not loopback');
  }
  return { host, port, ...(key === '' ? {} : { key }) };
}

/**
 * The environment of a command at a shell: what the shell says, and for the rest what the system that `npm start` runs beside
 * it left in its data folder. Servers never read that file.
 */
export function commandEnvironment(outer: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  if (outer.YINGDENG_DATABASE_URL) return outer;
  const folder = resolve(fileURLToPath(new URL('../../', import.meta.url)), outer.YINGDENG_DATA_DIR || '.data');
  const file = join(folder, 'environment.json');
  if (!existsSync(file)) return outer;
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>), ...outer };
}

/** Where the loader of a synthetic city writes who may sign in to the demonstration. */
export function readDemoFile(env: NodeJS.ProcessEnv = commandEnvironment()): string {
  return env.YINGDENG_DEMO_FILE || '.data/demo.json';
}

/** Connection of the database's owner for `yingdeng migrate` and the loader; no server process is given it. */
export function readMigratorUrl(env: NodeJS.ProcessEnv = commandEnvironment()): string | undefined {
  return env.YINGDENG_MIGRATOR_URL || undefined;
}
