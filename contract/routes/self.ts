import { z } from 'zod';
import { byId, citation, date, instant, page, route } from '../route.ts';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** What a person says about the month (rules/month-report.ts). */
const monthReport = z.enum(['looking', 'foundWork', 'training', 'other']);

const correctionRow = z.object({
  id: z.uuid(),
  at: instant,
  who: z.string(),
  source: z.enum(['worker', 'staff']),
  state: z.enum(['applied', 'question', 'accepted', 'left']),
  stateText: z.string(),
  reason: z.string(),
  /** Old and new beside each other; masked for staff. */
  changes: z.array(z.object({ field: z.string(), label: z.string(), before: z.string(), after: z.string() })),
  settled: z.object({ at: instant, who: z.string(), note: z.string() }).optional(),
});

/** Only what changes is sent; what is left out stays. An empty text removes an optional entry. */
const corrected = z.strictObject({
  mobile: z.string().max(20).optional(),
  landline: z.string().max(20).optional(),
  email: z.string().max(60).optional(),
  residence: z.strictObject({ division: z.string().regex(/^\d{6}$/), detail: z.string().max(200) }).optional(),
  /** AAC009, whether the person served in the forces, whether the residence lies in a town: asked for by the monthly report alone, nobody is obliged to say. */
  hukou: z.enum(['10', '20']).optional(),
  veteran: z.enum(['yes', 'no']).optional(),
  residenceUrban: z.enum(['yes', 'no']).optional(),
});

const objectionRow = z.object({
  id: z.uuid(),
  at: instant,
  kind: z.enum(['application', 'exit']),
  subjectText: z.string(),
  text: z.string(),
  state: z.enum(['open', 'answered']),
  answer: z.object({ at: instant, who: z.string(), text: z.string() }).optional(),
});

const staffObjection = objectionRow.extend({
  applicationId: z.uuid(),
  number: z.string(),
  name: z.string(),
  office: z.string(),
  officeName: z.string(),
});

