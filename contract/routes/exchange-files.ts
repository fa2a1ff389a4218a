import { z } from 'zod';
import { instant, route } from '../route.ts';

/** Where a file for the platform is: still to be written, in the outbox, carried away, or answered. */
const outgoingState = z.enum(['toWrite', 'lying', 'takenAway', 'answered', 'givenUp']);

export const exchangeFileRoutes = {
  getExchangeFiles: route({
    method: 'GET',
    path: '/api/exchange/files',
    tag: 'exchange',
    summary: 'How this installation reaches the platform, and which files wait, lie in the outbox, or came in (M79X-1)',
    audience: 'staff',
    action: 'exchange.read',
    answer: z.object({
      transport: z.enum(['http', 'files', 'none']),
      /** With files: how they are written, and what is wrong with the folders. */
      encoding: z.enum(['UTF-8', 'GB18030']).optional(),
      trouble: z.string().optional(),
      /** Files of the last days, newest first; those without a receipt before the others. */
      outgoing: z.array(
        z.object({
          name: z.string(),
          count: z.number(),
          state: outgoingState,
          at: instant,
          trouble: z.string().optional(),
          receipt: z.string().optional(),
        }),
      ),
      /** Receipts of this installation: not whole yet, or set aside until somebody takes them away. */
      incoming: z.array(
        z.object({ name: z.string(), state: z.enum(['arriving', 'aside']), reason: z.string(), at: instant }),
      ),
    }),
    errors: [],
  }),
} as const;
