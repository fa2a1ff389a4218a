import { Secret, TOTP } from 'otpauth';

/** Seconds a one-time code lasts. */
const PERIOD = 30;

/**
 * The time step a six-digit code belongs to (RFC 6238, one step of drift either way), or undefined when it is wrong.
 * A step not later than `lastStep` has been used: a code works once.
 */
export function acceptedStep(secret: string, code: string, now: Date, lastStep: number): number | undefined {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), period: PERIOD, digits: 6, algorithm: 'SHA1' });
  const delta = totp.validate({ token: code, timestamp: now.getTime(), window: 1 });
  if (delta === null) return undefined;
  const step = Math.floor(now.getTime() / 1000 / PERIOD) + delta;
  return step > lastStep ? step : undefined;
}
