/**
 * A statement: a name (it is prepared once a connection under that name), its text, and the shape of a row and of its
 * parameters. Statements stand in `*.sql.ts` files only; a test prepares every one of them against the migrated schema.
 */
export interface Statement<Row, Params extends readonly unknown[]> {
  readonly name: string;
  readonly text: string;
  /** Never set; carries the types. */
  readonly shape?: { row: Row; params: Params };
}

/** Every statement of the process by name; two statements of one name are a mistake found at start. */
export const statements = new Map<string, Statement<unknown, readonly unknown[]>>();

/**
 * Declares a statement: `sql<Row, [string, number]>('application.find', 'select … where tenant = $1')`.
 * Text is fixed at load time; nothing from a request ever becomes part of it.
 */
export function sql<Row = Record<string, never>, Params extends readonly unknown[] = []>(
  name: string,
  text: string,
): Statement<Row, Params> {
  if (statements.has(name)) throw new Error(`two statements are called ${name}`);
  const statement: Statement<Row, Params> = { name, text };
  statements.set(name, statement as unknown as Statement<unknown, readonly unknown[]>);
  return statement;
}
