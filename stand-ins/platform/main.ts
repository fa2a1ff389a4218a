import { Faults } from '../common/faults.ts';
import { createServer, listen, type StandIn } from '../common/server.ts';
import { shanghaiToday } from '../common/time.ts';
import { Holdings } from './holdings.ts';
import { registerInterfaces } from './interfaces.ts';
import { registerPages } from './pages.ts';

interface PlatformOptions {
  /** 0 takes a free port */
  port: number;
  /** folder of the kept store (`platform.jsonl`) */
  dataDir: string;
  /** the shared key callers show as `authorization: Bearer <key>` */
  key: string;
  /** fixes the platform's current date, `YYYYMMDD` or `YYYY-MM-DD`; the clock's day in Shanghai by default */
  today?: string;
  /** the clock; the machine's own by default */
  now?: () => Date;
  /** address of the hub page, linked from the top */
  home?: string;
}

/** Starts the stand-in of the national platform. */
export async function startPlatform(options: PlatformOptions): Promise<StandIn> {
  const holdings = await Holdings.open(options.dataDir);
  const faults = new Faults();
  const fixed = options.today?.replaceAll('-', '');
  const now = options.now ?? (() => new Date());
  const today = (): string => fixed ?? shanghaiToday(now());
  const server = createServer();
  registerInterfaces(server, { holdings, faults, today, key: options.key });
  registerPages(server, { holdings, faults, now, home: options.home });
  server.addHook('onClose', () => holdings.close());
  return listen(server, options.port);
}
