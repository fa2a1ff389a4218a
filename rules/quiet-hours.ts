import type { QuietHours } from './provisions/parameters.ts';

const HOUR = 3_600_000;
/** Shanghai is eight hours ahead of UTC, without summer time. */
const AHEAD = 8 * HOUR;

/**
 * The instant itself, or the end of the quiet hours when it falls into them (A21-5d, M79-4b: told in a suitable way). Hours of the day in Shanghai; the
 * quiet hours begin in the evening and end in the morning. Without any, nothing waits.
 */
export function afterQuietHours(at: Date, quiet: QuietHours | undefined): Date {
  if (!quiet) return at;
  const shanghai = new Date(at.getTime() + AHEAD);
  const hour = shanghai.getUTCHours();
  if (hour >= quiet.until && hour < quiet.from) return at;
  if (hour >= quiet.from) shanghai.setUTCDate(shanghai.getUTCDate() + 1);
  shanghai.setUTCHours(quiet.until, 0, 0, 0);
  return new Date(shanghai.getTime() - AHEAD);
}
