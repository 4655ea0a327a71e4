import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toolEnvironment } from './environment.mjs'
import { Interrupted, explainFailure } from './failure.mjs'
import { filesBelow, fingerprint, stamp, workspaceFolders } from './fingerprint.mjs'
import { withProgress } from './progress.mjs'
import { runQuietly } from './run.mjs'
import { toolchainFolder } from './toolchain.mjs'

/** @typedef {import('./toolchain.mjs').Toolchain} Toolchain */
/**
 * @typedef {object} Step something that is done once and stays done until what it was made from changes
 * @property {() => boolean} isDone
 * @property {(toolchain: Toolchain, env: NodeJS.ProcessEnv, nameChild: (pid: number) => void) => Promise<void>} perform
 */

/** Packages whose source ends up in the built dashboard. */
const BUILT_FROM = ['apps/web', 'packages/api', 'packages/contract', 'packages/domain', 'packages/statistics']
const NOT_BUILT = /^(node_modules|dist|coverage|e2e|\..*|.*\.test\.ts|test|test-oracle|.*\.md)$/

/** @param {string} root @returns {Step} the libraries that pnpm lays out from its lockfile */
export function dependencies(root) {
  const done = stamp(join(toolchainFolder(root), 'dependencies.installed'))
  const manifests = workspaceFolders(root).map((folder) => `${folder}/package.json`)
  const inputs = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]
  const wanted = fingerprint(root, inputs, [process.platform, process.arch])

  /** @param {string} folder @returns {boolean} */
  function isLaidOut(folder) {
    const { dependencies: runtime = {}, devDependencies: tools = {} } = JSON.parse(
      readFileSync(join(root, folder, 'package.json'), 'utf8'),
    )
    const needsModules = Object.keys({ ...runtime, ...tools }).length > 0
    return !needsModules || existsSync(join(root, folder, 'node_modules'))
  }

  return {
    isDone() {
      const modules = join(root, 'node_modules', '.modules.yaml')
      return done.matches(wanted) && existsSync(modules) && workspaceFolders(root).every(isLaidOut)
    },
    async perform(toolchain, env, nameChild) {
      done.clear()
      const doing = { chinese: '安装依赖', english: 'Installing the dependencies' }
      const { code, output } = await withProgress(`${doing.chinese} ${doing.english}`, (note) =>
        runQuietly(toolchain.pnpm, ['install', '--frozen-lockfile', '--reporter=append-only'], {
          cwd: root,
          env: toolEnvironment(env, toolchain),
          onSpawn: nameChild,
          onOutput(text) {
            const [, all, added] = /resolved (\d+).*added (\d+)/.exec(text) ?? []
            if (all !== undefined) note(`${added}/${all}`)
          },
        }),
      )
      if (code !== 0) throw explainFailure(output, { root, doing, isOnline: true })
      done.write(wanted)
    },
  }
}

/** @param {string} root @returns {Step} the dashboard's files in apps/web/dist */
export function dashboard(root) {
  const done = stamp(join(toolchainFolder(root), 'dashboard.built'))
  const sources = BUILT_FROM.flatMap((folder) => filesBelow(root, folder, (name) => NOT_BUILT.test(name)))
  const wanted = fingerprint(root, ['pnpm-lock.yaml', 'tsconfig.base.json', ...sources])
  return {
    isDone() {
      return done.matches(wanted) && existsSync(join(root, 'apps', 'web', 'dist', 'index.html'))
    },
    async perform(toolchain, env, nameChild) {
      done.clear()
      const doing = { chinese: '生成网页', english: 'Building the dashboard' }
      const args = ['exec', 'turbo', 'run', 'build', '--filter=@zhidu/web', '--output-logs=errors-only']
      const { code, output } = await withProgress(`${doing.chinese} ${doing.english}`, () =>
        runQuietly(toolchain.pnpm, args, { cwd: root, env: toolEnvironment(env, toolchain), onSpawn: nameChild }),
      )
      if (code > 128) throw new Interrupted('SIGTERM')
      if (code !== 0) throw explainFailure(output, { root, doing, isOnline: false })
      done.write(wanted)
    },
  }
}
