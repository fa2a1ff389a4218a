// yingdeng due: the day a number of working days ends on, and how it is counted.
import { parseArgs } from 'node:util';
import { CalendarNotMaintained, explainWorkingDays, isPlainDate, shippedCalendar } from '@yingdeng/rules/calendar.ts';
import type { Command } from './command.ts';

const help = `用法：yingdeng due 日期 --working-days 天数 [--json]

从某日起若干个工作日届满的日期。起算日当天不算；按国务院办公厅公布的放假和调休安排计算。

  --working-days  工作日数（不小于 0 的整数）
  --json          输出 {from, workingDays, due, days}，days 为逐日说明
  --help          显示本说明

例：yingdeng due 2020-09-28 --working-days 3   →  2020-10-09

退出码：0 正常，2 输入无法使用（包括日历未维护的年份）`;

/** A count nobody sets by law, so that a slip of the finger does not walk through the whole calendar. */
const mostWorkingDays = 10_000;

export const command: Command = {
  name: 'due',
  summary: '若干个工作日后的日期',
  help,
  async run(args, io) {
    const refuse = (why: string): 2 => {
      io.err(why);
      io.err('用 yingdeng due --help 查看用法');
      return 2;
    };
    let parsed: { values: { 'working-days'?: string; json?: boolean; help?: boolean }; positionals: string[] };
    try {
      parsed = parseArgs({
        args,
        allowPositionals: true,
        options: {
          'working-days': { type: 'string' },
          json: { type: 'boolean' },
          help: { type: 'boolean', short: 'h' },
        },
      });
    } catch (error) {
      return refuse(`无法识别的参数：${(error as Error).message}`);
    }
    const { values, positionals } = parsed;
    if (values.help) {
      io.out(help);
      return 0;
    }
    const [from, ...rest] = positionals;
    if (!isPlainDate(from) || rest.length > 0) return refuse('应写一个有效日期（YYYY-MM-DD）');
    const text = values['working-days'];
    if (text === undefined || !/^\d+$/.test(text) || Number(text) > mostWorkingDays) {
      return refuse('--working-days 应为不小于 0 的整数');
    }
    const workingDays = Number(text);
    try {
      const days = explainWorkingDays(from, workingDays, shippedCalendar);
      const due = days.at(-1)?.date ?? from;
      io.out(values.json ? JSON.stringify({ from, workingDays, due, days }) : due);
      return 0;
    } catch (error) {
      if (error instanceof CalendarNotMaintained) return refuse(error.message);
      throw error;
    }
  },
};
