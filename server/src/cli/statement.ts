import { readdir } from 'node:fs/promises';
import { statements } from '../platform/sql.ts';
import { type Command, UsageError } from './command.ts';
import { parseOptions } from './options.ts';

/** `yingdeng statement NAME`: the text of a statement, whose name is all that logs and pg_prepared_statements show of it. */
export const command: Command = {
  name: 'statement',
  summary: '显示一条数据库语句的全文，供分析执行计划',
  help: [
    '用法：yingdeng statement 名称',
    '',
    '数据库日志和 pg_prepared_statements 里只有语句的名称，如 served.linkSince。本命令给出它的全文，可以接着用 EXPLAIN 分析。',
    '不连接数据库，没有个人信息。',
    '',
    '退出码：0 完成，2 没有这条语句。',
  ].join('\n'),
  async run(args, io) {
    const { positionals } = parseOptions(args, {});
    const [name] = positionals;
    if (name === undefined || positionals.length > 1) throw new UsageError('请给出一条语句的名称，如 served.linkSince');
    const features = new URL('../', import.meta.url);
    for (const file of await readdir(features, { recursive: true }))
      if (file.endsWith('.sql.ts')) await import(new URL(file, features).href);
    const statement = statements.get(name);
    if (!statement) throw new UsageError(`没有名为“${name}”的语句`);
    io.out(statement.text);
    return 0;
  },
};
