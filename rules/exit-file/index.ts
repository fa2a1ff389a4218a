export { createExitFileChecker, type ExitFileTally, type RowFinding, type RowResult } from './check.ts';
export { encodingNames, type TextEncoding } from './encoding.ts';
export { ExitFileError, type ExitFileProblem } from './error.ts';
export type { ExitFileHeader } from './header.ts';
export { exitFileChecks } from './notes.ts';
export { type ExitFileReceiver, type ExitFileRow, type ExitFileSummary, readExitFile } from './read.ts';
export { createRepairedCopy, type RepairTotal } from './repair.ts';
