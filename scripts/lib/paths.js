import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the project, whatever folder a command was called from. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Programs of the installed packages. */
export const bin = join(root, 'node_modules', '.bin');
