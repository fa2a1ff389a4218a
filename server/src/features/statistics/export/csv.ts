import { formReasons } from '@yingdeng/contract/code-tables.ts';
import type { CutName } from '@yingdeng/rules/statistics/cuts.ts';
import type { RowName } from '@yingdeng/rules/statistics/sheet.ts';
import { encodeCsv } from '../../../platform/csv-bytes.ts';
import type { ReportFacts } from './facts.ts';

/** Columns of the file; the codes are the ministry's, their meanings stand in the glossary. */
export const csvHeader = [
  'AAB301',
  'month',
  'item',
  'AJC093',
  'AJC00A',
  'group',
  'AAC004',
  'AAC009',
  'count',
  'unknown',
] as const;

/** AJC093 of a row of new registrations, AJC00A of a row of exits. */
function rowCodes(name: RowName): { item: string; reason: string; exit: string } {
  const box = /^newReason(\d\d)$/.exec(name)?.[1];
  if (box) return { item: 'new', reason: formReasons.find((one) => one.box === Number(box))?.code ?? '', exit: '' };
  const code = /^exit(\d\d)$/.exec(name)?.[1];
  return code ? { item: 'exits', reason: '', exit: code } : { item: name, reason: '', exit: '' };
}

/** Where a column is a value of an indicator, that value. */
const columnCodes: Partial<Record<CutName, { sex?: string; hukou?: string }>> = {
  women: { sex: '2' },
  ruralWorkers: { hukou: '20' },
};

/**
 * The figures as records for another program: one line a figure, UTF-8, values of the ministry's indicators where a row or column is one
 * (AAB301 division, AJC093 reason of unemployment, AJC00A reason of exit, AAC004 sex, AAC009 kind of household). `draft` stands in `month`
 * of a report that is not sealed, so that nobody takes it for the final one.
 */
export function reportCsv({ division, month, draft, rows, services, employment }: ReportFacts): Buffer {
  const period = draft ? `${month} 草稿` : month;
  return encodeCsv(
    {
      header: csvHeader,
      rows: [
        ...rows.flatMap(({ name, cells }) => {
          const { item, reason, exit } = rowCodes(name);
          return cells.map(({ cut, count, unknown }) => {
            const { sex = '', hukou = '' } = columnCodes[cut] ?? {};
            return [division, period, item, reason, exit, cut, sex, hukou, String(count ?? ''), String(unknown)];
          });
        }),
        // Counted for the whole only; what cannot be had is left empty, never nought.
        ...[...services, ...employment].map(({ name, count }) => [
          division,
          period,
          name,
          '',
          '',
          'all',
          '',
          '',
          count === undefined ? '' : String(count),
          '',
        ]),
      ],
    },
    'utf-8',
  );
}
