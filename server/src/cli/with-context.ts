import { commandEnvironment, readConfig } from '../config.ts';
import { type Context, createContext } from '../context.ts';

/** A command does one thing; every connection costs the database a process and its plans. */
const CONNECTIONS = 4;

/** Runs a command that needs the database. The log is off: what a command has to say goes to its own output. */
export async function withContext<T>(work: (context: Context) => Promise<T>): Promise<T> {
  const context = await createContext({
    ...readConfig(commandEnvironment()),
    poolSize: CONNECTIONS,
    logLevel: 'silent',
  });
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}
