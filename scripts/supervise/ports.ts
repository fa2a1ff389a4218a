import { createServer } from 'node:net';

/** The wished port if nobody has it, otherwise one the system gives. Zero wishes for any. */
export async function freePort(wish: number): Promise<number> {
  if (wish !== 0 && (await isFree(wish))) return wish;
  return new Promise((done, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : failed(new Error('no port'))));
    });
  });
}

/** Free on both loopbacks: `localhost` may mean either, and another program on one of them would answer. */
async function isFree(port: number): Promise<boolean> {
  const answers = await Promise.all(['127.0.0.1', '::1'].map((host) => tryListen(port, host)));
  return answers.every((code) => code !== 'EADDRINUSE' && code !== 'EACCES');
}

function tryListen(port: number, host: string): Promise<string | undefined> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => done(error.code));
    probe.listen(port, host, () => probe.close(() => done(undefined)));
  });
}
