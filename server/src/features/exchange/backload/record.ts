import { divisionSet, statisticsOnly } from '@yingdeng/contract/divisions.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { carriageFaults } from '@yingdeng/rules/exit-record/index.ts';
import {
  checkRegistrationRecord,
  type RegistrationRecord,
  registrationText,
} from '@yingdeng/rules/registration-record.ts';
import type { Context } from '../../../context.ts';
import { sameBytes, sm3 } from '../../../platform/crypto.ts';
import { uploadDivision } from '../places.ts';
import type { RegistrationSource } from './backload.sql.ts';

/** A registration as it would be sent now. */
export interface LoadRecord {
  readonly source: RegistrationSource;
  readonly text: string;
  readonly digest: Buffer;
  readonly faults: readonly { check: string; field: string; message: string }[];
}

/** Makes the record of one registration and checks it (M79-7b, M79X-3). */
export function loadRecord(context: Context, source: RegistrationSource, today: PlainDate): LoadRecord {
  const { idNumber, documentNumber } = context.crypto.open<{ idNumber: string; documentNumber: string }>(
    source.identity_sealed,
  );
  const record: RegistrationRecord = {
    AAB301: uploadDivision(source.division),
    AAZ341: source.serial,
    AAC003: source.name,
    AAC002: idNumber,
    AAC004: source.sex,
    AAC058: source.document_type,
    AAC044: documentNumber,
    registeredOn: source.registered_on.replaceAll('-', ''),
    registrationNumber: source.number,
  };
  const faults = checkRegistrationRecord(record, {
    today,
    divisions: divisionSet,
    statisticsOnly,
    officeDivision: uploadDivision(source.office.slice(0, 6)),
  });
  const text = registrationText(record);
  // The fields that an exit does not have are digits.
  if (context.config.platformFiles) faults.push(...carriageFaults(record));
  return { source, text, digest: sm3(text), faults };
}

/** Whether a record goes (again): new, waiting, or mended since. What came back unchanged would only come back once more. */
export function goes({ source, digest, faults }: LoadRecord): boolean {
  if (faults.length > 0) return false;
  if (!source.known || source.state === 'waiting' || source.state === 'blocked') return true;
  return source.state === 'returned' && (source.digest === null || !sameBytes(source.digest, digest));
}
