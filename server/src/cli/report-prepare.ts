import { prepareReports } from '../features/statistics/index.ts';
import { type Command, UsageError } from './command.ts';
import { parseOptions } from './options.ts';
import { withContext } from './with-context.ts';

/** `yingdeng report prepare`: the reports of the month that is over, wherever none has been counted yet, now and not in the next night. */
export const command: Command = {
  name: 'report prepare',
  summary: '截取并计算上一期月报表',
  help: [
    '用法：yingdeng report prepare [--json]',
    '',
    '为还没有上一期月报表的各地截取名册、计算报表，先县后市、省。平时由系统在期末后自动进行，没有完成的可以用它补做。',
    '已经算好、审核、批准、封存的不再动；可以重复执行，也可以随时中断后再执行。',
    '',
    '  --json  输出一行JSON：{"made","failed","seconds"}',
    '',
    '需要 YINGDENG_DATABASE_URL、YINGDENG_KEYS。退出码：0 全部完成，1 有的地方没有完成，2 无法执行。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
    if (positionals.length > 0) throw new UsageError(`不认识的参数：${positionals.join(' ')}`);
    return withContext(async (context) => {
      const from = performance.now();
      const { made, failed } = await prepareReports(context, context.clock.now(), new AbortController().signal);
      const seconds = Math.round(performance.now() - from) / 1000;
      if (values.json) io.out(JSON.stringify({ made, failed, seconds }));
      else {
        io.out(`完成${made}份，用时${seconds}秒。`);
        if (failed.length > 0) io.out(`没有完成：${failed.join('、')}`);
      }
      return failed.length > 0 ? 1 : 0;
    });
  },
};
