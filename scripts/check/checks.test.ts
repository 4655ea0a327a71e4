import { describe, expect, test } from 'vitest'
import { missingPaths } from './doc-paths.mjs'
import { faultsOf } from './source-rules.mjs'

const FILES = new Set([
  'README.md',
  'docs/decisions/0001-one.md',
  'packages/domain/src/league/rank-units.ts',
  'apps/web/src/main.ts',
])

describe('paths in the documents', () => {
  test('a path in backticks counts from the root, and a folder counts when it holds a file', () => {
    const text = '`packages/domain/src/league` and `packages/domain/src/gone` and `apps/web/src/main.ts`'
    expect(missingPaths(text, 'docs/a.md', FILES)).toEqual(['packages/domain/src/gone'])
  })

  test('a link counts from the folder of its document, whatever its anchor or title', () => {
    const text = '[one](decisions/0001-one.md#context) [two](decisions/0002-two.md "title") [up](../README.md)'
    expect(missingPaths(text, 'docs/a.md', FILES)).toEqual(['docs/decisions/0002-two.md'])
  })

  test('addresses of the web, anchors, commands and fenced blocks are no paths', () => {
    const text =
      '[a](https://example.org/x.md) [b](#here) `npm test -- unit packages/none` `node:fs`\n```\n`docs/none.md`\n```\n'
    expect(missingPaths(text, 'README.md', FILES)).toEqual([])
  })

  test('a part that varies must have at least one file', () => {
    const text = '`packages/<name>/src` `packages/*/src/{league,unit}` `apps/*/e2e` `docs/tables/<table>.md`'
    expect(missingPaths(text, 'README.md', FILES)).toEqual(['apps/*/e2e', 'docs/tables/<table>.md'])
  })
})

describe('source rules', () => {
  test.each([
    ['README.md', 'see /home/someone/zhidu', 'names a folder of one machine'],
    ['pnpm-lock.yaml', '    resolution: {tarball: https://registry.example/a.tgz}', 'names a registry'],
    ['packages/db/src/a.ts', '// @ts-ignore', 'switches a check off'],
    ['packages/db/src/a.test.ts', "test.skip('x', () => {})", 'leaves a test out'],
    ['packages/db/src/a.ts', '// TODO later', 'puts work off'],
  ])('%s: %s', (file, text, why) => {
    expect(faultsOf(file, text)).toEqual([`${file}:1 ${why}`])
  })

  test('the door of a package is no barrel, an index below it is one', () => {
    expect(faultsOf('packages/db/src/index.ts', '')).toEqual([])
    expect(faultsOf('packages/db/src/testing/index.ts', '')).toEqual([])
    expect(faultsOf('packages/db/src/queries/index.ts', '')).toHaveLength(1)
  })

  test('what looks alike is left alone', () => {
    const text = 'fetch("https://example.org/home/page"); const rest = { "/workspace": 1, "a/root/b": 2 }'
    expect(faultsOf('apps/web/src/a.ts', text)).toEqual([])
  })
})
