import { exchangePlatformFiles, fetchForwarded } from '../features/exchange/index.ts';
import { DiskTrouble } from '../platform/put-file.ts';
import { type Command, UsageError } from './command.ts';
import { parseOptions } from './options.ts';
import { withContext } from './with-context.ts';

/** `yingdeng exchange fetch`: downloads forwarded applications now. */
export const command: Command = {
  name: 'exchange fetch',
  summary: '从全国平台接收转办的申请',
  help: [
    '用法：yingdeng exchange fetch [--json]',
    '',
    '立即接收劳动者在全国平台提交、转来办理的申请。平时由系统每分钟自动接收。可以重复执行：',
    '同一份申请收到几次都只立一件，办结期限自劳动者在平台提交之时起算。',
    '',
    '用文件与平台交换时，处理收件夹中的文件。',
    '',
    '  --json  输出一行JSON：{"taken","faulty"}，用文件时为 {"files"}',
    '',
    '需要 YINGDENG_DATABASE_URL、YINGDENG_KEYS，以及 YINGDENG_PLATFORM_URL、YINGDENG_PLATFORM_KEY 或 YINGDENG_PLATFORM_FILES。',
    '退出码：0 正常，1 其中有要人工核对的，2 没有配置平台或平台没有应答。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
    if (positionals.length > 0) throw new UsageError(`不认识的参数：${positionals.join(' ')}`);
    return withContext(async (context) => {
      if (context.config.platformFiles) {
        try {
          const applied = await exchangePlatformFiles(context);
          if (values.json) io.out(JSON.stringify({ files: applied }));
          else io.out(`处理了收件夹中的${applied}个文件`);
          return 0;
        } catch (error) {
          if (!(error instanceof DiskTrouble)) throw error;
          io.err(error.reason);
          return 2;
        }
      }
      if (!context.config.platform) {
        io.err('尚未配置全国平台接口');
        return 2;
      }
      try {
        const { taken, faulty } = await fetchForwarded(context);
        if (values.json) io.out(JSON.stringify({ taken, faulty }));
        else io.out(`收到${taken}件${faulty > 0 ? `，其中${faulty}件要人工核对` : ''}`);
        return faulty > 0 ? 1 : 0;
      } catch (error) {
        io.err(`全国平台没有应答：${(error as Error).message}`);
        return 2;
      }
    });
  },
};
