import { parseIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { businessDate } from '../platform/clock.ts';
import { type Command, UsageError } from './command.ts';
import { parseOptions } from './options.ts';

const kinds = {
  resident18: '18位公民身份号码',
  resident15: '15位公民身份号码',
  hmtPermit: '港澳台居民居住证号码',
  letter: '首位为字母的社会保障号码',
  invalid: '不是有效的社会保障号码',
} as const;

/** `yingdeng id check NUMBER`. */
export const command: Command = {
  name: 'id check',
  summary: '核对一个社会保障号码',
  help: [
    '用法：yingdeng id check 号码 [--json]',
    '',
    '按人社厅发〔2020〕79号附件的校验规则核对社会保障号码（AAC002）：15位、18位、港澳台居民居住证、首位为字母。',
    '与上传时一样严格：小写x是错误，同时给出更正后的号码。',
    '',
    '  --json   输出一行JSON：kind、sex、birthDate、faults、warnings、repaired',
    '',
    '退出码：0 没有错误，1 有错误，2 无法执行。',
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
    const [number] = positionals;
    if (number === undefined || positionals.length > 1) throw new UsageError('请给出一个号码');
    const read = parseIdentityNumber(number, businessDate(new Date()));
    if (values.json) {
      io.out(JSON.stringify(read));
    } else {
      io.out(kinds[read.kind]);
      if (read.sex) io.out(`性别：${read.sex === '1' ? '男' : '女'}`);
      if (read.birthDate) io.out(`出生日期：${read.birthDate}`);
      for (const { check, message } of read.faults) io.out(`错误 ${check}：${message}`);
      for (const { check, message } of read.warnings) io.out(`提示 ${check}：${message}`);
      if (read.repaired !== undefined) io.out(`更正后：${read.repaired}`);
      if (read.faults.length === 0) io.out('没有错误');
    }
    return read.faults.length === 0 ? 0 : 1;
  },
};
