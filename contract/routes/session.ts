import { z } from 'zod';
import { route } from '../route.ts';

const range = z.object({ office: z.string(), officeName: z.string() });

/** Who is signed in. */
export const session = z.object({
  signedIn: z.boolean(),
  kind: z.enum(['worker', 'staff']).optional(),
  /** Account of a member of staff: a device tells by it whose notes it keeps. */
  account: z.uuid().optional(),
  name: z.string().optional(),
  role: z.string().optional(),
  roleText: z.string().optional(),
  office: range.optional(),
  /** Action names the role may use somewhere in its range; a page shows what is allowed. */
  actions: z.array(z.string()).optional(),
  /** What the identity provider told about a worker, to prefill the form; never more. */
  profile: z
    .object({ name: z.string(), idNumber: z.string(), sex: z.string().optional(), mobile: z.string().optional() })
    .optional(),
  demo: z.boolean(),
  /** Where a demonstration shows its one-time codes. */
  demoPage: z.string().optional(),
});

export const sessionRoutes = {
  getHealth: route({
    method: 'GET',
    path: '/api/health',
    tag: 'system',
    summary: 'Whether the process and its database answer',
    audience: 'public',
    answer: z.object({
      ok: z.boolean(),
      migrations: z.number(),
      now: z.string(),
      /** Timed jobs that stay silent longer than they may. */
      lateJobs: z.array(z.string()),
    }),
    errors: [],
  }),
  getSession: route({
    method: 'GET',
    path: '/api/session',
    tag: 'sign-in',
    summary: 'Who is signed in',
    audience: 'public',
    answer: session,
    errors: [],
  }),
  signInStaff: route({
    method: 'POST',
    path: '/api/sign-in/staff',
    tag: 'sign-in',
    summary: 'Password and one-time code of a staff member',
    audience: 'public',
    body: z.strictObject({
      username: z.string().min(1).max(60),
      password: z.string().min(1).max(200),
      code: z.string().regex(/^\d{6}$/, '动态码是6位数字'),
    }),
    answer: session,
    errors: ['signIn.wrong', 'signIn.locked', 'request.tooMany'],
  }),
  requestCode: route({
    method: 'POST',
    path: '/api/sign-in/code',
    tag: 'sign-in',
    summary: 'Sends a one-time code by SMS to a worker',
    audience: 'public',
    status: 202,
    body: z.strictObject({
      name: z.string().min(1).max(60),
      idNumber: z.string().min(8).max(22),
      mobile: z.string().min(11).max(20),
    }),
    answer: z.object({ request: z.uuid(), validMinutes: z.number() }),
    errors: ['request.invalid', 'request.tooMany'],
  }),
  signInWithCode: route({
    method: 'POST',
    path: '/api/sign-in/code/verify',
    tag: 'sign-in',
    summary: 'Signs a worker in with the code received',
    audience: 'public',
    body: z.strictObject({ request: z.uuid(), code: z.string().regex(/^\d{6}$/, '验证码是6位数字') }),
    answer: session,
    errors: ['signIn.codeWrong', 'request.tooMany'],
  }),
  signOut: route({
    method: 'POST',
    path: '/api/sign-out',
    tag: 'sign-in',
    summary: 'Ends the session',
    audience: 'public',
    answer: z.object({ signedIn: z.literal(false) }),
    errors: [],
  }),
} as const;
