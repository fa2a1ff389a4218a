export { checkExitBatch, withRepeatedKey } from './batch.ts';
export { carriageFaults, isCarried, uncarried } from './carriage.ts';
export { checkExitRecord, exitRecordChecks } from './check.ts';
export { gb18030Length } from './gb18030.ts';
export { type ExitRepair, repairExitRecord } from './repair.ts';
export {
  createRepeatFinder,
  exitRecordContent,
  exitRecordKey,
  type RepeatFinder,
  repeatedKey,
} from './repeats.ts';
export {
  type ExitFacts,
  type ExitField,
  type ExitFinding,
  type ExitRecord,
  type ExitRecordCheck,
  type ExitRecordResult,
  exitFields,
} from './types.ts';
