import { z } from 'zod';
import { date, dueDate, instant } from './route.ts';

const actionRow = z.object({
  at: instant,
  who: z.string(),
  action: z.string(),
  text: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
/** What may be done now, and why not when it may not. */
const allowed = z.array(
  z.object({ action: z.string(), allowed: z.boolean(), why: z.string().optional(), clause: z.string().optional() }),
);

const check = z.object({
  id: z.uuid(),
  source: z.string(),
  sourceText: z.string(),
  result: z.enum(['clear', 'finding', 'silent', 'settled']),
  asOf: date.optional(),
  text: z.string(),
  mayMean: z.string(),
  byHand: z.boolean(),
  at: instant,
  who: z.string(),
  note: z.string(),
  open: z.boolean(),
});

/** A person as staff see one: masked until a reason is given. */
const maskedPerson = z.object({
  id: z.uuid(),
  name: z.string(),
  sex: z.string(),
  birthDate: date.optional(),
  age: z.number().optional(),
  idMasked: z.string(),
  mobileMasked: z.string(),
  householdText: z.string(),
  residenceText: z.string(),
});

export const contactRow = z.object({
  id: z.uuid(),
  purpose: z.string(),
  means: z.string(),
  outcome: z.enum(['attempt', 'contact']),
  result: z.string(),
  at: instant,
  officer: z.string(),
  note: z.string(),
  /** What the person said of himself or herself, in words. */
  findingText: z.string().optional(),
  interview: z
    .object({
      reason: z.string(),
      skills: z.string(),
      wishes: z.string(),
      exitConditionsTold: z.boolean(),
      class: z.string().optional(),
      classReason: z.string().optional(),
    })
    .optional(),
  lists: z.array(z.object({ list: z.string(), division: z.string(), version: z.number(), how: z.string() })),
});

export const exitRow = z.object({
  id: z.uuid(),
  serial: z.string(),
  status: z.enum(['asked', 'proposed', 'awaitingReview', 'confirmed', 'rejected', 'restored']),
  source: z.string(),
  reason: z.string(),
  reasonText: z.string(),
  subReason: z.string().optional(),
  evidence: z.array(z.object({ kind: z.string(), date: date.optional(), text: z.string() })),
  exitOn: date,
  remark: z.string(),
  proposedAt: instant,
  proposedBy: z.string(),
  answer: z.object({ agrees: z.boolean(), text: z.string(), at: instant }).optional(),
  reviewedBy: z.string().optional(),
  confirmedAt: instant.optional(),
  confirmedBy: z.string().optional(),
  notice: z.object({ notify: z.boolean(), why: z.string(), clause: z.string().optional() }).optional(),
  restoredReason: z.string().optional(),
  upload: z
    .object({
      state: z.string(),
      businessDate: date,
      faults: z.array(z.object({ check: z.string(), field: z.string(), message: z.string() })),
      receipt: z.string().optional(),
      settledAt: instant.optional(),
    })
    .optional(),
  version: z.number(),
  allowed,
});

export const caseFile = z.object({
  person: maskedPerson,
  /** Who has the case in hand: after registration whoever has the registration; absent: nobody. */
  assigned: z.object({ id: z.uuid(), name: z.string(), mine: z.boolean() }).optional(),
  application: z.object({
    id: z.uuid(),
    number: z.string(),
    status: z.string(),
    statusText: z.string(),
    channel: z.string(),
    office: z.string(),
    officeName: z.string(),
    placeKind: z.string(),
    submittedAt: instant,
    due: dueDate,
    form: z.record(z.string(), z.unknown()),
    commitmentVersion: z.string(),
    signaturePath: z.string().optional(),
    /** Signed by hand on the printed form, which the office keeps. */
    paperSignature: z
      .object({
        sheet: z.string(),
        signedOn: date,
        witness: z.string(),
        fileNumber: z.string(),
        recordedBy: z.string(),
        digest: z.string(),
      })
      .optional(),
    signedAt: instant,
    decidedAt: instant.optional(),
    decidedBy: z.string().optional(),
    groundText: z.string().optional(),
    platformNumber: z.string().optional(),
    version: z.number(),
  }),
  checks: z.array(check),
  openFindings: z.number(),
  duplicates: z.array(
    z.object({
      applicationId: z.uuid().optional(),
      registrationId: z.uuid().optional(),
      number: z.string(),
      text: z.string(),
    }),
  ),
  registration: z
    .object({
      id: z.uuid(),
      number: z.string(),
      status: z.string(),
      statusText: z.string(),
      /** It came from another city, whose records may be read (getFormerCase). */
      cameFromCity: z.literal(true).optional(),
      /** The office of another city where it goes on: here it is a record. */
      movedTo: z.string().optional(),
      registeredOn: date,
      firstContact: dueDate,
      firstContactAt: instant.optional(),
      class: z.string().optional(),
      exitedOn: date.optional(),
      version: z.number(),
      contacts: z.array(contactRow),
      exits: z.array(exitRow),
    })
    .optional(),
  /** A sign that the telephone number is wrong, until the person is reached by it or it is changed. */
  numberInDoubt: z.object({ at: instant, why: z.string() }).optional(),
  messages: z.array(
    z.object({
      at: instant,
      body: z.string(),
      state: z.string(),
      stateText: z.string(),
      settledAt: instant.optional(),
    }),
  ),
  history: z.array(actionRow),
  allowed,
});
