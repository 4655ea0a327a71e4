import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { REPOSITORY } from './fixture-workspace.ts'
import { IMPORT_RULES, packageName } from './import-rules.ts'

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(REPOSITORY, folder, 'package.json'), 'utf8')) as Manifest
}

function ownPackages(dependencies: Readonly<Record<string, string>> = {}): string[] {
  return Object.keys(dependencies).filter((name) => name.startsWith('@zhidu/'))
}

function allDependencies(manifest: Manifest): string[] {
  const { dependencies, devDependencies, optionalDependencies } = manifest
  return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
}

const FOLDERS = ['apps', 'packages'].flatMap((group) =>
  readdirSync(join(REPOSITORY, group))
    .filter((name) => existsSync(join(REPOSITORY, group, name, 'package.json')))
    .map((name) => `${group}/${name}`),
)
const LIBRARIES = new Set(FOLDERS.flatMap((folder) => allDependencies(readManifest(folder))))

test('every package has a line in the table of import rules', () => {
  const ruled = IMPORT_RULES.map(({ folder }) => folder)
  expect(FOLDERS.filter((folder) => folder !== 'packages/tooling').toSorted()).toEqual(ruled.toSorted())
})

describe.each(IMPORT_RULES)('$folder', ({ folder, may, mayAsType = [], testsMay = [] }) => {
  const manifest = readManifest(folder)
  // A door that gives types alone is still a dependency for pnpm and for the type checker.
  const doors = folder === 'apps/web' ? ['@zhidu/api'] : []

  test('declares only packages that it may import', () => {
    const allowed = [...[...may, ...mayAsType].map(packageName), ...doors]
    expect(allowed).toEqual(expect.arrayContaining(ownPackages(manifest.dependencies)))
    const inTests = [...allowed, ...testsMay.map(packageName)]
    expect(inTests).toEqual(expect.arrayContaining(ownPackages(manifest.devDependencies)))
  })

  test('finds no package and no library that it does not declare', () => {
    const declared = new Set(allDependencies(manifest))
    const rootTools = new Set(allDependencies(readManifest('.')))
    const strange = [...LIBRARIES].filter(
      (name) => !declared.has(name) && !rootTools.has(name) && name !== manifest.name,
    )
    const [group = ''] = folder.split('/')
    const found = strange.filter((name) =>
      [folder, group, '.'].some((place) => existsSync(join(REPOSITORY, place, 'node_modules', name))),
    )
    expect(found).toEqual([])
  })
})

test('the root holds tools only: what it declares is visible to every package', () => {
  const root = readManifest('.')
  const runtime = new Set(FOLDERS.flatMap((folder) => Object.keys(readManifest(folder).dependencies ?? {})))
  expect(root.dependencies ?? {}).toEqual({})
  expect(Object.keys(root.devDependencies ?? {}).filter((name) => runtime.has(name))).toEqual([])
})
