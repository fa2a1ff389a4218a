import { resolve } from 'node:path';
import { importReceipts } from '../features/exchange/index.ts';
import { DiskTrouble } from '../platform/put-file.ts';
import { type Command, UsageError } from './command.ts';
import { parseOptions } from './options.ts';
import { withContext } from './with-context.ts';

const stateText = { applied: '已处理', repeated: '以前处理过', aside: '不能用', arriving: '不完整' } as const;

/** `yingdeng exchange import-receipts`: receipts that somebody carried here. */
export const command: Command = {
  name: 'exchange import-receipts',
  summary: '读入人工带回的回执文件',
  help: [
    '用法：yingdeng exchange import-receipts 文件夹 [--json]',
    '',
    '读入文件夹中全国平台的回执（SYDJTCHZ_….csv 和同名的 .sm3），每个回执只起一次作用，可以重复执行。',
    '处理过的移到其中的 archive，损坏、不完整或不是给本系统的移到 aside 并说明原因；文件夹只读时留在原处。',
    '其他文件不动。',
    '',
    '  --json  每个回执输出一行JSON：{"name","state","reason"}',
    '',
    '退出码：0 全部处理，1 有不能用的，2 没有回执或无法执行。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
    const [folder] = positionals;
    if (folder === undefined || positionals.length > 1) throw new UsageError('请给出一个文件夹');
    return withContext(async (context) => {
      try {
        const { files, applied, repeated, aside, moved } = await importReceipts(context, resolve(folder));
        for (const { name, state, reason } of files) {
          if (values.json) io.out(JSON.stringify({ name, state, reason }));
          else io.out(`${name}：${stateText[state]}${reason ? `，${reason}` : ''}`);
        }
        if (files.length === 0) {
          io.err('文件夹中没有回执');
          return 2;
        }
        if (!values.json) io.out(`共${files.length}个回执：处理${applied}，以前处理过${repeated}，不能用${aside}`);
        if (!moved) io.err('文件夹只读，文件留在原处');
        return aside > 0 ? 1 : 0;
      } catch (error) {
        if (!(error instanceof DiskTrouble)) throw error;
        io.err(error.reason);
        return 2;
      }
    });
  },
};
