import { z } from 'zod';
import { submission } from '../application-form.ts';
import { byId, date, dueDate, instant, page, route } from '../route.ts';

/** What the worker is told about a case: one text for every state (rules/status-for-worker.ts). */
export const workerStatus = z.object({
  scenario: z.string(),
  heading: z.string(),
  whatHappened: z.string(),
  whatYouDo: z.string(),
  whatWeDo: z.string(),
  byWhen: z.string().optional(),
});

export const receipt = z.object({
  id: z.uuid(),
  number: z.string(),
  submittedOn: date,
  due: dueDate,
  officeName: z.string(),
  officeTelephone: z.string(),
  status: workerStatus,
  /** True when the same content had arrived before: nothing was done twice. */
  repeated: z.boolean(),
});

export const workerCase = z.object({
  applicationId: z.uuid(),
  number: z.string(),
  registrationNumber: z.string().optional(),
  registrationId: z.uuid().optional(),
  submittedOn: date,
  officeName: z.string(),
  officeTelephone: z.string(),
  due: dueDate.optional(),
  status: workerStatus,
  history: z.array(z.object({ at: instant, text: z.string() })),
  contacts: z.array(z.object({ at: instant, text: z.string(), officer: z.string() })),
  lists: z.array(z.object({ list: z.string(), division: z.string(), version: z.number(), at: instant })),
  /** An exit the worker is asked about first. */
  exitQuestion: z.object({ exitId: z.uuid(), text: z.string(), answerBy: date.optional() }).optional(),
  canWithdraw: z.boolean(),
  canReportExit: z.boolean(),
});

export const workerRoutes = {
  getDraft: route({
    method: 'GET',
    path: '/api/my/draft',
    tag: 'worker',
    summary: 'The unfinished form, to be resumed on any device',
    audience: 'worker',
    answer: z.object({
      version: z.number(),
      form: z.record(z.string(), z.unknown()).optional(),
      savedAt: instant.optional(),
    }),
    errors: [],
  }),
  saveDraft: route({
    method: 'PUT',
    path: '/api/my/draft',
    tag: 'worker',
    summary: 'Saves the unfinished form; the later save wins, the answer tells its version',
    audience: 'worker',
    body: z.strictObject({ form: z.record(z.string(), z.unknown()) }),
    answer: z.object({ version: z.number(), savedAt: instant }),
    errors: [],
  }),
  submitApplication: route({
    method: 'POST',
    path: '/api/applications',
    tag: 'application',
    summary: 'Submits the form of annex 1 with the signed commitment (A21-2a, A21-2b)',
    audience: 'worker',
    idempotent: true,
    status: 201,
    body: submission,
    answer: receipt,
    errors: [
      'form.faulty',
      'form.commitment',
      'application.open',
      'application.alreadyRegistered',
      'request.keyMissing',
      'request.keyReused',
      'law.silent',
      'calendar.notMaintained',
    ],
  }),
  getMyCases: route({
    method: 'GET',
    path: '/api/my/cases',
    tag: 'worker',
    summary: "The worker's cases with what happened, what to do, what we do, by when",
    audience: 'worker',
    answer: z.object({ cases: z.array(workerCase) }),
    errors: [],
  }),
  withdrawApplication: route({
    method: 'POST',
    path: '/api/applications/:id/withdraw',
    tag: 'application',
    summary: 'The worker withdraws an application that is not decided yet',
    audience: 'worker',
    idempotent: true,
    params: byId,
    body: z.strictObject({ reason: z.string().max(200).default('') }),
    answer: workerCase,
    errors: ['request.notFound', 'application.changed', 'application.notAllowed'],
  }),
  reportExit: route({
    method: 'POST',
    path: '/api/my/registrations/:id/exit-report',
    tag: 'exit',
    summary: 'The worker reports that a circumstance of exit has occurred (A21-5a)',
    audience: 'worker',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      reason: z.string().max(2),
      subReason: z.string().max(20).optional(),
      exitOn: date,
      text: z.string().max(100).default(''),
    }),
    answer: workerCase,
    errors: ['request.notFound', 'exit.notAllowed', 'exit.incomplete'],
  }),
  answerExit: route({
    method: 'POST',
    path: '/api/my/exits/:id/answer',
    tag: 'exit',
    summary: 'The worker answers a question that a data comparison raised',
    audience: 'worker',
    idempotent: true,
    params: byId,
    body: z.strictObject({ agrees: z.boolean(), text: z.string().max(200).default('') }),
    answer: workerCase,
    errors: ['request.notFound', 'exit.notAllowed', 'exit.changed'],
  }),
  getMyMessages: route({
    method: 'GET',
    path: '/api/my/messages',
    tag: 'worker',
    summary: 'Messages sent to the worker',
    audience: 'worker',
    query: page,
    answer: z.object({
      messages: z.array(
        z.object({
          id: z.uuid(),
          at: instant,
          body: z.string(),
          state: z.string(),
          /** How it was sent and whether it arrived, in words. */
          stateText: z.string(),
          failed: z.boolean(),
        }),
      ),
      next: z.string().optional(),
    }),
    errors: [],
  }),
  getMyLooks: route({
    method: 'GET',
    path: '/api/my/looks',
    tag: 'worker',
    summary: "Who looked at the worker's file, when and why",
    audience: 'worker',
    query: page,
    answer: z.object({
      looks: z.array(z.object({ at: instant, who: z.string(), office: z.string(), what: z.string(), why: z.string() })),
      next: z.string().optional(),
    }),
    errors: [],
  }),
} as const;
