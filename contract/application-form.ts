import { z } from 'zod';

/**
 * Annex 1 of 鞍人社〔2020〕21号 as it crosses the boundary (A21-8a). Shapes and sizes only: what a lawful form is, is said by
 * rules/application-form.ts, in plain words beside the field.
 */
const text = (max: number) => z.string().max(max);

export const address = z.strictObject({
  /** Six digits, GB/T 2260, the county. */
  division: text(6),
  /** Detailed address without province, city, county. */
  detail: text(200),
});

export const applicationForm = z.strictObject({
  name: text(60),
  sex: text(1),
  ethnic: text(2),
  political: text(2).optional(),
  education: text(2),
  health: text(2),
  disability: z.strictObject({ scale: z.enum(['injury', 'card']), grade: text(2) }).optional(),
  unemployedMonth: text(10),
  documentType: text(2),
  documentNumber: text(30),
  /** AAC002; equal to documentNumber for an identity card. */
  idNumber: text(30),
  household: address,
  residence: address,
  /** Up to three lines: trade and level, or professional title and level. */
  qualifications: z.array(text(60)).max(3).default([]),
  mobile: text(20),
  landline: text(20).optional(),
  email: text(80).optional(),
  otherContact: text(80).optional(),
  registrationPlace: text(12),
  /** The chosen place's county, six digits; follows from the addresses for household and residence. */
  placeDivision: text(6),
  /** One of the thirteen boxes, '1' to '13'. */
  reason: text(2),
  reasonText: text(100).optional(),
  wantsBenefit: z.boolean(),
  /** Up to two job wishes. */
  wishes: z.array(text(60)).max(2).default([]),
  otherNotes: text(300).optional(),
  hmtPreviouslyEmployed: z.boolean().optional(),
});
/** The form as it travels. */
export type ApplicationFormInput = z.infer<typeof applicationForm>;

/** A drawn signature: strokes as an SVG path in a box of 600 × 200, or a photograph of the signed sheet is never asked for. */
export const signature = z.strictObject({
  path: z
    .string()
    .min(10)
    .max(20_000)
    .regex(/^[MLQCZmlqcz0-9 .,-]+$/, '签名格式不对'),
  signedAt: z.iso.datetime({ offset: true }),
});

export const commitment = z.strictObject({
  /** Version of the notification and commitment texts that were shown. */
  version: text(40),
  /** The applicant confirmed having read the notification. */
  read: z.literal(true),
  signature,
});

/**
 * A commitment signed by hand on the printed form, at a counter only. What the sheet carries stays on the shelf: nothing of it is
 * uploaded. rules/paper-signature.ts says when it holds.
 */
export const paperSignature = z.strictObject({
  signer: z.enum(['applicant', 'proxy']),
  /** The code printed on the signed sheet. */
  sheet: text(19),
  signedOn: z.iso.date(),
  /** Who of the staff saw the applicant sign. */
  witness: text(30),
  /** File and shelf number under which the office keeps the sheet. */
  fileNumber: text(40),
});

export const counterCommitment = z.union([
  commitment,
  commitment.omit({ signature: true }).extend({ paper: paperSignature }),
]);
/** What is asked for beside the form, which stays exactly annex 1 (M79-5a, H122-2e): introduction, recognition by a category, facts for statistics. */
export const alsoWanted = z.strictObject({
  introduction: z.boolean().default(false),
  difficulty: text(60).optional(),
  /** AAC009, whether the person served in the forces, whether the residence lies in a town: what the monthly report asks for and the annex does not (A21-6a). Nobody need say. */
  hukou: z.enum(['10', '20']).optional(),
  veteran: z.enum(['yes', 'no']).optional(),
  residenceUrban: z.enum(['yes', 'no']).optional(),
});
export type AlsoWanted = z.infer<typeof alsoWanted>;

/** What a counter submits: drawn on the pad, or signed on the printed sheet. */
export const counterSubmission = z.strictObject({
  form: applicationForm,
  commitment: counterCommitment,
  also: alsoWanted.optional(),
});
export type CounterSubmission = z.infer<typeof counterSubmission>;

export const submission = z.strictObject({ form: applicationForm, commitment, also: alsoWanted.optional() });
export type Submission = z.infer<typeof submission>;

/** What an earlier form answers of the next one (rules/form-again.ts): each answer with where it comes from. Never names or numbers. */
export const formBefore = z.object({
  on: z.iso.date(),
  form: applicationForm.partial().extend({
    qualifications: z.array(text(60)).optional(),
    wishes: z.array(text(60)).optional(),
  }),
  from: z.record(z.string(), z.enum(['form', 'file'])),
});
