export { answerExit } from './answer.ts';
export { proposeExit } from './propose.ts';
export { reportExit } from './report.ts';
export { exitHandlers } from './routes.ts';
