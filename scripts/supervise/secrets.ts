import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Made once for one data folder. Losing them loses every encrypted field. */
export interface Secrets {
  /** As YINGDENG_KEYS wants it: encryption keys by version, the version in use, keyed-hash and audit keys. */
  readonly keys: { readonly data: Record<string, string>; readonly current: number; lookup: string; audit: string };
  /** Password of the application's database role. */
  readonly databasePassword: string;
  /** Shared with the stand-ins. */
  readonly idpClientSecret: string;
  readonly platformKey: string;
}

/** Reads the file, or makes it with fresh random values that only this user can read. */
export function readOrMakeSecrets(file: string): Secrets {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const key = () => randomBytes(32).toString('hex');
  const made: Secrets = {
    keys: { data: { 1: key() }, current: 1, lookup: key(), audit: key() },
    databasePassword: key(),
    idpClientSecret: key(),
    platformKey: key(),
  };
  // Whole or not at all: half a file of keys would be worse than none.
  writeFileSync(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return made;
}
