import { resolve } from 'node:path';
import { isPlainDate } from '@yingdeng/rules/calendar.ts';
import { exportDay, showDay } from '../features/exchange/index.ts';
import { businessDate } from '../platform/clock.ts';
import { type Command, UsageError } from './command.ts';
import { parseOptions, readEncoding } from './options.ts';
import { withContext } from './with-context.ts';

/** `yingdeng exchange export`: a business date's exits as files, for somebody who carries them. */
export const command: Command = {
  name: 'exchange export',
  summary: '把某日的退出数据写成文件，供人工送交',
  help: [
    '用法：yingdeng exchange export --date 日期 --to 文件夹 [--encoding utf-8|gb18030] [--json]',
    '',
    '核对某一天经办的失业登记退出数据，把还没有回执的写成文件和摘要文件（格式见 docs/exchange-files.md）。',
    '可以重复执行：同一批数据总是写成同名同内容的文件，已有内容不同的同名文件不会被覆盖。',
    '文件无法传送的字符（自造字、损坏的字）只扣下那一条并列出，其他照常写出。',
    '',
    '  --date 日期      经办日期（北京时间），如 2026-11-21，不能晚于今天',
    '  --to 文件夹      写到哪里；不存在时新建，上一级必须存在',
    '  --encoding 编码  utf-8（默认）或 gb18030；以前写过的批次沿用当时的编码',
    '  --json           输出一行JSON：{"on","files","records","left","blocked"}；进度在标准错误输出',
    '',
    '退出码：0 全部写出，1 有没有写出或未通过核对的，2 无法执行。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      date: { type: 'string' },
      to: { type: 'string' },
      encoding: { type: 'string' },
      json: { type: 'boolean' },
    });
    const { date, to } = values;
    if (positionals.length > 0) throw new UsageError(`不认识的参数：${positionals.join(' ')}`);
    if (!isPlainDate(date)) throw new UsageError('请用 --date 给出有效日期，如 2026-11-21');
    if (typeof to !== 'string') throw new UsageError('请用 --to 给出文件夹');
    const encoding = readEncoding(String(values.encoding ?? 'utf-8'));
    return withContext(async (context) => {
      const today = businessDate(context.clock.now());
      if (date > today) throw new UsageError(`--date 不能晚于今天（${today}）`);
      const target = { folder: resolve(to), encoding };
      const { files, records, left } = await exportDay(context, date, target, ({ name, count }) =>
        io.err(`已写出 ${name}，${count}条`),
      );
      const { batches, toMend } = await showDay(context, date);
      const blocked = toMend.filter(({ state }) => state === 'blocked');
      if (values.json) {
        io.out(JSON.stringify({ on: date, files, records, left, blocked: blocked.length }));
      } else {
        io.out(`${date} 写出${files}个文件，共${records}条；未通过核对${blocked.length}条，没有写出${left}批`);
        for (const { division, serial, officeName, faults } of blocked) {
          io.out(`${division} ${serial}（${officeName}）：${faults.map(({ message }) => message).join('；')}`);
        }
        for (const { id, attempts, state } of batches) {
          const last = attempts.at(-1);
          if (state !== 'received' && last?.outcome === 'notWritten') io.err(`批次${id}${last.text}`);
        }
      }
      return left > 0 || blocked.length > 0 ? 1 : 0;
    });
  },
};
