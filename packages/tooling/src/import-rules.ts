/**
 * Who may import whom, in one place: the lint rules and the fixture workspace are made from it.
 * Names are those of the folders; `@zhidu/server` lives in apps/api.
 */
const WORKSPACE = {
  api: '@zhidu/api',
  audit: '@zhidu/audit',
  contract: '@zhidu/contract',
  db: '@zhidu/db',
  documents: '@zhidu/documents',
  domain: '@zhidu/domain',
  draw: '@zhidu/draw',
  identity: '@zhidu/identity',
  leads: '@zhidu/leads',
  outbox: '@zhidu/outbox',
  server: '@zhidu/server',
  services: '@zhidu/services',
  statistics: '@zhidu/statistics',
  synthetic: '@zhidu/synthetic',
} as const

type WorkspaceName = keyof typeof WORKSPACE

interface ImportRule {
  readonly folder: string
  readonly may: readonly WorkspaceName[]
  /** Allowed as `import type` only. */
  readonly mayAsType?: readonly WorkspaceName[]
  /** Libraries as well are only those of this list; undefined = whatever package.json declares. */
  readonly libraries?: readonly string[]
  /** Regular expressions over the imported name, beside the workspace's packages. */
  readonly never?: readonly string[]
  readonly testsMay?: readonly WorkspaceName[]
  /** May do nothing but compute: no network, no console, no chance. `timeless`: knows no `Date` either. */
  readonly purity?: 'pure' | 'timeless'
  /** The process around the rules: it alone reads the clock and the environment. */
  readonly isProcess?: boolean
}

const NODE = '^node:'
const VIEW = '^(vue|vue-.*|pinia|@pinia/.*|@vueuse/.*|element-plus|echarts)(/|$)'
const SERVER = '^(hono|@hono/.*|@trpc/.*)(/|$)'
const SQL = '^(kysely|pg|pg-.*)(/|$)'

export const IMPORT_RULES: readonly ImportRule[] = [
  { folder: 'packages/statistics', may: [], libraries: [], purity: 'timeless' },
  { folder: 'packages/domain', may: ['statistics'], libraries: [], purity: 'timeless' },
  { folder: 'packages/audit', may: [], never: [SERVER, VIEW, SQL] },
  { folder: 'packages/draw', may: [], libraries: [], purity: 'timeless' },
  {
    folder: 'packages/leads',
    may: ['domain'],
    libraries: [],
    purity: 'timeless',
    testsMay: ['synthetic'],
  },
  { folder: 'packages/outbox', may: [], libraries: [], purity: 'timeless' },
  { folder: 'packages/identity', may: [], never: [SERVER, VIEW, SQL] },
  { folder: 'packages/contract', may: ['domain'], libraries: ['zod'], purity: 'pure' },
  { folder: 'packages/db', may: ['domain'], never: [SERVER, VIEW, '^zod$'], testsMay: ['synthetic'] },
  {
    folder: 'packages/services',
    may: ['audit', 'contract', 'db', 'documents', 'domain', 'draw', 'identity', 'leads'],
    never: [SERVER, VIEW],
    testsMay: ['synthetic'],
  },
  {
    folder: 'packages/api',
    may: ['contract', 'domain', 'services'],
    mayAsType: ['db'],
    never: [VIEW, SQL],
    testsMay: ['db', 'documents'],
  },
  { folder: 'packages/documents', may: ['contract', 'domain'], never: [SERVER, VIEW, SQL] },
  { folder: 'packages/synthetic', may: ['domain', 'statistics'], libraries: [], purity: 'timeless' },
  {
    folder: 'apps/api',
    may: ['api', 'audit', 'contract', 'db', 'services'],
    never: [VIEW, SQL],
    testsMay: ['domain'],
    isProcess: true,
  },
  {
    folder: 'apps/cli',
    may: [
      'api',
      'audit',
      'contract',
      'db',
      'documents',
      'domain',
      'draw',
      'identity',
      'server',
      'services',
      'synthetic',
    ],
    never: [VIEW, SQL, SERVER],
    isProcess: true,
  },
  {
    folder: 'apps/bench',
    may: [
      'audit',
      'contract',
      'db',
      'documents',
      'domain',
      'draw',
      'identity',
      'leads',
      'services',
      'statistics',
      'synthetic',
    ],
    never: [VIEW, SERVER],
    isProcess: true,
  },
  {
    folder: 'apps/web',
    may: ['domain', 'draw', 'leads', 'outbox', 'statistics'],
    mayAsType: ['contract'],
    never: [NODE, SQL, '^(hono|@hono/.*|@trpc/server)(/|$)'],
    isProcess: true,
  },
]

