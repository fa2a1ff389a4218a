import type { PlainDate } from '../calendar.ts';
import type { ExitField } from '../exit-record/index.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** What a clerk may set right on an exit whose record was held back or returned. */
export const mendableFields = ['name', 'sex', 'documentType', 'documentNumber', 'exitOn', 'handler', 'remark'] as const;
export type MendableField = (typeof mendableFields)[number];

/** The field as people name it. */
export const mendableNames: Readonly<Record<MendableField, string>> = {
  name: '姓名',
  sex: '性别',
  documentType: '证件类型',
  documentNumber: '证件号码',
  exitOn: '退出日期',
  handler: '经办人',
  remark: '备注',
};

interface MendAdvice {
  /** The field of the record's form to set right; absent: it is not mended there. */
  readonly field?: MendableField;
  readonly text: string;
}

const advice: Readonly<Record<ExitField, MendAdvice>> = {
  AAB301: { text: '注销地代码由机构所在地得出，请联系数据交换人员。' },
  AAZ341: { text: '流水号由系统编定，请联系数据交换人员。' },
  AAC003: { field: 'name', text: '请更正姓名，去掉空格和证件上没有的字。' },
  AAC002: { text: '社会保障号码不能在退出后更改；号码确有错误的，请恢复登记后按正确号码重新办理。' },
  AAC058: { field: 'documentType', text: '请更正证件类型。' },
  AAC044: { field: 'documentNumber', text: '请更正证件号码。' },
  ADC210: { field: 'exitOn', text: '请更正退出日期，不能晚于今天。' },
  AJC00A: { text: '退出原因不能直接更改；原因确有错误的，请恢复登记后按正确原因退出。' },
  AAE011: { field: 'handler', text: '请更正经办人姓名，去掉空格。' },
  AAE036: { text: '经办日期由系统记录，请联系数据交换人员。' },
  AAE013: { field: 'remark', text: '请更正备注，不超过100字；原因为“其他”时要写明。' },
};

/** How a fault of a record is mended. `check` is the check's id, ours or the platform's. */
export function mendAdvice(check: string, field: string): MendAdvice {
  // The number is right more often than the sex somebody ticked.
  if (/^AAC002-(sex|gender)/.test(check)) return { field: 'sex', text: '号码与性别不符：请核对证件，更正性别。' };
  if (check === 'exit-restored') return { text: '登记已恢复，这条退出不用上传，不用更正。' };
  if (check === 'AAZ341-repeated') {
    return { text: '平台已有同一流水号的不同内容，重新上传仍会退回；请数据交换人员与平台运行方核对。' };
  }
  return Object.hasOwn(advice, field)
    ? advice[field as ExitField]
    : { text: '请按退回原因核对；看不出原因的，请联系数据交换人员。' };
}

/** The values as they stand, in the words of the record. */
export type MendableValues = Readonly<Record<MendableField, string>>;

/** What holds besides the values. */
export interface MendFacts {
  readonly today: PlainDate;
  readonly registeredOn: PlainDate;
  /** Returned by the platform: it may go again as it was, when the fault was not ours. */
  readonly returned: boolean;
}

/**
 * What of the given values differs and may be put in the place of what stands; what is left out stays. Refused: nothing changed (unless
 * the platform returned it), a date that cannot be, another person as handler. The record itself is checked by the annex's rules when it is made anew.
 */
export function planMend(
  now: MendableValues,
  given: Partial<MendableValues>,
  facts: MendFacts,
): MendableField[] | Refusal {
  const changed = mendableFields.filter((field) => given[field] !== undefined && given[field] !== now[field]);
  if (changed.length === 0 && !facts.returned) return refuse('exchange.notMendable', '没有要更正的内容。');
  const { exitOn, handler, name, sex } = given;
  if (changed.includes('name') && name?.trim() === '') return refuse('exchange.notMendable', '姓名：请填写。');
  if (changed.includes('sex') && !/^[129]$/.test(sex ?? '')) return refuse('exchange.notMendable', '性别：请选择。');
  if (changed.includes('exitOn') && exitOn) {
    if (exitOn > facts.today) return refuse('exchange.notMendable', '退出日期：不能晚于今天。', 'M79X-3');
    if (exitOn < facts.registeredOn) {
      return refuse('exchange.notMendable', `退出日期：不能早于登记日期${facts.registeredOn}。`);
    }
  }
  // Who confirmed an exit is a fact; only its spelling is mended.
  if (changed.includes('handler') && bare(handler ?? '') !== bare(now.handler)) {
    return refuse('exchange.notMendable', '经办人：只能更正空格和全角字符，不能换成另一个人。');
  }
  return changed;
}

const bare = (text: string) => text.normalize('NFKC').replace(/\s/g, '');
