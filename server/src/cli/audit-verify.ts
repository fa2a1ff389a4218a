import type { Context } from '../context.ts';
import { auditTenants } from '../platform/audit-seal.ts';
import { type AuditReport, verifyAudit } from '../platform/audit-seal-verify.ts';
import { type Command, UsageError } from './command.ts';
import { parseOptions } from './options.ts';
import { withContext } from './with-context.ts';

const LISTED = 100;

async function verify(
  context: Context,
  tenants: readonly string[],
  each: (report: AuditReport) => void,
): Promise<number> {
  let faults = 0;
  for (const tenant of tenants) {
    const report = await verifyAudit(context, tenant);
    faults += report.faults.length;
    each(report);
  }
  return faults;
}

function lines({ tenant, rows, seals, unsealed, head, faults }: AuditReport): string[] {
  const found = faults.length === 0 ? '没有发现改动' : `发现${faults.length}处问题`;
  return [
    `${tenant}：${rows}条记录，${seals}个封印，未封印${unsealed}条，${found}`,
    ...(seals > 0 ? [`  链尾 ${head}`] : []),
    ...faults
      .slice(0, LISTED)
      .map(
        ({ kind, sequence, id, at, text }) =>
          `  ${kind}${sequence === undefined ? '' : ` 封印${sequence}`}${id === undefined ? '' : ` 记录${id}`}${at === undefined ? '' : `（${at}）`}：${text}`,
      ),
    ...(faults.length > LISTED ? [`  …… 另有${faults.length - LISTED}处，用 --json 查看全部`] : []),
  ];
}

/** `yingdeng audit verify`: proves or breaks the chain of the audit. */
export const command: Command = {
  name: 'audit verify',
  summary: '核验审计链',
  help: [
    '用法：yingdeng audit verify [--division 区划] [--json]',
    '',
    '重新计算每条操作和查阅记录的摘要，以及每个封印，找出被改动、删除、添加的记录和断开的链。只读取，不改动。',
    '每市一条链；把输出的“链尾”抄存在系统之外，以后核对，可以证明链的末端没有被截去。',
    '',
    '  --division 区划  只核验一个市，如 410800；默认全部',
    '  --json           每市输出一行JSON',
    '',
    '退出码：0 没有问题，1 发现问题，2 无法执行。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, { division: { type: 'string' }, json: { type: 'boolean' } });
    if (positionals.length > 0) throw new UsageError(`不认识的参数：${positionals.join(' ')}`);
    const { division } = values;
    if (division !== undefined && !(typeof division === 'string' && /^\d{4}(\d{2})?$/.test(division)))
      throw new UsageError('--division 应为市的区划代码，如 410800');
    return withContext(async (context) => {
      const tenants = typeof division === 'string' ? [division.slice(0, 4)] : auditTenants(context);
      const faults = await verify(context, tenants, (report) => {
        if (values.json) io.out(JSON.stringify(report));
        else if (report.rows > 0 || report.faults.length > 0) for (const line of lines(report)) io.out(line);
      });
      if (!values.json) io.out(faults === 0 ? '审计链完好。' : `审计链有${faults}处问题。`);
      return faults === 0 ? 0 : 1;
    });
  },
};
