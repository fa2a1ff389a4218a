import { z } from 'zod';
import { applicationForm } from '../application-form.ts';
import { caseFile } from '../case-file.ts';
import { byId, date, fieldFault, instant, page, route } from '../route.ts';
import { worklistItem, worklistQuery } from './worklist.ts';

const cursor = z.string().optional();
const fault = z.object({ check: z.string(), field: z.string(), message: z.string() });
const uploadState = z.enum(['waiting', 'accepted', 'returned', 'superseded']);

/** A result of review on its way to the platform, with the evidence kept of it. */
export const decisionUpload = z.object({
  id: z.uuid(),
  applicationId: z.uuid().optional(),
  number: z.string(),
  platformNumber: z.string().optional(),
  name: z.string(),
  officeName: z.string(),
  outcomeText: z.string(),
  decidedAt: instant,
  state: uploadState,
  faults: z.array(fault),
  attempts: z.number(),
  sentAt: instant.optional(),
  /** SM3 of what was sent. */
  digest: z.string().optional(),
  receipt: z.string().optional(),
  /** Words for the applicant that a person set after a return. */
  reason: z.string().optional(),
});

/** What a clerk may put right; who applies is no part of it. */
const amended = applicationForm.omit({ idNumber: true, qualifications: true, wishes: true }).partial();

const difference = z.object({
  field: z.string(),
  label: z.string(),
  /** Masked like the form of the case page. */
  now: z.string(),
  later: z.string(),
  adoptable: z.boolean(),
  why: z.string().optional(),
});

const loadFigures = {
  total: z.number(),
  /** How many registrations the load has gone past: sent, sent before, or held back. */
  passed: z.number(),
  accepted: z.number(),
  /** Sent, the receipt is missing. */
  underWay: z.number(),
  waiting: z.number(),
  blocked: z.number(),
  returned: z.number(),
};
const loadState = z.enum(['running', 'paused', 'done']);
const citation = z.object({ document: z.string(), clause: z.string(), clauseId: z.string() });
const counted = z.object({ ours: z.number(), platform: z.number().optional(), differs: z.boolean() });

