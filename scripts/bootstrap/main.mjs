import { statfsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toolEnvironment } from './environment.mjs'
import { Interrupted, Refusal, diskFull, explainFailure, isWritable, notWritable } from './failure.mjs'
import { dashboard, dependencies } from './install.mjs'
import { withLock } from './lock.mjs'
import { runInForeground, signalExitCode } from './run.mjs'
import { findToolchain, installToolchain, toolchainFolder } from './toolchain.mjs'

/** @typedef {import('./toolchain.mjs').Toolchain} Toolchain */
/** @typedef {import('./install.mjs').Step} Step */

/** Toolchain 200 MB, libraries and browsers of the tests 1 GB, and room for the first data. */
const NEEDED_BYTES = 2 * 1024 ** 3

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')

/**
 * Brings the toolchain and does the steps that are not done yet; calls nothing when all are.
 * @param {string} root
 * @param {readonly ((root: string) => Step)[]} steps
 * @returns {Promise<Toolchain>}
 */
async function prepare(root, steps) {
  const ready = findToolchain(root)
  if (ready !== undefined && steps.every((step) => step(root).isDone())) return ready

  if (!isWritable(root)) throw notWritable(root)
  if (ready === undefined) {
    const { bavail, bsize } = statfsSync(root)
    if (bavail * bsize < NEEDED_BYTES) throw diskFull(root)
  }
  const lock = join(toolchainFolder(root), 'lock')
  return withLock(
    lock,
    async (nameChild) => {
      const toolchain = findToolchain(root) ?? (await installToolchain(root, process.env, nameChild))
      for (const step of steps) {
        const current = step(root)
        if (!current.isDone()) await current.perform(toolchain, process.env, nameChild)
      }
      return toolchain
    },
    (holder) =>
      process.stderr.write(
        `等待另一个正在安装的命令（进程 ${holder}）Waiting for another command that is installing (process ${holder}) …\n`,
      ),
  )
}

/**
 * @param {Toolchain} toolchain
 * @param {string} script relative to the root
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, nodeArgs?: readonly string[] }} options
 * @returns {Promise<number>}
 */
function runScript(toolchain, script, args, { cwd, env = {}, nodeArgs = [] }) {
  return runInForeground(toolchain.node, [...nodeArgs, join(ROOT, script), ...args], {
    cwd,
    env: { ...toolEnvironment(process.env, toolchain), ...env },
  })
}

/** Garbage is collected early instead of in a large heap: a file of a million rows stays below 400 MB. */
const FRUGAL = ['--max-semi-space-size=8', '--max-old-space-size=320']
/** The server has many small things in hand at once: with room for them it spends a fifth less time, for some 40 MB. */
const SERVING = ['--max-semi-space-size=32', '--max-old-space-size=320']

/** The first start of the command line is spared compiling again what it compiled before. */
function productEnvironment() {
  return { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(toolchainFolder(ROOT), 'compile-cache') }
}

/** @type {Readonly<Record<string, (args: readonly string[]) => Promise<number>>>} */
const COMMANDS = {
  async setup() {
    await prepare(ROOT, [dependencies, dashboard])
    process.stderr.write('安装完成 Ready: npm start\n')
    return 0
  },
  async start(args) {
    const toolchain = await prepare(ROOT, [dependencies, dashboard])
    // npm changes to the root before it runs a script; paths among the arguments are those of the user's folder.
    const cwd = process.env.INIT_CWD ?? process.cwd()
    return runScript(toolchain, 'apps/cli/src/main.ts', ['serve', '--demo', ...args], {
      cwd,
      env: productEnvironment(),
      nodeArgs: SERVING,
    })
  },
  async test(args) {
    const toolchain = await prepare(ROOT, [dependencies])
    return runScript(toolchain, 'scripts/test/main.ts', args, { cwd: ROOT, env: { CI: 'true' } })
  },
  async mutation(args) {
    const toolchain = await prepare(ROOT, [dependencies])
    return runScript(toolchain, 'scripts/mutation/main.ts', args, { cwd: ROOT, env: { CI: 'true' } })
  },
  async zhidu(args) {
    const steps = args.includes('serve') ? [dependencies, dashboard] : [dependencies]
    const toolchain = await prepare(ROOT, steps)
    return runScript(toolchain, 'apps/cli/src/main.ts', args, {
      cwd: process.cwd(),
      env: productEnvironment(),
      nodeArgs: args.includes('serve') ? SERVING : FRUGAL,
    })
  },
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 */
export async function main(name, args) {
  try {
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (command === undefined) {
      throw new Refusal(
        `没有命令 ${name || '（空）'}；可用：start、test、setup、mutation、zhidu。`,
        `There is no command ${name || '(empty)'}; there are start, test, setup, mutation and zhidu.`,
      )
    }
    process.exitCode = await command(args)
  } catch (error) {
    process.exitCode = report(error)
  }
}

/** @param {unknown} error @returns {number} the exit code */
function report(error) {
  if (error instanceof Interrupted) return signalExitCode(error.signal)
  const code = error instanceof Error ? /** @type {NodeJS.ErrnoException} */ (error).code : undefined
  const isSystemError = code !== undefined && /^E[A-Z]+$/.test(code)
  if (!(error instanceof Refusal) && !isSystemError) throw error
  const doing = { chinese: '准备运行环境', english: 'Preparing to run' }
  const refusal =
    error instanceof Refusal ? error : explainFailure(String(error), { root: ROOT, doing, isOnline: false })
  if (refusal.detail !== undefined) process.stderr.write(`${refusal.detail.trim().split('\n').slice(-40).join('\n')}\n`)
  process.stderr.write(`${refusal.message}\n`)
  return 1
}
