import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const SRC = fileURLToPath(new URL('..', import.meta.url))
/** The run itself, or what the administrators' pages call it through. */
const AXE = /\b(?:expectAccessible|expectNoBarriers)\(/
const IMPORT = /from '([^']+\.vue)'|import\('([^']+\.vue)'\)/g

const files = readdirSync(SRC, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))

function componentsUsedBy(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, direct, lazy]) =>
    resolve(dirname(file), direct ?? lazy ?? ''),
  )
}

/** Components that a test with an axe run mounts, and all that these draw in turn. */
function checkedComponents(): Set<string> {
  const tests = files.filter((file) => file.endsWith('.dom.test.ts') && AXE.test(readFileSync(file, 'utf8')))
  const checked = new Set<string>()
  const queue = tests.flatMap(componentsUsedBy)
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (checked.has(file)) continue
    checked.add(file)
    queue.push(...componentsUsedBy(file))
  }
  return checked
}

it('leaves no component without a test for barriers', () => {
  const checked = checkedComponents()
  const components = files.filter((file) => file.endsWith('.vue'))
  expect(components.filter((file) => !checked.has(file)).map((file) => relative(SRC, file))).toEqual([])
})
