import { z } from 'zod';
import { date, instant, page, route } from '../route.ts';
import { worklistItem } from './worklist.ts';

const officeCode = z.string().regex(/^\d{4,12}$/);
const kind = z.enum(['decision', 'contact', 'exit']);
/** What is shared out: lines of the worklists, by kind and the application's id. `was`: whose it was when the list was read. */
const items = z
  .array(z.strictObject({ kind, id: z.uuid(), was: z.uuid().nullable().optional() }))
  .min(1)
  .max(200);
const done = z.object({ assigned: z.number(), message: z.string() });

const open = z.object({ open: z.number(), near: z.number(), late: z.number() });
/** `due`: days that ran out in the window; `kept`: those kept. A share is kept / due; none due, no share. */
const kept = z.object({ due: z.number(), kept: z.number() });
/** How many were done of those due in the window, and the median of the days they took; none done, no median. */
const took = z.object({ done: z.number(), median: z.number().optional() });
const figures = z.object({
  decision: open,
  contact: open,
  exit: z.object({ open: z.number(), review: z.number() }),
  decided: kept,
  contacted: kept,
  decisionDays: took,
  contactDays: took,
  /** Forbidden grounds that were blocked in the window. */
  forbidden: z.number(),
});
/** Of what and of whom a list of the window is; `none`: nobody's. */
const ofWhom = {
  kind: z.enum(['decision', 'contact']).default('decision'),
  office: officeCode.optional(),
  assigned: z.union([z.literal('none'), z.uuid()]).optional(),
};
const place = z.object({ code: z.string(), name: z.string(), figures });

/** Supervisors' views and the sharing out of work. */
export const deskRoutes = {
  assignWork: route({
    method: 'POST',
    path: '/api/assignments',
    tag: 'worklist',
    summary:
      'A supervisor gives open work to a colleague of the range, or takes it back from whoever has it; all or nothing',
    audience: 'staff',
    action: 'work.assign',
    idempotent: true,
    body: z.strictObject({ items, to: z.uuid().nullable() }),
    answer: done,
    errors: ['request.notFound', 'work.notAllowed'],
  }),
  takeWork: route({
    method: 'POST',
    path: '/api/assignments/mine',
    tag: 'worklist',
    summary: 'Takes open work that nobody has in hand for oneself, or gives the own work back; all or nothing',
    audience: 'staff',
    action: 'work.take',
    idempotent: true,
    body: z.strictObject({ items, giveBack: z.boolean().default(false) }),
    answer: done,
    errors: ['work.notAllowed'],
  }),
  getColleagues: route({
    method: 'GET',
    path: '/api/colleagues',
    tag: 'worklist',
    summary: 'Accounts of the own range that can be given work, with the kinds of work their role does',
    audience: 'staff',
    action: 'work.assign',
    answer: z.object({
      colleagues: z.array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          roleText: z.string(),
          office: z.string(),
          officeName: z.string(),
          kinds: z.array(kind),
        }),
      ),
    }),
    errors: [],
  }),
  getSupervisionFigures: route({
    method: 'GET',
    path: '/api/supervision/figures',
    tag: 'supervision',
    summary:
      'What is late and nearly late by office and by person, and how the days of the last thirty days were kept (M79-14)',
    audience: 'staff',
    action: 'supervision.read',
    answer: z.object({
      on: date,
      /** The window of thirty days: due dates from `since` up to and including `until`, yesterday. */
      since: date,
      until: date,
      total: figures,
      offices: z.array(place.extend({ below: z.array(place) })),
      people: z.array(
        z.object({
          /** Absent: work that nobody has in hand. */
          id: z.uuid().optional(),
          name: z.string(),
          roleText: z.string(),
          officeName: z.string(),
          closed: z.boolean(),
          figures,
        }),
      ),
      /** People of the range with work, beyond those listed. */
      more: z.number(),
    }),
    errors: [],
  }),
  getMissedDays: route({
    method: 'GET',
    path: '/api/supervision/missed',
    tag: 'supervision',
    summary: 'Due dates of the last thirty days that were not kept, oldest first: the list behind a share',
    audience: 'staff',
    action: 'supervision.read',
    query: page.extend(ofWhom),
    answer: z.object({ items: z.array(worklistItem), next: z.string().optional() }),
    errors: [],
  }),
  getDaysTaken: route({
    method: 'GET',
    path: '/api/supervision/days',
    tag: 'supervision',
    summary:
      'What was done of what was due in the last thirty days, with the days it took: the list behind a median (M79-14)',
    audience: 'staff',
    action: 'supervision.read',
    query: page.extend(ofWhom),
    answer: z.object({ items: z.array(worklistItem), next: z.string().optional() }),
    errors: [],
  }),
  getSupervisionEvents: route({
    method: 'GET',
    path: '/api/supervision/events',
    tag: 'supervision',
    summary: 'Blocked forbidden grounds and other events supervision must hear of (M79-14)',
    audience: 'staff',
    action: 'supervision.read',
    query: page.extend({
      kind: z.string().max(40).optional(),
      office: officeCode.optional(),
      person: z.uuid().optional(),
      since: date.optional(),
    }),
    answer: z.object({
      events: z.array(
        z.object({
          id: z.uuid(),
          at: instant,
          kind: z.string(),
          text: z.string(),
          officeName: z.string(),
          who: z.string(),
          applicationId: z.uuid().optional(),
        }),
      ),
      next: z.string().optional(),
    }),
    errors: [],
  }),
} as const;