/** What comes from the national platform, and the results of review that go back. */
export const exchangeInboundRoutes = {
  fetchForwarded: route({
    method: 'POST',
    path: '/api/exchange/forwarded/fetch',
    tag: 'exchange',
    summary: 'Downloads applications of the own cities from the national platform now (M79-7a)',
    audience: 'staff',
    action: 'exchange.send',
    answer: z.object({ taken: z.number(), faulty: z.number(), message: z.string() }),
    errors: ['exchange.notConfigured', 'exchange.silent', 'exchange.notAllowed'],
  }),
  getForwardedWorklist: route({
    method: 'GET',
    path: '/api/worklists/forwarded',
    tag: 'worklist',
    summary:
      'Applications handed over by the national platform to confirm, earliest due date first; due by the submission there (H122-2c)',
    audience: 'staff',
    action: 'application.read',
    query: worklistQuery,
    answer: z.object({ items: z.array(worklistItem), next: cursor }),
    errors: [],
  }),
  getForwardedFaulty: route({
    method: 'GET',
    path: '/api/exchange/forwarded/faulty',
    tag: 'exchange',
    summary:
      'Forwarded applications that name no person or no office, to be settled by a person, earliest due date first',
    audience: 'staff',
    action: 'application.read',
    query: page,
    answer: z.object({
      items: z.array(
        z.object({
          id: z.uuid(),
          platformNumber: z.string(),
          revision: z.number(),
          name: z.string(),
          idMasked: z.string(),
          mobileMasked: z.string(),
          placeText: z.string(),
          officeName: z.string(),
          submittedAt: instant,
          dueOn: date,
          state: z.enum(['open', 'near', 'late']),
          faults: z.array(fieldFault),
          /** What was tried so far. */
          entries: z.array(z.object({ at: instant, who: z.string(), note: z.string() })),
        }),
      ),
      next: cursor,
    }),
    errors: [],
  }),
  settleForwarded: route({
    method: 'POST',
    path: '/api/exchange/forwarded/:id/settle',
    tag: 'exchange',
    summary:
      'Settles a faulty one: contacted (stays open), belongs to a case of ours, answered to the applicant, or closed with a reason',
    audience: 'staff',
    action: 'exchange.mend',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      do: z.enum(['contacted', 'joined', 'answered', 'closed']),
      note: z.string().min(2).max(300),
      /** Number of the application it belongs to, for `joined`. */
      number: z.string().max(20).optional(),
    }),
    answer: z.object({ message: z.string() }),
    errors: ['request.notFound', 'exchange.notAllowed', 'decision.forbiddenGround'],
  }),
  getPlatformSide: route({
    method: 'GET',
    path: '/api/applications/:id/platform',
    tag: 'exchange',
    summary:
      'What the platform delivered about a case: faults to mend with the worker, corrections beside the form; and the upload of the decision',
    audience: 'staff',
    action: 'application.read',
    params: byId,
    answer: z.object({
      deliveries: z.array(
        z.object({ platformNumber: z.string(), revision: z.number(), submittedAt: instant, receivedAt: instant }),
      ),
      /** Faults the form has now, while the case is open and came from the platform. */
      faults: z.array(fieldFault.extend({ label: z.string() })),
      corrections: z.array(
        z.object({
          id: z.uuid(),
          at: instant,
          revision: z.number(),
          open: z.boolean(),
          settledText: z.string().optional(),
          differences: z.array(difference),
        }),
      ),
      decisions: z.array(decisionUpload),
    }),
    errors: ['request.notFound'],
  }),
  amendApplication: route({
    method: 'POST',
    path: '/api/applications/:id/amend',
    tag: 'application',
    summary:
      'Amends the form of an open application that came from the platform: fields of a correction adopted, faults mended with the worker; the clock runs on',
    audience: 'staff',
    action: 'application.check',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      version: z.number().int(),
      /** The correction that is settled by this; without fields of it the form stays as it is. */
      correction: z.uuid().optional(),
      adopt: z.array(z.string().max(40)).max(30).default([]),
      /** What the worker said, field by field. */
      form: amended.default({}),
      note: z.string().min(2).max(200),
    }),
    answer: z.object({ case: caseFile, message: z.string() }),
    errors: ['request.notFound', 'application.changed', 'application.notAllowed', 'form.faulty', 'exchange.notAllowed'],
  }),
  getDecisionUploads: route({
    method: 'GET',
    path: '/api/exchange/decisions',
    tag: 'exchange',
    summary: 'Results of review by state of their upload; without one, those the platform returned (M79-7a)',
    audience: 'staff',
    action: 'application.read',
    query: page.extend({ state: uploadState.default('returned') }),
    answer: z.object({ items: z.array(decisionUpload), next: cursor }),
    errors: [],
  }),
  resendDecision: route({
    method: 'POST',
    path: '/api/exchange/decisions/:id/resend',
    tag: 'exchange',
    summary: 'Sends a returned result of review again, with other words for the applicant or under the own number',
    audience: 'staff',
    action: 'exchange.mend',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      reason: z.string().min(2).max(300).optional(),
      /** Under division and own number instead of the platform's. */
      local: z.boolean().default(false),
    }),
    answer: z.object({ message: z.string() }),
    errors: ['request.notFound', 'exchange.notAllowed', 'decision.forbiddenGround'],
  }),
  getBackLoads: route({
    method: 'GET',
    path: '/api/exchange/back-loads',
    tag: 'exchange',
    summary:
      'The uploads of registrations the law wants (M79-7b, M79-8b, H122-3c) and how far each load has come, county by county',
    audience: 'staff',
    action: 'exchange.read',
    answer: z.object({
      /** How the platform is reached. */
      transport: z.enum(['http', 'files', 'none']),
      targets: z.array(
        z.object({
          to: z.enum(['nationalPlatform', 'provincialSystem']),
          toText: z.string(),
          since: date.optional(),
          by: date,
          whomText: z.string(),
          citation,
          /** Whether this system has a connection to it. */
          connected: z.boolean(),
          due: z.enum(['met', 'open', 'near', 'late']),
          /** Persons to be uploaded and persons there: of the platform as it received them, elsewhere as told. */
          progress: z
            .object({ wanted: z.number(), there: z.number(), asOf: date.optional(), by: z.string().optional() })
            .optional(),
        }),
      ),
      /** The day a load begins with unless somebody says otherwise. */
      since: date,
      loads: z.array(
        z.object({
          run: z.string(),
          since: date.optional(),
          until: date,
          state: loadState,
          startedAt: instant,
          startedBy: z.string(),
          finishedAt: instant.optional(),
          total: z.number(),
          passed: z.number(),
        }),
      ),
      counties: z.array(z.object({ division: z.string(), name: z.string(), ...loadFigures, benefit: z.number() })),
    }),
    errors: [],
  }),
  startBackLoad: route({
    method: 'POST',
    path: '/api/exchange/back-loads',
    tag: 'exchange',
    summary: 'Starts, or takes up again, the upload of registrations made since a day; without one, of all valid ones',
    audience: 'staff',
    action: 'exchange.send',
    status: 202,
    body: z.strictObject({ since: date.optional() }),
    answer: z.object({ counties: z.number(), message: z.string() }),
    errors: ['exchange.notConfigured', 'exchange.notAllowed'],
  }),
  steerBackLoad: route({
    method: 'POST',
    path: '/api/exchange/back-loads/steer',
    tag: 'exchange',
    summary: 'Pauses a load, or takes it up again: what was mended meanwhile is sent',
    audience: 'staff',
    action: 'exchange.send',
    body: z.strictObject({ run: z.string().max(20), to: z.enum(['pause', 'resume']) }),
    answer: z.object({ counties: z.number(), message: z.string() }),
    errors: ['exchange.notAllowed'],
  }),
  tellBackLoad: route({
    method: 'POST',
    path: '/api/exchange/back-loads/told',
    tag: 'exchange',
    summary: 'Says how far a back-load has come at a system that has no connection (H122-3c); the newest entry holds',
    audience: 'staff',
    action: 'exchange.send',
    idempotent: true,
    body: z.strictObject({
      to: z.enum(['nationalPlatform', 'provincialSystem']),
      by: date,
      wanted: z.number().int().min(1).max(100_000_000),
      there: z.number().int().min(0).max(100_000_000),
      asOf: date,
    }),
    answer: z.object({ message: z.string() }),
    errors: ['exchange.notAllowed'],
  }),
  getBackLoadItems: route({
    method: 'GET',
    path: '/api/exchange/back-loads/items',
    tag: 'exchange',
    summary: 'Registrations held back or returned, with check id and plain words, to be mended by their office',
    audience: 'staff',
    action: 'registration.read',
    query: page,
    answer: z.object({
      items: z.array(
        z.object({
          registrationId: z.uuid(),
          applicationId: z.uuid(),
          serial: z.string(),
          name: z.string(),
          officeName: z.string(),
          registeredOn: date,
          state: z.enum(['waiting', 'blocked', 'returned']),
          faults: z.array(fault),
          attempts: z.number(),
          digest: z.string(),
        }),
      ),
      next: cursor,
    }),
    errors: [],
  }),
  getBackLoadBatches: route({
    method: 'GET',
    path: '/api/exchange/back-loads/batches',
    tag: 'exchange',
    summary: 'Batches of registrations with digest, attempts and receipt, the latest first',
    audience: 'staff',
    action: 'exchange.read',
    query: page,
    answer: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          division: z.string(),
          date,
          count: z.number(),
          accepted: z.number().optional(),
          digest: z.string(),
          state: z.string(),
          attempts: z.number(),
          receipt: z.string().optional(),
          receiptAt: instant.optional(),
        }),
      ),
      next: cursor,
    }),
    errors: [],
  }),
  getUploadStatistics: route({
    method: 'GET',
    path: '/api/exchange/statistics',
    tag: 'exchange',
    summary: 'What the platform says it has, day by day, beside ours; differences marked (M79-7b)',
    audience: 'staff',
    action: 'exchange.read',
    query: z.strictObject({ from: date, to: date }),
    answer: z.object({
      /** False when the platform did not answer: then only ours is known. */
      answered: z.boolean(),
      days: z.array(z.object({ date, exits: counted, decisions: counted, registrations: counted })),
      totals: z.object({ exits: counted, decisions: counted, registrations: counted }),
    }),
    errors: ['exchange.notConfigured', 'exchange.notAllowed'],
  }),
} as const;
