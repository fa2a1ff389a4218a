// The law as functions: pure, without clock or I/O; time, calendar and provisions are arguments. The browser runs the same files.
export * from './calendar.ts';
export * from './exit-record/index.ts';
export * from './identity-number.ts';
export * from './provisions/clauses.ts';
export * from './provisions/documents.ts';
export * from './provisions/parameter-specs.ts';
export * from './provisions/parameters.ts';
export * from './provisions/policy.ts';
export * from './provisions/provision.ts';
export * from './provisions/shipped.ts';
export * from './provisions/switchboard.ts';
export * from './statistics/period.ts';
export * from './statistics/rate.ts';
