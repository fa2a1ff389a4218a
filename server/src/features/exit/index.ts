export { answerExit } from './answer.ts';
export { reportExit } from './report.ts';
export { exitHandlers } from './routes.ts';
