import { z } from 'zod';
import { date, instant, route } from '../route.ts';

const fileId = z.strictObject({ id: z.string().max(60) });

/** The monthly exchange of people with civil affairs (M79-5b). */
export const civilRoutes = {
  getCivilExchange: route({
    method: 'GET',
    path: '/api/civil-exchange',
    tag: 'exchange',
    summary: 'How data are exchanged with civil affairs, what waits, and every monthly file with its answers (M79-5b)',
    audience: 'staff',
    action: 'exchange.read',
    answer: z.object({
      transport: z.enum(['files', 'http', 'none']),
      encoding: z.enum(['UTF-8', 'GB18030']).optional(),
      /** From which day of each month files are written, and when next. */
      day: z.number().int().optional(),
      nextOn: date.optional(),
      trouble: z.string().optional(),
      counties: z.array(z.object({ code: z.string(), name: z.string() })),
      /** Referrals that wait for the next file, that were sent and have no answer, and registrants who draw the allowance. */
      waiting: z.number(),
      sent: z.number(),
      recipients: z.number(),
      files: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          divisionName: z.string(),
          count: z.number(),
          state: z.enum(['toWrite', 'lying', 'takenAway', 'answered', 'superseded']),
          at: instant,
          trouble: z.string().optional(),
          answers: z.array(
            z.object({
              receipt: z.string(),
              at: instant,
              result: z.enum(['received', 'refused']),
              reason: z.string(),
              settled: z.number(),
              pending: z.number(),
              hasList: z.boolean(),
              recipients: z.number(),
              registered: z.number(),
              /** Rows that could not be used; line 0: what a row said did not fit any more. */
              faults: z.array(z.object({ line: z.number(), text: z.string() })),
            }),
          ),
        }),
      ),
      incoming: z.array(
        z.object({ name: z.string(), state: z.enum(['arriving', 'aside']), reason: z.string(), at: instant }),
      ),
    }),
    errors: [],
  }),
  getCivilFile: route({
    method: 'GET',
    path: '/api/civil-exchange/:id',
    tag: 'exchange',
    summary:
      'Evidence of one file for civil affairs: person by person, and whether what is kept has its digest (M79-5b)',
    audience: 'staff',
    action: 'exchange.read',
    params: fileId,
    answer: z.object({
      id: z.string(),
      name: z.string(),
      divisionName: z.string(),
      madeAt: instant,
      encoding: z.enum(['UTF-8', 'GB18030']),
      digest: z.string(),
      same: z.boolean(),
      rows: z.array(
        z.object({
          item: z.number(),
          kindText: z.string(),
          name: z.string(),
          idMasked: z.string(),
          registration: z.string(),
          consentedOn: date.optional(),
          endedOn: date.optional(),
        }),
      ),
      /** Registrations left out because no file can carry a character of theirs. */
      held: z.array(z.object({ registration: z.string(), text: z.string() })),
    }),
    errors: ['request.notFound'],
  }),
  writeCivilFile: route({
    method: 'POST',
    path: '/api/civil-exchange',
    tag: 'exchange',
    summary: 'One more file of a county at once, before the next month (M79-5b)',
    audience: 'staff',
    action: 'exchange.send',
    body: z.strictObject({ division: z.string().regex(/^\d{6}$/) }),
    answer: z.object({ message: z.string() }),
    errors: ['exchange.notAllowed'],
  }),
} as const;
