import { z } from 'zod';
import { byId, citation, date, id, instant, page, route } from '../route.ts';

const version = z.number().int();
const condition = z.object({ text: z.string(), stands: z.enum(['yes', 'no', 'ask']), why: z.string() });
const policy = z.object({
  name: z.string(),
  grantedBy: z.string(),
  possible: z.boolean(),
  conditions: z.array(condition),
  loan: z.object({ mostYuan: z.number(), mostYears: z.number() }).optional(),
});
const application = z.object({
  id,
  policy: z.string(),
  state: z.enum(['accepted', 'forwarded', 'granted', 'refused', 'withdrawn']),
  stateText: z.string(),
  conditions: z.array(condition),
  note: z.string(),
  loan: z.object({ yuan: z.number(), years: z.number(), purpose: z.string() }).optional(),
  acceptedOn: date,
  acceptedBy: z.string(),
  dueOn: date.optional(),
  forwardedTo: z.string(),
  forwardedOn: date.optional(),
  settledOn: date.optional(),
  result: z.string(),
  steps: z.array(z.object({ stateText: z.string(), text: z.string(), at: instant, by: z.string() })),
  version,
});
const file = z.object({
  registrationId: id,
  policies: z.array(policy),
  citation: citation.optional(),
  applications: z.array(application),
  open: z.boolean(),
});
const told = z.object({ support: file, message: z.string() });

export const supportRoutes = {
  getSupport: route({
    method: 'GET',
    path: '/api/registrations/:id/support',
    tag: 'support',
    summary: 'Support policies judged by the person’s facts, and applications for them (A21-4g)',
    audience: 'staff',
    action: 'service.read',
    params: byId,
    answer: file,
    errors: ['request.notFound'],
  }),
  acceptSupport: route({
    method: 'POST',
    path: '/api/registrations/:id/support',
    tag: 'support',
    summary: 'Accepts an application for a policy in the same visit (A21-4g)',
    audience: 'staff',
    action: 'support.accept',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      policy: z.string().max(40),
      answers: z.array(z.boolean()).max(30),
      note: z.string().max(200).default(''),
      loan: z.strictObject({ yuan: z.number(), years: z.number(), purpose: z.string().max(100) }).optional(),
    }),
    answer: told,
    errors: [
      'request.notFound',
      'service.faulty',
      'service.notAllowed',
      'registration.changed',
      'law.silent',
      'calendar.notMaintained',
      'decision.forbiddenGround',
    ],
  }),
  settleSupport: route({
    method: 'POST',
    path: '/api/support-applications/:id',
    tag: 'support',
    summary: 'Forwards an application, or records what came of it; the person is told of a result',
    audience: 'staff',
    action: 'support.settle',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      version,
      action: z.enum(['forward', 'grant', 'refuse', 'withdraw']),
      text: z.string().max(200),
    }),
    answer: told,
    errors: ['request.notFound', 'service.faulty', 'service.notAllowed', 'decision.forbiddenGround'],
  }),
  getSupportWorklist: route({
    method: 'GET',
    path: '/api/worklists/support',
    tag: 'support',
    summary: 'Policy applications to forward, or whose result is awaited, the oldest first (A21-4g)',
    audience: 'staff',
    action: 'service.read',
    query: page.extend({
      office: z
        .string()
        .regex(/^\d{4,12}$/)
        .optional(),
      stage: z.enum(['accepted', 'forwarded']).default('accepted'),
    }),
    answer: z.object({
      items: z.array(
        z.object({
          id,
          applicationId: id,
          name: z.string(),
          idMasked: z.string(),
          officeName: z.string(),
          policy: z.string(),
          acceptedOn: date,
          forwardedTo: z.string(),
          dueOn: date.optional(),
          state: z.enum(['open', 'near', 'late']),
        }),
      ),
      next: z.string().optional(),
    }),
    errors: [],
  }),
  getMySupport: route({
    method: 'GET',
    path: '/api/my/support',
    tag: 'support',
    summary: 'Policies the worker may be entitled to, and the own applications',
    audience: 'worker',
    answer: z.object({ policies: z.array(policy), applications: z.array(application) }),
    errors: [],
  }),
} as const;
