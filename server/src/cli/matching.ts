import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { divisionExists } from '@yingdeng/contract/divisions.ts';
import { proveRanking, rankAll } from '../features/vacancy/index.ts';
import { type Command, UsageError } from './command.ts';
import { parseOptions } from './options.ts';
import { withContext } from './with-context.ts';

/** `yingdeng matching`: the best vacancies for everybody registered in a division. */
export const command: Command = {
  name: 'matching',
  summary: '为某地全部登记失业人员匹配岗位',
  help: [
    '用法：yingdeng matching --division 区划代码 [--limit 个数] [--out 文件] [--prove 人数] [--json]',
    '',
    '为某市、县有效登记的每个人排出最合适的岗位，和经办台上看到的一样。只读，不推荐，不发消息。',
    '',
    '  --division 代码  市或县的六位区划代码',
    '  --limit 个数     每人最多几个岗位，默认10，最多50',
    '  --out 文件       写成CSV：登记编号、机构、名次、岗位、得分；没有姓名和证件号码',
    '  --prove 人数     另用SQL为这么多人重排一遍，核对两种排法一致',
    '  --json           输出一行JSON：{"division","people","matched","seconds","compared","different"}',
    '',
    '需要 YINGDENG_DATABASE_URL、YINGDENG_KEYS。退出码：0 完成，1 两种排法不一致，2 无法执行。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      division: { type: 'string' },
      limit: { type: 'string' },
      out: { type: 'string' },
      prove: { type: 'string' },
      json: { type: 'boolean' },
    });
    if (positionals.length > 0) throw new UsageError(`不认识的参数：${positionals.join(' ')}`);
    const { division, limit: most, prove: proof, out: file } = values as Partial<Record<string, string>>;
    if (!division || !divisionExists(division) || division.endsWith('0000'))
      throw new UsageError('请用 --division 给出市或县的六位区划代码，如 410800');
    const limit = wholeOf(most, '--limit', 10, 50);
    const prove = wholeOf(proof, '--prove', 0, 100_000);
    return withContext(async (context) => {
      const out = file ? createWriteStream(file) : undefined;
      out?.write('\uFEFF登记编号,机构,名次,岗位,得分\r\n');
      const begun = performance.now();
      let people = 0;
      let matched = 0;
      for await (const page of rankAll(context, division, limit)) {
        people += page.length;
        matched += page.filter(({ best }) => best.length > 0).length;
        const text = out && page.flatMap(linesOf).join('');
        if (out && text && !out.write(text)) await once(out, 'drain');
      }
      const seconds = (performance.now() - begun) / 1000;
      if (out) {
        out.end();
        await once(out, 'finish');
      }
      const { compared, different } =
        prove > 0 ? await proveRanking(context, division, prove, limit) : { compared: 0, different: 0 };
      const result = { division, people, matched, seconds: Math.round(seconds * 1000) / 1000, compared, different };
      if (values.json) io.out(JSON.stringify(result));
      else {
        io.out(`${people}人，有合适岗位的${matched}人，用时${seconds.toFixed(1)}秒`);
        if (prove > 0) io.out(`另用SQL核对${compared}人，不一致${different}人`);
      }
      return different > 0 ? 1 : 0;
    });
  },
};

function linesOf({
  registrationNumber,
  office,
  best,
}: {
  registrationNumber: string;
  office: string;
  best: readonly { id: string; score: number }[];
}): string[] {
  return best.map(({ id, score }, i) => `${registrationNumber},${office},${i + 1},${id},${score}\r\n`);
}

function wholeOf(text: string | undefined, name: string, plain: number, most: number): number {
  if (text === undefined) return plain;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most) throw new UsageError(`${name} 应为1至${most}的整数`);
  return value;
}
