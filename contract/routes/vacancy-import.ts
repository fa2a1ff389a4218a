import { z } from 'zod';
import { byId, instant, page, route } from '../route.ts';

const count = z.number().int();

/** A file of vacancies: how far it has come, and what keeping it would do. */
const vacancyImport = z.object({
  id: z.uuid(),
  fileName: z.string(),
  at: instant,
  who: z.string(),
  state: z.enum(['receiving', 'waiting', 'checking', 'preview', 'keeping', 'done', 'failed', 'cancelled']),
  stateText: z.string(),
  /** Why the file cannot be used at all. */
  fault: z.string(),
  rows: count,
  faulty: count,
  fresh: count,
  changed: count,
  same: count,
  kept: count,
});

const importRow = z.object({
  line: count,
  employerName: z.string(),
  title: z.string(),
  text: z.string(),
  outcome: z.enum(['faulty', 'fresh', 'changed', 'same', 'kept']),
  outcomeText: z.string(),
  faults: z.string(),
  warnings: z.array(z.string()),
});

/** Import of vacancies from XLSX and CSV: received, checked row by row, shown, kept; faulty rows go back as the same file. */
export const vacancyImportRoutes = {
  uploadVacancies: route({
    method: 'POST',
    path: '/api/vacancy-imports',
    tag: 'vacancy',
    summary:
      'Takes a file of vacancies (XLSX, or CSV in UTF-8 or GB18030); it is checked afterwards, nothing is kept yet',
    audience: 'staff',
    action: 'vacancy.manage',
    status: 202,
    upload: true,
    query: z.strictObject({ name: z.string().min(1).max(120) }),
    answer: z.object({ import: vacancyImport }),
    errors: ['import.unusable', 'request.tooLarge'],
  }),
  getVacancyImports: route({
    method: 'GET',
    path: '/api/vacancy-imports',
    tag: 'vacancy',
    summary: 'Imports of the own range, newest first',
    audience: 'staff',
    action: 'vacancy.manage',
    query: page,
    answer: z.object({ items: z.array(vacancyImport), next: z.string().optional() }),
    errors: [],
  }),
  getVacancyImport: route({
    method: 'GET',
    path: '/api/vacancy-imports/:id',
    tag: 'vacancy',
    summary: 'One import with its progress and rows for a look before anything is kept',
    audience: 'staff',
    action: 'vacancy.manage',
    params: byId,
    query: z.strictObject({
      outcome: z.enum(['faulty', 'fresh', 'changed', 'same', 'kept']).optional(),
      after: z.coerce.number().int().min(0).default(0),
    }),
    answer: z.object({ import: vacancyImport, rows: z.array(importRow), next: count.optional() }),
    errors: ['request.notFound'],
  }),
  keepVacancyImport: route({
    method: 'POST',
    path: '/api/vacancy-imports/:id/keep',
    tag: 'vacancy',
    summary: 'Keeps the rows without faults; the same file again changes nothing',
    audience: 'staff',
    action: 'vacancy.manage',
    idempotent: true,
    params: byId,
    body: z.strictObject({}),
    answer: z.object({ import: vacancyImport, message: z.string() }),
    errors: ['request.notFound', 'import.notAllowed'],
  }),
  cancelVacancyImport: route({
    method: 'POST',
    path: '/api/vacancy-imports/:id/cancel',
    tag: 'vacancy',
    summary: 'Drops a file of which nothing has been kept',
    audience: 'staff',
    action: 'vacancy.manage',
    idempotent: true,
    params: byId,
    body: z.strictObject({}),
    answer: z.object({ import: vacancyImport, message: z.string() }),
    errors: ['request.notFound', 'import.notAllowed'],
  }),
  getVacancyImportFaults: route({
    method: 'GET',
    path: '/api/vacancy-imports/:id/faults',
    tag: 'vacancy',
    summary: 'The faulty rows as the file had them with one more column that says what is wrong, in the same format',
    audience: 'staff',
    action: 'vacancy.manage',
    params: byId,
    raw: 'application/octet-stream',
    answer: z.unknown(),
    errors: ['request.notFound', 'import.notAllowed'],
  }),
  getVacancyTemplate: route({
    method: 'GET',
    path: '/api/vacancy-imports/template.xlsx',
    tag: 'vacancy',
    summary: 'An empty sheet with the columns, their choices and one example',
    audience: 'staff',
    action: 'vacancy.manage',
    raw: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    answer: z.unknown(),
    errors: [],
  }),
} as const;
