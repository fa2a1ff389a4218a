import { startBenefit } from './benefit/main.ts';
import type { StandIn } from './common/server.ts';
import { type Config, readConfig, readDemo } from './config.ts';
import { startHub } from './hub/main.ts';
import { startIdp } from './idp/main.ts';
import { startInsurance } from './insurance/main.ts';
import { startPlatform } from './platform/main.ts';
import { startSms } from './sms/main.ts';

/** Every stand-in in one process, for the demonstration. Addresses by name; `close` ends all. */
export async function startStandIns(config: Config): Promise<{ urls: Record<string, string>; close(): Promise<void> }> {
  const { ports, dataDir, key, publicUrl, clientSecret, now } = config;
  const home = `http://localhost:${ports.hub}`;
  const demo = () => readDemo(config.demoFile);
  const workers = () => demo().workers;
  const unremarkable = () => workers().map((worker) => worker.idNumber);
  const started: StandIn[] = [];
  const close = async (): Promise<void> => {
    await Promise.allSettled(started.map((standIn) => standIn.close()));
  };
  const start = async (running: Promise<StandIn>): Promise<string> => {
    const standIn = await running;
    started.push(standIn);
    return standIn.url;
  };
  try {
    const platform = await start(
      startPlatform({ port: ports.platform, dataDir, key, now, home, files: config.platformFiles }),
    );
    const idp = await start(startIdp({ port: ports.idp, publicUrl, clientSecret, workers, home }));
    const sms = await start(startSms({ port: ports.sms, dataDir, key, home }));
    const insurance = await start(startInsurance({ port: ports.insurance, dataDir, unremarkable, home }));
    const { civilFiles } = config;
    const benefit = await start(
      startBenefit({
        port: ports.benefit,
        dataDir,
        key,
        now,
        decidesAfter: 60,
        civilFiles,
        home,
        inHand: demo().referrals ?? [],
      }),
    );
    const others = { platform, idp, sms, insurance, benefit };
    const hub = await start(startHub({ port: ports.hub, publicUrl, demo, now, urls: others }));
    return { urls: { hub, ...others }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts everything, tells whoever started us, and ends with them. */
async function main(): Promise<void> {
  const { urls, close } = await startStandIns(readConfig());
  for (const [name, url] of Object.entries(urls)) console.log(`stand-in ${name}: ${url}`);
  process.send?.({ type: 'ready', urls });
  const end = (): void => {
    close().finally(() => process.exit(0));
    setTimeout(() => process.exit(0), 2000).unref();
  };
  process.on('disconnect', end);
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    console.error(`stand-ins cannot start: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  });
}
