import { z } from 'zod';
import { caseFile, contactRow } from '../case-file.ts';
import { byId, date, route } from '../route.ts';
import { interviewProfile } from './service.ts';

/** A piece of evidence for an exit; means for an attempt to reach the person, suitable for an offer that was refused. */
const evidencePiece = z.strictObject({
  kind: z.string().max(40),
  date: date.optional(),
  text: z.string().max(300),
  means: z.string().max(20).optional(),
  suitable: z.boolean().optional(),
});

const decided = z.object({ case: caseFile, message: z.string() });

/** Registrations at the desk: contacts, and exits from proposal to restoring. */
export const registrationRoutes = {
  recordContact: route({
    method: 'POST',
    path: '/api/registrations/:id/contacts',
    tag: 'contact',
    summary: 'Records an attempt or a contact, with the interview and the lists handed over (A21-4b, A21-4c, M79-3a)',
    audience: 'staff',
    action: 'contact.record',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      purpose: z.enum(['first', 'followUp', 'lastChance', 'service']),
      means: z.enum(['telephone', 'visit', 'message', 'counter']),
      answered: z.boolean(),
      at: z.iso.datetime({ offset: true }),
      /** When the writer last saw the registration (the server's time); what others did since is a conflict, not overwritten. */
      seen: z.iso.datetime({ offset: true }).optional(),
      result: z.string().max(40).default(''),
      note: z.string().max(500).default(''),
      interview: z
        .strictObject({
          reason: z.string().max(300),
          skills: z.string().max(300),
          wishes: z.string().max(300),
          exitConditionsTold: z.boolean(),
          /** From it the class is computed (M79-3b); a note of the field may come without it, and the person is classed later. */
          profile: interviewProfile.optional(),
          /** Another class than the computed one needs the reason. */
          class: z.enum(['A', 'B', 'C', 'D']).optional(),
          classReason: z.string().max(200).optional(),
        })
        .refine((interview) => interview.class === undefined || interview.profile !== undefined, '分类须先填写面谈情况')
        .optional(),
      /** What the person said of himself or herself (rules/contact-finding.ts); `since` where it is a circumstance of exit (A21-5d). */
      finding: z
        .strictObject({
          kind: z.enum([
            'seeking',
            'training',
            'hired',
            'individual',
            'enterprise',
            'flexible',
            'studying',
            'serving',
            'pension',
          ]),
          since: date.optional(),
          /** Also propose that exit: the person is asked first, nothing ends by itself. */
          proposeExit: z.boolean().default(false),
        })
        .optional(),
      lists: z
        .array(
          z.strictObject({
            list: z.enum(['policies', 'services', 'institutions']),
            division: z.string().max(12),
            version: z.number().int(),
            how: z.enum(['paper', 'message', 'portal', 'readOut']),
          }),
        )
        .max(6)
        .default([]),
    }),
    answer: z.object({ contact: contactRow, fulfilsFirstContact: z.boolean(), message: z.string(), case: caseFile }),
    errors: [
      'request.notFound',
      'registration.changed',
      'contact.incomplete',
      'contact.conflict',
      'service.faulty',
      'decision.forbiddenGround',
    ],
  }),
  proposeExit: route({
    method: 'POST',
    path: '/api/registrations/:id/exits',
    tag: 'exit',
    summary: 'Proposes an exit with reason, sub-reason, evidence and date (A21-5d, M79-4b, M79-4c)',
    audience: 'staff',
    action: 'exit.propose',
    idempotent: true,
    status: 201,
    params: byId,
    body: z.strictObject({
      reason: z.string().max(2),
      subReason: z.string().max(20).optional(),
      evidence: z.array(evidencePiece).max(30),
      exitOn: date,
      remark: z.string().max(100).default(''),
      source: z.enum(['clerk', 'comparison', 'policy']).default('clerk'),
    }),
    answer: decided,
    errors: [
      'request.notFound',
      'registration.changed',
      'exit.notAllowed',
      'exit.incomplete',
      'decision.forbiddenGround',
    ],
  }),
  confirmExit: route({
    method: 'POST',
    path: '/api/exits/:id/confirm',
    tag: 'exit',
    summary: 'Confirms an exit; the person is told unless exempt, the record goes to the platform tonight',
    audience: 'staff',
    action: 'exit.confirm',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      version: z.number().int(),
      /** What the clerk found out since the proposal: a worker's report or an unanswered question may need it. */
      evidence: z.array(evidencePiece).max(10).default([]),
    }),
    answer: decided,
    errors: ['request.notFound', 'exit.notAllowed', 'exit.incomplete', 'exit.changed'],
  }),
  reviewExit: route({
    method: 'POST',
    path: '/api/exits/:id/review',
    tag: 'exit',
    summary: 'The second person of a guarded exit agrees or not (M79-4c)',
    audience: 'staff',
    action: 'exit.review',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version: z.number().int(), agrees: z.boolean(), note: z.string().min(2).max(300) }),
    answer: decided,
    errors: ['request.notFound', 'exit.notAllowed', 'exit.changed'],
  }),
  rejectExit: route({
    method: 'POST',
    path: '/api/exits/:id/reject',
    tag: 'exit',
    summary: 'Turns a proposed exit down; the registration stays',
    audience: 'staff',
    action: 'exit.reject',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version: z.number().int(), reason: z.string().min(2).max(200) }),
    answer: decided,
    errors: ['request.notFound', 'exit.notAllowed', 'exit.changed'],
  }),
  restoreExit: route({
    method: 'POST',
    path: '/api/exits/:id/restore',
    tag: 'exit',
    summary: 'Restores a registration that was ended by mistake, by the local procedure',
    audience: 'staff',
    action: 'exit.restore',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version: z.number().int(), reason: z.string().min(5).max(300) }),
    answer: decided,
    errors: ['request.notFound', 'exit.notAllowed', 'exit.changed', 'registration.claimed'],
  }),
} as const;
