import { z } from 'zod';
import { applicationForm } from '../application-form.ts';
import { byId, route } from '../route.ts';

const reason = z.string().trim().min(2, '请写明打印事由').max(100);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const pdf = { raw: 'application/pdf', answer: bytes } as const;

/** Printed things: the form of annex 1, the certificate. Whoever prints at a desk is recorded with the reason. */
export const printRoutes = {
  printForm: route({
    method: 'GET',
    path: '/api/applications/:id/form.pdf',
    tag: 'print',
    summary: 'The form of annex 1 as submitted, with the signature (A21-8a); the look is recorded',
    audience: 'staff',
    action: 'application.read',
    params: byId,
    query: z.strictObject({ reason: reason.default('打印登记表') }),
    ...pdf,
    errors: ['request.notFound'],
  }),
  printSheet: route({
    method: 'POST',
    path: '/api/counter/sheets',
    tag: 'print',
    summary: 'Checks a filled form that is to be signed by hand before it is submitted (A21-2b); nothing is stored',
    audience: 'staff',
    action: 'application.enter',
    body: z.strictObject({ form: applicationForm, version: z.string().max(40) }),
    /** `code` is printed on the sheet and binds it to its content; `sheet` fetches it, sealed, for some minutes, by the same account. */
    answer: z.object({ code: z.string(), sheet: z.string() }),
    errors: ['form.faulty', 'form.commitment', 'access.denied'],
  }),
  readSheet: route({
    method: 'GET',
    path: '/api/counter/sheet.pdf',
    tag: 'print',
    summary: 'The sheet to sign by hand, once its form has been checked',
    audience: 'staff',
    action: 'application.enter',
    query: z.strictObject({ sheet: z.string().max(20_000) }),
    ...pdf,
    errors: ['request.notFound'],
  }),
  printMyForm: route({
    method: 'GET',
    path: '/api/my/applications/:id/form.pdf',
    tag: 'print',
    summary: 'My form of annex 1 as I submitted it (A21-8a)',
    audience: 'worker',
    params: byId,
    ...pdf,
    errors: ['request.notFound'],
  }),
  printCertificate: route({
    method: 'GET',
    path: '/api/registrations/:id/certificate.pdf',
    tag: 'print',
    summary: 'The certificate of a registration, which anybody verifies by its code; the look is recorded',
    audience: 'staff',
    action: 'registration.certificate',
    params: byId,
    query: z.strictObject({ reason: reason.default('打印登记凭证') }),
    ...pdf,
    errors: ['request.notFound'],
  }),
  printInterview: route({
    method: 'GET',
    path: '/api/registrations/:id/interview.pdf',
    tag: 'print',
    summary:
      'What the worker takes home from the interview, on two pages (A21-4b, A21-4c, A21-4f); the look is recorded',
    audience: 'staff',
    action: 'contact.read',
    params: byId,
    query: z.strictObject({ reason: reason.default('面谈后打印告知单') }),
    ...pdf,
    errors: ['request.notFound'],
  }),
  printMyInterview: route({
    method: 'GET',
    path: '/api/my/registrations/:id/interview.pdf',
    tag: 'print',
    summary: 'What I take home from my interview: services, plan, lists, when a registration ends, how to object',
    audience: 'worker',
    params: byId,
    ...pdf,
    errors: ['request.notFound'],
  }),
  printList: route({
    method: 'GET',
    path: '/api/lists/:list/hand-out.pdf',
    tag: 'print',
    summary: 'One of the three lists in the version in force at a place, for handing out (A21-4c)',
    audience: 'public',
    params: z.strictObject({ list: z.enum(['policies', 'services', 'institutions']) }),
    query: z.strictObject({ division: z.string().regex(/^\d{6}$/) }),
    ...pdf,
    errors: ['request.notFound'],
  }),
  printMyCertificate: route({
    method: 'GET',
    path: '/api/my/registrations/:id/certificate.pdf',
    tag: 'print',
    summary: 'The certificate of my registration, which anybody verifies by its code',
    audience: 'worker',
    params: byId,
    ...pdf,
    errors: ['request.notFound'],
  }),
} as const;
