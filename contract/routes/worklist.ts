import { z } from 'zod';
import { date, instant, page, route } from '../route.ts';

const cursor = z.string().optional();

export const worklistItem = z.object({
  id: z.uuid(),
  kind: z.enum(['decision', 'contact', 'exit']),
  number: z.string(),
  name: z.string(),
  idMasked: z.string(),
  office: z.string(),
  officeName: z.string(),
  channel: z.string(),
  at: instant,
  dueOn: date.optional(),
  state: z.enum(['open', 'near', 'late', 'met']),
  /** Findings open, last attempt, reason of exit: the one thing to know before opening the case. */
  note: z.string(),
  /** Who has it in hand; absent: nobody. */
  assigned: z.object({ id: z.uuid(), name: z.string(), mine: z.boolean() }).optional(),
  /** What was done last and by whom, when the list was asked for it: why something is late. */
  last: z.object({ at: instant, who: z.string(), text: z.string() }).optional(),
});

/** Filters that the three worklists share. `assigned` is `mine`, `none`, or an account. */
export const worklistQuery = page.extend({
  office: z
    .string()
    .regex(/^\d{4,12}$/)
    .optional(),
  assigned: z.union([z.enum(['mine', 'none']), z.uuid()]).optional(),
  state: z.enum(['near', 'late']).optional(),
  /** Whether each line shall say what was done last. */
  last: z.literal('yes').optional(),
});

export const worklistRoutes = {
  getToday: route({
    method: 'GET',
    path: '/api/today',
    tag: 'worklist',
    summary: 'What is due, late and waiting in the office of the person signed in',
    audience: 'staff',
    action: 'application.read',
    answer: z.object({
      on: date,
      counts: z.array(
        z.object({
          kind: z.enum(['decision', 'forwarded', 'contact', 'exit']),
          open: z.number(),
          near: z.number(),
          late: z.number(),
          /** Of the open ones, those the person signed in has in hand. */
          mine: z.number(),
          /** Exits that wait for a second person; for those who may review. */
          review: z.number().optional(),
          /** Forwarded applications that name no person or no office. */
          faulty: z.number().optional(),
          /** Results of review the platform returned. */
          returned: z.number().optional(),
        }),
      ),
      /** What else is owed; only lists the role may read and in which something stands. */
      lists: z.array(
        z.object({
          list: z.enum([
            'planSteps',
            'withoutPlan',
            'referrals',
            'introduce',
            'carry',
            'answer',
            'check',
            'servedFirst',
            'servedMonth',
            'difficulties',
            'credit',
            'transfers',
          ]),
          open: z.number(),
          near: z.number(),
          late: z.number(),
          /** Steps of plans the person signed in is responsible for. */
          mine: z.number().optional(),
        }),
      ),
    }),
    errors: [],
  }),
  getDecisionWorklist: route({
    method: 'GET',
    path: '/api/worklists/decisions',
    tag: 'worklist',
    summary: 'Applications to decide, earliest due date first',
    audience: 'staff',
    action: 'application.read',
    query: worklistQuery,
    answer: z.object({ items: z.array(worklistItem), next: cursor }),
    errors: [],
  }),
  getContactWorklist: route({
    method: 'GET',
    path: '/api/worklists/contacts',
    tag: 'worklist',
    summary: 'Registrations still without a first contact, earliest due date first (M79-3a)',
    audience: 'staff',
    action: 'contact.read',
    query: worklistQuery,
    answer: z.object({ items: z.array(worklistItem), next: cursor }),
    errors: [],
  }),
  getExitWorklist: route({
    method: 'GET',
    path: '/api/worklists/exits',
    tag: 'worklist',
    summary: 'Exits proposed, asked, or awaiting a second person',
    audience: 'staff',
    action: 'registration.read',
    query: worklistQuery.extend({ stage: z.enum(['awaitingReview']).optional() }),
    answer: z.object({ items: z.array(worklistItem), next: cursor }),
    errors: [],
  }),
} as const;
