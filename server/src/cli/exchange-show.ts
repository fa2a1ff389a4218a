import { isPlainDate } from '@yingdeng/rules/calendar.ts';
import {
  type BatchShown,
  proveRecord,
  type ShownBatch,
  showBatch,
  showDay,
  showDifferences,
  showSerial,
} from '../features/exchange/index.ts';
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

function printBatch(shown: BatchShown, json: boolean, io: CommandOutput): ExitCode {
  const { batch, proof, records } = shown;
  if (json) io.out(JSON.stringify(shown));
  else {
    io.out(
      `批次 ${batch.id}（${batch.divisionName}，${batch.date}）：${batch.count}条，${stateText[batch.state] ?? batch.state}`,
    );
    io.out(`SM3 ${batch.digest}`);
    io.out(proof.message);
    if (batch.receipt) io.out(`回执 ${batch.receipt}（${batch.receiptAt}）`);
    for (const { at, text } of batch.attempts) io.out(`  ${at} ${text}`);
    for (const { serial, state } of records) io.out(`${serial} ${stateText[state] ?? state}`);
  }
  return proof.same && batch.receipt ? 0 : 1;
}

/** `yingdeng exchange show`: the evidence of a record, a batch or a day. */
export const command: Command = {
  name: 'exchange show',
  summary: '查看与全国平台交换的批次',
  help: [
    '用法：yingdeng exchange show 流水号|批次号|日期 [--json]',
    '',
    '按系统流水号（AAZ341）查看一条退出数据的上传情况：内容摘要（SM3）、状态、错误、所经批次、回执和每次尝试；',
    '按批次号查看一个批次；两者都重新计算摘要，说明保存的是否仍是上报的内容。',
    '按经办日期查看当天的数量、批次、需要更正的数据，以及最近一次对账的差异。不显示姓名和证件号码。',
    '',
    '  --json  输出JSON',
    '',
    '退出码：0 正常，1 有需要处理的（退回、未通过核对、没有回执、账不平、有差异、摘要不符），2 没有找到或无法执行。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
    const [what] = positionals;
    if (what === undefined || positionals.length > 1) throw new UsageError('请给出一个流水号、批次号或日期');
    return withContext(async (context): Promise<ExitCode> => {
      if (isPlainDate(what)) {
        const shown = await showDay(context, what);
        const open = await showDifferences(context, what);
        if (values.json) io.out(JSON.stringify({ ...shown, open }));
        else {
          printDay(shown, io);
          for (const { title, division, serial, proposal } of open) {
            io.out(`差异：${title}（${division}${serial ? ` ${serial}` : ''}）。${proposal}`);
          }
        }
        const { day, differences } = shown;
        const left = day.blocked + day.returned + day.sent + day.waiting + (differences?.length ?? 0) + open.length;
        return left > 0 || !day.balanced ? 1 : 0;
      }
      const records = await showSerial(context, what);
      const batch = records.length === 0 ? await showBatch(context, what) : undefined;
      if (batch) return printBatch(batch, values.json === true, io);
      if (records.length === 0) {
        io.err(`没有流水号或批次号为 ${what} 的上传记录`);
        return 2;
      }
      let same = true;
      for (const record of records) {
        const proof = await proveRecord(context, record.exitId);
        same &&= proof.same;
        if (values.json) io.out(JSON.stringify({ ...record, proof }));
        else {
          io.out(
            `${record.division} ${record.serial}（${record.officeName}）：${stateText[record.state] ?? record.state}`,
          );
          io.out(`经办日期 ${record.businessDate}，注销原因：${record.reasonText}，SM3 ${record.digest}`);
          for (const fault of record.faults) io.out(`  ${fault.message}（${fault.check}）`);
          io.out(proof.message);
          for (const one of [...(record.batch ? [record.batch] : []), ...record.earlierBatches]) {
            for (const line of batchLines(one)) io.out(line);
          }
        }
      }
      return same && records.every(({ state }) => state === 'accepted') ? 0 : 1;
    });
  },
};
