export { checkNewApplications } from './check.ts';
export { withdrawApplication } from './decide.ts';
export type { OpenForm, SealedForm } from './form-storage.ts';
export { joinForm } from './form-storage.ts';
export { applicationHandlers } from './routes.ts';
export { type PaperRecord, sheetCodeOf } from './signing.ts';
export { submitApplication } from './submit.ts';
export { reportToSupervision } from './supervision-event.ts';
