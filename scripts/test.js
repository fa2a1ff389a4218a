// npm test: the checks, the pages, then every test. `--no-check` leaves the checks out; anything else goes to vitest,
// so that `npm test -- rules` runs only what lies there. The last line says how many passed and failed.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './lib/ensure-installed.js';
import { environment, runNode24 } from './lib/node24.js';
import { root } from './lib/paths.js';

const given = process.argv.slice(2);
const filters = given.filter((argument) => argument !== '--no-check');
const withCheck = !given.includes('--no-check') && filters.length === 0;

await ensureInstalled();
const folder = join(root, '.data', 'test');
const resultFile = join(folder, `result-${process.pid}.json`);
mkdirSync(folder, { recursive: true });

let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (interrupted = true));
const step = async (args) =>
  interrupted ? 130 : await runNode24(args, { env: { ...environment(), CI: process.env.CI ?? '1' } });

const checked = withCheck ? await step([join(root, 'scripts', 'check.js')]) : 0;
const built = filters.length === 0 ? await step([join(root, 'scripts', 'build-webs.ts')]) : 0;
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`];
const tested = await step([vitest, 'run', ...reporters, ...filters]);

const { passed, failed } = count();
rmSync(resultFile, { force: true });
const failures = failed + (checked === 0 ? 0 : 1) + (built === 0 ? 0 : 1);
if (checked !== 0) console.error('npm run check 没有通过（见上）。The checks did not pass.');
if (built !== 0) console.error('网页没有生成（见上）。The pages could not be built.');
if (passed + failed === 0) console.error('没有运行任何测试。No test ran.');
console.log(`${passed} passed, ${failures} failed`);
process.exitCode = failures > 0 || passed === 0 ? 1 : tested;

/** A file that could not even be loaded counts as one failure, though it names no test. */
function count() {
  try {
    const result = JSON.parse(readFileSync(resultFile, 'utf8'));
    const broken = result.testResults.filter((file) => file.status === 'failed' && !hasFailedTest(file));
    return { passed: result.numPassedTests, failed: result.numFailedTests + broken.length };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

function hasFailedTest(file) {
  return file.assertionResults.some((test) => test.status === 'failed');
}
