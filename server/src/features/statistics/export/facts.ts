import { ownName } from '@yingdeng/contract/divisions.ts';
import { type CutName, cutNames, cuts } from '@yingdeng/rules/statistics/cuts.ts';
import {
  type EmploymentCount,
  employmentCountNames,
  employmentCounts,
} from '@yingdeng/rules/statistics/employment-counts.ts';
import { type ServiceRow, serviceRowNames, serviceRows, share } from '@yingdeng/rules/statistics/service-sheet.ts';
import {
  figuresOf,
  type KeptFigures,
  knownOfNone,
  type RowName,
  rowNames,
  sheetRows,
} from '@yingdeng/rules/statistics/sheet.ts';
import type { Answer } from '../../../platform/http.ts';
import { dayAndTime, longDate } from '../../../platform/words.ts';

/** A line of the report as it goes to a file: every column, nought included. */
export interface ExportRow {
  readonly name: RowName;
  readonly text: string;
  readonly level: 0 | 1;
  /** `count` undefined: known of none of those the row counts. */
  readonly cells: readonly { readonly cut: CutName; readonly count: number | undefined; readonly unknown: number }[];
}

/** A line beside the figures: services of the period, columns of 人社统EP1. */
export interface BesideRow {
  readonly name: string;
  readonly text: string;
  readonly level: 0 | 1;
  /** Undefined: not to be had, and `lacking` says why. */
  readonly count: number | undefined;
  /** Per cent of the line it is a part of. */
  readonly share?: number | undefined;
  readonly clause: string;
  readonly meaning: string;
  readonly lacking?: string | undefined;
}

/** A report as it goes to a file: what XLSX and PDF both say, in the same words. */
export interface ReportFacts {
  readonly division: string;
  readonly month: string;
  readonly title: string;
  readonly unit: string;
  readonly period: string;
  readonly columns: readonly { readonly cut: CutName; readonly text: string }[];
  readonly rows: readonly ExportRow[];
  readonly services: readonly BesideRow[];
  readonly employment: readonly BesideRow[];
  /** Lines under the table: rate with its denominator, groups that count besides. */
  readonly below: readonly string[];
  readonly notes: readonly string[];
  /** What the system recorded of the steps; empty lines for the signatures stand beside it. */
  readonly steps: string;
  /** Set unless the report is sealed: 草稿 on every page. */
  readonly draft: string | undefined;
  readonly digest: string | undefined;
  /** Who takes the file, when, why. */
  readonly line: string;
}

type Sheet = Answer<'getReport'>;

/** What is to be signed by hand at the foot of a statistical return. */
export const signatures = ['单位负责人', '统计负责人', '填表人', '联系电话', '报出日期'] as const;

/** 「2026年11月（2026年10月21日至11月20日24时）」 */
function periodText({ head, period }: Sheet): string {
  const [year, month] = head.month.split('-').map(Number);
  return `${year}年${month}月（${longDate(period.from)}至${longDate(period.to)}24时）`;
}

/** A sheet as it goes to a file. `place` is the division or the office it is of. */
export function factsOf(sheet: Sheet, place: string, line: string): ReportFacts {
  const figures = figuresOf(sheet.figures as KeptFigures);
  const { head, denominator, besides, services } = sheet;
  const rate = head.rate;
  const band = rate && rate.low !== rate.high ? `（${rate.low.toFixed(2)}%—${rate.high.toFixed(2)}%）` : '';
  return {
    division: head.division,
    month: head.month,
    title: '登记失业人员情况月报表',
    unit: place,
    period: periodText(sheet),
    columns: cutNames.map((cut) => ({ cut, text: cuts[cut].text })),
    rows: rowNames.map((name) => ({
      name,
      text: sheetRows[name].text,
      level: sheetRows[name].level,
      cells: cutNames.map((cut) => {
        const { count, unknown } = figures[name][cut];
        const none = knownOfNone(figures[name][cut], figures[name].all.count);
        return { cut, count: none ? undefined : count, unknown };
      }),
    })),
    services: (services ? serviceRowNames : []).map((name) => {
      const { text, level, clause, meaning, partOf }: ServiceRow = serviceRows[name];
      const count = services?.[name] ?? 0;
      return {
        name,
        text,
        level,
        clause,
        meaning,
        count,
        share: partOf ? share(count, services?.[partOf] ?? 0) : undefined,
      };
    }),
    employment: employmentCountNames.map((name) => {
      const { text, clause, meaning, lacking }: EmploymentCount = employmentCounts[name];
      return { name, text, level: 0, clause, meaning, lacking, count: sheet.employment[name] ?? undefined };
    }),
    below: [
      ...(sheet.replaces
        ? [
            `本表为第${head.revision}次报送，代替第${sheet.replaces.revision}次（封存摘要${sheet.replaces.digest}）。重报理由：${sheet.replaces.reason}。`,
          ]
        : []),
      denominator
        ? `期末城镇从业人员${denominator.value}人（${denominator.kindText}，截至${denominator.asOf}，可能误差${denominator.uncertainty}%）。来源：${denominator.source}。方法：${denominator.method}。`
        : '期末城镇从业人员：—（没有填写）。',
      `登记失业率：${rate ? `${rate.rate.toFixed(2)}%${band}` : '—'}。`,
      besides.length === 0
        ? '参照群体另计：无。'
        : `参照群体另计：${besides.map(({ groupText, count }) => `${groupText}${count}人`).join('，')}；连同期末登记失业人员共${sheet.withBesides}人${
            sheet.rateBesides ? `，合计比率${sheet.rateBesides.rate.toFixed(2)}%` : ''
          }。`,
    ],
    notes: [
      '期末＝期初＋新登记－退出＋更正调增－更正调减＋转入－转出；期初为上期报出的期末数。',
      '各栏的“不详”是还没有采集到该项信息的人数，不计入该栏，也不当作“否”。',
      ...(services ? [`服务情况在截取名册时按登记、联系和服务记录统计；上一自然月为${sheet.servicesMonth}。`] : []),
      ...sheet.provisions.map(({ text, citation }) => `${text}（${citation.document} ${citation.clause}）`),
    ],
    steps: sheet.history.map(({ text, by, at }) => `${text} ${by} ${dayAndTime(new Date(at))}`).join('；'),
    draft: head.state === 'sealed' ? undefined : `草稿：${head.stateText}，未封存，不作上报依据`,
    digest: sheet.seal?.digest,
    line,
  };
}

/** Name of the file, without its ending. */
export const fileNameOf = ({ title, unit, month, draft }: ReportFacts): string =>
  `${unit}${title}${month}${draft ? '（草稿）' : ''}`;

/** What a report is of: an office below, or the division with the places above it. */
export const placeOf = (sheet: Sheet, office: string | undefined): string =>
  sheet.offices.find((one) => one.office === office)?.name ?? sheet.head.title ?? ownName(sheet.head.division) ?? '';
