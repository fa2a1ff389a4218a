/** 1234567 → 「1,234,567」. */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Bytes as people read them: 「118 MB」. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} 字节`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return bytes < 10_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.round(bytes / 1_000_000)} MB`;
}

/** Rows a second, in words. */
export function rateText(rows: number, ms: number): string {
  if (ms < 1) return '';
  const rate = (rows / ms) * 1000;
  return rate >= 10_000 ? `每秒约${Math.round(rate / 10_000)}万行` : `每秒约${countText(rate)}行`;
}

/** Milliseconds as seconds: 「0.4秒」, 「12秒」. */
export function secondsText(ms: number): string {
  const seconds = ms / 1000;
  return `${seconds < 10 ? Math.max(0.1, seconds).toFixed(1) : Math.round(seconds)}秒`;
}
