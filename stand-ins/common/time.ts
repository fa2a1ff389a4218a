/** Calendar and clock in Asia/Shanghai, which has had no other offset than +08:00 since 1991. */
const SHANGHAI_OFFSET_MS = 8 * 3600 * 1000;

/** ISO date and time with the offset written out, e.g. `2026-11-22T14:03:05.120+08:00`. */
export function shanghaiIso(at: Date = new Date()): string {
  return new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().replace('Z', '+08:00');
}

/** Today's date in Asia/Shanghai as `YYYYMMDD`. */
export function shanghaiToday(at: Date = new Date()): string {
  return shanghaiIso(at).slice(0, 10).replaceAll('-', '');
}

/** True for a date that exists, written as `YYYYMMDD` with half-width digits. Year 0000 does not exist. */
export function isCompactDate(text: string): boolean {
  if (!/^[0-9]{8}$/.test(text) || text.startsWith('0000')) return false;
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}

/** `YYYYMMDD` from `YYYY-MM-DD` or `YYYYMMDD`; undefined when it is neither. */
export function compactDate(text: string | undefined): string | undefined {
  const compact = text?.replaceAll('-', '');
  return compact && isCompactDate(compact) ? compact : undefined;
}

/** The Shanghai calendar day (`YYYYMMDD`) of an ISO time with an offset; undefined when it cannot be read. */
export function shanghaiDayOf(iso: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(iso)) return undefined;
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? undefined : shanghaiToday(at);
}

/** `11-22 14:03:05` in Shanghai time, for lists. */
export function shortTime(iso: string): string {
  return shanghaiIso(new Date(iso)).slice(5, 19).replace('T', ' ');
}
