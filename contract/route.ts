import { z } from 'zod';
import type { ErrorCode } from './errors.ts';

/** Who may call: nobody signed in needed, a signed-in worker, a signed-in staff member, either. */
export type Audience = 'public' | 'worker' | 'staff' | 'either';

/** One route of the HTTP interface. The server, the OpenAPI document and the clients all read this table. */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Fastify's notation: `/api/applications/:id`. */
  readonly path: `/api/${string}`;
  readonly tag: string;
  readonly summary: string;
  readonly audience: Audience;
  /** Name in rules/access.ts; staff routes have one each. */
  readonly action?: string;
  /** Needs an Idempotency-Key header; the same key gives the same answer and one effect. */
  readonly idempotent?: boolean;
  readonly status: 200 | 201 | 202;
  /** The body is a file, handed to the handler as a stream of bytes (`request.body`); it is sent as application/octet-stream. */
  readonly upload?: true;
  /** Content type of an answer that is no JSON, such as application/pdf. */
  readonly raw?: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
  readonly errors: readonly ErrorCode[];
}

/** Declares a route and keeps its exact types. */
export function route<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodType,
>(
  definition: Omit<Route<Params, Query, Body, Answer>, 'status'> & { status?: 200 | 201 | 202 },
): Route<Params, Query, Body, Answer> {
  return { status: 200, ...definition };
}

/** Pieces that many routes share. */
export const id = z.uuid();
export const date = z.iso.date();
export const instant = z.iso.datetime();
export const byId = z.strictObject({ id });
/** A place in the law: document, clause as printed, clause id. */
export const citation = z.object({
  document: z.string(),
  clause: z.string(),
  clauseId: z.string(),
});
export type Citation = z.infer<typeof citation>;
/** A due date that can explain itself. */
export const dueDate = z.object({
  on: date,
  workingDays: z.number().int().optional(),
  from: date,
  citation,
  state: z.enum(['met', 'open', 'near', 'late']),
});
/** A field's fault or warning. */
export const fieldFault = z.object({ field: z.string(), message: z.string() });
/** Every answer that is not a success (contract/errors.ts has the codes and their words). */
export const errorBody = z.object({
  code: z.string(),
  message: z.string(),
  clause: z.string().optional(),
  fields: z.array(fieldFault).optional(),
  detail: z.record(z.string(), z.unknown()).optional(),
});
/** Keyset page: `after` is the cursor the last page gave. */
export const page = z.strictObject({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
