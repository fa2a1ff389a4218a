import { identityClean, shapeSex } from '../identity-number.ts';
import { dateNumberAt, plainDateNumber } from './characters.ts';
import { isExitReasonCode } from './codes.ts';
import type { ExitFacts, ExitRecord, ExitValue } from './types.ts';

/**
 * The short way for the ordinary record. True only when no check of the table can find anything: a mainland number that
 * is also the document's, Chinese characters and dots in the names, ASCII in the serial, dates in order. Whatever is less
 * ordinary goes through the table, which alone decides; a property test holds the two together. It exists because 98 of
 * 100 records are ordinary and this reads them several times as fast.
 */
export function isPlain(record: ExitRecord, facts: ExitFacts): boolean {
  const { AAC002: number } = record;
  if (!number || record.AAC044 !== number || record.AAC058 !== '01') return false;
  const today = plainDateNumber(facts.today);
  const exit = plainDate(record.ADC210);
  const handled = plainDate(record.AAE036);
  if (exit < 0 || handled < exit || handled > today) return false;
  if (facts.registeredOn !== undefined && exit < plainDateNumber(facts.registeredOn)) return false;
  const reason = record.AJC00A;
  if (!reason || reason === '90' || !isExitReasonCode(reason)) return false;
  return (
    plainDivision(record.AAB301, facts) &&
    plainSerial(record.AAZ341) &&
    // Twelve characters are at most 48 bytes, five are at most twenty.
    plainName(record.AAC003, 12) &&
    plainName(record.AAE011, 5) &&
    plainOfficer(record.AAE011!) &&
    (!record.AAE013 || plainName(record.AAE013, 25)) &&
    plainNumber(number, today, facts.sex)
  );
}

function plainDate(value: ExitValue): number {
  return typeof value === 'string' && value.length === 8 ? dateNumberAt(value, 0) : -1;
}

function plainDivision(value: ExitValue, { divisions, officeDivision, statisticsOnly }: ExitFacts): boolean {
  if (value?.length !== 6) return false;
  for (let i = 0; i < 6; i++) {
    const unit = value.charCodeAt(i);
    if (unit < 48 || unit > 57) return false;
  }
  // Cities and provinces end in 00; 410871 and its like have 7 in the fifth place.
  const fifth = value.charCodeAt(4);
  if (fifth === 55 || (fifth === 48 && value.charCodeAt(5) === 48)) return false;
  if (officeDivision !== undefined && officeDivision !== value) return false;
  if (statisticsOnly?.has(value)) return false;
  return divisions === undefined || divisions.has(value);
}

function plainSerial(value: ExitValue): boolean {
  if (!value || value.length > 18) return false;
  // Up to eighteen ASCII characters are as many bytes.
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit <= 0x20 || unit >= 0x7f) return false;
  }
  return true;
}

function plainName(value: ExitValue, longest: number): boolean {
  if (!value || value.length < 2 || value.length > longest) return false;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if ((unit < 0x3400 || unit > 0x9fff) && unit !== 0xb7) return false;
  }
  return true;
}

/** 系 测 管: the first characters of the names of accounts. */
function plainOfficer(value: string): boolean {
  const first = value.charCodeAt(0);
  return first !== 0x7cfb && first !== 0x6d4b && first !== 0x7ba1;
}

function plainNumber(number: string, today: number, sex: ExitFacts['sex']): boolean {
  const shape = identityClean(number);
  if (shape < 0 || dateNumberAt(number, 6) > today) return false;
  return sex === undefined || sex === null || sex === '' || sex === (shapeSex(shape) === 1 ? '1' : '2');
}
