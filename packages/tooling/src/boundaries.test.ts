import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { REVIEWED } from './dangerous-code.ts'
import { createFixtureWorkspace, type FixtureWorkspace, REPOSITORY, toolPath } from './fixture-workspace.ts'

let fixture: FixtureWorkspace

beforeAll(() => {
  fixture = createFixtureWorkspace()
})

afterAll(() => fixture.remove())

function run(script: string, ...args: string[]): string {
  const env = {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    NO_COLOR: '1',
  }
  const { stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: fixture.folder,
    env,
    encoding: 'utf8',
  })
  return stdout + stderr
}

interface LintReport {
  readonly diagnostics: readonly {
    readonly code: string
    readonly filename: string
    readonly labels: readonly { readonly span: { readonly line: number } }[]
  }[]
}

interface KnipReport {
  readonly issues: readonly {
    readonly file: string
    readonly files: readonly { readonly name: string }[]
    readonly unlisted: readonly { readonly name: string; readonly line: number }[]
    readonly dependencies: readonly { readonly name: string }[]
  }[]
}

const BOUNDARY_RULES =
  /^\S+\((no-restricted-(imports|globals|properties)|no-hidden-clock|no-raw-sql|no-text-as-code|no-cycle)\)$/

test('oxlint reports every break of an import rule, also in .vue, and nothing that is allowed', () => {
  const { diagnostics } = JSON.parse(run(toolPath('oxlint', 'bin/oxlint'), '--format=json')) as LintReport
  const reported = diagnostics.flatMap(({ code, filename, labels }) => {
    const [, rule] = BOUNDARY_RULES.exec(code) ?? []
    return rule === undefined ? [] : [`${filename}:${labels[0]?.span.line} oxlint/${rule}`]
  })
  expect([...new Set(reported)].toSorted()).toEqual(fixture.promised('oxlint'))
})

test('eslint reports markup made of text in a template', async () => {
  const { ESLint } = await import('eslint')
  const code = '<script setup lang="ts">\nconst text = 1\n</script>\n\n<template>\n  <p v-html="text" />\n</template>\n'
  const eslint = new ESLint({ cwd: REPOSITORY })
  const [result] = await eslint.lintText(code, { filePath: join(REPOSITORY, 'apps/web/src/ui/ShownText.vue') })
  expect(result?.messages.map(({ line, ruleId }) => `${line} ${ruleId}`)).toContain('6 vue/no-v-html')
})

test('every file that may put SQL together is there, and says why', () => {
  for (const { files, why } of REVIEWED) {
    expect(globSync(files, { cwd: REPOSITORY }).length, files).toBeGreaterThan(0)
    expect(why).not.toBe('')
  }
})

test('turbo reports every import of a package that is not declared, and every path out of a package', () => {
  const output = run(toolPath('turbo', 'bin/turbo'), 'boundaries')
  const found = output.matchAll(/(cannot import package|leaves the package)[^[]*\[([^\]]+):(\d+):\d+\]/g)
  const reported = Array.from(found, ([, kind, path = '', line]) => {
    const file = path.startsWith('/') ? relative(fixture.folder, path) : path
    return `${file}:${line} turbo/${kind === 'cannot import package' ? 'undeclared' : 'path'}`
  })
  expect(reported.toSorted()).toEqual(fixture.promised('turbo'))
  expect(output, 'an edge of package.json that its tag forbids').toContain('Package `@zhidu/web` found without any tag')
})

test('knip reports every import that is not declared, every file that nobody imports, every idle dependency', () => {
  const { issues } = JSON.parse(run(toolPath('knip', 'bin/knip.js'), '--reporter=json')) as KnipReport
  const reported = issues.flatMap(({ file, files, unlisted }) => [
    ...unlisted.map(({ line }) => `${file}:${line} knip/unlisted`),
    ...files.map(({ name }) => `${name}:1 knip/files`),
  ])
  expect([...new Set(reported)].toSorted()).toEqual(fixture.promised('knip'))
  const idle = issues.flatMap(({ file, dependencies }) => dependencies.map(({ name }) => `${file} ${name}`))
  expect(idle).toEqual(expect.arrayContaining(['apps/cli/package.json @zhidu/web', 'apps/web/package.json left-pad']))
})

test('the fixture breaks each rule of the table at least once', () => {
  const broken = new Set(
    ['oxlint', 'turbo', 'knip'].flatMap((net) => fixture.promised(net)).map((text) => text.split(' ')[1] ?? ''),
  )
  expect([...broken].toSorted()).toEqual([
    'knip/files',
    'knip/unlisted',
    'oxlint/no-cycle',
    'oxlint/no-hidden-clock',
    'oxlint/no-raw-sql',
    'oxlint/no-restricted-globals',
    'oxlint/no-restricted-imports',
    'oxlint/no-restricted-properties',
    'oxlint/no-text-as-code',
    'turbo/path',
    'turbo/undeclared',
  ])
})
