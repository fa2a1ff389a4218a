/**
 * Every page of the console by the role that works there, with one it may not open. `:case` stands for a case of the
 * office, `:none` for a record that is not there.
 */
export const consolePages = {
  clerk: [
    '/',
    '/decisions',
    '/forwarded',
    '/contacts',
    '/follow-ups',
    '/exits',
    '/to-mend',
    '/difficulties',
    '/plan-steps',
    '/referrals',
    '/vacancies',
    '/vacancies/:none',
    '/vacancies/imports',
    '/vacancies/imports/:none',
    '/counter',
    '/people',
    '/field',
    '/law',
    '/cases/:case',
    '/counter/receipt/:case',
    '/audit',
    '/nothing-here',
  ],
  supervisor: ['/supervision', '/supervision/missed', '/supervision/days', '/objections'],
  exchangeOfficer: [
    '/exchange',
    '/exchange/records/:none',
    '/exchange/batches/:none',
    '/back-load',
    '/platform-statistics',
  ],
  auditor: ['/audit'],
  administrator: [
    '/admin/accounts',
    '/admin/offices',
    '/admin/calendar',
    '/admin/provisions',
    '/admin/lists',
    '/admin/message-templates',
    '/admin/switchboard',
  ],
} as const;
