import { checkExitRecord, type ExitFacts, type ExitFinding } from './exit-record/index.ts';

/**
 * The record of a registration loaded back (M79-7b). The notice gives no table for it: these are the fields by which the platform
 * finds whose it is, where and since when, under the application number as AAZ341.
 */
export interface RegistrationRecord {
  readonly AAB301: string;
  readonly AAZ341: string;
  readonly AAC003: string;
  readonly AAC002: string;
  readonly AAC004: string;
  readonly AAC058: string;
  readonly AAC044: string;
  /** YYYYMMDD */
  readonly registeredOn: string;
  readonly registrationNumber: string;
}

/** The fields of the record in the order in which they are sent. */
export const registrationFields: readonly (keyof RegistrationRecord)[] = [
  'AAB301',
  'AAZ341',
  'AAC003',
  'AAC002',
  'AAC004',
  'AAC058',
  'AAC044',
  'registeredOn',
  'registrationNumber',
];
/** What it has in common with the exit record, so that person and place are judged alike when the exit follows. */
const shared = new Set(['AAB301', 'AAZ341', 'AAC003', 'AAC002', 'AAC058', 'AAC044']);

/** The record as it is sent: the same record gives the same text and digest. */
export function registrationText(record: RegistrationRecord): string {
  return JSON.stringify(record, registrationFields as string[]);
}

/** Facts a record does not know. */
export type RegistrationFacts = Required<Pick<ExitFacts, 'today' | 'divisions' | 'statisticsOnly' | 'officeDivision'>>;

/** Checks a record as the annex checks the same fields of an exit (M79X-3), and the two that are its own. */
export function checkRegistrationRecord(record: RegistrationRecord, facts: RegistrationFacts): ExitFinding[] {
  const { AAB301, AAZ341, AAC003, AAC002, AAC058, AAC044, AAC004, registeredOn } = record;
  const today = facts.today.replaceAll('-', '');
  const asExit = {
    AAB301,
    AAZ341,
    AAC003,
    AAC002,
    AAC058,
    AAC044,
    ADC210: today,
    AJC00A: '11',
    AAE011: '经办人',
    AAE036: today,
  };
  const { faults } = checkExitRecord(asExit, { ...facts, sex: AAC004, statisticsDivisions: false });
  const found = faults.filter(({ field }) => shared.has(field)).map(inItsWords);
  if (AAC004 !== '1' && AAC004 !== '2')
    found.push({ check: 'AAC004-code', field: 'AAC004' as ExitFinding['field'], message: '性别应为男或女' });
  if (!/^\d{8}$/.test(registeredOn) || registeredOn > today)
    found.push({
      check: 'registeredOn-date',
      field: 'registeredOn' as ExitFinding['field'],
      message: '失业登记日期应为不晚于今天的日期',
    });
  return found;
}

/** The table speaks of exits. */
const inItsWords = (finding: ExitFinding): ExitFinding => ({
  ...finding,
  message: finding.message.replace('失业登记注销地', '失业登记地'),
});
