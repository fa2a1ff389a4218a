export { worklistHandlers } from './routes.ts';
