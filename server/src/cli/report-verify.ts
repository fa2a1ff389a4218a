import { verifyReport } from '../features/statistics/index.ts';
import { AppError } from '../platform/errors.ts';
import { type Command, UsageError } from './command.ts';
import { parseOptions } from './options.ts';
import { withContext } from './with-context.ts';

const LISTED = 200;

/** `yingdeng report verify`: recomputes a sealed report from its lists and from the registers, and names what was changed. */
export const command: Command = {
  name: 'report verify',
  summary: '核验已封存的月报表',
  help: [
    '用法：yingdeng report verify --division 行政区划代码 --month 月份 [--seal-only] [--json]',
    '',
    '从两头核验已封存的月报表（省、市的连同所辖各地）：',
    '  一、由封存的名册重新计算摘要和全部数字；',
    '  二、由现在的登记记录重新截取名册，逐行比较。',
    '有改动的逐条列出登记编号和变动的项目。封存以后依法更正的（如更正出生日期）注明“封存后有更正记录”，不算不符。',
    '',
    '  --seal-only  只做第一步',
    '  --json       每份报表输出一行JSON',
    '',
    '退出码：0 相符，1 有不符，2 参数有误或没有已封存的报表。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      division: { type: 'string' },
      month: { type: 'string' },
      'seal-only': { type: 'boolean' },
      json: { type: 'boolean' },
    });
    if (positionals.length > 0) throw new UsageError(`不认识的参数：${positionals.join(' ')}`);
    const { division, month } = values;
    if (typeof division !== 'string' || !/^\d{6}$/.test(division))
      throw new UsageError('请用 --division 给出6位行政区划代码');
    if (typeof month !== 'string' || !/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
      throw new UsageError('请用 --month 给出月份，如 2020-09');
    return withContext(async (context) => {
      try {
        const reports = await verifyReport(context, { division, month }, { sealOnly: values['seal-only'] === true });
        let wrong = 0;
        for (const report of reports) {
          const faults = report.faults.filter(({ explained }) => !explained);
          wrong += faults.length;
          if (values.json) {
            io.out(JSON.stringify(report));
            continue;
          }
          const verdict = faults.length === 0 ? '相符' : `有${faults.length}处不符`;
          io.out(`${report.division} ${report.month} 第${report.revision}次：名册${report.persons}行，${verdict}`);
          io.out(`  封存摘要 ${report.digest}`);
          for (const { text, explained } of report.faults.slice(0, LISTED))
            io.out(`  ${explained ? '封存后有更正记录：' : '不符：'}${text}`);
          if (report.faults.length > LISTED) io.out(`  ……共${report.faults.length}处，用 --json 查看全部`);
        }
        return wrong > 0 ? 1 : 0;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        io.err(error.code === 'request.notFound' ? '没有已封存的报表。' : error.message);
        return 2;
      }
    });
  },
};
