/**
 * Which part may import which, as errors. The same walls stand in each part's tsconfig.json; here
 * they also hold inside a part (features, ui) and against npm packages.
 */
const TEST = '\\.test\\.tsx?$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'shared-stands-alone',
      comment: 'shared/ is the core that every part uses; it knows none of them.',
      severity: 'error',
      from: { path: '^shared/', pathNot: TEST },
      to: { path: '^(main|renderer|server|build|test)/' },
    },
    {
      name: 'shared-packages',
      comment: 'shared/ is pure: zod and date-fns only, no Node, no DOM, no Electron.',
      severity: 'error',
      from: { path: '^shared/', pathNot: TEST },
      to: { pathNot: '^shared/|^node_modules/(zod|date-fns|@date-fns/tz)/' },
    },
    {
      name: 'main-alone',
      severity: 'error',
      from: { path: '^main/', pathNot: TEST },
      to: { path: '^(renderer|server|build|test)/' },
    },
    {
      name: 'renderer-alone',
      severity: 'error',
      from: { path: '^renderer/', pathNot: TEST },
      to: { path: '^(main|server|build|test)/' },
    },
    {
      name: 'server-alone',
      severity: 'error',
      from: { path: '^server/', pathNot: TEST },
      to: { path: '^(main|renderer|build|test)/' },
    },
    {
      name: 'build-alone',
      severity: 'error',
      from: { path: '^build/', pathNot: TEST },
      to: { path: '^(shared|main|renderer|server|test)/' },
    },
    {
      name: 'feature-alone',
      comment: 'A feature never imports another; what two share belongs in store/ or ui/.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/([^/]+)/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'ui-knows-no-tickets',
      comment: 'Primitives know no feature, store or domain; shared/base is allowed.',
      severity: 'error',
      from: { path: '^renderer/ui/' },
      to: { path: '^renderer/(?!ui/)|^shared/(?!base/)' },
    },
    {
      name: 'no-node-in-renderer',
      severity: 'error',
      from: { path: '^renderer/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-in-main-only',
      severity: 'error',
      from: { path: '^(shared|renderer|server|build)/' },
      to: { path: '^(node_modules/)?electron(/|$)' },
    },
    {
      name: 'tests-are-leaves',
      comment: 'Nothing imports a test or what belongs to tests, except tests.',
      severity: 'error',
      from: { pathNot: `^test/|${TEST}` },
      to: { path: `^test/|${TEST}` },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared',
      comment: 'A package that is used must be in package.json, not there by chance.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|\\.cache|reports)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.cjs', '.js', '.json'],
    },
  },
};
