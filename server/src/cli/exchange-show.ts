import { isPlainDate } from '@yingdeng/rules/calendar.ts';
import { type ShownBatch, showDay, showSerial } from '../features/exchange/index.ts';
import { type Command, type CommandOutput, type ExitCode, UsageError } from './command.ts';
import { parseOptions } from './options.ts';
import { withContext } from './with-context.ts';

const stateText: Readonly<Record<string, string>> = {
  waiting: '待上传',
  blocked: '未通过核对',
  sent: '已上传，等待回执',
  accepted: '平台已接收',
  returned: '平台退回',
  built: '待上传',
  received: '已有回执',
};
const attemptText: Readonly<Record<string, string>> = {
  sending: '上传',
  received: '收到回执',
  receiptFound: '查到回执',
  silent: '没有应答',
  refused: '整批被拒',
  written: '写成文件',
  notWritten: '没有写出',
  damaged: '文件在途中损坏，重新写出',
};

function batchLines(batch: ShownBatch): string[] {
  return [
    `批次 ${batch.id}：${batch.count}条，${stateText[batch.state] ?? batch.state}${batch.receipt ? `，回执 ${batch.receipt}（${batch.receiptAt}）` : ''}`,
    `  SM3 ${batch.digest}`,
    ...batch.attempts.map(
      ({ at, outcome, detail }) => `  ${at} ${attemptText[outcome] ?? outcome} ${JSON.stringify(detail)}`,
    ),
  ];
}

function printDay(shown: Awaited<ReturnType<typeof showDay>>, io: CommandOutput): void {
  const { day, batches, toMend, differences } = shown;
  io.out(
    `${day.date} 退出${day.exits}条：待上传${day.waiting}，未通过核对${day.blocked}，等待回执${day.sent}，接收${day.accepted}，退回${day.returned}；` +
      `${day.balanced ? '账平' : '账不平'}，${day.reported ? '各县（市、区）均已上报' : '尚有县（市、区）未上报'}`,
  );
  if (differences === undefined) io.out('平台没有应答，未与平台核对');
  for (const { tenant, ours, platform } of differences ?? [])
    io.out(`与平台不一致：${tenant}，本系统接收${ours}，平台${platform}`);
  for (const batch of batches) for (const line of batchLines(batch)) io.out(line);
  for (const item of toMend) {
    io.out(`${item.division} ${item.serial} ${stateText[item.state] ?? item.state}（${item.officeName}）：`);
    for (const fault of item.faults) io.out(`  ${fault.message}（${fault.check}）`);
  }
}

/** `yingdeng exchange show`: the evidence of a record or of a day. */
export const command: Command = {
  name: 'exchange show',
  summary: '查看与全国平台交换的批次',
  help: [
    '用法：yingdeng exchange show 流水号|日期 [--json]',
    '',
    '按系统流水号（AAZ341）查看一条退出数据的上传情况：内容摘要（SM3）、状态、错误、批次、回执和每次尝试；',
    '或按经办日期查看当天的数量、批次、需要更正的数据，以及与平台的差异。不显示姓名和证件号码。',
    '',
    '  --json  输出JSON',
    '',
    '退出码：0 正常，1 有需要处理的（退回、未通过核对、没有回执、账不平），2 没有找到或无法执行。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
    const [what] = positionals;
    if (what === undefined || positionals.length > 1) throw new UsageError('请给出一个流水号或日期');
    return withContext(async (context): Promise<ExitCode> => {
      if (isPlainDate(what)) {
        const shown = await showDay(context, what);
        if (values.json) io.out(JSON.stringify(shown));
        else printDay(shown, io);
        const { day, differences } = shown;
        const open = day.blocked + day.returned + day.sent + day.waiting + (differences?.length ?? 0);
        return open > 0 || !day.balanced ? 1 : 0;
      }
      const records = await showSerial(context, what);
      if (records.length === 0) {
        io.err(`没有流水号为 ${what} 的上传记录`);
        return 2;
      }
      for (const record of records) {
        if (values.json) io.out(JSON.stringify(record));
        else {
          io.out(
            `${record.division} ${record.serial}（${record.officeName}）：${stateText[record.state] ?? record.state}`,
          );
          io.out(`经办日期 ${record.businessDate}，注销原因：${record.reasonText}，SM3 ${record.digest}`);
          for (const fault of record.faults) io.out(`  ${fault.message}（${fault.check}）`);
          if (record.batch) for (const line of batchLines(record.batch)) io.out(line);
        }
      }
      return records.every(({ state }) => state === 'accepted') ? 0 : 1;
    });
  },
};