export function packageName(name: WorkspaceName): string {
  return WORKSPACE[name]
}

interface Restriction {
  readonly regex: string
  readonly message: string
  readonly allowTypeImports?: boolean
}

export interface Override {
  readonly files: readonly string[]
  readonly excludeFiles?: readonly string[]
  readonly rules: Readonly<Record<string, unknown>>
}

const TESTS = ['**/*.test.ts', '**/testing/**', '**/test/**', '**/test-oracle/**', '**/e2e/**']
/** Where PostgreSQL is started and waited for: it cannot do so without a clock and an environment. */
const ENGINE = 'packages/db/src/engine/**'

const BY_PATH: readonly Restriction[] = [
  { regex: '^(\\.\\./)+([^./][^/]*/)+src/', message: 'Packages are imported through their exports, never by path.' },
  { regex: '^@zhidu/[^/]+/src(/|$)', message: 'Packages are imported through their exports, never by path.' },
]
const NO_BARREL: Restriction = {
  regex: '/index\\.ts$',
  message: 'No barrel below the door of a package: import the file that holds the name.',
}

const ROUTER_TYPE = 'Only the type of the router crosses over: @zhidu/api/router-type.'
const WEB_API: readonly Restriction[] = [
  { regex: '^@zhidu/api($|/[^r])', message: ROUTER_TYPE },
  { regex: '^@zhidu/api/router-type$', message: ROUTER_TYPE, allowTypeImports: true },
]

/** For the web the api package is closed door by door. */
function withoutApi(regex: string): string {
  return regex.replace('@zhidu/api|', '')
}

function workspacePattern(names: readonly WorkspaceName[]): string {
  return `^(${names.map((name) => WORKSPACE[name]).join('|')})(/|$)`
}

/** The linter's expressions know no look-ahead, so "anything but zod" is spelled out letter by letter. */
function otherLibraries(allowed: readonly string[]): string[] {
  const scoped = '^@([^z]|z[^h])'
  const [name] = allowed
  if (name === undefined) return ['^[^.@]', scoped]
  const letters = name.split('')
  const differs = letters.map((letter, at) => `^${name.slice(0, at)}[^${letter}${at === 0 ? '.@' : ''}]`)
  return [...differs, `^${name}[^/]`, scoped]
}

function sourceRestrictions(rule: ImportRule): Restriction[] {
  const asType = rule.mayAsType ?? []
  const all = Object.keys(WORKSPACE) as WorkspaceName[]
  const closed = all.filter((name) => !rule.may.includes(name) && !asType.includes(name))
  const libraries = rule.libraries === undefined ? [] : otherLibraries(rule.libraries)
  return [
    ...BY_PATH,
    NO_BARREL,
    { regex: workspacePattern(closed), message: `${rule.folder} may not import this package.` },
    ...(asType.length > 0
      ? [{ regex: workspacePattern(asType), message: 'Only its types cross over.', allowTypeImports: true }]
      : []),
    ...libraries.map((regex) => ({ regex, message: `${rule.folder} may not import this library.` })),
    ...(rule.never ?? []).map((regex) => ({ regex, message: `${rule.folder} may not import this library.` })),
  ]
}

/** Tests may use the tools they need, and the types' packages whole; the other packages stay closed to them, too. */
function testRestrictions(rule: ImportRule): Restriction[] {
  const open = [...rule.may, ...(rule.mayAsType ?? []), ...(rule.testsMay ?? [])]
  const closed = (Object.keys(WORKSPACE) as WorkspaceName[]).filter((name) => !open.includes(name))
  const regex = rule.folder === 'apps/web' ? withoutApi(workspacePattern(closed)) : workspacePattern(closed)
  const routerType = rule.folder === 'apps/web' ? WEB_API : []
  return [...BY_PATH, ...routerType, { regex, message: `Tests of ${rule.folder} may not import this package.` }]
}

