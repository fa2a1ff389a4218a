import { disk } from '../src/platform/disk.ts';
import { DiskTrouble, putFile } from '../src/platform/put-file.ts';

/** A process that is killed or limited from outside: puts `count` files of `size` bytes into a folder, and says which are there. */
const [folder = '', count = '1', size = '100'] = process.argv.slice(2);
for (let n = 0; n < Number(count); n += 1) {
  try {
    await putFile(disk, folder, `${n}.csv`, Buffer.alloc(Number(size), n % 251));
    process.stdout.write(`${n}\n`);
  } catch (error) {
    if (!(error instanceof DiskTrouble)) throw error;
    process.stdout.write(`${error.reason}\n`);
    process.exitCode = 1;
  }
}
