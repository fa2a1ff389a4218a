/** Organisation, accounts, calendar, provisions, lists. */
export const adminRoutes = {} as const;
