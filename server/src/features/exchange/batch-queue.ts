import type { StoredBatch } from './batch.ts';

/** Batches on their way from the builder to the senders. At most `size` of them wait, so that memory stays flat. */
export class BatchQueue {
  readonly #size: number;
  readonly #waiting: StoredBatch[] = [];
  #closed = false;
  #change = Promise.withResolvers<void>();

  constructor(size: number) {
    this.#size = size;
  }

  /** Resolves when there is room for another one. After the end it is passed over: it is stored, and goes with the next run. */
  async put(batch: StoredBatch): Promise<void> {
    if (this.#closed) return;
    this.#waiting.push(batch);
    this.#changed();
    while (this.#waiting.length >= this.#size && !this.#closed) await this.#change.promise;
  }

  /** The next batch; nothing once the queue is closed and empty. */
  async take(): Promise<StoredBatch | undefined> {
    for (;;) {
      const batch = this.#waiting.shift();
      if (batch || this.#closed) {
        this.#changed();
        return batch;
      }
      await this.#change.promise;
    }
  }

  /** No more batches will come, or none will be taken. */
  close(): void {
    this.#closed = true;
    this.#changed();
  }

  #changed(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers<void>();
  }
}
