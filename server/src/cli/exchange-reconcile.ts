import { isPlainDate } from '@yingdeng/rules/calendar.ts';
import { reconcile } from '../features/exchange/index.ts';
import { businessDate } from '../platform/clock.ts';
import { type Command, UsageError } from './command.ts';
import { parseOptions } from './options.ts';
import { withContext } from './with-context.ts';

/** `yingdeng exchange reconcile`: compares a day, or the ten days up to yesterday, with the platform now. */
export const command: Command = {
  name: 'exchange reconcile',
  summary: '与全国平台对账',
  help: [
    '用法：yingdeng exchange reconcile [--date 日期] [--json]',
    '',
    '立即对账：本地退出、已上报的、平台保存的，三方逐县逐日比较摘要，不同的再逐条比较。平时由系统每晚进行。',
    '不给出日期时，对昨天及以前共十天。可以重复执行；差异逐条记入列表，再次对账一致的自动消除。',
    '用文件与平台交换时，没有平台的查询接口，只核对本地。',
    '',
    '  --date  只对这一天，如 2026-11-21',
    '  --json  输出一行JSON：{"days","equal","differing","notAnswered","differences"}，前四项以县（市、区）乘日计',
    '',
    '退出码：0 没有差异，1 有差异，2 日期有误，或者平台没有应答。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, { date: { type: 'string' }, json: { type: 'boolean' } });
    if (positionals.length > 0) throw new UsageError(`不认识的参数：${positionals.join(' ')}`);
    const { date } = values;
    if (date !== undefined && !isPlainDate(date)) throw new UsageError(`日期有误：${date}`);
    return withContext(async (context) => {
      if (date !== undefined && date > businessDate(context.clock.now())) {
        io.err('日期：不能晚于今天。');
        return 2;
      }
      const result = await reconcile(context, date === undefined ? {} : { from: date, to: date });
      const { days, equal, differing, notAnswered, differences } = result;
      if (values.json) io.out(JSON.stringify(result));
      else {
        const unasked = context.config.platform ? '平台没有应答' : '只核对本地';
        const rest = notAnswered > 0 ? `，${unasked}${notAnswered}` : '';
        io.out(`对账${days}个县日：一致${equal}，有差异${differing}${rest}；差异${differences}条`);
      }
      if (differences > 0) return 1;
      return notAnswered > 0 && context.config.platform ? 2 : 0;
    });
  },
};
