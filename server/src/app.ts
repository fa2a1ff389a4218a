import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyInstance } from 'fastify';
import { jsonSchemaTransform, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Context } from './context.ts';
import { accessHandlers, registerIdentityProvider } from './features/access/index.ts';
import { applicationHandlers } from './features/application/index.ts';
import { bundleHandlers } from './features/bundle/index.ts';
import { casefileHandlers } from './features/casefile/index.ts';
import { contactHandlers } from './features/contact/index.ts';
import { creditHandlers } from './features/credit/index.ts';
import { deskHandlers } from './features/desk/index.ts';
import { difficultyHandlers } from './features/difficulty/index.ts';
import { backLoadHandlers, civilHandlers, exchangeHandlers, inboundHandlers } from './features/exchange/index.ts';
import { exitHandlers } from './features/exit/index.ts';
import { followUpHandlers } from './features/followup/index.ts';
import { lawHandlers } from './features/law/index.ts';
import { noticeHandlers } from './features/notice/index.ts';
import { organisationHandlers } from './features/organisation/index.ts';
import { peopleHandlers } from './features/people/index.ts';
import { printHandlers } from './features/print/index.ts';
import { publicHandlers } from './features/public/index.ts';
import { selfHandlers } from './features/self/index.ts';
import { servedHandlers } from './features/served/index.ts';
import { serviceHandlers } from './features/service/index.ts';
import { statisticsHandlers } from './features/statistics/index.ts';
import { supervisionHandlers } from './features/supervision/index.ts';
import { supportHandlers } from './features/support/index.ts';
import { todayHandlers } from './features/today/index.ts';
import { trainingHandlers } from './features/training/index.ts';
import { transferHandlers } from './features/transfer/index.ts';
import { vacancyHandlers } from './features/vacancy/index.ts';
import { welfareHandlers } from './features/welfare/index.ts';
import { workerHandlers } from './features/worker/index.ts';
import { worklistHandlers } from './features/worklist/index.ts';
import { answerError } from './platform/answer-error.ts';
import { AppError } from './platform/errors.ts';
import { serve } from './platform/http.ts';
import { serveWeb } from './platform/web.ts';

/** Builds the HTTP door from a context. Tests use `app.inject`; no port is opened here. */
export async function createApp(context: Context, options: { checkAnswers?: boolean } = {}): Promise<FastifyInstance> {
  const app = fastify({
    // What fails is logged by the error handler, without anything of the request but its route.
    logger: false,
    trustProxy: '127.0.0.1',
    bodyLimit: 1_000_000,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  // Answers are proven against the contract by the tests; in service they are written as they are, which is 2.5 times faster.
  app.setSerializerCompiler(({ schema }) => {
    const parser = schema as unknown as { parse?: (value: unknown) => unknown };
    return (value) => JSON.stringify(options.checkAnswers && parser.parse ? parser.parse(value) : value);
  });
  app.setErrorHandler(answerError(context));
  await app.register(cookie);
  // For pages; answers of the interface carry the few headers of platform/http.ts, which costs a tenth.
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        workerSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        upgradeInsecureRequests: context.config.mode === 'production' ? [] : null,
      },
    },
    strictTransportSecurity: context.config.mode === 'production',
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '应登 Yingdeng',
        version: '0.1.0',
        description: 'Unemployment registration and service management: application, registration, service, exit.',
      },
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'yingdeng_session' } } },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: '/api/docs' });
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());

  app.addHook('onResponse', (request, reply, done) => {
    const { route } = request.routeOptions.config as { route?: string };
    context.metrics.request(route ?? 'other', reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
  app.addHook('onRequest', async (request) => {
    // Cookies travel with requests of other sites too; a write must come from our own pages (or from a program without an origin).
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const origin = request.headers.origin;
    if (origin && new URL(origin).host !== request.host && origin !== context.config.publicUrl) {
      throw new AppError('access.wrongOrigin');
    }
  });

  for (const handlers of [
    accessHandlers(context),
    publicHandlers(context),
    workerHandlers(context),
    applicationHandlers(context),
    casefileHandlers(context),
    worklistHandlers(context),
    todayHandlers(context),
    deskHandlers(context),
    contactHandlers(context),
    serviceHandlers(context),
    difficultyHandlers(context),
    bundleHandlers(context),
    civilHandlers(context),
    servedHandlers(context),
    welfareHandlers(context),
    supportHandlers(context),
    trainingHandlers(context),
    transferHandlers(context),
    creditHandlers(context),
    statisticsHandlers(context),
    printHandlers(context),
    exitHandlers(context),
    peopleHandlers(context),
    exchangeHandlers(context),
    inboundHandlers(context),
    backLoadHandlers(context),
    supervisionHandlers(context),
    selfHandlers(context),
    followUpHandlers(context),
    noticeHandlers(context),
    vacancyHandlers(context),
    organisationHandlers(context),
    lawHandlers(context),
  ]) {
    serve(app as unknown as FastifyInstance, context, handlers);
  }
  registerIdentityProvider(app as unknown as FastifyInstance, context);
  await serveWeb(app as unknown as FastifyInstance);
  return app as unknown as FastifyInstance;
}
