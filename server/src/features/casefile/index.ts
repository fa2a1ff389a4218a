export { citedDays } from './basis.ts';
export { nearUntil } from './due.ts';
export { maskEmail } from './mask.ts';
export { type CaseFile, readCase, readCaseOfRegistration, readCaseWithKeys } from './read.ts';
export { recordStep } from './registration-history.ts';
export { casefileHandlers } from './routes.ts';
export { applicationText } from './words.ts';
export { lastChanceOpen, type WorkerCaseRow, workerStatus } from './worker-status.ts';
