import { isPlainDate, type PlainDate } from '@yingdeng/rules/calendar.ts';

/** 202607 and 2026.7 as 2026-07. */
export function monthEntry(typed: string): string {
  const parts = /^(\d{4})[-./年]?(\d{1,2})月?$/.exec(typed.normalize('NFKC').trim());
  return parts ? `${parts[1]}-${(parts[2] ?? '').padStart(2, '0')}` : typed;
}

/** 20261120, 2026.11.20 and 2026年11月20日 as 2026-11-20; '' when it is no date. */
export function dateEntry(typed: string): PlainDate | '' {
  const parts = /^(\d{4})(?:(\d\d)(\d\d)|\D(\d{1,2})\D(\d{1,2})日?)$/.exec(typed.normalize('NFKC').trim());
  const [, year, month, day, monthApart, dayApart] = parts ?? [];
  const two = (text: string | undefined) => (text ?? '').padStart(2, '0');
  const date = `${year}-${two(month ?? monthApart)}-${two(day ?? dayApart)}`;
  return isPlainDate(date) ? date : '';
}

/** 1405, 14.05 and 14:05 as 14:05; '' when it is no time. */
export function timeEntry(typed: string): string {
  const parts = /^([01]?\d|2[0-3])\D?([0-5]\d)$/.exec(typed.normalize('NFKC').trim());
  return parts ? `${parts[1]?.padStart(2, '0')}:${parts[2]}` : '';
}
