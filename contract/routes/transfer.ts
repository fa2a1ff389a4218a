import { z } from 'zod';
import { caseFile, contactRow } from '../case-file.ts';
import { byId, date, dueDate, id, instant, route } from '../route.ts';

const officeCode = z.string().regex(/^\d{6}(\d{3}(\d{3})?)?$/);
const place = z.enum(['household', 'residence', 'employment', 'insurance']);
const version = z.number().int();

const transferRequest = z.object({
  id,
  /** The case, for the office that holds it. */
  applicationId: id.optional(),
  name: z.string(),
  idMasked: z.string(),
  number: z.string(),
  registeredOn: date,
  /** Who asked: the office that holds the registration, or the one the person came to. */
  side: z.enum(['from', 'to']),
  fromOffice: z.string(),
  toOffice: z.string(),
  place,
  reason: z.string(),
  askedAt: instant,
  askedBy: z.string(),
  due: dueDate,
  state: z.enum(['asked', 'accepted', 'declined', 'withdrawn']),
  stateText: z.string(),
  settled: z.object({ at: instant, who: z.string(), text: z.string() }).optional(),
  may: z.object({ accept: z.boolean(), decline: z.boolean(), withdraw: z.boolean() }),
  version,
});

/** A valid registration goes to another office (M79-1a). */
export const transferRoutes = {
  transferRegistration: route({
    method: 'POST',
    path: '/api/registrations/:id/transfer',
    tag: 'registration',
    summary:
      'At the wish of the person the registration goes to another office of the city at once, with all that is open about it; the office of another city is asked first. Number, days and clocks stay (M79-1a)',
    audience: 'staff',
    action: 'registration.transfer',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version, office: officeCode, place, reason: z.string().min(2).max(200) }),
    answer: z.object({ officeName: z.string(), message: z.string() }),
    errors: [
      'request.notFound',
      'registration.changed',
      'registration.notAllowed',
      'decision.forbiddenGround',
      'law.silent',
    ],
  }),
  requestTransfer: route({
    method: 'POST',
    path: '/api/transfers',
    tag: 'registration',
    summary:
      'The office a person came to asks the office that holds the valid registration, wherever it is, to let it go; identity number and name must match (M79-1a, A21-7a)',
    audience: 'staff',
    action: 'registration.transfer',
    idempotent: true,
    status: 201,
    body: z.strictObject({
      name: z.string().min(2).max(50),
      idNumber: z.string().min(15).max(22),
      office: officeCode,
      place,
      reason: z.string().min(2).max(200),
    }),
    answer: z.object({ message: z.string() }),
    errors: ['registration.notAllowed', 'registration.changed', 'decision.forbiddenGround', 'law.silent'],
  }),
  getTransfers: route({
    method: 'GET',
    path: '/api/transfers',
    tag: 'registration',
    summary:
      'Transfers the own office asked or has to answer: open ones by due day, or those settled in the last ninety days (M79-3a)',
    audience: 'staff',
    action: 'registration.read',
    query: z.strictObject({ view: z.enum(['open', 'settled']).default('open') }),
    answer: z.object({ requests: z.array(transferRequest) }),
    errors: [],
  }),
  settleTransfer: route({
    method: 'POST',
    path: '/api/transfers/:id/settle',
    tag: 'registration',
    summary:
      'The other office takes the registration over or lets it go, or declines on a ground of the closed list; the one that asked may take its question back (M79-1a, A21-7a)',
    audience: 'staff',
    action: 'registration.transfer',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      version,
      action: z.enum(['accept', 'decline', 'withdraw']),
      /** Of a decline (rules/transfer-request.ts). */
      ground: z.string().max(20).optional(),
      text: z.string().max(200).default(''),
    }),
    answer: z.object({ message: z.string() }),
    errors: [
      'request.notFound',
      'registration.changed',
      'registration.notAllowed',
      'decision.forbiddenGround',
      'law.silent',
    ],
  }),
  getFormerCase: route({
    method: 'GET',
    path: '/api/applications/:id/former',
    tag: 'application',
    summary:
      'What former cities recorded of a registration that came from there, latest first; each look is recorded (M79-6a)',
    audience: 'staff',
    action: 'contact.read',
    params: byId,
    answer: z.object({
      stays: z.array(
        z.object({
          officeName: z.string(),
          until: date.optional(),
          contacts: z.array(contactRow),
          /** How many exits were raised there. */
          exits: z.number(),
          history: caseFile.shape.history,
        }),
      ),
    }),
    errors: ['request.notFound'],
  }),
} as const;
