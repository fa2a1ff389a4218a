import { z } from 'zod';
import { citation, date, instant, page, route } from '../route.ts';

const office = z
  .string()
  .regex(/^\d{4,12}$/)
  .optional();
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

const followUpItem = z.object({
  id: z.uuid(),
  registrationId: z.uuid(),
  number: z.string(),
  name: z.string(),
  idMasked: z.string(),
  office: z.string(),
  officeName: z.string(),
  registeredOn: date,
  /** Latest covered month; absent when there was none since the registration. */
  lastMonth: month.optional(),
  class: z.enum(['A', 'B', 'C', 'D']).optional(),
  dueOn: date,
  /** What sets the day: the end of the calendar month, or the rhythm of the class within it (M79-4a). */
  dueBy: z.enum(['month', 'class']),
  state: z.enum(['open', 'near', 'late']),
  note: z.string(),
});

const fieldPerson = z.object({
  registrationId: z.uuid(),
  applicationId: z.uuid(),
  number: z.string(),
  name: z.string(),
  mobileMasked: z.string(),
  division: z.string(),
  /** Street or community: as much of the address as is needed to plan a round. */
  street: z.string(),
  purpose: z.enum(['first', 'followUp', 'step']),
  /** What the office promised this person by the next days (A21-4f). */
  steps: z.array(z.object({ what: z.string(), dueOn: date })),
  dueOn: date,
  state: z.enum(['open', 'near', 'late']),
  note: z.string(),
});

/** Somebody of the three groups who is served without being registered (M79-1b): no registration, no interview, no plan. */
const fieldServed = fieldPerson
  .pick({ name: true, mobileMasked: true, street: true, dueOn: true, state: true })
  .extend({ servedId: z.uuid(), groupText: z.string(), purpose: z.enum(['first', 'followUp']), note: z.string() });

/** Follow-up of the month, its coverage and who is missing from it, and the round in the field. */
export const followUpRoutes = {
  getFollowUps: route({
    method: 'GET',
    path: '/api/worklists/follow-ups',
    tag: 'worklist',
    summary:
      'Registrations whose next contact is due by the end of this month, earliest first (A21-5b, M79-4a, H122-2g)',
    audience: 'staff',
    action: 'contact.read',
    query: page.extend({ office, state: z.enum(['near', 'late']).optional() }),
    answer: z.object({
      month,
      clause: citation,
      /** With the first page: of the whole list, whatever it is narrowed to. */
      counts: z.object({ open: z.number(), near: z.number(), late: z.number() }).optional(),
      items: z.array(followUpItem),
      next: z.string().optional(),
    }),
    errors: [],
  }),
  getMissing: route({
    method: 'GET',
    path: '/api/follow-ups/missing',
    tag: 'worklist',
    summary: 'Who is missing from the coverage of a month: exactly the people the figure counts (R063)',
    audience: 'staff',
    action: 'contact.read',
    query: page.extend({ office, month: month.optional() }),
    answer: z.object({
      month,
      items: z.array(followUpItem.extend({ exitedOn: date.optional() })),
      next: z.string().optional(),
    }),
    errors: [],
  }),
  getCoverage: route({
    method: 'GET',
    path: '/api/follow-ups/coverage',
    tag: 'worklist',
    summary: 'Coverage by office: people followed up ÷ people registered the whole month (R063)',
    audience: 'staff',
    action: 'contact.read',
    query: z.strictObject({ office, month: month.optional() }),
    answer: z.object({
      month,
      finished: z.boolean(),
      offices: z.array(
        z.object({ office: z.string(), officeName: z.string(), registered: z.number(), seen: z.number() }),
      ),
    }),
    errors: [],
  }),
  recordComparison: route({
    method: 'POST',
    path: '/api/follow-ups/comparisons',
    tag: 'contact',
    summary:
      'Records that a comparison found no change: it covers the month of everybody but those it found something about (A21-5b)',
    audience: 'staff',
    action: 'contact.record',
    body: z.strictObject({
      office,
      source: z.enum([
        'socialSecurityCard',
        'socialInsurance',
        'employmentFiling',
        'marketEntity',
        'pension',
        'deaths',
        'education',
        'justice',
        'publicWelfarePost',
      ]),
      asOf: date,
      /** Numbers of registrations that the comparison found something about. */
      except: z.array(z.string().trim().max(20)).max(5000),
    }),
    answer: z.object({ month, covered: z.number(), left: z.boolean(), message: z.string() }),
    errors: ['contact.incomplete', 'access.denied'],
  }),
  getComparisons: route({
    method: 'GET',
    path: '/api/follow-ups/comparisons',
    tag: 'contact',
    summary: 'Comparisons recorded as a means of the follow-up, newest first, withdrawn ones too (A21-5b)',
    audience: 'staff',
    action: 'contact.read',
    query: page.extend({ office }),
    answer: z.object({
      items: z.array(
        z.object({
          id: z.uuid(),
          sourceText: z.string(),
          asOf: date,
          month,
          officeName: z.string(),
          at: instant,
          who: z.string(),
          covered: z.number(),
          found: z.number(),
          /** The job is still covering, or undoing. */
          running: z.boolean(),
          mayWithdraw: z.boolean(),
          withdrawn: z.object({ at: instant, who: z.string(), reason: z.string() }).optional(),
        }),
      ),
      next: z.string().optional(),
    }),
    errors: ['access.denied'],
  }),
  withdrawComparison: route({
    method: 'POST',
    path: '/api/follow-ups/comparisons/:id/withdrawal',
    tag: 'contact',
    summary: 'Withdraws a comparison recorded in error: it counts for nobody any more and stays readable (A21-5b)',
    audience: 'staff',
    action: 'contact.record',
    params: z.object({ id: z.uuid() }),
    body: z.strictObject({ reason: z.string().max(400) }),
    answer: z.object({ message: z.string() }),
    errors: ['request.notFound', 'contact.incomplete', 'access.denied'],
  }),
  getFieldDay: route({
    method: 'GET',
    path: '/api/field/day',
    tag: 'contact',
    summary: 'The people to contact of the own office with the least a round needs, to be kept on the device',
    audience: 'staff',
    action: 'contact.record',
    answer: z.object({
      at: instant,
      month,
      /** Whose list it is: notes on a shared device are told apart by it. */
      account: z.uuid(),
      officeName: z.string(),
      people: z.array(fieldPerson),
      served: z.array(fieldServed),
      /** More people wait than are given at once. */
      more: z.boolean(),
      /** The lists of the day by county of the registration, for an interview on the doorstep (A21-4c). */
      lists: z.array(
        z.object({
          county: z.string(),
          list: z.enum(['policies', 'services', 'institutions']),
          division: z.string(),
          version: z.number(),
        }),
      ),
    }),
    errors: [],
  }),
} as const;
