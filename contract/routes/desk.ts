/** Supervisors' views and the sharing out of work. */
export const deskRoutes = {} as const;
