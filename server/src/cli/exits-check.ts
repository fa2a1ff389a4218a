import { divisionSet, statisticsOnly } from '@yingdeng/contract/divisions.ts';
import { isPlainDate, type PlainDate } from '@yingdeng/rules/calendar.ts';
import {
  createExitFileChecker,
  type ExitFileTally,
  encodingNames,
  type RowResult,
} from '@yingdeng/rules/exit-file/index.ts';
import { businessDate } from '../platform/clock.ts';
import { ExitFileError, type ExitFileSummary, readExitFile } from '../platform/exit-file.ts';
import type { TextEncoding } from '../platform/text-encoding.ts';
import { type Command, type CommandOutput, type ExitCode, UsageError } from './command.ts';
import { createRepairedFiles } from './exits-repair.ts';
import { type ParsedOptions, parseOptions } from './options.ts';

/** So many faulty rows are listed for a person; `--json` has all. */
const LISTED = 200;

const headings: Readonly<Record<ExitFileSummary['header']['kind'], string>> = {
  codes: '表头为指标编码',
  names: '表头为指标名称',
  none: '没有表头，按附件的顺序',
};

function summary({ rows, encoding, header }: ExitFileSummary, tally: ExitFileTally): string[] {
  const form = `${encodingNames[encoding]}，${header.delimiter === ',' ? '逗号' : '制表符'}分隔，${headings[header.kind]}`;
  const lines = [`共${rows}行（${form}），有错误${tally.faulty}行，只有提示${tally.warned}行`];
  if (header.ignored.length > 0) lines.push(`未使用的列：${header.ignored.join('、')}`);
  const counted = [...tally.checks].sort(([, a], [, b]) => Number(b.fault) - Number(a.fault) || b.count - a.count);
  for (const [check, { count, message, fault }] of counted) {
    lines.push(`  ${fault ? '错误' : '提示'} ${check} ${count}处：${message}`);
  }
  if (tally.repairable > 0) {
    lines.push(
      `其中${tally.repairable}行可以安全地自动更正（空格、全角数字、小写x、间隔点、日期写法）：--repair 新文件`,
    );
  }
  return lines;
}

interface CheckOptions {
  json: boolean;
  today: PlainDate;
  encoding: TextEncoding | undefined;
  repair: string | undefined;
  changes: string | undefined;
  as: TextEncoding | undefined;
}

function asLine(row: number, { faults, warnings }: RowResult): string {
  // Nearly all rows are clean, and building their text by hand is several times as fast.
  if (faults.length + warnings.length === 0) return `{"row":${row},"faults":[],"warnings":[]}`;
  return JSON.stringify({ row, faults, warnings });
}

async function check(path: string, options: CheckOptions, io: CommandOutput): Promise<ExitCode> {
  const { repair, changes, as } = options;
  const checker = createExitFileChecker({ today: options.today, divisions: divisionSet, statisticsOnly });
  const copy = repair === undefined ? undefined : createRepairedFiles(repair, changes, as);
  const { tally } = checker;
  let read: ExitFileSummary;
  try {
    read = await readExitFile(
      path,
      (row) => {
        const result = checker.check(row);
        copy?.row(row);
        if (options.json) io.out(asLine(row.row, result));
        else if (result.faults.length > 0 && tally.faulty <= LISTED) {
          io.out(`第${row.row}行：${result.faults.map((fault) => `${fault.message}（${fault.check}）`).join('；')}`);
        }
      },
      { encoding: options.encoding, ...(copy && { onHeader: copy.header }) },
    );
  } catch (error) {
    copy?.abandon();
    throw error;
  }
  const repaired = copy?.end();
  if (repaired !== undefined) {
    io.err(`已写出更正后的文件 ${repair}：更正${repaired.changes}处，涉及${repaired.rows}行`);
    if (changes !== undefined) io.err(`改了什么见 ${changes}`);
  }
  if (!options.json) {
    if (tally.faulty > LISTED) io.out(`…… 另有${tally.faulty - LISTED}行有错误，用 --json 查看全部`);
    for (const line of summary(read, tally)) io.out(line);
  }
  return tally.faulty > 0 ? 1 : 0;
}

function encodingOption(values: ParsedOptions['values'], name: string): TextEncoding | undefined {
  const given = values[name];
  if (given !== undefined && given !== 'utf-8' && given !== 'gb18030') {
    throw new UsageError(`--${name} 只能是 utf-8 或 gb18030`);
  }
  return given;
}

function textOption(values: ParsedOptions['values'], name: string): string | undefined {
  const given = values[name];
  return typeof given === 'string' ? given : undefined;
}

function readOptions(values: ParsedOptions['values']): CheckOptions {
  const today = values.today ?? businessDate(new Date());
  if (!isPlainDate(today)) throw new UsageError('--today 应为有效日期，如 2020-08-31');
  const as = textOption(values, 'as');
  if (as !== undefined && as !== 'utf-8') throw new UsageError('--as 只能是 utf-8；不写则与原文件相同');
  const repair = textOption(values, 'repair');
  const changes = textOption(values, 'changes');
  if (repair === undefined && (changes !== undefined || as !== undefined)) {
    throw new UsageError('--changes 和 --as 与 --repair 一起使用');
  }
  return { json: values.json === true, today, encoding: encodingOption(values, 'encoding'), repair, changes, as };
}

/** `yingdeng exits check FILE.csv`: the whole annex over a file, without the system. */
export const command: Command = {
  name: 'exits check',
  summary: '核对失业登记退出数据文件',
  help: [
    '用法：yingdeng exits check 文件.csv [--json] [--today 日期] [--encoding 编码] [--repair 新文件 [--changes 清单]]',
    '',
    '按人社厅发〔2020〕79号附件核对失业登记退出数据，不需要系统在运行，文件不会被改动。',
    '文件：以逗号或制表符分隔，值可以加引号；第一行是指标编码（AAB301、AAZ341……）或指标名称，顺序不限，可另有AAC004',
    '（性别，用于与号码核对）；没有表头的，各列按附件的顺序。编码为UTF-8或GB18030（包括GBK），自动识别。',
    '区划代码加流水号重复而内容不同的，后一行为错误。',
    '',
    '  --json             每行数据输出一行JSON：{"row":1,"faults":[{"check","field","message"}],"warnings":[…]}',
    '  --today 日期       以这一天为“今天”，格式 2020-08-31；默认为北京时间的今天',
    '  --encoding 编码    utf-8 或 gb18030，不自动识别',
    '  --repair 新文件    另写一份做过安全更正的文件：首尾空格、全角数字、小写x、间隔点、日期写法；编码与原文件相同',
    '  --changes 清单     把每处更正（行、指标、改前、改后）写成CSV',
    '  --as utf-8         更正后的文件改用UTF-8',
    '',
    '退出码：0 没有错误，1 有错误，2 文件无法使用。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      json: { type: 'boolean' },
      today: { type: 'string' },
      encoding: { type: 'string' },
      repair: { type: 'string' },
      changes: { type: 'string' },
      as: { type: 'string' },
    });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) throw new UsageError('请给出一个文件');
    const options = readOptions(values);
    try {
      return await check(path, options, io);
    } catch (error) {
      if (!(error instanceof ExitFileError)) throw error;
      io.err(`${path}：${error.message}`);
      return 2;
    }
  },
};
