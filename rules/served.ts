import { isPlainDate, type PlainDate } from './calendar.ts';
import { normaliseIdentityEntry, parseIdentityNumber } from './identity-number.ts';
import type { SpecialGroup } from './provisions/parameters.ts';
import type { Policy } from './provisions/policy.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The groups of M79-1b that are served as registrants are (参照登记失业人员服务), and from where their lists come. */
export const servedGroups: Readonly<Record<SpecialGroup, { text: string; sources: readonly string[] }>> = {
  graduates: { text: '离校未就业高校毕业生', sources: ['教育部门移交', '调查摸底'] },
  unemploymentSubsidy: { text: '领取失业补助金人员', sources: ['失业保险经办机构'] },
  oneOffAllowance: { text: '领取一次性生活补助的农民合同制工人', sources: ['失业保险经办机构'] },
  temporaryAllowance: { text: '领取临时生活补助的农民工', sources: ['失业保险经办机构', '民政部门'] },
};
export const servedGroupNames = Object.keys(servedGroups) as SpecialGroup[];

/** A row of a list, as it was read. */
export interface ServedInput {
  readonly name: string;
  readonly idNumber: string;
  readonly mobile: string;
  /** Six digits of the county, or the code of a street or community in it. */
  readonly place: string;
  readonly from: string;
  readonly to: string;
  readonly note: string;
}

/** Columns of a list in the order of the template. */
export const servedFieldNames: Readonly<Record<keyof ServedInput, string>> = {
  name: '姓名',
  idNumber: '身份证件号码',
  mobile: '手机',
  place: '所属机构代码',
  from: '享受期限起',
  to: '享受期限止',
  note: '备注',
};

/** What was read, tidied: no blanks around, one form of the number. */
export function tidyServed(input: ServedInput): ServedInput {
  const entries = Object.entries(input).map(([field, text]) => [field, text.trim()]);
  return {
    ...(Object.fromEntries(entries) as unknown as ServedInput),
    idNumber: normaliseIdentityEntry(input.idNumber),
  };
}

/**
 * What is wrong with a row, field by field; the words carry nothing of the row itself, because a refused row is not kept. `inRange` says
 * whether a place lies in the range of whoever imports.
 */
export function servedFaults(
  row: ServedInput,
  on: { today: PlainDate; inRange: (place: string) => boolean },
): string[] {
  const faults: string[] = [];
  if (row.name === '') faults.push('姓名：没有填。');
  else if (row.name.length > 60) faults.push('姓名：太长。');
  const number = parseIdentityNumber(row.idNumber, on.today);
  if (row.idNumber === '') faults.push('身份证件号码：没有填。');
  else if (number.faults.length > 0) faults.push(`身份证件号码：${number.faults[0]?.message ?? '不正确'}。`);
  if (row.mobile !== '' && !/^1\d{10}$/.test(row.mobile)) faults.push('手机：应为11位手机号码，没有可以不填。');
  if (!/^(\d{6}|\d{9}|\d{12})$/.test(row.place)) faults.push('所属机构代码：应为6、9或12位数字。');
  else if (!on.inRange(row.place)) faults.push('所属机构代码：不在您的辖区，或没有这个机构。');
  for (const field of ['from', 'to'] as const)
    if (row[field] !== '' && !isPlainDate(row[field]))
      faults.push(`${servedFieldNames[field]}：应写成2026-12-01这样的日期。`);
  if (isPlainDate(row.from) && isPlainDate(row.to) && row.to < row.from) faults.push('享受期限止：早于享受期限起。');
  if (row.note.length > 200) faults.push('备注：超过200字。');
  return faults;
}

/** Whether a group is served at a place and day; the refusal names the provision that is missing. */
export function groupServed(policy: Policy, group: SpecialGroup): Refusal | null {
  return policy.groupsServed?.value.includes(group)
    ? null
    : refuse('served.notAllowed', `本地的规定没有把${servedGroups[group].text}列入参照服务。`, 'M79-1b');
}

/** Why a person of a group is no longer served; the end is the group's, it is no exit of a registration. */
export const servedEnds = {
  employed: '已就业或创业',
  study: '升学、参军',
  declined: '本人不需要服务',
  over: '享受期满，不需要继续服务',
  moved: '已不在本地',
  deceased: '死亡',
} as const;
export type ServedEnd = keyof typeof servedEnds;

/**
 * How many persons of a group count besides the registrants: those of groups that the provision of place and day counts, who are neither
 * registered nor ended. Each person once, however many lists name the person (H122-3a, domain R091).
 */
export function countedBesides(
  people: readonly {
    readonly person: string;
    readonly group: SpecialGroup;
    readonly registered: boolean;
    readonly ended: boolean;
  }[],
  policy: Policy,
): number {
  const groups = policy.groupsInStatistics?.value ?? [];
  const counted = people.filter(({ group, registered, ended }) => groups.includes(group) && !registered && !ended);
  return new Set(counted.map(({ person }) => person)).size;
}
