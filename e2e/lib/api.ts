import { randomUUID } from 'node:crypto';
import type { ErrorBody, ErrorCode } from '@yingdeng/contract/errors.ts';
import type { Route } from '@yingdeng/contract/route.ts';
import { type RouteName, routes } from '@yingdeng/contract/routes/index.ts';
import { Visitor } from './visitor.ts';

type Table = typeof routes;
type In<T> = T extends { _input: infer I } ? I : undefined;
type Out<T> = T extends { _output: infer O } ? O : never;
/** What a route answers. */
export type Answer<N extends RouteName> = Out<Table[N]['answer']>;
type Part<Name extends string, T> = [T] extends [undefined] ? { [K in Name]?: undefined } : { [K in Name]: T };
/** What a call needs; `key` is the request's own number, drawn when it is not given. */
export type Input<N extends RouteName> = Part<'params', In<NonNullable<Table[N]['params']>>> & {
  query?: Partial<In<NonNullable<Table[N]['query']>>>;
} & Part<'body', In<NonNullable<Table[N]['body']>>> & { key?: string };

/** The system said no: its code, its words, its clause. */
export class Refused extends Error {
  readonly status: number;
  readonly body: ErrorBody;

  constructor(name: string, status: number, body: ErrorBody) {
    const fields = (body.fields ?? []).map((fault) => `${fault.field}：${fault.message}`).join('；');
    super(`${name} → ${status} ${body.code}：${body.message}${fields ? `（${fields}）` : ''}`);
    this.name = 'Refused';
    this.status = status;
    this.body = body;
  }
}

/** The system's interface in the hands of one person. Every answer is held against the contract. */
export class Api {
  readonly base: string;
  readonly visitor = new Visitor();

  constructor(base: string) {
    this.base = base;
  }

  /** Calls a route by its name. @throws Refused; ZodError when the answer is not what the contract promises. */
  async call<N extends RouteName>(name: N, input: Input<N>): Promise<Answer<N>> {
    const route = routes[name] as Route;
    const given = input as {
      params?: Record<string, string>;
      query?: Record<string, unknown>;
      body?: unknown;
      key?: string;
    };
    const path = route.path.replace(/:(\w+)/g, (_, part: string) => encodeURIComponent(given.params?.[part] ?? ''));
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(given.query ?? {}))
      if (value !== undefined) query.set(key, String(value));
    const headers: Record<string, string> = {};
    if (given.body !== undefined) headers['content-type'] = 'application/json';
    if (route.idempotent) headers['idempotency-key'] = given.key ?? randomUUID();
    const answer = await this.visitor.send(`${this.base}${path}${query.size > 0 ? `?${query}` : ''}`, {
      method: route.method,
      headers,
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    });
    const body = parsed(name, answer.status, answer.text);
    if (answer.status !== route.status) throw new Refused(name, answer.status, body as ErrorBody);
    return route.answer.parse(body) as Answer<N>;
  }

  /** Calls a route that has to refuse with this code; gives the refusal. @throws Error when it does not refuse. */
  async refused<N extends RouteName>(name: N, input: Input<N>, code: ErrorCode): Promise<ErrorBody> {
    const outcome = await this.call(name, input).catch((error: unknown) => error);
    if (outcome instanceof Refused && outcome.body.code === code) return outcome.body;
    if (outcome instanceof Error) throw outcome;
    throw new Error(`${name} 应当以 ${code} 拒绝，却办成了`);
  }
}

function parsed(name: string, status: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${name} → ${status}，应答不是JSON：${text.slice(0, 200)}`);
  }
}
