import { adminRoutes } from './admin.ts';
import { applicationRoutes } from './application.ts';
import { civilRoutes } from './civil.ts';
import { creditRoutes } from './credit.ts';
import { deskRoutes } from './desk.ts';
import { difficultyRoutes } from './difficulty.ts';
import { exchangeCaseRoutes } from './exchange-cases.ts';
import { exchangeEvidenceRoutes } from './exchange-evidence.ts';
import { exchangeFileRoutes } from './exchange-files.ts';
import { exchangeInboundRoutes } from './exchange-inbound.ts';
import { followUpRoutes } from './follow-up.ts';
import { listRoutes } from './lists.ts';
import { oneMatterRoutes } from './one-matter.ts';
import { printRoutes } from './print.ts';
import { publicRoutes } from './public.ts';
import { registrationRoutes } from './registration.ts';
import { selfRoutes } from './self.ts';
import { servedRoutes } from './served.ts';
import { serviceRoutes } from './service.ts';
import { sessionRoutes } from './session.ts';
import { staffRoutes } from './staff.ts';
import { statisticsRoutes } from './statistics.ts';
import { supportRoutes } from './support.ts';
import { templateRoutes } from './templates.ts';
import { trainingRoutes } from './training.ts';
import { transferRoutes } from './transfer.ts';
import { vacancyRoutes } from './vacancy.ts';
import { vacancyImportRoutes } from './vacancy-import.ts';
import { welfarePostRoutes } from './welfare-post.ts';
import { workerRoutes } from './worker.ts';
import { worklistRoutes } from './worklist.ts';

/** Every route of the interface by its name. */
export const routes = {
  ...sessionRoutes,
  ...publicRoutes,
  ...workerRoutes,
  ...selfRoutes,
  ...followUpRoutes,
  ...applicationRoutes,
  ...registrationRoutes,
  ...transferRoutes,
  ...staffRoutes,
  ...worklistRoutes,
  ...deskRoutes,
  ...exchangeEvidenceRoutes,
  ...exchangeCaseRoutes,
  ...exchangeFileRoutes,
  ...exchangeInboundRoutes,
  ...printRoutes,
  ...vacancyRoutes,
  ...serviceRoutes,
  ...difficultyRoutes,
  ...oneMatterRoutes,
  ...civilRoutes,
  ...servedRoutes,
  ...welfarePostRoutes,
  ...supportRoutes,
  ...trainingRoutes,
  ...creditRoutes,
  ...statisticsRoutes,
  ...vacancyImportRoutes,
  ...adminRoutes,
  ...templateRoutes,
  ...listRoutes,
} as const;
/** Name of a route. */
export type RouteName = keyof typeof routes;
