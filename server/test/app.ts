import cookie from '@fastify/cookie';
import fastify, { type FastifyInstance } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import type { Context } from '../src/context.ts';
import { answerError } from '../src/platform/answer-error.ts';
import { type Handlers, serve } from '../src/platform/http.ts';

/** The door with some features only, every answer proven against the contract: for tests of one feature. */
export async function testApp(context: Context, ...features: readonly Handlers[]): Promise<FastifyInstance> {
  const app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(({ schema }) => {
    const { parse } = schema as unknown as { parse?: (value: unknown) => unknown };
    return (value) => JSON.stringify(parse ? parse.call(schema, value) : value);
  });
  app.setErrorHandler(answerError(context));
  await app.register(cookie);
  for (const handlers of features) serve(app, context, handlers);
  return app;
}
