import { commandEnvironment, readConfig } from '../config.ts';
import { type Context, createContext } from '../context.ts';

/** Runs a command that needs the database. The log is off: what a command has to say goes to its own output. */
export async function withContext<T>(work: (context: Context) => Promise<T>): Promise<T> {
  const context = await createContext({ ...readConfig(commandEnvironment()), logLevel: 'silent' });
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}
