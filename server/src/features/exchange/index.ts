export { alarmFigures, exitFigures } from './alarm/figures.ts';
export { backLoads, sinceOf } from './backload/progress.ts';
export { backLoadHandlers } from './backload/routes.ts';
export { continueBackLoads, runBackLoads, startBackLoad } from './backload/run.ts';
export { exchangeCivilFiles } from './civil/exchange.ts';
export { civilHandlers } from './civil/routes.ts';
export { sendDecisions } from './decisions/send.ts';
export {
  type BatchShown,
  proveRecord,
  showApplication,
  showBatch,
  showDifferences,
} from './evidence/show.ts';
export { exchangePlatformFiles } from './files/exchange.ts';
export { exportDay } from './files/export.ts';
export { importReceipts } from './files/import.ts';
export { fetchForwarded } from './forwarded/download.ts';
export { inboundHandlers } from './inbound-routes.ts';
export { sendMended } from './mending/send.ts';
export { runNightlyExits } from './night.ts';
export { reconcile } from './reconcile/reconcile.ts';
export { exchangeHandlers } from './routes.ts';
export { sendDay } from './send-now.ts';
export { showDay, showSerial } from './show.ts';
export { uploadStatistics } from './statistics.ts';
