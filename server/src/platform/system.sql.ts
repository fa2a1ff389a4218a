import { sql } from './sql.ts';

/** Health: the database answers, and the application role may read the schema's state. */
export const countMigrations = sql<{ count: number }>(
  'system.migrations',
  'select count(*) as count from schema_migration',
);
