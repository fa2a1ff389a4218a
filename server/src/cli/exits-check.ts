import { divisionSet, statisticsOnly } from '@yingdeng/contract/divisions.ts';
import { isPlainDate, type PlainDate } from '@yingdeng/rules/calendar.ts';
import {
  checkExitRecord,
  type ExitFacts,
  type ExitRecordResult,
  repairExitRecord,
  withRepeatedKey,
} from '@yingdeng/rules/exit-record/index.ts';
import { businessDate } from '../platform/clock.ts';
import { ExitFileError, type ExitFileRow, type ExitFileSummary, readExitFile } from '../platform/exit-file.ts';
import { createCompactRepeatFinder } from '../platform/exit-repeats.ts';
import type { TextEncoding } from '../platform/text-encoding.ts';
import { type Command, type CommandOutput, type ExitCode, UsageError } from './command.ts';
import { createRepairedCopy } from './exits-repair.ts';
import { parseOptions } from './options.ts';

/** A finding of a file: of a record, or of a row that is no record. */
interface RowFinding {
  check: string;
  field: string;
  message: string;
}

interface RowResult {
  faults: readonly RowFinding[];
  warnings: readonly RowFinding[];
}

const wrongWidth: RowResult = {
  faults: [{ check: 'ROW-columns', field: '', message: '这一行的列数与表头不同' }],
  warnings: [],
};

/** So many faulty rows are listed for a person; `--json` has all. */
const LISTED = 200;

/** Checks row after row, remembering the keys it has seen. */
function createRowChecker(today: PlainDate): (row: ExitFileRow) => RowResult {
  const repeats = createCompactRepeatFinder();
  // One object for all rows: only the sex changes.
  const facts: ExitFacts = { today, sex: undefined, divisions: divisionSet, statisticsOnly };
  return ({ record, sex }) => {
    if (record === undefined) return wrongWidth;
    facts.sex = sex;
    const result: ExitRecordResult = checkExitRecord(record, facts);
    return repeats.add(record) === 'other' ? withRepeatedKey(result) : result;
  };
}

/** What is told of a whole file. */
class Tally {
  faulty = 0;
  warned = 0;
  repairable = 0;
  readonly checks = new Map<string, { count: number; message: string; fault: boolean }>();

  add({ record }: ExitFileRow, { faults, warnings }: RowResult): void {
    if (faults.length > 0) this.faulty++;
    else if (warnings.length > 0) this.warned++;
    if (faults.length + warnings.length === 0) return;
    if (record !== undefined && repairExitRecord(record).changes.length > 0) this.repairable++;
    for (const finding of faults) this.count(finding, true);
    for (const finding of warnings) this.count(finding, false);
  }

  private count({ check, message }: RowFinding, fault: boolean): void {
    const known = this.checks.get(check);
    if (known) known.count++;
    else this.checks.set(check, { count: 1, message, fault });
  }
}

function summary({ rows, encoding, ignoredColumns }: ExitFileSummary, tally: Tally): string[] {
  const name = encoding === 'utf-8' ? 'UTF-8' : 'GB18030';
  const lines = [`共${rows}行（${name}），有错误${tally.faulty}行，只有提示${tally.warned}行`];
  if (ignoredColumns.length > 0) lines.push(`未使用的列：${ignoredColumns.join('、')}`);
  const counted = [...tally.checks].sort(([, a], [, b]) => Number(b.fault) - Number(a.fault) || b.count - a.count);
  for (const [check, { count, message, fault }] of counted) {
    lines.push(`  ${fault ? '错误' : '提示'} ${check} ${count}处：${message}`);
  }
  if (tally.repairable > 0) {
    lines.push(`其中${tally.repairable}行可以安全地自动更正（首尾空格、全角数字、小写x、间隔点）`);
  }
  return lines;
}

async function check(
  path: string,
  options: { json: boolean; today: PlainDate; encoding: TextEncoding | undefined; repaired: string | undefined },
  io: CommandOutput,
): Promise<ExitCode> {
  const checkRow = createRowChecker(options.today);
  const tally = new Tally();
  const copy = options.repaired === undefined ? undefined : createRepairedCopy(options.repaired);
  const read = await readExitFile(
    path,
    (row) => {
      const result = checkRow(row);
      copy?.add(row);
      if (options.json) {
        const { faults, warnings } = result;
        io.out(JSON.stringify({ row: row.row, faults, warnings }));
        if (faults.length > 0) tally.faulty++;
        return;
      }
      tally.add(row, result);
      if (result.faults.length > 0 && tally.faulty <= LISTED) {
        io.out(`第${row.row}行：${result.faults.map((fault) => `${fault.message}（${fault.check}）`).join('；')}`);
      }
    },
    { encoding: options.encoding, onHeader: copy?.begin },
  );
  const repairs = copy?.end();
  if (repairs !== undefined) io.err(`已写出更正后的文件 ${options.repaired}：更正${repairs}处`);
  if (!options.json) {
    if (tally.faulty > LISTED) io.out(`…… 另有${tally.faulty - LISTED}行有错误，用 --json 查看全部`);
    for (const line of summary(read, tally)) io.out(line);
  }
  return tally.faulty > 0 ? 1 : 0;
}

/** `yingdeng exits check FILE.csv`: the whole annex over a file, without the system. */
export const command: Command = {
  name: 'exits check',
  summary: '核对失业登记退出数据文件',
  help: [
    '用法：yingdeng exits check 文件.csv [--json] [--today 日期] [--encoding 编码] [--repaired 新文件]',
    '',
    '按人社厅发〔2020〕79号附件核对失业登记退出数据，不需要系统在运行，文件不会被改动。',
    '文件：CSV，第一行是指标编码（AAB301、AAZ341……，顺序不限），可另有AAC004（性别，用于与号码核对）；',
    '编码为UTF-8或GB18030，自动识别。区划代码加流水号重复而内容不同的，后一行为错误。',
    '',
    '  --json             每行数据输出一行JSON：{"row":1,"faults":[{"check","field","message"}],"warnings":[…]}',
    '  --today 日期       以这一天为“今天”，格式 2020-08-31；默认为北京时间的今天',
    '  --encoding 编码    utf-8 或 gb18030，不自动识别',
    '  --repaired 新文件  另写一份做过安全更正的文件（首尾空格、全角数字、小写x、间隔点），编码不变',
    '',
    '退出码：0 没有错误，1 有错误，2 文件无法使用。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      json: { type: 'boolean' },
      today: { type: 'string' },
      encoding: { type: 'string' },
      repaired: { type: 'string' },
    });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) throw new UsageError('请给出一个文件');
    const today = values.today ?? businessDate(new Date());
    if (!isPlainDate(today)) throw new UsageError('--today 应为有效日期，如 2020-08-31');
    const encoding = values.encoding;
    if (encoding !== undefined && encoding !== 'utf-8' && encoding !== 'gb18030') {
      throw new UsageError('--encoding 只能是 utf-8 或 gb18030');
    }
    try {
      const repaired = typeof values.repaired === 'string' ? values.repaired : undefined;
      return await check(path, { json: values.json === true, today, encoding, repaired }, io);
    } catch (error) {
      if (!(error instanceof ExitFileError)) throw error;
      io.err(`${path}：${error.message}`);
      return 2;
    }
  },
};
