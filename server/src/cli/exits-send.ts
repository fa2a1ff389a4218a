import { isPlainDate } from '@yingdeng/rules/calendar.ts';
import { sendDay } from '../features/exchange/index.ts';
import { systemActor } from '../platform/actor.ts';
import { businessDate } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import { type Command, UsageError } from './command.ts';
import { parseOptions } from './options.ts';
import { withContext } from './with-context.ts';

/** `yingdeng exits send`: a business date's exits to the platform now. */
export const command: Command = {
  name: 'exits send',
  summary: '上传某日的失业登记退出数据',
  help: [
    '用法：yingdeng exits send --date 日期 [--json]',
    '',
    '核对并上传某一天经办的失业登记退出数据，等到全国平台的回执为止。可以重复执行，也可以随时中断后再执行：',
    '每条数据只会被平台接收一次。当天没有退出的县（市、区）在当天结束后上报“无数据”。平时由系统每晚自动上传。',
    '',
    '  --date 日期  经办日期（北京时间），如 2026-11-21，不能晚于今天',
    '  --json       输出一行JSON：{"on","exits","accepted","returned","blocked","waiting","receipts"}',
    '',
    '需要 YINGDENG_DATABASE_URL、YINGDENG_KEYS、YINGDENG_PLATFORM_URL、YINGDENG_PLATFORM_KEY。',
    '退出码：0 全部接收，1 有被退回、未通过核对或还没有回执的，2 无法执行。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, { date: { type: 'string' }, json: { type: 'boolean' } });
    const { date } = values;
    if (positionals.length > 0) throw new UsageError(`不认识的参数：${positionals.join(' ')}`);
    if (!isPlainDate(date)) throw new UsageError('请用 --date 给出有效日期，如 2026-11-21');
    return withContext(async (context) => {
      const today = businessDate(context.clock.now());
      if (date > today) throw new UsageError(`--date 不能晚于今天（${today}）`);
      try {
        const sent = await sendDay(context, systemActor('exits-send'), date);
        if (values.json) io.out(JSON.stringify(sent));
        else {
          io.out(
            `${date} 退出${sent.exits}条：平台接收${sent.accepted}，退回${sent.returned}，未通过核对${sent.blocked}，待上传${sent.waiting}`,
          );
          io.out(sent.receipts.length > 0 ? `回执：${sent.receipts.join('、')}` : '没有回执');
        }
        return sent.returned + sent.blocked + sent.waiting > 0 ? 1 : 0;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        io.err(error.message);
        return 2;
      }
    });
  },
};
