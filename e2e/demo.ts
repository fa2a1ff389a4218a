// npm run demo: walks one invented person through the whole loop against the running system, over HTTP only. Exit code 0 when
// every step held, 1 when one did not, 2 when no system runs.
import { dataFolder, findRunning } from './lib/running.ts';
import { walk } from './walk/loop.ts';

try {
  const running = await findRunning(dataFolder());
  if (running) {
    await walk(running, (line) => console.log(line));
    console.log('\n全部走通：申请—登记—服务—退出，直到全国平台的回执。');
  } else {
    console.error('应登没有在运行。请先在另一个终端执行 npm start，看到“应登已启动”后，再执行 npm run demo。');
    process.exitCode = 2;
  }
} catch (error) {
  console.error(`\n演示没有走通。${(error as Error).message}`);
  process.exitCode = 1;
}
