import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { createContext } from './context.ts';
import { seedLists } from './features/public/index.ts';
import { measureSystem } from './measures.ts';
import { serveMetrics } from './platform/metrics-server.ts';

// One web process: any number of them may run beside each other.
const config = readConfig();
const context = await createContext(config);
await seedLists(context.db, context.clock.now());
measureSystem(context);
const figures = config.metrics && (await serveMetrics(context.metrics, config.metrics));
const app = await createApp(context);
const address = await app.listen({ host: config.host, port: config.port });
context.log.info({ address, metrics: figures?.url }, 'serving');
process.send?.('ready');

let closing = false;
async function close(): Promise<void> {
  if (closing) return;
  closing = true;
  await app.close();
  await figures?.close();
  await context.close();
  process.exit(0);
}
process.on('SIGINT', close);
process.on('SIGTERM', close);
// The supervisor is gone: nobody would stop this process any more.
process.on('disconnect', close);
