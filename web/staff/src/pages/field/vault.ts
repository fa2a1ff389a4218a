/** What lies on the device instead of a person's data: an AES-GCM envelope. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/**
 * A key of one account on this device. It cannot be exported: a script of the page may use it, but not read it or take it away. It never
 * leaves the device and is not known to the server.
 */
export function newDeviceKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Whose and what an envelope is stands outside it and is bound to it: one put in another's place does not open. */
const bound = (account: string, what: string) => new TextEncoder().encode(`${account}:${what}`);

/** Seals a value, as JSON, for an account. A new random nonce each time. */
export async function seal(key: CryptoKey, account: string, what: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(value));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(account, what) }, key, text);
  return { iv, data };
}

/** Opens an envelope. Rejects when a bit was changed, with another key, for another account or thing. */
export async function unseal<T>(key: CryptoKey, account: string, what: string, { iv, data }: Sealed): Promise<T> {
  const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: bound(account, what) }, key, data);
  return JSON.parse(new TextDecoder().decode(text)) as T;
}