/** What a worker does after registration (monthly report, correction, objection). */
export const selfRoutes = {
  getMyMonth: route({
    method: 'GET',
    path: '/api/my/month',
    tag: 'worker',
    summary: 'This month of the valid registration: whether it is covered, and the own report (A21-5a, A21-5b)',
    audience: 'worker',
    answer: z.object({
      month,
      monthEnd: date,
      registration: z
        .object({
          id: z.uuid(),
          number: z.string(),
          /** False in the month of registration: nothing is owed yet. */
          owed: z.boolean(),
          covered: z.boolean(),
          coveredText: z.string(),
          clause: citation,
          report: z.object({ kind: monthReport, text: z.string(), at: instant }).optional(),
          canReportExit: z.boolean(),
        })
        .optional(),
    }),
    errors: [],
  }),
  reportMonth: route({
    method: 'POST',
    path: '/api/my/registrations/:id/month-report',
    tag: 'worker',
    summary: 'The worker says how it is going; the later report of a month stands, none ends the registration (A21-5a)',
    audience: 'worker',
    idempotent: true,
    params: byId,
    body: z.strictObject({ kind: monthReport, text: z.string().max(100).default('') }),
    answer: z.object({ month, at: instant, message: z.string(), leadsToExitReport: z.boolean() }),
    errors: ['request.notFound', 'registration.changed'],
  }),
  getMyContactData: route({
    method: 'GET',
    path: '/api/my/contact-data',
    tag: 'worker',
    summary: 'Telephone, e-mail and residence as they stand, and every correction with old and new (A21-5a)',
    audience: 'worker',
    answer: z.object({
      registration: z.object({ id: z.uuid(), number: z.string(), officeName: z.string() }).optional(),
      current: z
        .object({
          mobile: z.string(),
          landline: z.string(),
          email: z.string(),
          residence: z.object({ division: z.string(), detail: z.string(), text: z.string() }),
          hukou: z.string(),
          veteran: z.string(),
          residenceUrban: z.string(),
        })
        .optional(),
      corrections: z.array(correctionRow),
    }),
    errors: [],
  }),
  correctMyData: route({
    method: 'POST',
    path: '/api/my/registrations/:id/corrections',
    tag: 'worker',
    summary: 'The worker corrects the own contact data; an address in another county is first looked at by a clerk',
    audience: 'worker',
    idempotent: true,
    params: byId,
    body: corrected,
    answer: z.object({ corrections: z.array(correctionRow), message: z.string() }),
    errors: ['request.notFound', 'registration.changed', 'correction.faulty', 'correction.notAllowed'],
  }),
  getMyObjections: route({
    method: 'GET',
    path: '/api/my/objections',
    tag: 'worker',
    summary: 'Decisions one may object to, own objections and their answers',
    audience: 'worker',
    answer: z.object({
      subjects: z.array(
        z.object({ kind: z.enum(['application', 'exit']), id: z.uuid(), text: z.string(), open: z.boolean() }),
      ),
      objections: z.array(objectionRow),
    }),
    errors: [],
  }),
  submitObjection: route({
    method: 'POST',
    path: '/api/my/objections',
    tag: 'worker',
    summary: 'The worker objects to a refusal or an exit; a supervisor answers',
    audience: 'worker',
    idempotent: true,
    status: 201,
    body: z.strictObject({
      kind: z.enum(['application', 'exit']),
      subjectId: z.uuid(),
      text: z.string().min(2).max(500),
    }),
    answer: z.object({ objection: objectionRow, message: z.string() }),
    errors: ['request.notFound', 'objection.notAllowed'],
  }),
  getCorrections: route({
    method: 'GET',
    path: '/api/registrations/:id/corrections',
    tag: 'registration',
    summary: 'Corrections of a registration with old and new, masked, and the present data to start from',
    audience: 'staff',
    action: 'registration.read',
    params: byId,
    answer: z.object({
      current: z.object({
        mobile: z.string(),
        landline: z.string(),
        email: z.string(),
        residenceDivision: z.string(),
        residence: z.string(),
        /** As they are sent; empty while nobody knows. */
        hukou: z.string(),
        veteran: z.string(),
        residenceUrban: z.string(),
      }),
      corrections: z.array(correctionRow),
      allowed: z.boolean(),
      why: z.string().optional(),
    }),
    errors: ['request.notFound'],
  }),
  correctRegistration: route({
    method: 'POST',
    path: '/api/registrations/:id/corrections',
    tag: 'registration',
    summary: 'A clerk corrects contact data with a reason; old and new are kept',
    audience: 'staff',
    action: 'registration.correct',
    idempotent: true,
    params: byId,
    body: corrected.extend({ reason: z.string().min(2).max(200) }),
    answer: z.object({ corrections: z.array(correctionRow), message: z.string() }),
    errors: ['request.notFound', 'registration.changed', 'correction.faulty', 'correction.notAllowed'],
  }),
  settleCorrection: route({
    method: 'POST',
    path: '/api/corrections/:id/settle',
    tag: 'registration',
    summary: 'A clerk settles an address in another county: taken over, or left as it was',
    audience: 'staff',
    action: 'registration.correct',
    idempotent: true,
    params: byId,
    body: z.strictObject({ accept: z.boolean(), note: z.string().min(2).max(200) }),
    answer: z.object({ corrections: z.array(correctionRow), message: z.string() }),
    errors: ['request.notFound', 'registration.changed', 'correction.notAllowed', 'decision.forbiddenGround'],
  }),
  revealCorrection: route({
    method: 'POST',
    path: '/api/corrections/:id/reveal',
    tag: 'registration',
    summary:
      'Shows old and new of one correction in full for a stated reason; the look is recorded and the worker sees it',
    audience: 'staff',
    action: 'person.reveal',
    params: byId,
    body: z.strictObject({ reason: z.string().min(2).max(100) }),
    answer: correctionRow,
    errors: ['request.notFound'],
  }),
  getObjections: route({
    method: 'GET',
    path: '/api/objections',
    tag: 'supervision',
    summary: 'Objections of workers: open ones oldest first, or answered ones newest first',
    audience: 'staff',
    action: 'supervision.read',
    query: page.extend({ state: z.enum(['open', 'answered']).default('open') }),
    answer: z.object({ objections: z.array(staffObjection), next: z.string().optional() }),
    errors: [],
  }),
  answerObjection: route({
    method: 'POST',
    path: '/api/objections/:id/answer',
    tag: 'supervision',
    summary: 'A supervisor answers; the text may not use a forbidden ground (M79-2f), the worker is told',
    audience: 'staff',
    action: 'objection.answer',
    idempotent: true,
    params: byId,
    body: z.strictObject({ text: z.string().min(5).max(500) }),
    answer: z.object({ objection: staffObjection, message: z.string() }),
    errors: ['request.notFound', 'objection.notAllowed', 'decision.forbiddenGround'],
  }),
} as const;
