import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the parameters OWASP names for a server: 19 MiB, two passes. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The stored form of a password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, options);
}

// An unknown user name must take as long as a wrong password; this is the hash of nothing anybody can type.
const nobody = hash('\u0000', options);

/** Whether the password is the one behind the stored form; `undefined` stands for an unknown account. */
export async function passwordMatches(stored: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await nobody), password);
  return matches && stored !== undefined;
}
