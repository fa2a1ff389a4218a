export { amendForm, openForm } from './amend.ts';
export { checkNewApplications } from './check.ts';
export { withdrawApplication } from './decide.ts';
export type { OpenForm, SealedForm } from './form-storage.ts';
export { joinForm } from './form-storage.ts';
export { followPlace, joinPlatform } from './from-platform.ts';
export { applicationHandlers } from './routes.ts';
export { submitApplication } from './submit.ts';
export { reportToSupervision } from './supervision-event.ts';
