import type { ErrorBody } from '@yingdeng/contract/errors.ts';
import { type Answer, type Body, type Params, type Query, type RouteName, routeTable } from './routes.gen.ts';

/** A refusal of the server, or no answer at all (`offline`). */
export class ApiError extends Error {
  readonly body: ErrorBody;
  readonly status: number;
  readonly offline: boolean;

  constructor(status: number, body: ErrorBody, offline = false) {
    super(body.message);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
    this.offline = offline;
  }
}

type Part<Name extends string, T> = [T] extends [undefined] ? { [K in Name]?: undefined } : { [K in Name]: T };
/** What a call needs; `key` keeps a repeated submission from having a second effect: make it once a form with `requestKey()`. */
export type CallInput<N extends RouteName> = Part<'params', Params<N>> &
  ([Query<N>] extends [undefined] ? { query?: undefined } : { query?: Query<N> }) &
  Part<'body', Body<N>> & {
    key?: string;
    signal?: AbortSignal;
    /** The file of an upload. */
    file?: Blob;
    /** Goes out even when the page is being closed. */
    keepalive?: boolean;
  };

/** A key for one intended effect. The same key is sent again after a failure, so a double tap or a retry does nothing twice. */
export function requestKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Calls a route of the interface. @throws ApiError with the server's words, or `offline` when nothing answered.
 */
export async function call<N extends RouteName>(name: N, input: CallInput<N>): Promise<Answer<N>> {
  const response = await send(name, input);
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as Answer<N>;
}

/** Calls a route whose answer is a file, and hands it to the browser to keep. @throws ApiError as `call` */
export async function download<N extends RouteName>(name: N, input: CallInput<N>): Promise<void> {
  const response = await send(name, input);
  const fileName = /UTF-8''(.+)$/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? '';
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = decodeURIComponent(fileName);
  link.click();
  // The browser has taken it by the next task; kept any longer it would only fill memory.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** The answer to a call, once it is a success. */
async function send<N extends RouteName>(name: N, input: CallInput<N>): Promise<Response> {
  const [method, template, idempotent] = routeTable[name];
  const given = input as {
    params?: Record<string, string>;
    query?: Record<string, unknown>;
    body?: unknown;
    file?: Blob;
    key?: string;
    signal?: AbortSignal;
    keepalive?: boolean;
  };
  let path = template.replace(/:(\w+)/g, (_, part: string) => encodeURIComponent(given.params?.[part] ?? ''));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(given.query ?? {})) if (value !== undefined) query.set(key, String(value));
  if (query.size > 0) path += `?${query}`;
  const headers: Record<string, string> = {};
  if (given.body !== undefined) headers['content-type'] = 'application/json';
  if (given.file) headers['content-type'] = 'application/octet-stream';
  if (idempotent) headers['idempotency-key'] = given.key ?? requestKey();
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      body: given.file ?? (given.body === undefined ? undefined : JSON.stringify(given.body)),
      signal: given.signal,
      keepalive: given.keepalive,
    });
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new ApiError(
      0,
      { code: 'server.outcomeUnknown', message: '网络不通，您填写的内容没有丢失，请稍后再试。' },
      true,
    );
  }
  if (!response.ok) throw new ApiError(response.status, refusalOf(await response.text()));
  return response;
}

/** The server's words; what stands between it and us may answer with a page of its own. */
function refusalOf(text: string): ErrorBody {
  try {
    const body = JSON.parse(text) as Partial<ErrorBody>;
    if (body.code && body.message) return body as ErrorBody;
  } catch {
    // No answer of ours.
  }
  return { code: 'server.failed', message: '系统出错了，请稍后再试。' };
}
