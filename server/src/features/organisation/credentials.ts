import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** Letters and digits that nobody mistakes for another when reading from paper. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** A first password: four groups of four signs, some 79 bits; longer than the twelve characters asked for. */
export function newPassword(): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** A new second factor: 160 bits in base32, and the address an authenticator reads (RFC 6238, six digits, 30 seconds). */
export function newSecondFactor(username: string): { secret: string; uri: string } {
  const secret = new Secret({ size: 20 });
  const totp = new TOTP({ issuer: '应登', label: username, secret, algorithm: 'SHA1', digits: 6, period: 30 });
  return { secret: secret.base32, uri: totp.toString() };
}
