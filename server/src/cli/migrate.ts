import { readMigratorUrl } from '../config.ts';
import { migrate } from '../platform/migrate.ts';
import { type Command, UsageError } from './command.ts';
import { parseOptions } from './options.ts';

/** `yingdeng migrate`: brings the schema up to date. */
export const command: Command = {
  name: 'migrate',
  summary: '更新数据库结构',
  help: [
    '用法：yingdeng migrate [--url 连接] [--json]',
    '',
    '把数据库结构更新到本版本。只向前更新，每个文件一个事务，可以重复执行；已执行过的文件被改动时拒绝执行。',
    '',
    '  --url 连接  数据库所有者的连接（能建角色的账号）；默认取 YINGDENG_MIGRATOR_URL',
    '  --json      输出一行JSON：{"applied":[文件名…]}',
    '',
    '退出码：0 正常，2 无法执行。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, { url: { type: 'string' }, json: { type: 'boolean' } });
    if (positionals.length > 0) throw new UsageError(`不认识的参数：${positionals.join(' ')}`);
    const url = typeof values.url === 'string' ? values.url : readMigratorUrl();
    if (!url) throw new UsageError('请用 --url 或环境变量 YINGDENG_MIGRATOR_URL 给出数据库所有者的连接');
    const applied: string[] = [];
    await migrate({
      url,
      log: (line) => {
        const name = line.replace(/^applied /, '');
        applied.push(name);
        if (!values.json) io.out(`已执行 ${name}`);
      },
    });
    if (values.json) io.out(JSON.stringify({ applied }));
    else io.out(applied.length === 0 ? '数据库结构已是最新。' : `共执行${applied.length}个文件。`);
    return 0;
  },
};
