import { type Logger, pino } from 'pino';

/** The structured log. Nothing personal is ever logged: pass ids, codes and counts. */
export type Log = Logger;

/** A logger that drops request bodies, queries and cookies even when somebody passes a whole request. */
export function createLog(level: string): Log {
  return pino({
    level,
    base: undefined,
    redact: {
      paths: ['req.headers', 'req.body', 'req.query', 'body', 'query', 'params', '*.idNumber', '*.mobile', '*.name'],
      remove: true,
    },
  });
}
