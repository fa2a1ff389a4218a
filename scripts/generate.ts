// npm run generate: every generated file anew, one generator after the other. Divisions are left out: their source is a package
// too big to keep (see generate-divisions.ts).
import { readdirSync } from 'node:fs';

const byHand = new Set(['generate-divisions.ts']);

for (const file of readdirSync(import.meta.dirname).sort()) {
  if (/^generate-.+\.ts$/.test(file) && !byHand.has(file)) await import(`./${file}`);
}
