import { resolve } from 'node:path';
import { divisionRange } from '@yingdeng/rules/access.ts';
import { isPlainDate } from '@yingdeng/rules/calendar.ts';
import { backLoads, runBackLoads, sinceOf, startBackLoad } from '../features/exchange/index.ts';
import { type Actor, systemActor } from '../platform/actor.ts';
import { businessDate } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import { DiskTrouble } from '../platform/put-file.ts';
import { type Command, type CommandOutput, UsageError } from './command.ts';
import { parseOptions, readEncoding } from './options.ts';
import { withContext } from './with-context.ts';

/** A line of progress at most this often. */
const EVERY_MS = 2_000;

type Progress = Awaited<ReturnType<typeof backLoads>>;

/** `yingdeng exchange backload`: registrations made since a day, or all valid ones, to the platform. */
export const command: Command = {
  name: 'exchange backload',
  summary: '向全国平台上传历史失业登记',
  help: [
    '用法：yingdeng exchange backload [--since 日期 | --valid] [--division 区划] [--resume]',
    '                                 [--to 文件夹 [--encoding utf-8|gb18030]] [--json]',
    '',
    '把某日以来办理的失业登记，或者全部有效的失业登记，分批上传全国平台，等到每批的回执为止，一边上传一边显示进度。',
    '可以随时中断（Ctrl-C、断电都可以）：再次执行就从中断的地方继续，平台已接收的不会重复上传。',
    '核对没有通过或被退回的，更正以后再执行一次，只上传更正过的。',
    '',
    '  --since 日期     上传这一天以来办理的登记；不写时按当地规定的日期（人社厅发〔2020〕79号为 2020-03-31）',
    '  --valid          上传全部有效的登记',
    '  --division 区划  只上传这个市或县（市、区）的',
    '  --resume         只继续没有完成的，不开始新的',
    '  --to 文件夹      不经专线，写成文件和摘要文件（格式见 docs/exchange-files.md），供人工送交；没有回执的再写一次',
    '  --encoding 编码  utf-8（默认）或 gb18030；以前写过的批次沿用当时的编码',
    '  --json           结束时输出一行JSON',
    '',
    '配置了 YINGDENG_PLATFORM_FILES 的，写进它的发件夹，写完即止；回执放回收件夹后自动处理。',
    '用 --to 写出的，回执带回后用 exchange import-receipts 读入。',
    '',
    '需要 YINGDENG_DATABASE_URL、YINGDENG_KEYS；经专线的还要 YINGDENG_PLATFORM_URL、YINGDENG_PLATFORM_KEY。',
    '退出码：0 全部接收，1 有核对没有通过、被退回或还没有回执的，2 无法执行或平台没有应答。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      since: { type: 'string' },
      valid: { type: 'boolean' },
      division: { type: 'string' },
      resume: { type: 'boolean' },
      to: { type: 'string' },
      encoding: { type: 'string' },
      json: { type: 'boolean' },
    });
    const { since, division } = values;
    if (positionals.length > 0) throw new UsageError(`不认识的参数：${positionals.join(' ')}`);
    if (since !== undefined && values.valid) throw new UsageError('--since 和 --valid 只能用一个');
    if (since !== undefined && !isPlainDate(since)) throw new UsageError('请用 --since 给出有效日期，如 2020-03-31');
    if (division !== undefined && !/^\d{6}$/.test(String(division))) throw new UsageError('--division 应为6位区划代码');
    const { to } = values;
    if (to === undefined && values.encoding !== undefined) throw new UsageError('--encoding 只和 --to 一起用');
    const encoding = readEncoding(String(values.encoding ?? 'utf-8'));
    return withContext(async (opened) => {
      const into = to === undefined ? undefined : resolve(String(to));
      // The records are made for files, also where a line is the rule.
      const context = into
        ? { ...opened, config: { ...opened.config, platformFiles: { folder: into, encoding } } }
        : opened;
      if (isPlainDate(since) && since > businessDate(context.clock.now())) throw new UsageError('--since 不能晚于今天');
      const actor: Actor = {
        ...systemActor('exchange-backload'),
        name: '命令行',
        ...(division ? divisionRange(String(division)) : {}),
      };
      const stopping = new AbortController();
      const stop = () => stopping.abort();
      process.once('SIGINT', stop);
      try {
        if (!values.resume) {
          const day = isPlainDate(since) ? since : sinceOf(context, division ? String(division) : '000000');
          await startBackLoad(context, actor, values.valid ? undefined : day);
        }
        const done = context.config.platformFiles ? '写出' : '上传';
        const begun = performance.now();
        let records = 0;
        let told = begun;
        await runBackLoads(context, {
          range: actor,
          signal: stopping.signal,
          ...(into ? { into } : {}),
          onBatch: (count) => {
            records += count;
            if (performance.now() - told < EVERY_MS || values.json) return;
            told = performance.now();
            io.out(`已${done}${records}条，每秒${Math.round(records / ((told - begun) / 1000))}条`);
          },
        });
        const progress = await backLoads(context, actor);
        const seconds = (performance.now() - begun) / 1000;
        return tell(io, progress, { done, records, seconds, json: values.json === true });
      } catch (error) {
        if (error instanceof AppError) io.err(error.message);
        else if (error instanceof DiskTrouble) io.err(error.reason);
        else io.err(`全国平台没有应答：${(error as Error).message}`);
        return 2;
      } finally {
        process.removeListener('SIGINT', stop);
      }
    });
  },
};

function tell(
  io: CommandOutput,
  progress: Progress,
  { done, records, seconds, json }: { done: string; records: number; seconds: number; json: boolean },
): 0 | 1 {
  const sum = (pick: (county: Progress['counties'][number]) => number) =>
    progress.counties.reduce((total, county) => total + pick(county), 0);
  const left = {
    underWay: sum(({ underWay }) => underWay),
    waiting: sum(({ waiting }) => waiting),
    blocked: sum(({ blocked }) => blocked),
    returned: sum(({ returned }) => returned),
  };
  const accepted = sum((county) => county.accepted);
  if (json) {
    io.out(JSON.stringify({ records, seconds, accepted, ...left, loads: progress.loads }));
  } else {
    const rate = seconds > 0 ? Math.round(records / seconds) : 0;
    io.out(`本次${done}${records}条，用时${seconds.toFixed(1)}秒${records > 0 ? `（每秒${rate}条）` : ''}`);
    io.out(
      `累计：平台接收${accepted}，等回执${left.underWay}，待上传${left.waiting}，核对没有通过${left.blocked}，退回${left.returned}`,
    );
  }
  const unfinished = progress.loads.some(({ state }) => state !== 'done');
  return unfinished || left.underWay + left.waiting + left.blocked + left.returned > 0 ? 1 : 0;
}
