/** Printed things: the form of annex 1, the certificate. */
export const printRoutes = {} as const;
