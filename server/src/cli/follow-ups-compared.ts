import { readFile } from 'node:fs/promises';
import { divisionExists } from '@yingdeng/contract/divisions.ts';
import { isPlainDate } from '@yingdeng/rules/calendar.ts';
import { type Source, sources } from '@yingdeng/rules/verification.ts';
import { recordComparison } from '../features/followup/index.ts';
import { listRange } from '../features/worklist/index.ts';
import { systemActor } from '../platform/actor.ts';
import { AppError } from '../platform/errors.ts';
import { type Command, UsageError } from './command.ts';
import { parseOptions } from './options.ts';
import { withContext } from './with-context.ts';

/** `yingdeng follow-ups compared`: a comparison's "no change" for everybody of a division. */
export const command: Command = {
  name: 'follow-ups compared',
  summary: '把信息比对“没有变化”记为某地本月的跟踪',
  help: [
    '用法：yingdeng follow-ups compared --division 区划代码 --source 来源 --as-of 日期 [--except 文件] [--json]',
    '',
    '与其他部门的数据比对后，把没有变化的人记为当月已跟踪（方式：信息比对）。比对发现有变化的人不计入，由工作人员联系。',
    '可以重复执行，也可以随时中断后再执行：同一次比对每人只计一次。',
    '',
    '  --division 代码  区划代码，如 410800、410802',
    `  --source 来源    ${(Object.keys(sources) as Source[]).map((name) => `${name}（${sources[name]}）`).join('、')}`,
    '  --as-of 日期     数据日期，本月或上个月的',
    '  --except 文件    有变化的登记编号，每行一个',
    '  --json           输出一行JSON：{"month","covered"}',
    '',
    '需要 YINGDENG_DATABASE_URL、YINGDENG_KEYS。退出码：0 完成，2 无法执行。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      division: { type: 'string' },
      source: { type: 'string' },
      'as-of': { type: 'string' },
      except: { type: 'string' },
      json: { type: 'boolean' },
    });
    if (positionals.length > 0) throw new UsageError(`不认识的参数：${positionals.join(' ')}`);
    const { division, source, 'as-of': asOf, except: file } = values as Partial<Record<string, string>>;
    if (!division || !divisionExists(division)) throw new UsageError('请用 --division 给出六位区划代码，如 410802');
    if (!source || !Object.hasOwn(sources, source)) throw new UsageError('请用 --source 给出比对来源，见 --help');
    if (!isPlainDate(asOf)) throw new UsageError('请用 --as-of 给出有效日期，如 2026-11-21');
    const except = file ? (await readFile(file, 'utf8')).split(/\s+/).filter(Boolean) : [];
    return withContext(async (context) => {
      const actor = systemActor('comparison');
      try {
        const range = listRange(actor, division, 'contact.record');
        const { month, covered } = await recordComparison(context, actor, range, {
          source: source as Source,
          asOf,
          except,
        });
        io.out(values.json ? JSON.stringify({ month, covered }) : `${month} 已计入${covered}人`);
        return 0;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        io.err(error.message);
        return 2;
      }
    });
  },
};
