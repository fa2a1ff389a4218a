export {
  findMatter,
  forwardMatter,
  lockMatter,
  type MatterRow,
  markExitTold,
  markStopped,
  matterByNumber,
  matterHistory,
  mattersOf,
  moveMatters,
  setNextTry,
  setTodo,
  settleMatter,
  wakeByRegistration,
  wakeMatters,
} from './matter.sql.ts';
export { followMatters, matterSteps, moveMattersToCity, putWanted, wantedBy } from './put.ts';
export { movedTo, recordMatter } from './step.ts';
