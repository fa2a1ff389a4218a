import { Faults } from '../common/faults.ts';
import { createServer, listen, type StandIn } from '../common/server.ts';
import { shanghaiToday } from '../common/time.ts';
import { FileFaults } from './file-faults.ts';
import { registerFilePages } from './file-pages.ts';
import { PlatformFiles } from './files.ts';
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
  /** the folder of an office that exchanges files instead of having a line */
  files?: string | undefined;
  /** milliseconds between two looks into that folder; 0: only when asked to */
  filesEveryMs?: number;
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
  registerPages(server, { holdings, faults, now, home: options.home, files: options.files !== undefined });
  const fileFaults = new FileFaults();
  const files =
    options.files === undefined
      ? undefined
      : await PlatformFiles.open({
          folder: options.files,
          dataDir: options.dataDir,
          holdings,
          faults: fileFaults,
          today,
          rejectAll: () => faults.settings.rejectAll,
          everyMs: options.filesEveryMs ?? 1000,
        });
  if (files) registerFilePages(server, files, fileFaults);
  server.addHook('onClose', async () => {
    await files?.close();
    await holdings.close();
  });
  return listen(server, options.port);
}
