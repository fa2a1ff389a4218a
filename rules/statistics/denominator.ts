// The urban employed at the end of a period (城镇从业人员): never derived here, always entered with its value, date, source and method (M79-10b).
import { registeredUnemploymentRate } from './rate.ts';

/** How a figure came about: reported for the month by the statistical return, or estimated from last year's end. */
export const denominatorKinds = { reported: '本期上报数', estimated: '按上年末数测算' } as const;
export type DenominatorKind = keyof typeof denominatorKinds;

/** A figure of urban employed persons as it was entered. */
export interface Denominator {
  readonly kind: DenominatorKind;
  /** Persons. */
  readonly value: number;
  /** The day the figure describes. */
  readonly asOf: string;
  /** Who published it, and where. */
  readonly source: string;
  /** How it was counted or estimated, in words. */
  readonly method: string;
  /** By how many per cent it may be off, as whoever entered it says; the band of the rate follows from it. */
  readonly uncertainty: number;
}

/** The trap beside the figure: what of the same name does not belong here (domain 4.2). */
export const denominatorWarning =
  '这里的“城镇从业人员”按劳动工资和就业统计口径：城镇单位就业人员（扣除使用的农村劳动力、聘用的离退休人员、港澳台及外方人员）＋不在岗职工＋私营业主＋个体户主＋私营和个体就业人员。' +
  '不是统计公报的“城镇就业人员”：用那个数会把登记失业率算得偏低。';

/** An estimate by the stated method: last year's end grown by a rate in per cent; whole persons, half up. */
export function estimateFromYearEnd(yearEnd: number, growthPercent: number): number {
  return Math.round(yearEnd * (1 + growthPercent / 100));
}

/** What is wrong with a figure, field by field in words; empty when nothing is. */
export function denominatorFaults(figure: Denominator, period: { from: string; to: string }): string[] {
  const faults: string[] = [];
  if (!Number.isSafeInteger(figure.value) || figure.value <= 0) faults.push('人数：应为大于0的整数。');
  if (figure.source.trim() === '') faults.push('来源：没有填写。');
  if (figure.method.trim() === '') faults.push('口径和方法：没有填写。');
  if (!(figure.uncertainty >= 0 && figure.uncertainty <= 50)) faults.push('可能的误差：应在0到50之间（%）。');
  if (figure.asOf > period.to) faults.push('数据日期：晚于报表期末。');
  if (figure.kind === 'reported' && figure.asOf < period.from) faults.push('数据日期：早于本报表期，应按测算数填写。');
  if (figure.kind === 'estimated' && figure.uncertainty === 0) faults.push('可能的误差：测算数应填写误差范围。');
  return faults;
}

/** A rate with the band in which it lies when the denominator is off by its uncertainty; in per cent, two decimals, half up. */
export interface RateWithBand {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** The rate of a period; undefined (a dash on the sheet, never 0) while nobody entered the urban employed. */
export function rateWithBand(unemployed: number, denominator: Denominator | undefined): RateWithBand | undefined {
  const rate = registeredUnemploymentRate(unemployed, denominator?.value);
  if (rate === undefined || denominator === undefined) return undefined;
  const off = (denominator.value * denominator.uncertainty) / 100;
  const at = (value: number) => registeredUnemploymentRate(unemployed, Math.max(1, Math.round(value))) ?? rate;
  return { rate, low: at(denominator.value + off), high: at(denominator.value - off) };
}
