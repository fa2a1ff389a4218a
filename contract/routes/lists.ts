import { z } from 'zod';
import { byId, date, instant, route } from '../route.ts';

const sixDigits = z.string().regex(/^\d{6}$/, '地区：应为6位代码。');
const list = z.enum(['policies', 'services']);

const draft = z.object({
  id: z.uuid(),
  list,
  division: z.string(),
  version: z.number(),
  validFrom: date,
  columns: z.array(z.string()),
  items: z.array(z.record(z.string(), z.string())),
  author: z.string(),
  createdAt: instant,
  /** Who wrote it does not approve it. */
  own: z.boolean(),
  state: z.enum(['waiting', 'returned']),
  note: z.string(),
  settledBy: z.string().optional(),
});
const change = z.object({
  id: z.uuid(),
  list,
  division: z.string(),
  changedOn: date,
  reason: z.string(),
  dueOn: date,
  state: z.enum(['open', 'near', 'late']),
  registeredBy: z.string(),
});

/** From a change of what a list says to its publication by two people (A21-4c). */
export const listRoutes = {
  getListWork: route({
    method: 'GET',
    path: '/api/admin/list-work',
    tag: 'administration',
    summary:
      'Versions that wait for a second person, and changes not yet published with their due date, late ones first (A21-4c)',
    audience: 'staff',
    action: 'list.approve',
    answer: z.object({ drafts: z.array(draft), changes: z.array(change) }),
    errors: [],
  }),
  approveList: route({
    method: 'POST',
    path: '/api/admin/list-drafts/:id/approve',
    tag: 'administration',
    summary: 'A second person approves a version: it is published and settles the changes it follows (A21-4c)',
    audience: 'staff',
    action: 'list.approve',
    idempotent: true,
    params: byId,
    body: z.strictObject({}),
    answer: z.object({ version: z.number(), message: z.string() }),
    errors: ['request.notFound', 'admin.notAllowed', 'admin.faulty', 'access.denied'],
  }),
  returnList: route({
    method: 'POST',
    path: '/api/admin/list-drafts/:id/return',
    tag: 'administration',
    summary: 'A second person returns a version with the reason',
    audience: 'staff',
    action: 'list.approve',
    idempotent: true,
    params: byId,
    body: z.strictObject({ reason: z.string().trim().min(2, '原因：请写清楚。').max(200, '原因：不能超过200个字。') }),
    answer: z.object({ message: z.string() }),
    errors: ['request.notFound', 'admin.notAllowed', 'access.denied'],
  }),
  registerListChange: route({
    method: 'POST',
    path: '/api/admin/list-changes',
    tag: 'administration',
    summary: 'Registers a change that a list must follow; answers by when it is published (A21-4c)',
    audience: 'staff',
    action: 'list.manage',
    idempotent: true,
    status: 201,
    body: z.strictObject({ list, division: sixDigits, changedOn: date, reason: z.string().trim().max(300) }),
    answer: z.object({ dueOn: date, message: z.string() }),
    errors: ['admin.notAllowed', 'access.denied', 'law.silent'],
  }),
} as const;
