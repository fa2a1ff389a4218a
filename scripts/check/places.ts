// What may stand only in certain places: SQL, and reading the environment.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, sourceFiles } from './files.ts';

interface Place {
  readonly what: string;
  readonly allowed: RegExp;
  readonly found: (code: string) => boolean;
}

const statement =
  /^\s*(select\s[\s\S]+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s*\(|(create|alter|drop)\s+(table|index|role|database|view|policy|function)\s)/i;

const places: readonly Place[] = [
  {
    what: 'SQL',
    // Migrating and starting the database are about the database itself; tests arrange and look.
    allowed:
      /\.sql\.ts$|\.test\.ts$|^server\/test\/|^bench\/|^server\/src\/platform\/(migrate|database|embedded-postgres)\.ts$/,
    found: (code) => literals(code).some((literal) => statement.test(literal)),
  },
  {
    what: 'process.env',
    allowed: /^server\/src\/config\.ts$|^stand-ins\/config\.ts$|^(scripts|e2e|bench)\/|vite\.config\.ts$/,
    found: (code) => /\bprocess\.env\b/.test(code),
  },
];

const files = sourceFiles();
let wrong = 0;
for (const file of files) {
  const code = withoutComments(readFileSync(join(root, file), 'utf8'));
  for (const place of places) {
    if (place.allowed.test(file) || !place.found(code)) continue;
    console.error(`${place.what} does not belong in ${file}`);
    wrong += 1;
  }
}
if (wrong > 0 || files.length === 0) process.exit(1);
console.log(`${files.length} files`);

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

function literals(code: string): string[] {
  return [...code.matchAll(/(['"`])((?:\\.|(?!\1)[^\\])*)\1/g)].map((match) => match[2] ?? '');
}
