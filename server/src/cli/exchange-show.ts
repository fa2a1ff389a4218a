import { isPlainDate } from '@yingdeng/rules/calendar.ts';
import {
  batchStateText,
  decisionStateText,
  deliveryStateText,
  recordStateText,
} from '@yingdeng/rules/exchange/states.ts';
import {
  type BatchShown,
  proveRecord,
  showApplication,
  showBatch,
  showDay,
  showDifferences,
  showSerial,
} from '../features/exchange/index.ts';
import { type Command, type CommandOutput, type ExitCode, UsageError } from './command.ts';
import { parseOptions } from './options.ts';
import { withContext } from './with-context.ts';

const stateText: Readonly<Record<string, string>> = { ...recordStateText, ...batchStateText, ...decisionStateText };
type Batch = BatchShown['batch'];

function batchLines(batch: Batch): string[] {
  const receipt = batch.receipt ? `，回执 ${batch.receipt}（${batch.receiptAt}）` : '';
  return [
    `批次 ${batch.id}（${batch.divisionName}，${batch.date}）：${batch.count}条，${stateText[batch.state] ?? batch.state}${receipt}`,
    `  SM3 ${batch.digest}`,
    ...batch.attempts.map(({ at, text }) => `  ${at} ${text}`),
  ];
}

const comparedText = {
  equal: '三方一致',
  differs: '有差异',
  notAnswered: '平台没有应答，未与平台核对',
  ownOnly: '没有平台的查询接口，只核对了本地',
} as const;

function printDay(shown: Awaited<ReturnType<typeof showDay>>, io: CommandOutput): void {
  const { day, batches, toMend, compared } = shown;
  io.out(
    `${day.date} 退出${day.exits}条：待上传${day.waiting}，有误${day.blocked}，等回执${day.sent}，接收${day.accepted}，退回${day.returned}；` +
      `${day.balanced ? '账平' : '账不平'}，${day.reported ? '各县（市、区）均已上报' : '尚有县（市、区）未上报'}`,
  );
  if (compared) {
    const theirs = compared.platform === undefined ? '' : `本地接收${compared.accepted}，平台${compared.platform}，`;
    io.out(`${compared.at} 对账：${theirs}${comparedText[compared.outcome]}`);
  } else io.out('还没有对账');
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
    for (const line of batchLines(batch)) io.out(line);
    io.out(proof.message);
    for (const { serial, state } of records) io.out(`${serial} ${stateText[state] ?? state}`);
  }
  return proof.same && batch.receipt ? 0 : 1;
}

type Application = Awaited<ReturnType<typeof showApplication>>;

function printApplication({ decisions, forwarded }: Application, io: CommandOutput): void {
  for (const { revision, submittedAt, receivedAt, state, digest, faults } of forwarded?.deliveries ?? []) {
    io.out(`平台转来，第${revision}版：${submittedAt} 提交，${receivedAt} 收到，${deliveryStateText[state]}`);
    io.out(`  SM3 ${digest}`);
    for (const fault of faults) io.out(`  ${fault}`);
  }
  if (forwarded) io.out(forwarded.proof.message);
  for (const { outcome, state, sentAt, digest, receipt, faults, attempts, proof } of decisions) {
    const sent = sentAt ? `，${sentAt} 上传` : '';
    io.out(`审核结果 ${outcome}：${stateText[state] ?? state}${sent}${receipt ? `，回执 ${receipt}` : ''}`);
    if (digest) io.out(`  SM3 ${digest}`);
    for (const fault of faults) io.out(`  ${fault.message}（${fault.check}）`);
    for (const { at, text } of attempts) io.out(`  ${at} ${text}`);
    if (proof) io.out(proof.message);
  }
}

/** All that was sent is accepted, nothing waits for a person, and everything kept is what it was. */
function applicationIsFine({ decisions, forwarded }: Application): boolean {
  const settled = decisions.every(
    ({ state, proof }) => (state === 'accepted' || state === 'superseded') && proof?.same === true,
  );
  return settled && (!forwarded || (forwarded.proof.same && forwarded.deliveries[0]?.state !== 'faulty'));
}

/** `yingdeng exchange show`: the evidence of a record, a batch or a day. */
export const command: Command = {
  name: 'exchange show',
  summary: '查看与全国平台交换的凭据',
  help: [
    '用法：yingdeng exchange show 流水号|批次号|受理编号|平台编号|日期 [--json]',
    '',
    '按系统流水号（AAZ341）查看一条退出数据的上传情况：内容摘要（SM3）、状态、错误、所经批次、回执和每次尝试；',
    '按批次号查看一个批次；按受理编号或平台编号查看平台转来的申请和审核结果的上传；',
    '都重新计算摘要，说明保存的是否仍是上报或收到的内容。',
    '按经办日期查看当天的数量、批次、需要更正的数据，以及最近一次对账的差异。不显示姓名和证件号码。',
    '',
    '  --json  输出JSON',
    '',
    '退出码：0 正常，1 有需要处理的（退回、有误、没有回执、账不平、有差异、摘要不符），2 没有找到或无法执行。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
    const [what] = positionals;
    if (what === undefined || positionals.length > 1)
      throw new UsageError('请给出一个流水号、批次号、受理编号、平台编号或日期');
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
        const { day } = shown;
        const left = day.blocked + day.returned + day.sent + day.waiting + open.length;
        return left > 0 || !day.balanced ? 1 : 0;
      }
      const records = await showSerial(context, what);
      const batch = records.length === 0 ? await showBatch(context, what) : undefined;
      if (batch) return printBatch(batch, values.json === true, io);
      const application = records.length === 0 ? await showApplication(context, what) : undefined;
      if (application && (application.forwarded || application.decisions.length > 0)) {
        if (values.json) io.out(JSON.stringify(application));
        else printApplication(application, io);
        return applicationIsFine(application) ? 0 : 1;
      }
      if (records.length === 0) {
        io.err(`没有流水号、批次号、受理编号或平台编号为 ${what} 的上传记录`);
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
