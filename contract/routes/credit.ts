import { z } from 'zod';
import { byId, date, id, instant, page, route } from '../route.ts';

const version = z.number().int();
const text = z.string().max(300);
const record = z.object({
  id,
  causeText: z.string(),
  level: z.enum(['note', 'record', 'serious']),
  levelText: z.string(),
  state: z.enum(['noticed', 'inForce', 'dropped', 'revoked', 'repaired']),
  stateText: z.string(),
  expired: z.boolean(),
  yuan: z.number(),
  months: z.number(),
  refuses: z.boolean(),
  evidence: z.string(),
  proposedAt: instant,
  proposedBy: z.string(),
  answerDue: date.optional(),
  answer: z.string(),
  decidedBy: z.string().optional(),
  decisionText: z.string(),
  expiresOn: date.optional(),
  objection: z.string(),
  /** By when the objection is answered. */
  objectionDue: date.optional(),
  objectionAnswer: z.string(),
  repairText: z.string(),
  version,
  /** What the asker may do now. */
  may: z.array(z.enum(['answer', 'decide', 'object', 'answerObjection', 'repair'])),
});
const cause = z.enum(['falseForm', 'fraud', 'overclaim']);
const file = z.object({
  registrationId: id,
  records: z.array(record),
  /** What this person may propose here: what the law of the place puts on record; none where it puts nothing. */
  mayPropose: z.array(cause),
});
const told = z.object({ credit: file, message: z.string() });
const acts = ['request.notFound', 'service.faulty', 'service.notAllowed', 'decision.forbiddenGround'] as const;

export const creditRoutes = {
  getCredit: route({
    method: 'GET',
    path: '/api/registrations/:id/credit',
    tag: 'credit',
    summary: 'Credit records of a person, with what may be done (A21-5c)',
    audience: 'staff',
    action: 'credit.read',
    params: byId,
    answer: file,
    errors: ['request.notFound'],
  }),
  proposeCredit: route({
    method: 'POST',
    path: '/api/registrations/:id/credit',
    tag: 'credit',
    summary: 'Proposes a record and gives notice; a false form alone is an internal note (A21-8a)',
    audience: 'staff',
    action: 'credit.propose',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      cause,
      yuan: z.number(),
      months: z.number(),
      refuses: z.boolean(),
      evidence: text,
    }),
    answer: told,
    errors: [...acts, 'law.silent', 'calendar.notMaintained'],
  }),
  decideCredit: route({
    method: 'POST',
    path: '/api/credit-records/:id/decide',
    tag: 'credit',
    summary: 'A second person decides after the person was heard, or answers an objection (A21-5c)',
    audience: 'staff',
    action: 'credit.decide',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version, holds: z.boolean(), text }),
    answer: told,
    errors: acts,
  }),
  repairCredit: route({
    method: 'POST',
    path: '/api/credit-records/:id/repair',
    tag: 'credit',
    summary: 'Ends a record whose harm was made good',
    audience: 'staff',
    action: 'credit.decide',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version, text }),
    answer: told,
    errors: acts,
  }),
  getCreditWorklist: route({
    method: 'GET',
    path: '/api/worklists/credit',
    tag: 'credit',
    summary: 'Records to decide and objections to answer, the earliest due first',
    audience: 'staff',
    action: 'credit.read',
    query: page.extend({
      office: z
        .string()
        .regex(/^\d{4,12}$/)
        .optional(),
    }),
    answer: z.object({
      items: z.array(
        z.object({
          id,
          applicationId: id,
          name: z.string(),
          idMasked: z.string(),
          officeName: z.string(),
          causeText: z.string(),
          levelText: z.string(),
          /** The end of the time to answer, or by when an objection is answered. */
          dueOn: date,
          answered: z.boolean(),
          objected: z.boolean(),
        }),
      ),
      next: z.string().optional(),
    }),
    errors: [],
  }),
  getMyCredit: route({
    method: 'GET',
    path: '/api/my/credit',
    tag: 'credit',
    summary: 'All that is on record about the worker’s credit, with its evidence',
    audience: 'worker',
    answer: z.object({ records: z.array(record) }),
    errors: [],
  }),
  sayOnMyCredit: route({
    method: 'POST',
    path: '/api/my/credit/:id',
    tag: 'credit',
    summary: 'The worker answers before the decision, or objects after it',
    audience: 'worker',
    idempotent: true,
    params: byId,
    body: z.strictObject({ text }),
    answer: z.object({ message: z.string() }),
    errors: ['request.notFound', 'service.faulty', 'service.notAllowed', 'law.silent', 'calendar.notMaintained'],
  }),
} as const;
