/** Ends of the part of an address that a round is planned by, the widest first. */
const ends = ['街道', '镇', '乡', '社区', '村', '大道', '路', '街', '巷', '苑', '小区'] as const;

/**
 * The street or community of a detailed address, without number, building and door: 「民生街道和平路1号院2单元301室」 gives 「民生街道和平路」.
 * An address without any of these words gives nothing, not a guess.
 */
export function streetOf(detail: string): string {
  const text = detail.trim();
  const plain = /^[^\d０-９#]*/.exec(text)?.[0] ?? '';
  const cut = Math.max(...ends.map((end) => (plain.includes(end) ? plain.lastIndexOf(end) + end.length : 0)));
  return plain.slice(0, cut);
}
