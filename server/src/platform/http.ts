import { type ErrorCode, errorTable } from '@yingdeng/contract/errors.ts';
import { errorBody, type Route } from '@yingdeng/contract/route.ts';
import type { RouteName } from '@yingdeng/contract/routes/index.ts';
import { routes } from '@yingdeng/contract/routes/index.ts';
import { type Action, can, whyNot } from '@yingdeng/rules/access.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { Actor } from './actor.ts';
import { AppError } from './errors.ts';
import { SESSION_COOKIE, type Session, sessionOf } from './session.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; set before the request is validated. */
    session?: Session;
  }
}

type Table = typeof routes;
type Output<T> = T extends z.ZodType ? z.output<T> : undefined;
type Input<T> = T extends z.ZodType ? z.input<T> : undefined;

/** One call of a route: who, what, when. */
export interface Call<Name extends RouteName> {
  /** Who calls. For a public route: the session if there is one. */
  readonly actor: Table[Name]['audience'] extends 'public' ? Actor | undefined : Actor;
  readonly session: Session | undefined;
  readonly params: Output<NonNullable<Table[Name]['params']>>;
  readonly query: Output<NonNullable<Table[Name]['query']>>;
  readonly body: Output<NonNullable<Table[Name]['body']>>;
  /** The Idempotency-Key; present on idempotent routes. */
  readonly key: string;
  readonly now: Date;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** What a route's handler returns: the answer of the contract. */
export type Answer<Name extends RouteName> = Input<Table[Name]['answer']>;
/** The handler of one route: a dozen lines between the door and a command or query. */
export type Handler<Name extends RouteName> = (call: Call<Name>) => Promise<Answer<Name>>;
/** Handlers of some routes, by name; a feature exports one such table. */
export type Handlers = { readonly [Name in RouteName]?: Handler<Name> };

/** An answer of the interface is no page: nothing in it may run, be framed, be guessed at or be kept. */
function headersOf(route: Route, secure: boolean): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    // A browser shows a PDF in a page of its own making, which this policy would stop.
    ...(route.raw ? {} : { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" }),
    ...(secure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  };
}

const FILE = 'application/octet-stream';

/** Registers the handlers of a feature with their schemas, sign-in and access checks. */
export function serve(app: FastifyInstance, context: Context, handlers: Handlers): void {
  if (!app.hasRequestDecorator('session')) app.decorateRequest('session');
  // A file arrives as a stream of bytes; who sends one is settled before it is read.
  if (!app.hasContentTypeParser(FILE)) app.addContentTypeParser(FILE, (_, payload, done) => done(null, payload));
  const secure = context.config.publicUrl.startsWith('https://');
  for (const name of Object.keys(handlers) as RouteName[]) {
    const route = routes[name] as Route;
    const headers = headersOf(route, secure);
    const handler = handlers[name] as unknown as (call: unknown) => Promise<unknown>;
    app.route({
      method: route.method,
      url: route.path,
      schema: {
        operationId: name,
        tags: [route.tag],
        summary: route.summary,
        ...(isSchema(route.params) ? { params: route.params } : {}),
        ...(isSchema(route.query) ? { querystring: route.query } : {}),
        ...(isSchema(route.body) ? { body: route.body } : {}),
        ...(route.upload ? { consumes: [FILE] } : {}),
        response: { [route.status]: route.raw ? bytesOf(route.raw) : route.answer, ...refusals(route) },
        ...(route.audience === 'public' ? {} : { security: [{ session: [] }] }),
      },
      config: { route: name },
      helmet: false,
      // Who calls is settled before anything they sent is looked at: a stranger learns nothing from a schema.
      preValidation: async (request, reply) => {
        reply.headers(headers);
        request.session = await sessionOf(context, request.cookies[SESSION_COOKIE], context.clock.now());
        admit(route, request.session);
      },
      handler: async (request, reply) => {
        const now = context.clock.now();
        const { session } = request;
        const key = keyOf(route, request);
        const answer = await handler({
          actor: session?.actor,
          session,
          params: request.params,
          query: request.query,
          body: request.body,
          key,
          now,
          request,
          reply,
        });
        reply.status(route.status);
        if (route.raw) reply.type(route.raw);
        return answer;
      },
    });
  }
}

/** For the document: an answer that is a file of this type. Bytes are sent as they are. */
function bytesOf(type: string) {
  return { description: type, content: { [type]: { schema: z.string().meta({ format: 'binary' }) } } };
}

/** The refusals of a route by status, each with its codes, for the document. */
function refusals(route: Route): Record<number, z.ZodType> {
  const codes = new Set<ErrorCode>(route.errors);
  if (isSchema(route.params) || isSchema(route.query) || isSchema(route.body)) codes.add('request.invalid');
  if (route.idempotent) codes.add('request.keyMissing').add('request.keyReused');
  if (route.audience !== 'public') codes.add('signIn.required').add('access.denied');
  const byStatus = Map.groupBy(codes, (code) => errorTable[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      errorBody.describe(`${list.map((code) => `${code}: ${errorTable[code].message}`).join('; ')}`),
    ]),
  );
}

function isSchema(schema: z.ZodType | undefined): boolean {
  return schema !== undefined && !(schema instanceof z.ZodUndefined);
}

/** Whether this session may call this route at all; the range of rows is the command's and the database's to check. */
function admit(route: Route, session: Session | undefined): void {
  if (route.audience === 'public') return;
  if (!session) throw new AppError('signIn.required');
  if (route.audience !== 'either' && session.actor.kind !== route.audience) {
    throw new AppError('access.denied', {
      why: route.audience === 'worker' ? '这项业务由劳动者本人办理。' : '这项业务由工作人员办理。',
    });
  }
  if (route.audience === 'staff') {
    const { actor } = session;
    const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: actor.office };
    const action = route.action as Action;
    if (!can(actor.role, action, scope))
      throw new AppError('access.denied', { why: whyNot(actor.role, action, scope) ?? '' });
  }
}

function keyOf(route: Route, request: FastifyRequest): string {
  if (!route.idempotent) return '';
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[\w.-]{8,80}$/.test(key)) throw new AppError('request.keyMissing');
  return key;
}
