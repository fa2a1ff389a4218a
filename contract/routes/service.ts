import { z } from 'zod';
import { byId, citation, date, id, instant, page, route } from '../route.ts';

const serviceClass = z.enum(['A', 'B', 'C', 'D']);
const serviceKind = z.string().max(30);
const cursor = z.string().optional();

/** What an interview finds out beside its three texts (rules/service-class.ts); nothing is proven by papers. */
export const interviewProfile = z.strictObject({
  skill: z.enum(['certified', 'practised', 'some', 'none']),
  years: z.number().int().min(0).max(60),
  wish: z.enum(['employed', 'flexible', 'startUp', 'training', 'undecided']),
  search: z.enum(['alone', 'withHelp', 'not']),
  hindrances: z.array(z.enum(['care', 'health', 'transport', 'language', 'hours'])).max(5),
});

const computedClass = z.object({
  class: serviceClass,
  points: z.array(z.object({ label: z.string(), points: z.number() })),
  total: z.number(),
  why: z.string(),
  citations: z.array(citation),
});

const step = z.object({
  id,
  n: z.number(),
  whose: z.enum(['office', 'worker']),
  service: z.string(),
  serviceText: z.string(),
  what: z.string(),
  dueOn: date,
  status: z.enum(['open', 'done', 'dropped']),
  standing: z.enum(['settled', 'open', 'near', 'late']),
  result: z.string(),
  settledBy: z.string().optional(),
});

const plan = z.object({
  id,
  kind: z.enum(['ordinary', 'difficulty']),
  kindText: z.string(),
  goal: z.string(),
  officer: z.object({ id: z.string(), name: z.string() }),
  status: z.enum(['draft', 'agreed', 'closed']),
  statusText: z.string(),
  madeAt: instant,
  madeBy: z.string(),
  agreedAt: instant.optional(),
  agreedHow: z.string().optional(),
  closedAt: instant.optional(),
  closedReason: z.string().optional(),
  version: z.number(),
  steps: z.array(step),
});

/** Class, plan and services of one registration. */
const serviceFile = z.object({
  registrationId: id,
  /** A recognition of difficulty that is in force: then a plan is owed by a day (A21-4f). */
  difficulty: z
    .object({ category: z.string(), validTo: date, planDueOn: date.optional(), planMissing: z.boolean() })
    .optional(),
  class: z
    .object({
      class: serviceClass,
      computed: serviceClass.optional(),
      points: z.array(z.object({ label: z.string(), points: z.number() })),
      reason: z.string(),
      at: instant,
      by: z.string(),
      services: z.string(),
      profile: interviewProfile,
    })
    .optional(),
  plan: plan.optional(),
  earlierPlans: z.array(plan),
  services: z.array(
    z.object({
      id,
      kind: z.string(),
      kindText: z.string(),
      content: z.string(),
      result: z.string(),
      resultText: z.string(),
      outcome: z.string(),
      on: date,
      by: z.string(),
    }),
  ),
  /** Who may be named as officer; for those who may make a plan. */
  officers: z.array(z.object({ id, name: z.string() })),
  open: z.boolean(),
});
const told = z.object({ service: serviceFile, message: z.string() });

const givenStep = z.strictObject({
  whose: z.enum(['office', 'worker']),
  service: serviceKind,
  what: z.string().max(200),
  dueOn: date,
});
const stepAct = z.strictObject({ action: z.enum(['finish', 'drop']), text: z.string().max(200) });
const byStep = z.strictObject({ id, stepId: id });

