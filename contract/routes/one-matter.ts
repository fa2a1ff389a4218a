import { z } from 'zod';
import { byId, citation, date, id, instant, page, route } from '../route.ts';

const version = z.number().int();
const kind = z.enum(['introduction', 'benefit', 'difficulty', 'livingAllowance']);
const state = z.enum(['asked', 'forwarded', 'accepted', 'refused', 'withdrawn']);
const text = (max: number) => z.string().max(max);
const fits = z.enum(['yes', 'no', 'byHand']);

/** What may be asked for beside the registration; for recognition of difficulty the categories a person may choose from. */
const offer = z.object({
  kind,
  text: z.string(),
  citation,
  categories: z.array(z.object({ name: z.string(), fits, why: z.string() })).optional(),
});

const matter = z.object({
  id,
  kind,
  kindText: z.string(),
  state,
  stateText: z.string(),
  /** The category wished for, or what the person said. */
  wish: z.string(),
  askedAt: instant,
  askedBy: z.string(),
  forwardedAt: instant.optional(),
  externalNumber: z.string().optional(),
  decidedAt: instant.optional(),
  decidedBy: z.string().optional(),
  dueOn: date.optional(),
  outcome: z.string(),
  /** As the other side said it. */
  reason: z.string(),
  consent: z.object({ on: date, how: z.string() }).optional(),
  benefit: z.object({ months: z.number(), monthlyYuan: z.string(), from: date.optional() }).optional(),
  stopped: z.object({ on: date, reason: z.string() }).optional(),
  /** The other side has been told that the registration ended. */
  toldExitOn: date.optional(),
  /** What a member of staff has to do with it now. */
  todo: z.enum(['introduce', 'carry', 'answer', 'check']).optional(),
  /** One sentence in plain words, as the worker reads it. */
  plain: z.string(),
  version,
  history: z.array(z.object({ at: instant, by: z.string(), text: z.string() })),
});

const matterFile = z.object({
  applicationId: id,
  registering: z.enum(['open', 'registered', 'refused', 'withdrawn', 'duplicate', 'handedOver', 'exited']),
  registeringText: z.string(),
  matters: z.array(matter),
  /** Draws the minimum living allowance, by the word of civil affairs. */
  allowance: z.object({ from: date, to: date.optional(), toldOn: date.optional() }).optional(),
  /** What may still be asked for. */
  offers: z.array(offer),
});
const told = z.object({ file: matterFile, message: z.string() });

const wish = z.strictObject({
  kind,
  /** For recognition the category; for the minimum living guarantee what the person said of the income. */
  wish: text(200).default(''),
  consent: z.strictObject({ on: date, how: z.enum(['counter', 'telephone', 'visit', 'portal']) }).optional(),
});
const writing = ['request.notFound', 'matter.faulty', 'matter.notAllowed'] as const;

const myMatter = z.object({
  id,
  applicationId: id,
  kind,
  kindText: z.string(),
  state,
  stateText: z.string(),
  plain: z.string(),
  dueOn: date.optional(),
  mayWithdraw: z.boolean(),
  version,
});

