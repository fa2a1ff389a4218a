import { parseArgs } from 'node:util';
import type { TextEncoding } from '../platform/text-encoding.ts';
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

/** The encoding of files that are written. @throws UsageError for others, which lose characters */
export function readEncoding(text: string): TextEncoding {
  const encoding = text.toLowerCase();
  if (encoding === 'utf-8' || encoding === 'gb18030') return encoding;
  throw new UsageError(`--encoding 只能是 utf-8 或 gb18030：GBK 等编码没有“𠮷”“㐀”这样的字，会变成问号`);
}