export const serviceRoutes = {
  getService: route({
    method: 'GET',
    path: '/api/registrations/:id/service',
    tag: 'service',
    summary: 'Class with its points, plan with its steps, services with their results (A21-4a, A21-4f)',
    audience: 'staff',
    action: 'service.read',
    params: byId,
    answer: serviceFile,
    errors: ['request.notFound'],
  }),
  computeClass: route({
    method: 'POST',
    path: '/api/registrations/:id/class/compute',
    tag: 'service',
    summary: 'The class an interview would lead to, with each point named; stores nothing (M79-3b)',
    audience: 'staff',
    action: 'service.record',
    params: byId,
    body: z.strictObject({ profile: interviewProfile }),
    answer: z.object({ computed: computedClass.optional(), difficulty: z.boolean() }),
    errors: ['request.notFound'],
  }),
  setClass: route({
    method: 'POST',
    path: '/api/registrations/:id/class',
    tag: 'service',
    summary: 'Classes a registrant; another class than the computed one needs a reason (M79-3b)',
    audience: 'staff',
    action: 'service.record',
    idempotent: true,
    params: byId,
    body: z.strictObject({ profile: interviewProfile, class: serviceClass, reason: z.string().max(200).default('') }),
    answer: told,
    errors: ['request.notFound', 'service.faulty', 'registration.changed', 'decision.forbiddenGround'],
  }),
  recordService: route({
    method: 'POST',
    path: '/api/registrations/:id/services',
    tag: 'service',
    summary: 'Records a service with content and result (A21-4a, A21-5a)',
    audience: 'staff',
    action: 'service.record',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      kind: serviceKind,
      content: z.string().max(500),
      result: z.enum(['done', 'going', 'declined', 'noFit']),
      outcome: z.string().max(300).default(''),
      on: date,
    }),
    answer: told,
    errors: ['request.notFound', 'service.faulty', 'registration.changed', 'decision.forbiddenGround'],
  }),
  makePlan: route({
    method: 'POST',
    path: '/api/registrations/:id/plans',
    tag: 'service',
    summary: 'Makes a plan with steps of both sides; an open one is closed and kept (A21-4f)',
    audience: 'staff',
    action: 'plan.manage',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      kind: z.enum(['ordinary', 'difficulty']),
      goal: z.string().max(200),
      officer: z.uuid(),
      steps: z.array(givenStep).max(20),
      /** Version of the open plan this one takes the place of; absent: there was none on the screen. */
      renews: z.strictObject({ id, version: z.number().int() }).optional(),
    }),
    answer: told,
    errors: [
      'request.notFound',
      'service.faulty',
      'service.changed',
      'registration.changed',
      'decision.forbiddenGround',
    ],
  }),
  agreePlan: route({
    method: 'POST',
    path: '/api/plans/:id/agree',
    tag: 'service',
    summary: 'Records that the person agreed to the plan, at the counter, by telephone or at home',
    audience: 'staff',
    action: 'plan.manage',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version: z.number().int(), how: z.enum(['counter', 'telephone', 'visit']) }),
    answer: told,
    errors: ['request.notFound', 'service.notAllowed', 'service.changed'],
  }),
  closePlan: route({
    method: 'POST',
    path: '/api/plans/:id/close',
    tag: 'service',
    summary: 'Ends a plan with its reason',
    audience: 'staff',
    action: 'plan.manage',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version: z.number().int(), reason: z.string().min(2).max(200) }),
    answer: told,
    errors: ['request.notFound', 'service.notAllowed', 'service.changed', 'service.faulty'],
  }),
  settleStep: route({
    method: 'POST',
    path: '/api/plans/:id/steps/:stepId',
    tag: 'service',
    summary: 'Finishes a step with its result, or drops it with the reason (A21-5a)',
    audience: 'staff',
    action: 'service.record',
    idempotent: true,
    params: byStep,
    body: stepAct,
    answer: told,
    errors: ['request.notFound', 'service.notAllowed', 'service.faulty', 'decision.forbiddenGround'],
  }),
  getPlanSteps: route({
    method: 'GET',
    path: '/api/worklists/plan-steps',
    tag: 'service',
    summary: 'Steps of plans that are owed, earliest due first; and people in difficulty without a plan (A21-4f)',
    audience: 'staff',
    action: 'service.read',
    query: page.extend({
      office: z
        .string()
        .regex(/^\d{4,12}$/)
        .optional(),
      officer: z.literal('mine').optional(),
    }),
    answer: z.object({
      items: z.array(
        z.object({
          id,
          planId: id,
          applicationId: id,
          name: z.string(),
          idMasked: z.string(),
          officeName: z.string(),
          officer: z.string(),
          kindText: z.string(),
          whose: z.enum(['office', 'worker']),
          serviceText: z.string(),
          what: z.string(),
          dueOn: date,
          standing: z.enum(['open', 'near', 'late']),
        }),
      ),
      next: cursor,
      /** Recognised difficulty without a plan in force; late past its day. */
      withoutPlan: z.array(
        z.object({
          applicationId: id,
          name: z.string(),
          officeName: z.string(),
          category: z.string(),
          recognisedOn: date,
          dueOn: date.optional(),
          late: z.boolean(),
        }),
      ),
    }),
    errors: [],
  }),
  getMyService: route({
    method: 'GET',
    path: '/api/my/service',
    tag: 'service',
    summary: "The worker's own plan and services",
    audience: 'worker',
    answer: z.object({
      registrationId: id.optional(),
      /** What the office does for people in this situation; no label. */
      services: z.string(),
      plan: plan.optional(),
      records: z.array(
        z.object({
          id,
          kindText: z.string(),
          content: z.string(),
          resultText: z.string(),
          outcome: z.string(),
          on: date,
          by: z.string(),
        }),
      ),
    }),
    errors: [],
  }),
  agreeMyPlan: route({
    method: 'POST',
    path: '/api/my/plans/:id/agree',
    tag: 'service',
    summary: 'The worker agrees to the own plan',
    audience: 'worker',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version: z.number().int() }),
    answer: z.object({ message: z.string() }),
    errors: ['request.notFound', 'service.notAllowed', 'service.changed'],
  }),
  finishMyStep: route({
    method: 'POST',
    path: '/api/my/plans/:id/steps/:stepId',
    tag: 'service',
    summary: 'The worker says that an own step is done, and how it went',
    audience: 'worker',
    idempotent: true,
    params: byStep,
    body: z.strictObject({ text: z.string().max(200) }),
    answer: z.object({ message: z.string() }),
    errors: ['request.notFound', 'service.notAllowed', 'service.faulty'],
  }),
} as const;
