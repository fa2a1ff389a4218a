import { z } from 'zod';
import { byId, date, id, instant, page, route } from '../route.ts';

const digest = z.string();
const serial = z.string().min(1).max(18);
const cursor = z.string().optional();
const fault = z.object({
  check: z.string(),
  field: z.string(),
  message: z.string(),
  /** What it means and where it is mended, in plain words. */
  mend: z.string(),
});
/** Where a difference stands: still to be looked at, told to the platform's operator, or no longer found. */
const differenceState = z.enum(['open', 'told', 'solved']);
const mend = z.enum(['send', 'askReceipt', 'takeSent', 'tell']);

const difference = z.object({
  id,
  date,
  division: z.string(),
  divisionName: z.string(),
  officeName: z.string(),
  kind: z.string(),
  title: z.string(),
  happened: z.string(),
  proposal: z.string(),
  mend,
  serial: z.string(),
  name: z.string(),
  exitId: id.optional(),
  applicationId: id.optional(),
  batchId: z.string().optional(),
  /** Digests and counts that differ, as said to people. */
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  state: differenceState,
  foundAt: instant,
  /** Who did what about it last. */
  act: z.object({ at: instant, who: z.string(), text: z.string(), note: z.string() }).optional(),
  solvedAt: instant.optional(),
});

export const attempt = z.object({ at: instant, outcome: z.string(), text: z.string() });
const batch = z.object({
  id: z.string(),
  division: z.string(),
  divisionName: z.string(),
  date,
  count: z.number(),
  digest,
  state: z.string(),
  builtAt: instant,
  sentAt: instant.optional(),
  receipt: z.string().optional(),
  receiptAt: instant.optional(),
  attempts: z.array(attempt),
});
/** A field of the record as it was sent; personal ones masked until somebody looks with a reason. */
export const sentField = z.object({ field: z.string(), name: z.string(), value: z.string(), masked: z.boolean() });
const record = z.object({
  exitId: id,
  applicationId: id,
  serial: z.string(),
  division: z.string(),
  divisionName: z.string(),
  officeName: z.string(),
  date,
  state: z.string(),
  name: z.string(),
  digest,
  builtAt: instant,
  settledAt: instant.optional(),
  faults: z.array(fault),
  fields: z.array(sentField),
  /** Every batch it travelled in, the latest first. */
  batches: z.array(batch),
});
/** Whether what is kept still has the digest under which it was sent. */
export const proof = z.object({
  kept: digest,
  recomputed: digest,
  same: z.boolean(),
  at: instant,
  message: z.string(),
});

/** A record that its office has to set right: held back by our checks, or returned by the platform. */
const toMend = z.object({
  exitId: id,
  applicationId: id,
  serial: z.string(),
  name: z.string(),
  officeName: z.string(),
  reasonText: z.string(),
  date,
  state: z.enum(['blocked', 'returned']),
  since: instant,
  faults: z.array(fault.extend({ mendField: z.string().optional() })),
  /** As they stand; the document's number is never shown, an empty one stays as it is. */
  values: z.object({
    name: z.string(),
    sex: z.string(),
    documentType: z.string(),
    exitOn: date,
    handler: z.string(),
    remark: z.string(),
  }),
  /** Why it cannot be mended here; absent: it can. */
  why: z.string().optional(),
});

