/** A month of the report as it is said: 「2026年11月（10月21日—11月20日）」. */
export function monthText(month: string): string {
  const [year = '', number = ''] = month.split('-');
  const before = Number(number) === 1 ? 12 : Number(number) - 1;
  return `${year}年${Number(number)}月（${before}月21日—${Number(number)}月20日）`;
}

/** A number of persons; a dash while nobody counted. */
export const countText = (count: number | undefined): string =>
  count === undefined ? '—' : count.toLocaleString('zh-CN');

/** A rate with two decimals; a dash, never nought, while the urban employed are unknown (M79-10b). */
export const rateText = (rate: { rate: number } | undefined): string => (rate ? `${rate.rate.toFixed(2)}%` : '—');
