import { z } from 'zod';
import { byId, date, instant, page, route } from '../route.ts';

const cursor = z.string().optional();

/** Finding people, the days of exchange, the audit. */
export const staffRoutes = {
  searchPeople: route({
    method: 'GET',
    path: '/api/people',
    tag: 'people',
    summary:
      'Finds people of the own range by name, pinyin, initials, last four digits, identity number or case number',
    audience: 'staff',
    action: 'person.search',
    query: z.strictObject({ q: z.string().min(1).max(40), limit: z.coerce.number().int().min(1).max(50).default(20) }),
    answer: z.object({
      people: z.array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          sex: z.string(),
          birthDate: date.optional(),
          idMasked: z.string(),
          officeName: z.string(),
          applicationId: z.uuid().optional(),
          statusText: z.string(),
        }),
      ),
    }),
    errors: [],
  }),
  revealPerson: route({
    method: 'POST',
    path: '/api/people/:id/reveal',
    tag: 'people',
    summary: 'Shows masked personal data for a stated reason; the look is recorded and the worker sees it',
    audience: 'staff',
    action: 'person.reveal',
    params: byId,
    body: z.strictObject({ reason: z.string().min(2).max(100) }),
    answer: z.object({
      idNumber: z.string(),
      documentNumber: z.string(),
      mobile: z.string(),
      landline: z.string(),
      email: z.string(),
      householdText: z.string(),
      residenceText: z.string(),
    }),
    errors: ['request.notFound'],
  }),
  getExchangeDays: route({
    method: 'GET',
    path: '/api/exchange/days',
    tag: 'exchange',
    summary: 'The last ten days: ours, sent, accepted, returned, waiting',
    audience: 'staff',
    action: 'exchange.read',
    answer: z.object({
      days: z.array(
        z.object({
          date,
          exits: z.number(),
          waiting: z.number(),
          blocked: z.number(),
          sent: z.number(),
          accepted: z.number(),
          returned: z.number(),
          reported: z.boolean(),
          balanced: z.boolean(),
          receipt: z.string().optional(),
          receiptAt: instant.optional(),
        }),
      ),
      platformConfigured: z.boolean(),
    }),
    errors: [],
  }),
  getExchangeItems: route({
    method: 'GET',
    path: '/api/exchange/items',
    tag: 'exchange',
    summary: 'Exit records of a day, or all that are blocked or returned',
    audience: 'staff',
    action: 'exchange.read',
    query: page.extend({
      on: date.optional(),
      state: z.enum(['waiting', 'blocked', 'sent', 'accepted', 'returned']).optional(),
    }),
    answer: z.object({
      items: z.array(
        z.object({
          exitId: z.uuid(),
          applicationId: z.uuid(),
          serial: z.string(),
          division: z.string(),
          officeName: z.string(),
          name: z.string(),
          reasonText: z.string(),
          businessDate: date,
          state: z.string(),
          faults: z.array(z.object({ check: z.string(), field: z.string(), message: z.string() })),
          digest: z.string(),
          batchId: z.string().optional(),
          attempts: z.number(),
        }),
      ),
      next: cursor,
    }),
    errors: [],
  }),
  sendExits: route({
    method: 'POST',
    path: '/api/exchange/send',
    tag: 'exchange',
    summary: 'Builds and sends the exits of a business date now; safe to repeat (M79-8a)',
    audience: 'staff',
    action: 'exchange.send',
    body: z.strictObject({ on: date }),
    answer: z.object({
      on: date,
      exits: z.number(),
      accepted: z.number(),
      returned: z.number(),
      blocked: z.number(),
      waiting: z.number(),
      receipts: z.array(z.string()),
    }),
    errors: ['exchange.notConfigured'],
  }),
  getAudit: route({
    method: 'GET',
    path: '/api/audit',
    tag: 'audit',
    summary: 'Who did and saw what, newest first',
    audience: 'staff',
    action: 'audit.read',
    query: page.extend({
      action: z.string().max(60).optional(),
      /** Name of the one who acted, whole or its beginning. */
      who: z.string().trim().min(1).max(40).optional(),
      /** Business dates, both included. */
      from: date.optional(),
      to: date.optional(),
    }),
    answer: z.object({
      events: z.array(
        z.object({
          id: z.uuid(),
          at: instant,
          who: z.string(),
          role: z.string(),
          officeName: z.string(),
          action: z.string(),
          subject: z.string(),
          reason: z.string(),
        }),
      ),
      next: cursor,
    }),
    errors: [],
  }),
} as const;
