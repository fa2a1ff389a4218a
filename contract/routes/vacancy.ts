import { z } from 'zod';
import { byId, citation, date, instant, page, route } from '../route.ts';

const text = (max: number) => z.string().max(max).default('');
const officeCode = z.string().regex(/^\d{4,12}$/);

/** A vacancy as it is entered: shapes and sizes; what is lawful says rules/vacancy.ts, field by field. */
export const vacancyInput = z.strictObject({
  employerName: text(200),
  employerCode: text(40),
  employerRef: text(80),
  title: text(100),
  occupation: text(10),
  workDivision: text(12),
  workPlace: text(300),
  wageFrom: z.number(),
  wageTo: z.number(),
  education: z.number().int(),
  skill: z.number().int(),
  posts: z.number(),
  kind: z.enum(['fullTime', 'partTime', 'flexible', 'seasonal']),
  telephone: text(40),
  description: text(2000),
  validFrom: text(20),
  validTo: text(20),
});

const warning = z.object({ kind: z.string(), message: z.string() });

/** A vacancy in a list: what somebody needs to choose by. */
const vacancyLine = z.object({
  id: z.uuid(),
  number: z.string(),
  employerName: z.string(),
  title: z.string(),
  occupationText: z.string(),
  placeText: z.string(),
  wageFrom: z.number(),
  wageTo: z.number(),
  posts: z.number(),
  kindText: z.string(),
  educationText: z.string(),
  skillText: z.string(),
  validTo: date,
  /** Open and within its days; ended ones are neither matched nor referred to. */
  valid: z.boolean(),
  stateText: z.string(),
  warnings: z.array(warning),
});

const vacancyPage = vacancyLine.extend({
  office: z.string(),
  officeName: z.string(),
  fields: vacancyInput,
  closedReason: z.string(),
  version: z.number(),
  /** How many were sent there, and how many of them were taken on. */
  referred: z.number(),
  hired: z.number(),
  changes: z.array(
    z.object({
      at: instant,
      who: z.string(),
      text: z.string(),
      fields: z.array(z.object({ label: z.string(), before: z.string(), after: z.string() })),
    }),
  ),
  /** Whether the one who reads may change it; when not, why. */
  mayChange: z.boolean(),
  why: z.string().optional(),
});

const point = z.object({ name: z.string(), points: z.number(), why: z.string() });
const match = z.object({
  vacancy: vacancyLine.extend({ workPlace: z.string(), telephone: z.string(), description: z.string() }),
  score: z.number(),
  points: z.array(point),
  cautions: z.array(z.string()),
  /** A referral of this person to it that is still open. */
  referred: z.boolean(),
});

/** What a person looks for. `source`: said by the person or a clerk, or read from form and interview. */
const wish = z.object({
  wishes: z.array(z.string()),
  wishTexts: z.array(z.string()),
  trained: z.array(z.string()),
  trainedTexts: z.array(z.string()),
  wage: z.number().optional(),
  skill: z.number(),
  placeText: z.string(),
  educationText: z.string(),
  source: z.enum(['said', 'read']),
  /** Words of form and interview that no occupation was recognised in. */
  unread: z.array(z.string()),
});

const wishInput = z.strictObject({
  wishes: z.array(z.string().max(3)).max(3),
  trained: z.array(z.string().max(3)).max(5),
  wage: z.number().int().min(1).max(1_000_000).nullable(),
  skill: z.number().int().min(0).max(5),
});

const told = z.object({ result: z.enum(['hired', 'notHired', 'declined']), reason: z.string(), at: instant });

const referral = z.object({
  id: z.uuid(),
  vacancyId: z.uuid(),
  title: z.string(),
  employerName: z.string(),
  telephone: z.string(),
  placeText: z.string(),
  meansText: z.string(),
  at: instant,
  who: z.string(),
  note: z.string(),
  askDue: date,
  clause: citation,
  state: z.enum(['open', 'hired', 'notHired', 'declined', 'withdrawn']),
  stateText: z.string(),
  points: z.array(point),
  told: told.optional(),
  reason: z.string(),
  startedOn: date.optional(),
  suitable: z.boolean().optional(),
  withoutGoodReason: z.boolean().optional(),
  settledAt: instant.optional(),
  settledBy: z.string().optional(),
  exitId: z.uuid().optional(),
  version: z.number(),
});

