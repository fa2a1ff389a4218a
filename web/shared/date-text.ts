// Days and moments as people read them, always in Asia/Shanghai. No clock of the machine's zone is used.
const weekdays = ['日', '一', '二', '三', '四', '五', '六'];
const shanghaiOffsetInMs = 8 * 3_600_000;

/** 'YYYY-MM-DD' → 「2026年11月25日（周三）」. What is no date is returned as it is. */
export function dayText(date: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!parts) return date;
  const weekday = weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()];
  return `${Number(parts[1])}年${Number(parts[2])}月${Number(parts[3])}日${weekday ? `（周${weekday}）` : ''}`;
}

/** 'YYYY-MM-DD' → 「11月25日 周三」, for lists of days. */
export function shortDayText(date: string): string {
  const text = dayText(date);
  const parts = /^\d+年(.+)（(周.)）$/.exec(text);
  return parts ? `${parts[1]} ${parts[2]}` : text;
}

/** 'YYYY-MM' (or a date) → 「2026年7月」. */
export function monthText(month: string): string {
  const parts = /^(\d{4})-(\d{2})/.exec(month);
  return parts ? `${Number(parts[1])}年${Number(parts[2])}月` : month;
}

/** An instant (ISO 8601) as the date in Asia/Shanghai, 'YYYY-MM-DD'; '' when it is none. */
export function shanghaiDay(instant: string | number | Date): string {
  const ms = new Date(instant).getTime();
  return Number.isNaN(ms) ? '' : new Date(ms + shanghaiOffsetInMs).toISOString().slice(0, 10);
}

/** An instant (ISO 8601) → 「2026年11月25日 14:05」 in Asia/Shanghai. */
export function instantText(instant: string): string {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) return instant;
  const local = new Date(ms + shanghaiOffsetInMs).toISOString();
  return `${dayText(local.slice(0, 10)).replace(/（.*$/, '')} ${local.slice(11, 16)}`;
}
