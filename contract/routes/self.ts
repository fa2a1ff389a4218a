/** What a worker does after registration: monthly report, correction, objection. */
export const selfRoutes = {} as const;
