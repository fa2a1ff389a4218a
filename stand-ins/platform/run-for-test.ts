import { startPlatform } from './main.ts';

/** Started by the test that kills it: `run-for-test.ts <dataDir> <key>`; sends its address to the parent. */
const [dataDir = '', key = ''] = process.argv.slice(2);
const { url } = await startPlatform({ port: 0, dataDir, key, today: '20261122' });
process.send?.(url);
process.on('disconnect', () => process.exit(0));
