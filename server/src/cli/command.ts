/** Where a command writes; the program prints it, a test collects it. */
export interface CommandOutput {
  out(line: string): void;
  err(line: string): void;
}

/** 0 fine, 1 found faults, 2 unusable (wrong arguments, unreadable file, nothing could be done). */
export type ExitCode = 0 | 1 | 2;

/** One command of `yingdeng`. Exported as `command` by its file, loaded only when it is called. */
export interface Command {
  /** as typed: 'exits check' */
  name: string;
  /** one line in Chinese */
  summary: string;
  /** the whole help text in Chinese: usage, options, exit codes */
  help: string;
  run(args: string[], io: CommandOutput): Promise<ExitCode>;
}

/** Arguments that make no sense; the program prints the message with the help's first line and ends with 2. */
export class UsageError extends Error {}
