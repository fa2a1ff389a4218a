export { nearUntil } from './due.ts';
export { maskEmail } from './mask.ts';
export { type CaseFile, readCase, readCaseOfRegistration } from './read.ts';
export { casefileHandlers } from './routes.ts';
export { applicationText } from './words.ts';
