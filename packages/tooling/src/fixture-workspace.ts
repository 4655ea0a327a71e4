import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url))
const FIXTURE = join(REPOSITORY, 'packages', 'tooling', 'boundaries')

/** `packages/domain/src/x.ts:3 oxlint/no-cycle`, sorted */
export type Breaks = readonly string[]

export interface FixtureWorkspace {
  readonly folder: string
  /** What the comments `// breaks: net/rule, net/rule` of the fixture promise of one net. */
  promised(net: string): Breaks
  remove(): void
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|vue)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

function promisedBreaks(folder: string): string[] {
  return sourceFiles(folder).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, at) => {
        const [, list = ''] = /\/\/ breaks: (.+)$/.exec(line) ?? []
        const names = list === '' ? [] : list.split(', ')
        return names.map((name) => `${relative(folder, file)}:${at + 1} ${name}`)
      }),
  )
}

/**
 * A copy of `boundaries/` outside the repository, under the repository's own lint, turbo and knip settings: what is
 * reported there is what would be reported here.
 */
export function createFixtureWorkspace(): FixtureWorkspace {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'zhidu-boundaries-')))
  cpSync(FIXTURE, folder, { recursive: true })
  for (const name of ['turbo.json', 'knip.json']) cpSync(join(REPOSITORY, name), join(folder, name))
  for (const group of ['apps', 'packages']) {
    for (const name of readdirSync(join(folder, group))) {
      cpSync(join(REPOSITORY, group, name, 'turbo.json'), join(folder, group, name, 'turbo.json'))
    }
  }
  // Types are not what is tried here, and the fixture has no libraries to take them from.
  const config = JSON.stringify(join(REPOSITORY, 'oxlint.config.ts'))
  const text = `import config from ${config}\nexport default { ...config, options: {} }\n`
  writeFileSync(join(folder, 'oxlint.config.ts'), text)
  const breaks = promisedBreaks(folder)
  return {
    folder,
    promised: (net) => breaks.filter((text) => text.includes(` ${net}/`)).toSorted(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The JavaScript file behind a tool's command, so that it can be run without a shell. */
export function toolPath(name: string, file: string): string {
  const path = join(REPOSITORY, 'node_modules', name, file)
  if (!existsSync(path)) throw new RangeError(`${name} has no ${file}`)
  return path
}
