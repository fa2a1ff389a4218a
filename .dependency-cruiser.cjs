// The arrows of ARCHITECTURE.md. scripts/check/arrows.ts runs this and proves that every file was seen.
const tests = String.raw`\.test\.tsx?$|^server/test/`;
const outside = '^(server|web|stand-ins|e2e|bench|scripts)/';
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    never(
      'contract-stands-alone',
      'The contract is below everything.',
      { path: '^contract/' },
      { path: `${outside}|^rules/` },
    ),
    never(
      'rules-know-only-the-contract',
      'The law knows no server and no page.',
      { path: '^rules/' },
      { path: outside },
    ),
    never(
      'rules-are-pure',
      'No I/O and no package: the browser runs the same files.',
      { path: '^rules/', pathNot: tests },
      { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'unknown'] },
    ),
    never(
      'platform-knows-no-feature',
      'features → platform, never back.',
      { path: '^server/src/platform/', pathNot: tests },
      {
        path: String.raw`^server/src/(features/|app\.ts|main-)`,
      },
    ),
    never(
      'features-know-no-door',
      'features ← app ← main-*.',
      { path: '^server/src/features/', pathNot: tests },
      {
        path: String.raw`^server/src/(app\.ts|main-)`,
      },
    ),
    never(
      'app-knows-no-main',
      'app ← main-*.',
      { path: String.raw`^server/src/(app|context|config)\.ts$` },
      { path: '^server/src/main-' },
    ),
    never(
      'features-by-their-face',
      "Another feature's only public face is its index.ts.",
      { path: '^server/src/features/([^/]+)/', pathNot: tests },
      { path: '^server/src/features/', pathNot: String.raw`^server/src/features/($1/|[^/]+/index\.ts$)` },
    ),
    never(
      'nobody-imports-the-readers',
      'Statistics, supervision and exchange read others; no feature imports them.',
      { path: '^server/src/features/([^/]+)/', pathNot: tests },
      { path: '^server/src/features/(statistics|supervision|exchange)/', pathNot: '^server/src/features/$1/' },
    ),
    never(
      'routes-know-no-sql',
      'routes → commands or queries → *.sql.ts.',
      { path: String.raw`/routes\.ts$` },
      { path: String.raw`^server/src/features/.*\.sql\.ts$` },
    ),
    never(
      'web-knows-no-server',
      'contract, rules ← web.',
      { path: '^web/' },
      { path: '^(server|stand-ins|e2e|bench|scripts)/' },
    ),
    never(
      'web-runs-in-a-browser',
      'No Node module in a page.',
      { path: '^web/', pathNot: String.raw`\.test\.tsx?$|vite\.config\.ts$` },
      { dependencyTypes: ['core'] },
    ),
    never(
      'outsiders-speak-http-or-files',
      'e2e, bench and stand-ins know nothing of the inside; bench may time the rules.',
      { path: '^(e2e|bench|stand-ins)/' },
      { path: '^(server|web)/' },
    ),
    never(
      'stand-ins-share-no-rule',
      'They judge us: they must not repeat our mistakes.',
      { path: '^stand-ins/' },
      { path: '^(contract|rules)/' },
    ),
    never(
      'nothing-needs-a-test',
      'Tests are beside the code, never under it.',
      { pathNot: `${tests}|^e2e/|^vitest` },
      { path: tests },
    ),
    never(
      'no-circles',
      'Two files that need each other are one thing.',
      {},
      {
        circular: true,
        viaOnly: { dependencyTypesNot: ['type-only'] },
      },
    ),
    never('everything-resolves', 'An import that leads nowhere.', {}, { couldNotResolve: true, pathNot: '^virtual:' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: String.raw`(^|/)(dist|coverage|\.data)/|\.d\.ts$` },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
