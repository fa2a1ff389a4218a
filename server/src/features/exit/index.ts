export { answerExit, type GivenAnswer } from './answer.ts';
export { type GivenExit, proposeExit, type ReportedExit, reportExit } from './propose.ts';
export { exitHandlers } from './routes.ts';
