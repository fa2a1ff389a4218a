import pg from 'pg';

/** What PostgreSQL writes before the first row of a binary COPY: signature, flags, length of an extension (none). */
const HEADER = 19;

/**
 * Asks a statement by COPY in binary form. A value of megabytes comes as it is; the ordinary way makes a text of it and back, which takes longer
 * than to find what is in it. COPY takes no parameters: they are written into the text as literals.
 */
export class CopyOut extends pg.Query {
  readonly #rows: Buffer[][] = [];
  #begun = false;

  /** @returns the query to be given to a client, and its rows, a buffer each field; empty where the field is null */
  static of(text: string, params: readonly unknown[]): { query: CopyOut; rows: Promise<Buffer[][]> } {
    const { promise: rows, resolve, reject } = Promise.withResolvers<Buffer[][]>();
    const filled = text.replace(/\$(\d+)/g, (_, number: string) => literal(params[Number(number) - 1]));
    const query: CopyOut = new CopyOut(`copy (${filled}) to stdout (format binary)`, (error: Error | undefined) =>
      error ? reject(error) : resolve(query.#rows),
    );
    return { query, rows };
  }

  /** Called by the client with what one message holds: whole rows. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // The client reads the next messages into the same memory.
    const bytes = Buffer.from(chunk);
    let at = this.#begun ? 0 : HEADER;
    this.#begun = true;
    while (at < bytes.length) {
      const fields = bytes.readInt16BE(at);
      at += 2;
      if (fields < 0) return;
      const row: Buffer[] = [];
      for (let field = 0; field < fields; field += 1) {
        const length = Math.max(0, bytes.readInt32BE(at));
        row.push(bytes.subarray(at + 4, at + 4 + length));
        at += 4 + length;
      }
      this.#rows.push(row);
    }
  }
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof Date) return literal(value.toISOString());
  if (Array.isArray(value))
    return literal(`{${value.map((one) => `"${String(one).replace(/["\\]/g, '\\$&')}"`).join(',')}}`);
  return pg.escapeLiteral(String(value));
}