const matching = z.object({
  registrationId: z.uuid(),
  /** False when the registration has ended: nothing is referred any more. */
  open: z.boolean(),
  wish,
  matches: z.array(match),
  /** Vacancies looked at, of all valid ones of the province. */
  looked: z.number(),
  valid: z.number(),
  referrals: z.array(referral),
  clause: citation,
});

const outcome = z.strictObject({
  result: z.enum(['hired', 'notHired', 'declined', 'withdrawn']),
  reason: z.string().max(300).default(''),
  /** How the office learnt it. */
  means: z.enum(['telephone', 'visit', 'counter', 'message', 'employer', 'self']),
  startedOn: date.optional(),
  suitable: z.boolean().optional(),
  withoutGoodReason: z.boolean().optional(),
  /** For `hired`: propose the exit, which asks the person first. */
  proposeExit: z.boolean().default(false),
  version: z.number().int(),
});

/** Vacancies, matching with its reasons, referrals and the question how they went (A21-4d, M79-3b). */
export const vacancyRoutes = {
  getVacancies: route({
    method: 'GET',
    path: '/api/vacancies',
    tag: 'vacancy',
    summary: 'Vacancies of the city, newest first, or those whose employer or title begins with what was typed',
    audience: 'staff',
    action: 'vacancy.read',
    query: page.extend({
      q: z.string().max(40).optional(),
      state: z.enum(['valid', 'ended', 'all']).default('valid'),
      office: officeCode.optional(),
      doubted: z.literal('yes').optional(),
    }),
    answer: z.object({ items: z.array(vacancyLine.extend({ officeName: z.string() })), next: z.string().optional() }),
    errors: [],
  }),
  getVacancy: route({
    method: 'GET',
    path: '/api/vacancies/:id',
    tag: 'vacancy',
    summary: 'One vacancy with its fields, its changes and what came of it',
    audience: 'staff',
    action: 'vacancy.read',
    params: byId,
    answer: vacancyPage,
    errors: ['request.notFound'],
  }),
  enterVacancy: route({
    method: 'POST',
    path: '/api/vacancies',
    tag: 'vacancy',
    summary: 'Enters a vacancy at a counter; discriminatory conditions and fees are refused with field and reason',
    audience: 'staff',
    action: 'vacancy.manage',
    idempotent: true,
    status: 201,
    body: vacancyInput,
    answer: z.object({ vacancy: vacancyPage, message: z.string() }),
    errors: ['vacancy.faulty', 'vacancy.notAllowed'],
  }),
  changeVacancy: route({
    method: 'POST',
    path: '/api/vacancies/:id/changes',
    tag: 'vacancy',
    summary: 'Changes a vacancy; the version before is kept with who changed what',
    audience: 'staff',
    action: 'vacancy.manage',
    idempotent: true,
    params: byId,
    body: z.strictObject({ fields: vacancyInput, version: z.number().int() }),
    answer: z.object({ vacancy: vacancyPage, message: z.string() }),
    errors: ['request.notFound', 'vacancy.faulty', 'vacancy.changed', 'vacancy.notAllowed'],
  }),
  closeVacancy: route({
    method: 'POST',
    path: '/api/vacancies/:id/state',
    tag: 'vacancy',
    summary: 'Closes a vacancy with a reason, or opens it again',
    audience: 'staff',
    action: 'vacancy.manage',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      state: z.enum(['open', 'closed']),
      reason: z.string().max(200).default(''),
      version: z.number().int(),
    }),
    answer: z.object({ vacancy: vacancyPage, message: z.string() }),
    errors: ['request.notFound', 'vacancy.changed', 'vacancy.notAllowed'],
  }),
  getMatches: route({
    method: 'GET',
    path: '/api/registrations/:id/matches',
    tag: 'vacancy',
    summary: 'What a registered person looks for, the vacancies that fit best and why, and what was referred so far',
    audience: 'staff',
    action: 'referral.read',
    params: byId,
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(50).default(10) }),
    answer: matching,
    errors: ['request.notFound', 'law.silent'],
  }),
  recordWish: route({
    method: 'POST',
    path: '/api/registrations/:id/job-wish',
    tag: 'vacancy',
    summary: 'Records what a person looks for and can do, in occupations',
    audience: 'staff',
    action: 'referral.record',
    idempotent: true,
    params: byId,
    body: wishInput,
    answer: z.object({ matching, message: z.string() }),
    errors: ['request.notFound', 'referral.faulty', 'referral.notAllowed', 'law.silent'],
  }),
  refer: route({
    method: 'POST',
    path: '/api/registrations/:id/referrals',
    tag: 'vacancy',
    summary:
      'Refers a person to a vacancy with consent; the day to ask how it went follows from the provision (A21-4d)',
    audience: 'staff',
    action: 'referral.record',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      vacancyId: z.uuid(),
      means: z.enum(['counter', 'telephone', 'visit', 'message']),
      consent: z.boolean(),
      note: z.string().max(200).default(''),
    }),
    answer: z.object({ matching, message: z.string() }),
    errors: ['request.notFound', 'referral.faulty', 'referral.notAllowed', 'law.silent', 'calendar.notMaintained'],
  }),
  settleReferral: route({
    method: 'POST',
    path: '/api/referrals/:id/result',
    tag: 'vacancy',
    summary: 'Records how a referral went; a refusal is judged by a person and ends nothing by itself (A21-4d, M79-4c)',
    audience: 'staff',
    action: 'referral.record',
    idempotent: true,
    params: byId,
    body: outcome,
    answer: z.object({ referral, message: z.string() }),
    errors: ['request.notFound', 'referral.faulty', 'referral.notAllowed', 'referral.changed', 'law.silent'],
  }),
  getReferralWorklist: route({
    method: 'GET',
    path: '/api/worklists/referrals',
    tag: 'worklist',
    summary: 'Referrals still to be asked about, earliest due date first, with the counts of the same list (A21-4d)',
    audience: 'staff',
    action: 'referral.read',
    query: page.extend({ office: officeCode.optional(), state: z.enum(['near', 'late', 'told']).optional() }),
    answer: z.object({
      items: z.array(
        z.object({
          applicationId: z.uuid(),
          registrationId: z.uuid(),
          number: z.string(),
          name: z.string(),
          idMasked: z.string(),
          office: z.string(),
          officeName: z.string(),
          dueState: z.enum(['open', 'near', 'late']),
          referral,
        }),
      ),
      next: z.string().optional(),
      counts: z.object({ open: z.number(), near: z.number(), late: z.number(), told: z.number() }),
    }),
    errors: [],
  }),
  getMyJobs: route({
    method: 'GET',
    path: '/api/my/jobs',
    tag: 'worker',
    summary: 'Vacancies that fit the person and why, what the person looks for, and the own referrals',
    audience: 'worker',
    answer: z.object({ matching: matching.optional() }),
    errors: ['law.silent'],
  }),
  recordMyWish: route({
    method: 'POST',
    path: '/api/my/registrations/:id/job-wish',
    tag: 'worker',
    summary: 'The person says what is looked for',
    audience: 'worker',
    idempotent: true,
    params: byId,
    body: wishInput,
    answer: z.object({ matching, message: z.string() }),
    errors: ['request.notFound', 'referral.faulty', 'referral.notAllowed', 'law.silent'],
  }),
  tryVacancy: route({
    method: 'POST',
    path: '/api/my/registrations/:id/referrals',
    tag: 'worker',
    summary: 'The person wants to try a vacancy: a referral by the own wish, which is the consent',
    audience: 'worker',
    idempotent: true,
    params: byId,
    body: z.strictObject({ vacancyId: z.uuid() }),
    answer: z.object({ matching, message: z.string() }),
    errors: ['request.notFound', 'referral.notAllowed', 'law.silent', 'calendar.notMaintained'],
  }),
  tellResult: route({
    method: 'POST',
    path: '/api/my/referrals/:id/told',
    tag: 'worker',
    summary: 'The person says how a referral went; the office records the result, nothing follows by itself',
    audience: 'worker',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      result: z.enum(['hired', 'notHired', 'declined']),
      reason: z.string().max(100).default(''),
    }),
    answer: z.object({ referral, message: z.string() }),
    errors: ['request.notFound', 'referral.notAllowed'],
  }),
} as const;
