import { readConfig } from './config.ts';
import { createContext } from './context.ts';
import { startSchedule } from './schedule.ts';

// The worker: timed jobs and outboxes. One is enough; two do no harm, since every job holds its date in the database.
const config = readConfig();
const context = await createContext(config);
const schedule = await startSchedule(context);
context.log.info('working');
process.send?.('ready');

let closing = false;
async function close(): Promise<void> {
  if (closing) return;
  closing = true;
  await schedule.stop();
  await context.close();
  process.exit(0);
}
process.on('SIGINT', close);
process.on('SIGTERM', close);
process.on('disconnect', close);
