import { addDays, isPlainDate } from '@yingdeng/rules/calendar.ts';
import { uploadStatistics } from '../features/exchange/index.ts';
import { systemActor } from '../platform/actor.ts';
import { businessDate } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import { type Command, UsageError } from './command.ts';
import { parseOptions } from './options.ts';
import { withContext } from './with-context.ts';

/** Days asked for when nobody says which. */
const DAYS = 10;

/** `yingdeng exchange statistics`: what the platform says it has, beside ours. */
export const command: Command = {
  name: 'exchange statistics',
  summary: '查询全国平台收到的数量，与本系统对照',
  help: [
    '用法：yingdeng exchange statistics [--from 日期] [--to 日期] [--json]',
    '',
    '向全国平台查询每天收到的退出、审核结果、失业登记各多少条，与本系统有回执的数量对照，不同的标出。',
    '不写日期时查最近10天。退出和登记按上报的业务日期计，审核结果按办结日期计。',
    '',
    '  --json  输出一行JSON',
    '',
    '需要 YINGDENG_DATABASE_URL、YINGDENG_KEYS、YINGDENG_PLATFORM_URL、YINGDENG_PLATFORM_KEY。',
    '退出码：0 一致，1 有不同的，2 没有配置平台或平台没有应答。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      from: { type: 'string' },
      to: { type: 'string' },
      json: { type: 'boolean' },
    });
    if (positionals.length > 0) throw new UsageError(`不认识的参数：${positionals.join(' ')}`);
    for (const name of ['from', 'to'] as const) {
      if (values[name] !== undefined && !isPlainDate(values[name]))
        throw new UsageError(`--${name} 应为日期，如 2026-11-21`);
    }
    return withContext(async (context) => {
      const to = isPlainDate(values.to) ? values.to : businessDate(context.clock.now());
      const from = isPlainDate(values.from) ? values.from : addDays(to, 1 - DAYS);
      try {
        const found = await uploadStatistics(context, systemActor('exchange-statistics'), from, to);
        if (values.json) io.out(JSON.stringify(found));
        else {
          for (const { date, exits, decisions, registrations } of found.days) {
            const text = ({ ours, platform, differs }: typeof exits) =>
              `${ours}/${platform ?? '—'}${differs ? '（不同）' : ''}`;
            io.out(`${date}  退出${text(exits)}  审核结果${text(decisions)}  失业登记${text(registrations)}`);
          }
          io.out('（本系统/平台）');
        }
        if (!found.answered) {
          io.err('全国平台没有应答');
          return 2;
        }
        const { totals } = found;
        const same = found.days.every(
          (day) => !day.exits.differs && !day.decisions.differs && !day.registrations.differs,
        );
        return same && !totals.exits.differs ? 0 : 1;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        io.err(error.message);
        return 2;
      }
    });
  },
};
