import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request the stub received. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: unknown;
}

/** What the stub answers: a status and JSON, or `silent` to let the caller wait. */
export type Reply = { readonly status?: number; readonly json: unknown } | 'silent';

/** An outside system of a test: answers what `reply` says and keeps what it received. */
export async function httpStub(
  reply: (request: Received) => Reply | Promise<Reply>,
): Promise<{ url: string; received: Received[]; close(): Promise<void> }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => {
      text += part;
    });
    request.on('end', async () => {
      const got = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: text ? JSON.parse(text) : undefined,
      };
      received.push(got);
      const answer = await reply(got);
      if (answer === 'silent') return;
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
