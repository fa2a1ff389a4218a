import { normaliseIdentityEntry, personKeyForm } from '@yingdeng/rules/identity-number.ts';
import { type Crypto, personIdOf } from './crypto.ts';

/** A person as the database knows one before anything is read. */
export interface PersonKey {
  /** Keyed hash of the identity number in its 18-digit form. */
  readonly hash: Buffer;
  readonly personId: string;
}

/** The key of the person with this identity number; 15 digits and their 18-digit form give the same. */
export function personKey(crypto: Crypto, idNumber: string): PersonKey {
  const hash = crypto.lookupHash('identity', personKeyForm(normaliseIdentityEntry(idNumber)));
  return { hash, personId: personIdOf(hash) };
}
