export * from './exit-record/index.ts';
export * from './identity-number.ts';
