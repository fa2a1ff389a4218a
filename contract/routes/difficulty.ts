import { z } from 'zod';
import { byId, citation, date, id, instant, page, route } from '../route.ts';

const version = z.number().int();

const recognition = z.object({
  id,
  state: z.enum(['applied', 'recognised', 'refused', 'withdrawn']),
  stateText: z.string(),
  category: z.string(),
  appliedAt: instant,
  dueOn: date.optional(),
  decidedAt: instant.optional(),
  decidedBy: z.string().optional(),
  text: z.string(),
  validFrom: date.optional(),
  validTo: date.optional(),
  withdrawnOn: date.optional(),
  withdrawnReason: z.string().optional(),
  version,
});

const difficultyFile = z.object({
  registrationId: id,
  /** The province's table, judged as far as data go; empty where nobody entered one. */
  categories: z.array(z.object({ name: z.string(), fits: z.enum(['yes', 'no', 'byHand']), why: z.string() })),
  citation: citation.optional(),
  current: recognition.optional(),
  earlier: z.array(recognition),
  open: z.boolean(),
});
const told = z.object({ difficulty: difficultyFile, message: z.string() });

export const difficultyRoutes = {
  getDifficulty: route({
    method: 'GET',
    path: '/api/registrations/:id/difficulty',
    tag: 'difficulty',
    summary: 'Recognition of difficulty of a registrant, and what the province’s table says (A21-4f, M79-5a)',
    audience: 'staff',
    action: 'service.read',
    params: byId,
    answer: difficultyFile,
    errors: ['request.notFound'],
  }),
  applyDifficulty: route({
    method: 'POST',
    path: '/api/registrations/:id/difficulty',
    tag: 'difficulty',
    summary: 'A clerk takes an application for recognition (M79-5a)',
    audience: 'staff',
    action: 'difficulty.apply',
    idempotent: true,
    params: byId,
    body: z.strictObject({ category: z.string().max(60) }),
    answer: told,
    errors: [
      'request.notFound',
      'registration.changed',
      'service.faulty',
      'service.notAllowed',
      'law.silent',
      'calendar.notMaintained',
    ],
  }),
  decideDifficulty: route({
    method: 'POST',
    path: '/api/difficulties/:id/decide',
    tag: 'difficulty',
    summary: 'Recognises by a category of the table, or not with the reason',
    audience: 'staff',
    action: 'difficulty.decide',
    idempotent: true,
    params: byId,
    body: z.discriminatedUnion('recognise', [
      z.strictObject({
        recognise: z.literal(true),
        version,
        category: z.string().max(60),
        verified: z.string().max(300).default(''),
      }),
      z.strictObject({ recognise: z.literal(false), version, reason: z.string().max(300) }),
    ]),
    answer: told,
    errors: [
      'request.notFound',
      'registration.changed',
      'service.faulty',
      'service.notAllowed',
      'service.changed',
      'law.silent',
      'decision.forbiddenGround',
    ],
  }),
  recheckDifficulty: route({
    method: 'POST',
    path: '/api/difficulties/:id/recheck',
    tag: 'difficulty',
    summary: 'The yearly check: it goes on to hold, or ends with the reason',
    audience: 'staff',
    action: 'difficulty.decide',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version, holds: z.boolean(), text: z.string().max(300) }),
    answer: told,
    errors: [
      'request.notFound',
      'service.faulty',
      'service.notAllowed',
      'service.changed',
      'law.silent',
      'decision.forbiddenGround',
    ],
  }),
  getDifficultyWorklist: route({
    method: 'GET',
    path: '/api/worklists/difficulties',
    tag: 'difficulty',
    summary: 'Applications to decide, or recognitions to look at again, earliest due first',
    audience: 'staff',
    action: 'service.read',
    query: page.extend({
      office: z
        .string()
        .regex(/^\d{4,12}$/)
        .optional(),
      stage: z.enum(['decide', 'recheck']).default('decide'),
    }),
    answer: z.object({
      items: z.array(
        z.object({
          id,
          applicationId: id,
          name: z.string(),
          idMasked: z.string(),
          officeName: z.string(),
          category: z.string(),
          appliedAt: instant,
          dueOn: date,
          state: z.enum(['open', 'near', 'late']),
        }),
      ),
      next: z.string().optional(),
    }),
    errors: [],
  }),
  getMyDifficulty: route({
    method: 'GET',
    path: '/api/my/difficulty',
    tag: 'difficulty',
    summary: "The worker's own recognition, and the categories to apply by",
    audience: 'worker',
    answer: z.object({
      registrationId: id.optional(),
      categories: z.array(z.object({ name: z.string(), fits: z.enum(['yes', 'no', 'byHand']), why: z.string() })),
      current: recognition.optional(),
      mayApply: z.boolean(),
    }),
    errors: [],
  }),
  applyMyDifficulty: route({
    method: 'POST',
    path: '/api/my/registrations/:id/difficulty',
    tag: 'difficulty',
    summary: 'The worker applies for recognition; no papers are asked for',
    audience: 'worker',
    idempotent: true,
    params: byId,
    body: z.strictObject({ category: z.string().max(60) }),
    answer: z.object({ dueOn: date.optional(), message: z.string() }),
    errors: [
      'request.notFound',
      'registration.changed',
      'service.faulty',
      'service.notAllowed',
      'law.silent',
      'calendar.notMaintained',
    ],
  }),
} as const;
