import { z } from 'zod';
import { citation, date, route } from '../route.ts';
import { workerStatus } from './worker.ts';

const institution = z.object({
  code: z.string(),
  name: z.string(),
  address: z.string(),
  telephone: z.string(),
  business: z.string(),
  responsiblePerson: z.string(),
});

export const publicRoutes = {
  enquireProgress: route({
    method: 'POST',
    path: '/api/progress',
    tag: 'public',
    summary: 'Progress by application number and identity number, without an account (M79-6a)',
    audience: 'public',
    body: z.strictObject({ number: z.string().min(4).max(40), idNumber: z.string().min(6).max(22) }),
    answer: z.object({
      number: z.string(),
      submittedOn: date,
      dueOn: date.optional(),
      officeName: z.string(),
      officeTelephone: z.string(),
      status: workerStatus,
    }),
    errors: ['request.notFound', 'request.tooMany'],
  }),
  getPolicy: route({
    method: 'GET',
    path: '/api/policy',
    tag: 'public',
    summary: 'The law in force at a place on a day, each parameter with its citation',
    audience: 'public',
    query: z.strictObject({ division: z.string().regex(/^\d{6}$/), on: date.optional() }),
    answer: z.object({
      division: z.string(),
      divisionName: z.string(),
      on: date,
      parameters: z.array(z.object({ parameter: z.string(), value: z.unknown(), citation })),
    }),
    errors: [],
  }),
  explainDue: route({
    method: 'GET',
    path: '/api/working-days',
    tag: 'public',
    summary: 'How a number of working days is counted, day by day',
    audience: 'public',
    query: z.strictObject({ from: date, workingDays: z.coerce.number().int().min(0).max(60) }),
    answer: z.object({ due: date, days: z.array(z.object({ date, counted: z.boolean(), why: z.string() })) }),
    errors: ['calendar.notMaintained'],
  }),
  getInstitutions: route({
    method: 'GET',
    path: '/api/institutions',
    tag: 'public',
    summary: 'Public employment institutions with address, telephone and business (A21-7b)',
    audience: 'public',
    query: z.strictObject({ division: z.string().regex(/^\d{4,12}$/) }),
    answer: z.object({ institutions: z.array(institution) }),
    errors: [],
  }),
  getLists: route({
    method: 'GET',
    path: '/api/lists',
    tag: 'public',
    summary: 'The three lists in the versions in force at a place (A21-4c, M79-3b)',
    audience: 'public',
    query: z.strictObject({ division: z.string().regex(/^\d{6}$/) }),
    answer: z.object({
      lists: z.array(
        z.object({
          list: z.string(),
          division: z.string(),
          version: z.number(),
          validFrom: date,
          columns: z.array(z.string()),
          items: z.array(z.record(z.string(), z.string())),
        }),
      ),
    }),
    errors: [],
  }),
  getCommitment: route({
    method: 'GET',
    path: '/api/commitment',
    tag: 'public',
    summary: 'The notification and commitment texts in force, with their version (H122-2b)',
    audience: 'public',
    answer: z.object({ version: z.string(), notification: z.string(), commitment: z.string() }),
    errors: [],
  }),
  verifyCertificate: route({
    method: 'POST',
    path: '/api/certificates/verify',
    tag: 'public',
    summary: 'Whether a registration certificate is genuine and still valid',
    audience: 'public',
    body: z.strictObject({ number: z.string().max(40), checkCode: z.string().max(20) }),
    answer: z.object({
      genuine: z.boolean(),
      valid: z.boolean(),
      name: z.string().optional(),
      registeredOn: date.optional(),
      officeName: z.string().optional(),
    }),
    errors: ['request.tooMany'],
  }),
} as const;
