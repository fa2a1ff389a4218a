// The law switchboard: one case under Anshan's notice as issued, under 79号 in Anshan, and in Jiaozuo, side by side.
import { addWorkingDays, type Calendar, type PlainDate } from '../calendar.ts';
import { agrees } from './compare.ts';
import { anshan21, ministry79 } from './documents.ts';
import { parameterSpecs, parameters, sayValue } from './parameter-specs.ts';
import type { Parameter, ParameterValues, RegistrationPlace } from './parameters.ts';
import { asIssued, type Policy, policyFor } from './policy.ts';
import type { Citation } from './provision.ts';
import { shippedProvisions } from './shipped.ts';
import { list } from './words.ts';

/** What the switchboard needs to know of a case; each fact that is given adds a row. */
export interface CaseFacts {
  submittedOn?: PlainDate;
  registeredOn?: PlainDate;
  registrationPlace?: RegistrationPlace;
  /** AJC00A. */
  exitReason?: string;
}

/** One cell: the value said in Chinese, and its citation; absent citation means the law is silent. */
export interface SwitchboardCell {
  text: string;
  citation?: Citation;
}

/** `parameter` is absent in the rows about the case. `differs`: the columns do not all say the same. */
export interface SwitchboardRow {
  label: string;
  parameter?: Parameter;
  cells: SwitchboardCell[];
  differs: boolean;
}

export interface Switchboard {
  columns: { title: string; policy: Policy }[];
  /** What becomes of the case in each column. */
  case: SwitchboardRow[];
  /** Every parameter any column sets. */
  parameters: SwitchboardRow[];
}

const silent: SwitchboardCell = { text: '没有规定' };

/** The first day on which all provisions of 79号 are in force: an earlier date is moved here, since the columns ask what 79号 would say. */
const wholly79 = shippedProvisions
  .filter((provision) => provision.document === ministry79.number)
  .map((provision) => provision.from)
  .toSorted()
  .at(-1) as PlainDate;

function columnsOn(date: PlainDate): Switchboard['columns'] {
  const day = date < wholly79 ? wholly79 : date;
  return [
    { title: '鞍山（21号原文）', policy: asIssued(anshan21.number) },
    { title: '鞍山（79号施行后）', policy: policyFor('210300', day) },
    { title: '焦作', policy: policyFor('410800', day) },
  ];
}

function cell<P extends Parameter>(
  policy: Policy,
  parameter: P,
  say: (value: ParameterValues[P]) => string = (value) => sayValue(parameter, value),
): SwitchboardCell {
  const resolved = policy[parameter];
  return resolved ? { text: say(resolved.value as ParameterValues[P]), citation: resolved.citation } : silent;
}

function row(label: string, cells: SwitchboardCell[], parameter?: Parameter): SwitchboardRow {
  const differs = cells.some((other) => other.text !== cells[0]?.text);
  return parameter ? { label, parameter, cells, differs } : { label, cells, differs };
}

function parameterRow(columns: Switchboard['columns'], parameter: Parameter): SwitchboardRow {
  const values = columns.map(({ policy }) => policy[parameter]?.value);
  const cells = columns.map(({ policy }) => cell(policy, parameter));
  const differs = values.some(
    (value) => (value === undefined) !== (values[0] === undefined) || !agrees(value ?? null, values[0] ?? null),
  );
  return { ...row(parameterSpecs[parameter].label, cells, parameter), differs };
}

function caseRows(facts: CaseFacts, columns: Switchboard['columns'], calendar: Calendar): SwitchboardRow[] {
  const across = (label: string, make: (policy: Policy) => SwitchboardCell) =>
    row(
      label,
      columns.map(({ policy }) => make(policy)),
    );
  const rows: SwitchboardRow[] = [];
  const { submittedOn, registeredOn, registrationPlace, exitReason } = facts;
  if (submittedOn) {
    const due = (days: number) => addWorkingDays(submittedOn, days, calendar);
    rows.push(across('审核最晚办结日', (policy) => cell(policy, 'decisionWorkingDays', due)));
  }
  if (registrationPlace) {
    const may = (places: readonly RegistrationPlace[]) => (places.includes(registrationPlace) ? '可以' : '不可以');
    rows.push(across(`在${list([registrationPlace])}登记`, (policy) => cell(policy, 'registrationPlaces', may)));
  }
  if (registeredOn) {
    const due = (days: number) => addWorkingDays(registeredOn, days, calendar);
    rows.push(across('首次联系最晚日', (policy) => cell(policy, 'firstContactWorkingDays', due)));
  }
  if (exitReason === '31' || exitReason === '32') {
    rows.push(across(`以${exitReason}注销`, (policy) => cell(policy, `exit${exitReason}`)));
  } else if (exitReason) {
    const may = (reasons: readonly string[]) => (reasons.includes(exitReason) ? '可以' : '不可以');
    rows.push(across(`以${exitReason}注销`, (policy) => cell(policy, 'exitReasons', may)));
  }
  return rows;
}

/** The case and every parameter under the three laws. Throws CalendarNotMaintained when a due day lies beyond the calendar. */
export function switchboard(facts: CaseFacts, date: PlainDate, calendar: Calendar): Switchboard {
  const columns = columnsOn(date);
  return {
    columns,
    case: caseRows(facts, columns, calendar),
    parameters: parameters
      .filter((parameter) => columns.some(({ policy }) => policy[parameter]))
      .map((parameter) => parameterRow(columns, parameter)),
  };
}
