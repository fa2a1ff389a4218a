// yingdeng law: the law of a place on a day, every parameter with its citation.
import { parseArgs } from 'node:util';
import { divisionExists, divisionName } from '@yingdeng/contract/divisions.ts';
import { isPlainDate, shanghaiDate } from '@yingdeng/rules/calendar.ts';
import { parameterSpecs, parameters, sayValue } from '@yingdeng/rules/provisions/parameter-specs.ts';
import type { ParameterValues } from '@yingdeng/rules/provisions/parameters.ts';
import { type Policy, policyFor, type SetAside } from '@yingdeng/rules/provisions/policy.ts';
import { cite } from '@yingdeng/rules/provisions/provision.ts';
import type { Command } from './command.ts';

const help = `用法：yingdeng law --division 行政区划代码 [--on 日期] [--json]

列出某地某日适用的全部规定：名称、内容、文号和条款。

  --division  六位行政区划代码，如 210300（鞍山）、410800（焦作）；000000 为全国
  --on        日期 YYYY-MM-DD；不写为今天
  --json      输出 policyFor 的结果
  --help      显示本说明

退出码：0 正常，2 输入无法使用`;

/** Columns a text takes on a terminal: Chinese characters and full-width marks take two. */
function width(text: string): number {
  return [...text].reduce(
    (sum, character) => sum + (/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60〔〕“”]/.test(character) ? 2 : 1),
    0,
  );
}

function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

function* policyLines(policy: Policy): Generator<string> {
  const place = policy.division === '000000' ? '全国' : divisionName(policy.division);
  yield `${place}（${policy.division}）在 ${policy.date} 适用的规定`;
  const set = parameters.filter((parameter) => policy[parameter]);
  if (set.length === 0) yield '  当日没有已收录的规定。';
  const labelWidth = Math.max(...set.map((parameter) => width(parameterSpecs[parameter].label)), 0);
  for (const parameter of set) {
    const resolved = policy[parameter];
    if (!resolved) continue;
    const value = sayValue(parameter, resolved.value as ParameterValues[typeof parameter] as never);
    yield `  ${padded(parameterSpecs[parameter].label, labelWidth)}  ${value}`;
    const indent = ' '.repeat(labelWidth + 4);
    for (const citation of resolved.citations) {
      const span = citation.to ? `${citation.from} 至 ${citation.to}` : `${citation.from} 起`;
      yield `${indent}依据：${cite(citation)}（${citation.clauseId}，${span}）`;
    }
    if (resolved.note) yield `${indent}说明：${resolved.note}`;
  }
  yield* asideLines('不再适用的已有规定', policy.displaced);
  yield* asideLines('不予适用的地方规定', policy.ignored);
}

function* asideLines(title: string, asides: readonly SetAside[]): Generator<string> {
  if (asides.length === 0) return;
  yield `${title}：`;
  for (const { parameter, reason } of asides) yield `  ${parameterSpecs[parameter].label}：${reason}`;
}

export const command: Command = {
  name: 'law',
  summary: '某地某日适用的规定，附文号和条款',
  help,
  async run(args, io) {
    const refuse = (why: string): 2 => {
      io.err(why);
      io.err('用 yingdeng law --help 查看用法');
      return 2;
    };
    let options: { division?: string; on?: string; json?: boolean; help?: boolean };
    try {
      options = parseArgs({
        args,
        options: {
          division: { type: 'string' },
          on: { type: 'string' },
          json: { type: 'boolean' },
          help: { type: 'boolean', short: 'h' },
        },
      }).values;
    } catch (error) {
      return refuse(`无法识别的参数：${(error as Error).message}`);
    }
    if (options.help) {
      io.out(help);
      return 0;
    }
    const { division, on = shanghaiDate(new Date()) } = options;
    if (division === undefined) return refuse('缺少 --division');
    if (!/^\d{6}$/.test(division) || !(division === '000000' || divisionExists(division))) {
      return refuse(`没有这个六位行政区划代码：${division}`);
    }
    if (!isPlainDate(on)) return refuse(`不是有效日期（YYYY-MM-DD）：${on}`);
    const policy = policyFor(division, on);
    if (options.json) io.out(JSON.stringify(policy, null, 2));
    else for (const line of policyLines(policy)) io.out(line);
    return 0;
  },
};
