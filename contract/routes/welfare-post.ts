import { z } from 'zod';
import { byId, date, id, instant, page, route } from '../route.ts';

const version = z.number().int();
const month = z.string().regex(/^\d{4}-\d{2}$/, '应为年月，如2026-11');
const leaveReason = z.enum(['expired', 'employed', 'resigned', 'dismissed', 'postEnded', 'pension', 'other']);

const givenPost = z.strictObject({
  employer: z.string().max(60),
  title: z.string().max(40),
  place: z.string().max(80),
  duties: z.string().max(200).default(''),
  wage: z.number(),
  posts: z.number(),
  validTo: date,
});
const post = z.object({
  id,
  employer: z.string(),
  title: z.string(),
  place: z.string(),
  duties: z.string(),
  wage: z.number(),
  posts: z.number(),
  taken: z.number(),
  validTo: date,
  state: z.enum(['open', 'full', 'ended', 'closed']),
  stateText: z.string(),
  closedReason: z.string(),
  officeName: z.string(),
  /** In the range of who asks, so that it may be changed. */
  mine: z.boolean(),
  version,
});

const placement = z.object({
  id,
  post: z.object({ employer: z.string(), title: z.string(), place: z.string(), wage: z.number() }),
  state: z.enum(['placed', 'left']),
  startsOn: date,
  endsBy: date,
  pensionOn: date.optional(),
  pensionSource: z.string(),
  placedBy: z.string(),
  checkDue: date.optional(),
  checks: z.array(
    z.object({
      month: z.string(),
      onDuty: z.boolean(),
      meansText: z.string(),
      text: z.string(),
      at: instant,
      by: z.string(),
    }),
  ),
  missed: z.array(z.string()),
  exitProposed: z.boolean(),
  leftOn: date.optional(),
  leftText: z.string(),
  version,
});

const file = z.object({
  registrationId: id,
  /** Open posts of the city with a free place, for those who may place; empty while the person cannot be placed. */
  posts: z.array(post),
  /** Why this person cannot be placed now. */
  hold: z.string().optional(),
  limitsText: z.string(),
  current: placement.optional(),
  earlier: z.array(placement),
  /** The person left a post that ended the registration, and may register anew with form reason 10. */
  registerAgain: z.object({ applicationId: id }).optional(),
});
const told = z.object({ welfare: file, message: z.string() });
const toldPost = z.object({ post, message: z.string() });
const acts = [
  'request.notFound',
  'service.faulty',
  'service.notAllowed',
  'law.silent',
  'decision.forbiddenGround',
] as const;

export const welfarePostRoutes = {
  getWelfarePosts: route({
    method: 'GET',
    path: '/api/welfare-posts',
    tag: 'welfare',
    summary: 'Public-welfare posts of the city (A21-4f)',
    audience: 'staff',
    action: 'post.read',
    query: z.strictObject({ state: z.enum(['open', 'closed']).default('open'), q: z.string().max(40).optional() }),
    answer: z.object({ items: z.array(post) }),
    errors: [],
  }),
  enterWelfarePost: route({
    method: 'POST',
    path: '/api/welfare-posts',
    tag: 'welfare',
    summary: 'Enters a public-welfare post',
    audience: 'staff',
    action: 'post.manage',
    idempotent: true,
    body: givenPost,
    answer: toldPost,
    errors: ['service.faulty', 'decision.forbiddenGround'],
  }),
  changeWelfarePost: route({
    method: 'POST',
    path: '/api/welfare-posts/:id',
    tag: 'welfare',
    summary: 'Changes a post; never below the number of people placed in it',
    audience: 'staff',
    action: 'post.manage',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version, post: givenPost }),
    answer: toldPost,
    errors: ['request.notFound', 'service.faulty', 'service.notAllowed', 'decision.forbiddenGround'],
  }),
  closeWelfarePost: route({
    method: 'POST',
    path: '/api/welfare-posts/:id/close',
    tag: 'welfare',
    summary: 'Ends a post for further placements; who is placed stays',
    audience: 'staff',
    action: 'post.manage',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version, reason: z.string().max(200) }),
    answer: toldPost,
    errors: ['request.notFound', 'service.faulty', 'service.notAllowed'],
  }),
  getWelfarePlacement: route({
    method: 'GET',
    path: '/api/registrations/:id/welfare-post',
    tag: 'welfare',
    summary: 'The placement of a person in a public-welfare post, with its on-duty checks (A21-4f)',
    audience: 'staff',
    action: 'post.read',
    params: byId,
    answer: file,
    errors: ['request.notFound'],
  }),
  placeInWelfarePost: route({
    method: 'POST',
    path: '/api/registrations/:id/welfare-post',
    tag: 'welfare',
    summary: 'Places a person recognised as having difficulty, and proposes exit 14 (A21-4f, M79X-4)',
    audience: 'staff',
    action: 'post.manage',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      postId: id,
      startsOn: date,
      pensionOn: date.optional(),
      pensionSource: z.string().max(100).default(''),
    }),
    answer: told,
    errors: [...acts, 'registration.changed'],
  }),
  checkWelfareDuty: route({
    method: 'POST',
    path: '/api/welfare-placements/:id/checks',
    tag: 'welfare',
    summary: 'The monthly on-duty check (A21-4f)',
    audience: 'staff',
    action: 'post.check',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      month,
      onDuty: z.boolean(),
      means: z.enum(['visit', 'attendance', 'telephone']),
      text: z.string().max(200).default(''),
    }),
    answer: told,
    errors: acts,
  }),
  leaveWelfarePost: route({
    method: 'POST',
    path: '/api/welfare-placements/:id/leave',
    tag: 'welfare',
    summary: 'The person leaves the post; a new registration with form reason 10 is offered (AJC093 40)',
    audience: 'staff',
    action: 'post.manage',
    idempotent: true,
    params: byId,
    body: z.strictObject({ version, on: date, reason: leaveReason, text: z.string().max(200).default('') }),
    answer: told,
    errors: acts,
  }),
  getWelfareWorklist: route({
    method: 'GET',
    path: '/api/worklists/welfare-posts',
    tag: 'welfare',
    summary: 'On-duty checks that are owed, or placements that end soon, earliest first',
    audience: 'staff',
    action: 'post.read',
    query: page.extend({
      office: z
        .string()
        .regex(/^\d{4,12}$/)
        .optional(),
      stage: z.enum(['check', 'ending']).default('check'),
    }),
    answer: z.object({
      items: z.array(
        z.object({
          id,
          applicationId: id,
          name: z.string(),
          idMasked: z.string(),
          officeName: z.string(),
          employer: z.string(),
          title: z.string(),
          startsOn: date,
          endsBy: date,
          dueOn: date,
          state: z.enum(['open', 'near', 'late']),
        }),
      ),
      next: z.string().optional(),
    }),
    errors: [],
  }),
  getMyWelfarePost: route({
    method: 'GET',
    path: '/api/my/welfare-post',
    tag: 'welfare',
    summary: "The worker's own post, and whether a new registration is open after leaving it",
    audience: 'worker',
    answer: z.object({ current: placement.optional(), left: placement.optional(), mayRegister: z.boolean() }),
    errors: [],
  }),
} as const;
