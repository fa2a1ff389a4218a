// npm run db:new NAME: an empty migration under the next number. Forward only: a file that was applied is never changed.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './write-or-check.ts';

const [name] = process.argv.slice(2);
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('npm run db:new NAME; lower-case letters, digits and underscores');
  process.exit(2);
}
const folder = join(root, 'server', 'migrations');
const last = Math.max(...readdirSync(folder).map((file) => Number.parseInt(file, 10)));
const file = `${String(last + 1).padStart(4, '0')}_${name}.sql`;
writeFileSync(join(folder, file), '-- Why this is needed, and which statements read it.\n', { flag: 'wx' });
console.log(`server/migrations/${file}`);
