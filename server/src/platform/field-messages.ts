import type { FieldFault } from '@yingdeng/contract/errors.ts';

/** Names of request fields as people know them; the annex-1 fields have theirs in rules/application-form.ts. */
const names: Readonly<Record<string, string>> = {
  username: '用户名',
  password: '密码',
  code: '动态码或验证码',
  name: '姓名',
  idNumber: '公民身份号码',
  mobile: '手机号',
  number: '编号',
  reason: '原因',
  note: '说明',
  text: '文字说明',
  remark: '备注',
  version: '页面版本',
  exitOn: '退出日期',
  at: '时间',
  evidence: '依据',
  ground: '不予登记的情形',
  office: '机构',
  q: '查找内容',
  on: '日期',
  division: '区划代码',
  commitment: '承诺',
  signature: '签名',
  path: '签名',
  form: '登记表',
  limit: '每页条数',
};

/** A schema's complaint in plain words with the field's name. `path` is a JSON pointer such as `/form/mobile`. */
export function fieldFaultOf(path: string, message: string): FieldFault {
  const field = path.split('/').filter(Boolean).join('.');
  const last = field.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
  const name = names[last] ?? '这一项';
  return { field, message: /[\u4e00-\u9fff]/.test(message) ? message : `${name}：${plain(message)}` };
}

function plain(message: string): string {
  if (/too small|expected .*>=/i.test(message)) return '没有填或太短。';
  if (/too big/i.test(message)) return '太长或超出范围。';
  if (/unrecognized key/i.test(message)) return '有不认识的内容，请刷新页面后重试。';
  if (/received undefined|required/i.test(message)) return '没有填。';
  return '格式不对。';
}
