export { createExitFileChecker, type ExitFileTally, type RowResult } from './check.ts';
export { encodingNames } from './encoding.ts';
export { ExitFileError } from './error.ts';
export { type ExitFileReceiver, type ExitFileRow, type ExitFileSummary, readExitFile } from './read.ts';
export { createRepairedCopy, type RepairTotal } from './repair.ts';
