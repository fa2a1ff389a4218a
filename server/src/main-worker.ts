import { readConfig } from './config.ts';
import { createContext } from './context.ts';
import { measureSystem } from './measures.ts';
import { serveMetrics } from './platform/metrics-server.ts';
import { startSchedule } from './schedule.ts';

// The worker: timed jobs and outboxes. One is enough; two do no harm, since every job holds its date in the database.
const config = readConfig();
const context = await createContext(config);
measureSystem(context);
// Beside a web process of the same machine and environment: the next port.
const { metrics } = config;
const figures =
  metrics && (await serveMetrics(context.metrics, { ...metrics, port: metrics.port && metrics.port + 1 }));
const schedule = await startSchedule(context);
context.log.info({ metrics: figures?.url }, 'working');
process.send?.('ready');

let closing = false;
async function close(): Promise<void> {
  if (closing) return;
  closing = true;
  await schedule.stop();
  await figures?.close();
  await context.close();
  process.exit(0);
}
process.on('SIGINT', close);
process.on('SIGTERM', close);
process.on('disconnect', close);