/** For the web the contract is types alone, but for the doors of what it words itself: a regulation, and the caveats of a table. */
function exceptWords(regex: string): string {
  return regex === workspacePattern(['contract']) ? '^@zhidu/contract($|/[^r])' : regex
}

/** Features stay apart, and what they share knows none of them. */
function webOverrides(rule: ImportRule): Override[] {
  const base = [
    ...sourceRestrictions(rule).map((one) => ({ ...one, regex: exceptWords(withoutApi(one.regex)) })),
    ...WEB_API,
  ]
  const apart = 'Features do not import each other; what they share moves to src/ui or to a package.'
  const places: readonly (readonly [string, readonly Restriction[]])[] = [
    ['**', []],
    ['features/*/*', [{ regex: '^\\.\\./[^.]', message: apart }]],
    ['features/*/*/*', [{ regex: '^\\.\\./\\.\\./[^.]', message: apart }]],
    ['ui/**', [{ regex: '^(\\.\\./)+features/', message: 'src/ui serves the features and knows none of them.' }]],
  ]
  return places.map(([place, more]) => ({
    files: [`apps/web/src/${place}${place.endsWith('**') ? '/*' : ''}.{ts,vue}`],
    excludeFiles: TESTS,
    rules: { 'no-restricted-imports': ['error', { patterns: [...base, ...more] }] },
  }))
}

const IMPURE_GLOBALS = [
  'fetch',
  'process',
  'console',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'globalThis',
  'performance',
  'crypto',
  'Buffer',
]
const NO_CHANCE = {
  object: 'Math',
  property: 'random',
  message: 'Chance comes from a seeded generator that is passed in.',
}
const NO_CLOCK = { object: 'Date', property: 'now', message: 'Time comes in: asOf in domain, ctx.clock() in services.' }
const NO_ENVIRONMENT = { object: 'process', property: 'env', message: 'Only apps read the environment.' }

function withoutGlobals(files: readonly string[], names: readonly string[]): Override {
  const message = 'This package only computes: what it needs is passed in.'
  const rule = ['error', ...names.map((name) => ({ name, message }))]
  return { files, excludeFiles: TESTS, rules: { 'no-restricted-globals': rule } }
}

function pureOverrides({ folder, purity }: ImportRule): Override[] {
  if (purity === undefined) return []
  const files = [`${folder}/src/**/*.ts`]
  const chance: Override = {
    files,
    excludeFiles: TESTS,
    rules: { 'no-restricted-properties': ['error', NO_CHANCE, NO_CLOCK, NO_ENVIRONMENT] },
  }
  if (purity === 'pure') return [chance, withoutGlobals(files, IMPURE_GLOBALS)]
  const timeless = [chance, withoutGlobals(files, [...IMPURE_GLOBALS, 'Date'])]
  // Dates are made of instants in one folder of domain; it is given the instants, too.
  return folder === 'packages/domain'
    ? [...timeless, withoutGlobals(['packages/domain/src/calendar/**/*.ts'], IMPURE_GLOBALS)]
    : timeless
}

/** One group of lint overrides per folder; of two for the same file and rule the later one counts. */
export function importOverrides(): Override[] {
  return IMPORT_RULES.flatMap((rule) => {
    const files = [`${rule.folder}/src/**/*.{ts,vue}`]
    const clocks: Override = {
      files,
      excludeFiles: [...TESTS, ENGINE],
      rules: {
        'no-restricted-properties': ['error', NO_CLOCK, NO_ENVIRONMENT],
        'zhidu/no-hidden-clock': 'error',
      },
    }
    return [
      {
        files,
        excludeFiles: TESTS,
        rules: { 'no-restricted-imports': ['error', { patterns: sourceRestrictions(rule) }] },
      },
      {
        files: TESTS.map((pattern) => `${rule.folder}/${pattern}`),
        rules: { 'no-restricted-imports': ['error', { patterns: testRestrictions(rule) }] },
      },
      ...(rule.isProcess ? [] : [clocks]),
      ...(rule.folder === 'apps/web' ? webOverrides(rule) : []),
      ...pureOverrides(rule),
    ]
  })
}
