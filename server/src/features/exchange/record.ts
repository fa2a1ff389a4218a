import { divisionSet, statisticsOnly } from '@yingdeng/contract/divisions.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import {
  carriageFaults,
  checkExitRecord,
  type ExitFinding,
  type ExitRecord,
  exitFields,
} from '@yingdeng/rules/exit-record/index.ts';
import type { Context } from '../../context.ts';
import { sm3 } from '../../platform/crypto.ts';
import { uploadDivision } from './places.ts';

/** What the database says of an exit that is to be uploaded. */
export interface ExitSource {
  id: string;
  serial: string;
  division: string;
  office: string;
  reason: string;
  exit_on: PlainDate;
  handled_on: PlainDate;
  confirmed_by_name: string | null;
  remark: string;
  name: string;
  sex: string;
  document_type: string;
  identity_sealed: Buffer;
  registered_on: PlainDate;
}

/** A record as it would be sent; with faults it is held back. */
export interface BuiltRecord {
  readonly exitId: string;
  readonly office: string;
  readonly division: string;
  readonly serial: string;
  /** The eleven fields as JSON text, in the annex's order. */
  readonly text: string;
  /** SM3 of the text. */
  readonly digest: Buffer;
  readonly faults: readonly ExitFinding[];
}

const compact = (date: PlainDate) => date.slice(0, 4) + date.slice(5, 7) + date.slice(8, 10);
const fieldNames = exitFields.map(({ field }) => field);

/** The eleven fields as they are sent, in the annex's order: the same record gives the same text and digest. */
export function recordText(record: ExitRecord): string {
  return JSON.stringify(record, fieldNames as string[]);
}

/** What the transport of this installation cannot carry of a record; HTTP carries any text. */
function transportFaults(context: Context, record: ExitRecord): ExitFinding[] {
  return context.config.platformFiles ? carriageFaults(record) : [];
}

/** Makes the record of one exit and checks it as the annex does (M79X-1 to M79X-4). */
export function buildRecord(context: Context, source: ExitSource, today: PlainDate): BuiltRecord {
  const { idNumber, documentNumber } = context.crypto.open<{ idNumber: string; documentNumber: string }>(
    source.identity_sealed,
  );
  const division = uploadDivision(source.division);
  // In the annex's order already, so that it is written without looking the order up: half the time of recordText.
  const record: Required<ExitRecord> = {
    AAB301: division,
    AAZ341: source.serial,
    AAC003: source.name,
    AAC002: idNumber,
    AAC058: source.document_type,
    AAC044: documentNumber,
    ADC210: compact(source.exit_on),
    AJC00A: source.reason,
    AAE011: source.confirmed_by_name ?? '',
    AAE036: compact(source.handled_on),
    AAE013: source.remark,
  };
  const { faults: found } = checkExitRecord(record, {
    today,
    sex: source.sex,
    divisions: divisionSet,
    officeDivision: uploadDivision(source.office.slice(0, 6)),
    registeredOn: source.registered_on,
    statisticsOnly,
    statisticsDivisions: false,
  });
  const faults = [...found, ...transportFaults(context, record)];
  const text = JSON.stringify(record);
  return { exitId: source.id, office: source.office, division, serial: source.serial, text, digest: sm3(text), faults };
}
