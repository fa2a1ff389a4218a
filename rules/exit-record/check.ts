import { identityShape } from '../identity-number.ts';
import { dateNumberAt, textShape } from './characters.ts';
import { isPlain } from './plain.ts';
import { checksByField } from './table.ts';
import {
  type ExitFacts,
  type ExitField,
  type ExitFinding,
  type ExitRecord,
  type ExitRecordCheck,
  type ExitRecordResult,
  type ExitValue,
  exitFields,
  type Severity,
} from './types.ts';

/** Every check of the exit record, in the order of the annex: id, field, severity, clause, words, repair. */
export const exitRecordChecks: readonly ExitRecordCheck[] = exitFields.flatMap(({ field }) => checksByField[field]);

/** A check with its finding made once, so that faults cost one array and no objects. */
interface PreparedCheck {
  finding: ExitFinding;
  finds: ExitRecordCheck['finds'];
  severity: Severity;
  severityBy: ((facts: ExitFacts) => Severity) | undefined;
}

function prepare(field: ExitField): readonly PreparedCheck[] {
  return checksByField[field].map(({ check, message, finds, severity, severityBy }) => ({
    finding: Object.freeze({ check, field, message }),
    finds,
    severity,
    severityBy,
  }));
}

const division = prepare('AAB301');
const serial = prepare('AAZ341');
const name = prepare('AAC003');
const identity = prepare('AAC002');
const documentType = prepare('AAC058');
const documentNumber = prepare('AAC044');
const exitDate = prepare('ADC210');
const reason = prepare('AJC00A');
const officer = prepare('AAE011');
const handledOn = prepare('AAE036');
const remark = prepare('AAE013');

interface Found {
  faults: ExitFinding[];
  warnings: ExitFinding[];
}

const clean: ExitRecordResult = Object.freeze({ faults: Object.freeze([]), warnings: Object.freeze([]) });

function dateShape(value: string): number {
  return value.length === 8 ? dateNumberAt(value, 0) : -1;
}

/**
 * Runs the checks of one field. The first check of a required field is the one for a missing value; when it finds
 * something, nothing else can be said of the field.
 */
function run(
  checks: readonly PreparedCheck[],
  given: ExitValue,
  scan: (value: string) => number,
  record: ExitRecord,
  facts: ExitFacts,
  found: Found | undefined,
): Found | undefined {
  const value = given ?? '';
  const shape = scan(value);
  for (let i = 0; i < checks.length; i++) {
    const check = checks[i]!;
    if (!check.finds(value, shape, record, facts)) continue;
    const severity = check.severityBy === undefined ? check.severity : check.severityBy(facts);
    if (severity === 'off') continue;
    found ??= { faults: [], warnings: [] };
    (severity === 'fault' ? found.faults : found.warnings).push(check.finding);
    if (i === 0) break;
  }
  return found;
}

/**
 * Checks one exit record against the annex (M79X-3, M79X-4) and what this system adds. Changes nothing: a trailing
 * space or a lower-case x is a fault here, and `repairExitRecord` offers the repair. `facts` carry what the record does
 * not know; whatever is left out of them is not checked. Repeated keys are found over a whole file, see `repeats.ts`.
 */
export function checkExitRecord(record: ExitRecord, facts: ExitFacts): ExitRecordResult {
  return isPlain(record, facts) ? clean : checkByTable(record, facts);
}

/** The table alone, without the short way for ordinary records. */
export function checkByTable(record: ExitRecord, facts: ExitFacts): ExitRecordResult {
  let found: Found | undefined;
  found = run(division, record.AAB301, textShape, record, facts, found);
  found = run(serial, record.AAZ341, textShape, record, facts, found);
  found = run(name, record.AAC003, textShape, record, facts, found);
  found = run(identity, record.AAC002, identityShape, record, facts, found);
  found = run(documentType, record.AAC058, textShape, record, facts, found);
  found = run(documentNumber, record.AAC044, textShape, record, facts, found);
  found = run(exitDate, record.ADC210, dateShape, record, facts, found);
  found = run(reason, record.AJC00A, textShape, record, facts, found);
  found = run(officer, record.AAE011, textShape, record, facts, found);
  found = run(handledOn, record.AAE036, dateShape, record, facts, found);
  found = run(remark, record.AAE013, textShape, record, facts, found);
  return found ?? clean;
}
