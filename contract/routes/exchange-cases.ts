import { z } from 'zod';
import { byId, instant, route } from '../route.ts';
import { attempt, proof, sentField } from './exchange-evidence.ts';
import { decisionUpload } from './exchange-inbound.ts';

/** One delivery of a forwarded application, as it was received. */
const delivery = z.object({
  revision: z.number(),
  officeName: z.string(),
  submittedAt: instant,
  receivedAt: instant,
  state: z.enum(['applied', 'joined', 'faulty']),
  applicationId: z.uuid().optional(),
  faults: z.array(z.object({ field: z.string(), message: z.string() })),
  digest: z.string(),
  /** The form that was delivered, numbers and addresses masked; empty when the content cannot be read. */
  fields: z.array(sentField),
});
const byNumber = z.strictObject({ number: z.string().min(1).max(100) });

/** Evidence of results of review sent to the platform, and of applications received from it. */
export const exchangeCaseRoutes = {
  getExchangeDecision: route({
    method: 'GET',
    path: '/api/exchange/decisions/:id',
    tag: 'exchange',
    summary: 'Evidence of one result of review: content as sent, digest, time, receipt, every attempt (M79-7a)',
    audience: 'staff',
    action: 'exchange.read',
    params: byId,
    answer: z.object({ upload: decisionUpload, fields: z.array(sentField), attempts: z.array(attempt) }),
    errors: ['exchange.notFound'],
  }),
  checkExchangeDecision: route({
    method: 'POST',
    path: '/api/exchange/decisions/:id/check',
    tag: 'exchange',
    summary: 'Recomputes the digest of the result that is kept and says whether it is still what was sent',
    audience: 'staff',
    action: 'exchange.read',
    params: byId,
    answer: proof,
    errors: ['exchange.notFound'],
  }),
  getExchangeForwarded: route({
    method: 'GET',
    path: '/api/exchange/received/:number',
    tag: 'exchange',
    summary:
      'Evidence of a forwarded application: every delivery as received, its digest, and what was answered (M79-7a)',
    audience: 'staff',
    action: 'exchange.read',
    params: byNumber,
    answer: z.object({ deliveries: z.array(delivery), decisions: z.array(decisionUpload) }),
    errors: ['exchange.notFound'],
  }),
  checkExchangeForwarded: route({
    method: 'POST',
    path: '/api/exchange/received/:number/check',
    tag: 'exchange',
    summary: 'Recomputes the digest of every delivery under a number and says whether they are still what was received',
    audience: 'staff',
    action: 'exchange.read',
    params: byNumber,
    answer: proof,
    errors: ['exchange.notFound'],
  }),
} as const;
