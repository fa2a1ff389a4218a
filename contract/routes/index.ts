import { publicRoutes } from './public.ts';
import { sessionRoutes } from './session.ts';
import { staffRoutes } from './staff.ts';
import { workerRoutes } from './worker.ts';

/** Every route of the interface by its name. */
export const routes = { ...sessionRoutes, ...publicRoutes, ...workerRoutes, ...staffRoutes } as const;
/** Name of a route. */
export type RouteName = keyof typeof routes;
