/** Hour and minute in Asia/Shanghai, `14:05`. */
export function clockTime(instant: Date): string {
  return new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(instant);
}

/** Day and time in Asia/Shanghai as people write them, `11月22日14:05`. */
export function dayAndTime(instant: Date): string {
  const day = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric' }).format(
    instant,
  );
  return `${day}${clockTime(instant)}`;
}

/** A date as people write it, `2026年11月25日`. */
export function longDate(date: string): string {
  return `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
}

/** A telephone with its middle hidden, `138****5678`. */
export function maskTelephone(number: string): string {
  return number.length >= 7 ? `${number.slice(0, 3)}****${number.slice(-4)}` : '****';
}
