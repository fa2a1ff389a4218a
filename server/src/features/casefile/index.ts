export { type DueState, nearUntil, openDue, stateOfDue } from './due.ts';
export { type CaseFile, readCase, readCaseOfRegistration } from './read.ts';
export { casefileHandlers } from './routes.ts';
