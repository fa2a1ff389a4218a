export { sendDecisions } from './decisions/send.ts';
export { receivePlatformFiles } from './files/receive.ts';
export { fetchForwarded } from './forwarded/download.ts';
export { runNightlyExits } from './night.ts';
export { exchangeHandlers } from './routes.ts';
export { sendDay } from './send-now.ts';
export { type ShownBatch, showDay, showSerial } from './show.ts';
