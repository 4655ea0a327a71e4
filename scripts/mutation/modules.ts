import { globSync } from 'node:fs'

/** A part of the program that is mutated as one, and has one score. */
export interface MutationModule {
  readonly name: string
  /** Files that are changed; globs from the root. Tests and what only tests use are left out. */
  readonly files: readonly string[]
  /** Tests that may notice, without a database; of these only those run that reach the changed function. */
  readonly tests: readonly string[]
}

const DOMAIN_TESTS = ['packages/domain/{src,test}/**/*.test.ts']

function domainModule(folder: string): MutationModule {
  return { name: `domain/${folder}`, files: [`packages/domain/src/${folder}/**/*.ts`], tests: DOMAIN_TESTS }
}

/** Who may do what, what is signed, and what a unit is given for it. */
export const MODULES: readonly MutationModule[] = [
  { name: 'identity', files: ['packages/identity/src/**/*.ts'], tests: ['packages/identity/src/**/*.test.ts'] },
  { name: 'audit', files: ['packages/audit/src/**/*.ts'], tests: ['packages/audit/src/**/*.test.ts'] },
  {
    name: 'api/edges',
    files: ['packages/api/src/{access,client-address,guards,headers,language,request-error,session-cookie}.ts'],
    tests: ['packages/api/src/**/*.test.ts'],
  },
  {
    name: 'services/session',
    // What needs a database there is held by the tests of sign-in and of revocation, which run on one.
    files: ['packages/services/src/session/{address-limit,session-rules}.ts'],
    tests: ['packages/services/src/{session,access}/**/*.test.ts'],
  },
  ...[
    'access',
    'league',
    'timeliness',
    'completeness',
    'truthfulness',
    'duty',
    'filing',
    'regulation',
    'rank-range',
    'indicator',
  ].map(domainModule),
]

const LEFT_OUT = /\.test\.ts$|\/testing\/|\/samples\/|\/index\.ts$/

/** Paths from the root, in order. */
export function filesOf(root: string, module: MutationModule): string[] {
  return globSync([...module.files], { cwd: root })
    .filter((path) => !LEFT_OUT.test(path))
    .toSorted()
}

export function testsOf(root: string, module: MutationModule): string[] {
  return globSync([...module.tests], { cwd: root })
    .filter((path) => !/\.(db|dom)\.test\.ts$/.test(path))
    .toSorted()
}
