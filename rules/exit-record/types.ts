import type { PlainDate } from '../calendar.ts';

/** A field as it came: a text, or nothing. */
export type ExitValue = string | null | undefined;

/** The exit record of M79X-3: eleven fields, all texts; dates are YYYYMMDD. */
export interface ExitRecord {
  /** 失业登记注销地行政区划代码 */
  AAB301?: ExitValue;
  /** 系统流水号 */
  AAZ341?: ExitValue;
  /** 姓名 */
  AAC003?: ExitValue;
  /** 社会保障号码 */
  AAC002?: ExitValue;
  /** 证件类型 */
  AAC058?: ExitValue;
  /** 证件号码 */
  AAC044?: ExitValue;
  /** 注销失业登记时间; elsewhere the same code names the registration date, so never share a column */
  ADC210?: ExitValue;
  /** 注销失业登记原因 */
  AJC00A?: ExitValue;
  /** 经办人 */
  AAE011?: ExitValue;
  /** 经办日期 */
  AAE036?: ExitValue;
  /** 备注 */
  AAE013?: ExitValue;
}

/** The indicator code of one of the eleven fields. */
export type ExitField = keyof ExitRecord;

/** The eleven fields in the order of the annex, with their names and longest length in characters. */
export const exitFields = [
  { field: 'AAB301', name: '失业登记注销地行政区划代码', required: true, length: 6 },
  { field: 'AAZ341', name: '系统流水号', required: true, length: 18 },
  { field: 'AAC003', name: '姓名', required: true, length: 50 },
  { field: 'AAC002', name: '社会保障号码', required: true, length: 18 },
  { field: 'AAC058', name: '证件类型', required: true, length: 2 },
  { field: 'AAC044', name: '证件号码', required: true, length: 22 },
  { field: 'ADC210', name: '注销失业登记时间', required: true, length: 8 },
  { field: 'AJC00A', name: '注销失业登记原因', required: true, length: 2 },
  { field: 'AAE011', name: '经办人', required: true, length: 20 },
  // The annex leaves this length blank; its rule YYYYMMDD makes it eight.
  { field: 'AAE036', name: '经办日期', required: true, length: 8 },
  { field: 'AAE013', name: '备注', required: false, length: 100 },
] as const satisfies readonly { field: ExitField; name: string; required: boolean; length: number }[];

/** What the record itself cannot know. */
export interface ExitFacts {
  /** the date in Asia/Shanghai, never UTC */
  today: PlainDate;
  /** AAC004 of the person's file: the record carries no sex */
  sex?: string | null;
  /** the division table in force; without it the code's existence is not checked */
  divisions?: { has(code: string): boolean };
  /** division of the office that sends the record; without it the place is not compared */
  officeDivision?: string;
  /** the day of registration; without it the order is not checked */
  registeredOn?: PlainDate;
  /** GB18030 byte limits: a warning when left out, a fault when true, not looked at when false */
  strictBytes?: boolean;
  /** division codes used only in statistics; 410871 when left out */
  statisticsOnly?: { has(code: string): boolean };
  /** what becomes of those codes: a warning when left out, accepted when true, a fault when false */
  statisticsDivisions?: boolean;
}

/** What a check found. */
export interface ExitFinding {
  /** stable id, FIELD-name */
  check: string;
  field: ExitField;
  /** what is wrong, in Chinese, without personal data */
  message: string;
}

/** What is wrong with one record: faults hold it back, warnings ask for a second look. */
export interface ExitRecordResult {
  faults: readonly ExitFinding[];
  warnings: readonly ExitFinding[];
}

/** How much a finding weighs. 'off' is not reported. */
export type Severity = 'fault' | 'warning' | 'off';

/** One check of the table. */
export interface ExitRecordCheck extends ExitFinding {
  /** M79X-3, or 'local' for what the annex does not say and this system adds */
  clause: 'M79X-2' | 'M79X-3' | 'M79X-4' | 'local';
  /** why, and what to do, in Chinese */
  explanation: string;
  severity: Severity;
  /** where the facts decide the severity */
  severityBy?: (facts: ExitFacts) => Severity;
  /** `repairExitRecord` may remove it */
  repairable: boolean;
  /**
   * Whether the check finds something. `shape` is the integer the field's scanner made of the value: `textShape`,
   * `identityShape` or the date as a number; see check.ts.
   */
  finds: (value: string, shape: number, record: ExitRecord, facts: ExitFacts) => boolean;
}
