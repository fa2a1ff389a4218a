import { z } from 'zod';
import { date, instant, route } from '../route.ts';

const place = z.string().regex(/^\d{6}(\d{3}(\d{3})?)?$/, '适用范围：应为6位、9位或12位代码。');

const version = z.object({
  version: z.number().int(),
  /** Absent: from its day the place follows the one above it again. */
  text: z.string().optional(),
  from: date,
  reason: z.string(),
  author: z.string(),
  createdAt: instant,
});

const template = z.object({
  name: z.string(),
  /** What an office there sends today. */
  inForce: z.object({
    text: z.string(),
    /** Whose text it is; absent: it ships with the program. */
    division: z.string().optional(),
    version: z.number().int().optional(),
  }),
  /** The place's own versions, newest first; with those not yet in force. */
  versions: z.array(version),
});

/** Texts of messages to workers. Occasions, placeholders and shipped texts: rules/messages. */
export const templateRoutes = {
  getMessageTemplates: route({
    method: 'GET',
    path: '/api/admin/message-templates',
    tag: 'administration',
    summary: 'Every occasion with the text one place sends today and its own versions (A21-3d, A21-5d)',
    audience: 'staff',
    action: 'template.manage',
    query: z.strictObject({ division: place }),
    answer: z.object({ templates: z.array(template) }),
    errors: ['access.denied'],
  }),
  addMessageTemplate: route({
    method: 'POST',
    path: '/api/admin/message-templates',
    tag: 'administration',
    summary: 'Publishes the next version of a text for a place and all below it; earlier versions stay (M79-2a)',
    audience: 'staff',
    action: 'template.manage',
    idempotent: true,
    status: 201,
    body: z.strictObject({
      name: z.string().max(60),
      division: place,
      /** The place's newest version that was on screen; 0 when it had none. */
      after: z.number().int().min(0),
      /** null: follow the place above again. */
      text: z.string().max(2000, '内容：太长。').nullable(),
      from: date,
      reason: z.string().trim().min(2, '原因：请写清楚。').max(200, '原因：不能超过200个字。'),
    }),
    answer: z.object({ template }),
    errors: ['admin.faulty', 'admin.changed', 'access.denied'],
  }),
} as const;
