import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  payload: AdapterPayload;
  expiresAt: number;
}

/** A store in memory for one provider: everything is gone when the process ends, as it should be here. */
export function memoryAdapter(): new (model: string) => Adapter {
  const kept = new Map<string, Kept>();

  return class MemoryAdapter implements Adapter {
    readonly #model: string;

    constructor(model: string) {
      this.#model = model;
    }

    #key(id: string): string {
      return `${this.#model}:${id}`;
    }

    #read(key: string): AdapterPayload | undefined {
      const found = kept.get(key);
      if (!found) return undefined;
      if (found.expiresAt > Date.now()) return found.payload;
      kept.delete(key);
      return undefined;
    }

    async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
      sweep(kept);
      const expiresAt = expiresIn ? Date.now() + expiresIn * 1000 : Number.POSITIVE_INFINITY;
      kept.set(this.#key(id), { payload, expiresAt });
    }

    async find(id: string): Promise<AdapterPayload | undefined> {
      return this.#read(this.#key(id));
    }

    async findByUid(uid: string): Promise<AdapterPayload | undefined> {
      return this.#findBy((payload) => payload.uid === uid);
    }

    async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
      return this.#findBy((payload) => payload.userCode === userCode);
    }

    async consume(id: string): Promise<void> {
      const payload = this.#read(this.#key(id));
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    }

    async destroy(id: string): Promise<void> {
      kept.delete(this.#key(id));
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key);
    }

    #findBy(matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
      for (const key of kept.keys()) {
        if (!key.startsWith(`${this.#model}:`)) continue;
        const payload = this.#read(key);
        if (payload && matches(payload)) return payload;
      }
      return undefined;
    }
  };
}

/** Throws away what has expired, now and then. */
function sweep(kept: Map<string, Kept>): void {
  if (kept.size < 1000) return;
  const now = Date.now();
  for (const [key, { expiresAt }] of kept) if (expiresAt <= now) kept.delete(key);
}
