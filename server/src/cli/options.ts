import { parseArgs } from 'node:util';
import { UsageError } from './command.ts';

type Option = { type: 'boolean' | 'string' };

/** What was typed: switches, values, and the rest in order. */
export interface ParsedOptions {
  values: Readonly<Record<string, string | boolean | undefined>>;
  positionals: readonly string[];
}

/** Reads options strictly; an unknown one is a UsageError in Chinese. */
export function parseOptions(args: string[], options: Readonly<Record<string, Option>>): ParsedOptions {
  try {
    const { values, positionals } = parseArgs({ args, options: { ...options }, allowPositionals: true });
    return { values: values as ParsedOptions['values'], positionals };
  } catch (error) {
    const known = Object.keys(options).map((name) => `--${name}`);
    throw new UsageError(`参数不正确。可用的选项：${known.join('、') || '无'}`, { cause: error });
  }
}
