import { z } from 'zod';
import { byId, citation, date, id, instant, page, route } from '../route.ts';

const group = z.enum(['graduates', 'unemploymentSubsidy', 'oneOffAllowance', 'temporaryAllowance']);
const count = z.number().int();

const counts = z.object({
  rows: count,
  fresh: count,
  changed: count,
  same: count,
  faulty: count,
  /** Of the kept ones, who is registered already: linked, not served or counted twice. */
  registered: count,
});

const served = z.object({
  id,
  name: z.string(),
  idMasked: z.string(),
  mobileMasked: z.string(),
  group,
  groupText: z.string(),
  source: z.string(),
  officeName: z.string(),
  programme: z.object({ from: date.optional(), to: date.optional() }),
  note: z.string(),
  arrivedOn: date,
  dueOn: date.optional(),
  state: z.enum(['open', 'near', 'late', 'met']),
  lastMonth: z.string().optional(),
  contacts: z.array(z.object({ at: instant, text: z.string(), by: z.string(), note: z.string() })),
  version: count,
});

/** People of the three groups (M79-1b, H122-3a): imported, served on the same clocks, never counted twice. */
export const servedRoutes = {
  importServed: route({
    method: 'POST',
    path: '/api/served/imports',
    tag: 'served',
    summary:
      'Takes a list (XLSX, or CSV in UTF-8 or GB18030). With check=yes nothing is kept. Refused rows are kept nowhere: they go back with the answer, each with what is wrong',
    audience: 'staff',
    action: 'served.manage',
    upload: true,
    query: z.strictObject({
      name: z.string().min(1).max(120),
      group,
      source: z.string().min(1).max(40),
      check: z.enum(['yes', 'no']).default('yes'),
    }),
    answer: counts.extend({
      message: z.string(),
      faults: z.array(z.object({ line: count, text: z.string() })),
      /** The refused rows as the file had them with one more column; base64. */
      sheet: z.object({ name: z.string(), content: z.string() }).optional(),
    }),
    errors: ['import.unusable', 'request.tooLarge', 'served.notAllowed'],
  }),
  getServedTemplate: route({
    method: 'GET',
    path: '/api/served/template.xlsx',
    tag: 'served',
    summary: 'An empty sheet with the columns and one example',
    audience: 'staff',
    action: 'served.manage',
    raw: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    answer: z.unknown(),
    errors: [],
  }),
  getServed: route({
    method: 'GET',
    path: '/api/worklists/served',
    tag: 'served',
    summary: 'First contacts owed by their day, or who has not been seen this month (M79-1b)',
    audience: 'staff',
    action: 'served.read',
    query: page.extend({
      office: z
        .string()
        .regex(/^\d{4,12}$/)
        .optional(),
      stage: z.enum(['first', 'month']).default('first'),
    }),
    answer: z.object({ items: z.array(served), next: z.string().optional() }),
    errors: [],
  }),
  recordServedContact: route({
    method: 'POST',
    path: '/api/served/:id/contacts',
    tag: 'served',
    summary: 'An attempt or a contact, by the same rules as with registrants',
    audience: 'staff',
    action: 'contact.record',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      means: z.enum(['telephone', 'message', 'visit', 'counter']),
      result: z.enum(['reached', 'replied', 'noAnswer', 'notHome', 'wrongNumber', 'sent']),
      note: z.string().max(500).default(''),
      /** When it happened, where a note from the field is sent later; else now. */
      at: z.iso.datetime({ offset: true }).optional(),
    }),
    answer: z.object({ message: z.string() }),
    errors: ['request.notFound', 'contact.incomplete', 'served.notAllowed', 'decision.forbiddenGround'],
  }),
  endServed: route({
    method: 'POST',
    path: '/api/served/:id/end',
    tag: 'served',
    summary: 'Leaves the list with the reason; no exit of a registration',
    audience: 'staff',
    action: 'served.manage',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      version: count,
      reason: z.enum(['employed', 'study', 'declined', 'over', 'moved', 'deceased']),
    }),
    answer: z.object({ message: z.string() }),
    errors: ['request.notFound', 'served.notAllowed'],
  }),
  getServedFigures: route({
    method: 'GET',
    path: '/api/served/figures',
    tag: 'served',
    summary:
      'By group: on the lists, registered as well, served besides, and counted besides by the provision in force (H122-3a)',
    audience: 'staff',
    action: 'served.read',
    query: z.strictObject({
      office: z
        .string()
        .regex(/^\d{4,12}$/)
        .optional(),
    }),
    answer: z.object({
      groups: z.array(
        z.object({
          group,
          groupText: z.string(),
          listed: count,
          registered: count,
          ended: count,
          served: count,
          /** Served persons not counted with an earlier group, where the provision counts this group. */
          counted: count,
          isServed: z.boolean(),
          isCounted: z.boolean(),
        }),
      ),
      /** Registrants of the same range, and with the groups that are counted besides. */
      registrants: count,
      withGroups: count,
      citation: citation.optional(),
      imports: z.array(
        counts.extend({
          id,
          at: instant,
          who: z.string(),
          groupText: z.string(),
          source: z.string(),
          fileName: z.string(),
        }),
      ),
    }),
    errors: [],
  }),
  getServedOf: route({
    method: 'GET',
    path: '/api/registrations/:id/served',
    tag: 'served',
    summary: 'The groups a registrant belongs to, by the lists',
    audience: 'staff',
    action: 'served.read',
    params: byId,
    answer: z.object({
      groups: z.array(z.object({ groupText: z.string(), source: z.string(), arrivedOn: date, to: date.optional() })),
    }),
    errors: ['request.notFound'],
  }),
} as const;
