import { type CommandOutput, type ExitCode, UsageError } from './command.ts';
import { findCommand, overallHelp } from './commands.ts';

/** Runs what was typed after `yingdeng` and returns the exit code; never throws. */
export async function runCli(args: readonly string[], io: CommandOutput): Promise<ExitCode> {
  const [first] = args;
  if (first === '--help' || first === '-h' || first === 'help') {
    io.out(overallHelp());
    return 0;
  }
  const found = findCommand(args);
  if (!found) {
    io.err(first === undefined ? overallHelp() : `没有这个命令：${args.slice(0, 2).join(' ')}\n\n${overallHelp()}`);
    return 2;
  }
  try {
    const { command } = await found.entry.load();
    if (found.rest.includes('--help') || found.rest.includes('-h')) {
      io.out(command.help);
      return 0;
    }
    return await command.run(found.rest, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${error.message}\n用 yingdeng ${found.entry.name} --help 查看说明。`);
    } else {
      io.err(`无法执行：${error instanceof Error ? error.message : String(error)}`);
    }
    return 2;
  }
}