export const exchangeEvidenceRoutes = {
  getRecordsToMend: route({
    method: 'GET',
    path: '/api/exchange/to-mend',
    tag: 'exchange',
    summary:
      'Exit records of the own range held back or returned, each with its faults in plain words and the field to mend',
    audience: 'staff',
    action: 'registration.read',
    query: page,
    answer: z.object({ items: z.array(toMend), next: cursor, count: z.number() }),
    errors: [],
  }),
  mendExitRecord: route({
    method: 'POST',
    path: '/api/exchange/to-mend/:id',
    tag: 'exchange',
    summary:
      'The owning office corrects what the record is made of; it is sent again by itself under its own number (M79X-2)',
    audience: 'staff',
    action: 'registration.correct',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      name: z.string().max(50).optional(),
      sex: z.string().max(1).optional(),
      documentType: z.string().max(2).optional(),
      documentNumber: z.string().max(22).optional(),
      exitOn: date.optional(),
      handler: z.string().max(20).optional(),
      remark: z.string().max(100).optional(),
      reason: z.string().min(2).max(200),
    }),
    answer: z.object({ message: z.string() }),
    errors: ['request.notFound', 'exchange.notMendable', 'decision.forbiddenGround'],
  }),
  getExchangeAlarms: route({
    method: 'GET',
    path: '/api/exchange/alarms',
    tag: 'exchange',
    summary: 'What the data-exchange officer must look at now: silence, days unsent, receipts missing, items unmended',
    audience: 'staff',
    action: 'exchange.read',
    answer: z.object({
      alarms: z.array(
        z.object({ kind: z.string(), text: z.string(), todo: z.string(), count: z.number(), date: date.optional() }),
      ),
    }),
    errors: [],
  }),
  getReconciliation: route({
    method: 'GET',
    path: '/api/exchange/reconciliation',
    tag: 'exchange',
    summary: 'The last comparison of ten days, day by day, with the platform (M79-8a)',
    audience: 'staff',
    action: 'exchange.read',
    answer: z.object({
      days: z.array(
        z.object({
          date,
          at: instant,
          exits: z.number(),
          accepted: z.number(),
          /** Absent: the platform did not answer for every county. */
          platform: z.number().optional(),
          /** `ownOnly`: there is no line to ask the platform by, so only our own side was compared. */
          outcome: z.enum(['equal', 'differs', 'notAnswered', 'ownOnly']),
          open: z.number(),
          told: z.number(),
          /** Differences found beyond those that are listed. */
          more: z.number(),
        }),
      ),
    }),
    errors: [],
  }),
  reconcileExits: route({
    method: 'POST',
    path: '/api/exchange/reconciliation',
    tag: 'exchange',
    summary: 'Compares one day, or ten, with the platform now; safe to repeat (M79-8a, M79X-2)',
    audience: 'staff',
    action: 'exchange.send',
    body: z.strictObject({ on: date.optional() }),
    answer: z.object({ days: z.number(), differences: z.number(), notAnswered: z.number(), message: z.string() }),
    errors: ['exchange.notConfigured'],
  }),
  getDifferences: route({
    method: 'GET',
    path: '/api/exchange/differences',
    tag: 'exchange',
    summary: 'Differences person by person, with what happened and a proposed mend',
    audience: 'staff',
    action: 'exchange.read',
    query: page.extend({ on: date.optional(), state: differenceState.default('open') }),
    answer: z.object({
      items: z.array(difference),
      next: cursor,
      counts: z.object({ open: z.number(), told: z.number(), solved: z.number() }),
    }),
    errors: [],
  }),
  mendDifference: route({
    method: 'POST',
    path: '/api/exchange/differences/:id/mend',
    tag: 'exchange',
    summary: 'Does what was proposed, or records that the platform’s operator was told, and compares the day anew',
    audience: 'staff',
    action: 'exchange.mend',
    params: byId,
    body: z.strictObject({ mend, note: z.string().max(300).default('') }),
    answer: z.object({ difference, message: z.string() }),
    errors: ['request.notFound', 'exchange.notConfigured', 'exchange.notMendable'],
  }),
  getExchangeRecord: route({
    method: 'GET',
    path: '/api/exchange/records/:id',
    tag: 'exchange',
    summary: 'Evidence of one record by its exit: content as sent, digest, time, receipts, every attempt',
    audience: 'staff',
    action: 'exchange.read',
    params: byId,
    answer: record,
    errors: ['exchange.notFound'],
  }),
  findExchangeRecords: route({
    method: 'GET',
    path: '/api/exchange/records',
    tag: 'exchange',
    summary: 'What was exchanged under a number: records (AAZ341), a batch, results of review, a forwarded application',
    audience: 'staff',
    action: 'exchange.read',
    query: z.strictObject({ q: z.string().min(1).max(100) }),
    answer: z.object({
      records: z.array(
        z.object({ exitId: id, serial, divisionName: z.string(), date, state: z.string(), name: z.string() }),
      ),
      batchId: z.string().optional(),
      decisions: z.array(z.object({ id: z.uuid(), outcomeText: z.string(), state: z.string(), name: z.string() })),
      /** The platform's number, when applications were delivered under it. */
      forwarded: z.string().optional(),
    }),
    errors: [],
  }),
  lookAtExchangeRecord: route({
    method: 'POST',
    path: '/api/exchange/records/:id/look',
    tag: 'exchange',
    summary: 'Shows the record as it was sent, whole, for a stated reason; the look is recorded and the worker sees it',
    audience: 'staff',
    action: 'exchange.mend',
    params: byId,
    body: z.strictObject({ reason: z.string().min(2).max(100) }),
    answer: z.object({ fields: z.array(sentField) }),
    errors: ['exchange.notFound'],
  }),
  checkExchangeRecord: route({
    method: 'POST',
    path: '/api/exchange/records/:id/check',
    tag: 'exchange',
    summary: 'Recomputes the digest of the record that is kept and says whether it is still what was sent',
    audience: 'staff',
    action: 'exchange.read',
    params: byId,
    answer: proof,
    errors: ['exchange.notFound'],
  }),
  getExchangeBatch: route({
    method: 'GET',
    path: '/api/exchange/batches/:id',
    tag: 'exchange',
    summary: 'Evidence of one batch: digest, receipt, attempts, and its records',
    audience: 'staff',
    action: 'exchange.read',
    params: z.strictObject({ id: z.string().min(1).max(100) }),
    query: page,
    answer: z.object({
      batch,
      records: z.array(
        z.object({ exitId: id, serial: z.string(), name: z.string(), state: z.string(), faults: z.array(fault) }),
      ),
      next: cursor,
    }),
    errors: ['exchange.notFound'],
  }),
  checkExchangeBatch: route({
    method: 'POST',
    path: '/api/exchange/batches/:id/check',
    tag: 'exchange',
    summary: 'Recomputes the digest of the batch that is kept and says whether it is still what was sent',
    audience: 'staff',
    action: 'exchange.read',
    params: z.strictObject({ id: z.string().min(1).max(100) }),
    answer: proof,
    errors: ['exchange.notFound'],
  }),
} as const;