/** One matter (一件事): registration, job introduction, benefit, recognition of difficulty asked for once, decided by themselves. */
export const oneMatterRoutes = {
  getOneMatter: route({
    method: 'GET',
    path: '/api/one-matter',
    tag: 'matter',
    summary: 'What is offered beside the registration at a place today (M79-5a, A21-4h, H122-2e)',
    audience: 'public',
    query: z.strictObject({ division: z.string().regex(/^\d{6}$/), disabled: z.enum(['true', 'false']).optional() }),
    answer: z.object({ offers: z.array(offer) }),
    errors: [],
  }),
  getMatters: route({
    method: 'GET',
    path: '/api/applications/:id/matters',
    tag: 'matter',
    summary: 'Registration and every part asked for with it, on one page (M79-5a)',
    audience: 'staff',
    action: 'matter.read',
    params: byId,
    answer: matterFile,
    errors: ['request.notFound'],
  }),
  askMatter: route({
    method: 'POST',
    path: '/api/applications/:id/matters',
    tag: 'matter',
    summary: 'Asks for a part later on; a referral to civil affairs carries the consent (M79-5b)',
    audience: 'staff',
    action: 'matter.ask',
    idempotent: true,
    params: byId,
    body: wish,
    answer: told,
    errors: [...writing, 'decision.forbiddenGround'],
  }),
  settleMatter: route({
    method: 'POST',
    path: '/api/matters/:id/settle',
    tag: 'matter',
    summary: 'An introduction that was made, or what the other side answered where there is no line to it',
    audience: 'staff',
    action: 'matter.settle',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      version,
      outcome: z.enum(['accepted', 'refused']),
      text: text(300).default(''),
      months: z.number().int().optional(),
      monthlyFen: z.number().int().optional(),
      from: date.optional(),
    }),
    answer: told,
    errors: [...writing, 'registration.changed', 'service.faulty', 'decision.forbiddenGround'],
  }),
  carryMatter: route({
    method: 'POST',
    path: '/api/matters/:id/carry',
    tag: 'matter',
    summary: 'Handed over by hand where there is no line, with the number given there',
    audience: 'staff',
    action: 'matter.settle',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version, number: text(40).default('') }),
    answer: told,
    errors: [...writing],
  }),
  withdrawMatter: route({
    method: 'POST',
    path: '/api/matters/:id/withdraw',
    tag: 'matter',
    summary: 'The person no longer wants this part; nothing else changes',
    audience: 'staff',
    action: 'matter.settle',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version, reason: text(200) }),
    answer: told,
    errors: [...writing, 'decision.forbiddenGround'],
  }),
  settleMatterCheck: route({
    method: 'POST',
    path: '/api/matters/:id/check',
    tag: 'matter',
    summary: 'What was found about a benefit that stopped; a stop is no exit',
    audience: 'staff',
    action: 'matter.settle',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version, text: text(300) }),
    answer: told,
    errors: [...writing, 'decision.forbiddenGround'],
  }),
  getMatterWorklist: route({
    method: 'GET',
    path: '/api/worklists/matters',
    tag: 'matter',
    summary: 'Introductions owed, parts to carry, referrals without answer, stopped benefits to look into',
    audience: 'staff',
    action: 'matter.read',
    query: page.extend({
      office: z
        .string()
        .regex(/^\d{4,12}$/)
        .optional(),
      stage: z.enum(['introduce', 'carry', 'answer', 'check']).default('introduce'),
    }),
    answer: z.object({
      items: z.array(
        z.object({
          id,
          applicationId: id,
          name: z.string(),
          idMasked: z.string(),
          officeName: z.string(),
          kindText: z.string(),
          stateText: z.string(),
          dueOn: date,
          state: z.enum(['open', 'near', 'late']),
        }),
      ),
      next: z.string().optional(),
      /** Outside systems that do not answer, and since when; nothing waits for them. */
      silent: z.array(z.object({ name: z.string(), since: instant, waiting: z.number() })),
    }),
    errors: [],
  }),
  getBenefitHandovers: route({
    method: 'GET',
    path: '/api/worklists/benefit-handovers',
    tag: 'matter',
    summary: 'People handed over by the benefit office whose form has to be put right with them (A21-4h)',
    audience: 'staff',
    action: 'matter.read',
    answer: z.object({
      items: z.array(
        z.object({
          number: z.string(),
          name: z.string(),
          idMasked: z.string(),
          officeName: z.string(),
          submittedAt: instant,
          faults: z.string(),
        }),
      ),
    }),
    errors: [],
  }),
  settleBenefitHandover: route({
    method: 'POST',
    path: '/api/benefit-handovers/settle',
    tag: 'matter',
    summary: 'What was done about such a form',
    audience: 'staff',
    action: 'matter.settle',
    idempotent: true,
    body: z.strictObject({ number: text(40), text: text(300) }),
    answer: z.object({ message: z.string() }),
    errors: [...writing, 'decision.forbiddenGround'],
  }),
  getMyMatters: route({
    method: 'GET',
    path: '/api/my/matters',
    tag: 'matter',
    summary: "Every part of the worker's latest application, in plain words",
    audience: 'worker',
    answer: z.object({
      applicationId: id.optional(),
      matters: z.array(myMatter),
      offers: z.array(offer),
    }),
    errors: [],
  }),
  askMyMatter: route({
    method: 'POST',
    path: '/api/my/applications/:id/matters',
    tag: 'matter',
    summary: 'The worker asks for a part later on; no papers',
    audience: 'worker',
    idempotent: true,
    params: byId,
    body: wish,
    answer: z.object({ message: z.string() }),
    errors: [...writing],
  }),
  withdrawMyMatter: route({
    method: 'POST',
    path: '/api/my/matters/:id/withdraw',
    tag: 'matter',
    summary: 'The worker takes a part back; the registration stays',
    audience: 'worker',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version }),
    answer: z.object({ message: z.string() }),
    errors: [...writing],
  }),
} as const;
