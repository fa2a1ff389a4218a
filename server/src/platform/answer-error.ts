import { type ErrorBody, errorTable } from '@yingdeng/contract/errors.ts';
import { CalendarNotMaintained } from '@yingdeng/rules/calendar.ts';
import { parameterSpecs } from '@yingdeng/rules/provisions/parameter-specs.ts';
import { LawSilent } from '@yingdeng/rules/provisions/policy.ts';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Context } from '../context.ts';
import { AppError } from './errors.ts';
import { fieldFaultOf } from './field-messages.ts';

/** PostgreSQL's classes for "the connection broke": whether the transaction was committed is not known. */
const unknownOutcome = /^(08|57P|ECONN)/;

/** Turns whatever was thrown into an entry of the error table, in Chinese, without internals. */
export function answerError(context: Context) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void => {
    const body = bodyOf(error);
    const status = body ? errorTable[body.code].status : 500;
    if (status >= 500) {
      context.log.error(
        { route: request.routeOptions.url, error: error.message, stack: error.stack },
        'request failed',
      );
    }
    reply.status(status).send(body ?? { code: 'server.failed', message: errorTable['server.failed'].message });
  };
}

function bodyOf(error: FastifyError | Error): ErrorBody | undefined {
  if (error instanceof AppError) return error.body;
  if (error instanceof LawSilent) {
    return new AppError('law.silent', { date: error.date, parameter: parameterSpecs[error.parameter].label }).body;
  }
  if (error instanceof CalendarNotMaintained) return new AppError('calendar.notMaintained', { date: error.date }).body;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map((issue) => fieldFaultOf(issue.instancePath, issue.message ?? ''));
    return new AppError('request.invalid', {}, { fields }).body;
  }
  const code = (error as { code?: string }).code ?? '';
  const status = (error as FastifyError).statusCode;
  if (status === 429) return new AppError('request.tooMany', { wait: '稍等片刻' }).body;
  if (status === 413) return new AppError('request.tooLarge').body;
  if (status === 404) return new AppError('request.notFound').body;
  if (status && status >= 400 && status < 500) return new AppError('request.invalid').body;
  if (unknownOutcome.test(code)) return new AppError('server.outcomeUnknown').body;
  return undefined;
}
