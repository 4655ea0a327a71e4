import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { npmEnvironment } from './environment.mjs'
import { Refusal, explainFailure } from './failure.mjs'
import { stamp } from './fingerprint.mjs'
import { NODE_MAJOR, platformPins } from './platform.mjs'
import { withProgress } from './progress.mjs'
import { runQuietly } from './run.mjs'

/** @typedef {import('./platform.mjs').PinnedPackage} PinnedPackage */
/** @typedef {{ node: string, pnpm: string }} Toolchain paths of the two executables */

const DOING = { chinese: '安装 Node.js 与 pnpm ', english: 'Installing Node.js and pnpm' }

/** @param {string} root @returns {string} */
export function toolchainFolder(root) {
  return join(root, '.toolchain')
}

/** @returns {boolean} */
function ownNodeSuffices() {
  return Number(process.versions.node.split('.')[0]) >= NODE_MAJOR
}

/** @returns {PinnedPackage[]} what this machine lacks */
function wantedPackages() {
  const { node, pnpm } = platformPins()
  return ownNodeSuffices() ? [pnpm] : [node, pnpm]
}

/** @param {string} modules @param {PinnedPackage} pin @returns {string} */
function executable(modules, pin) {
  return join(modules, pin.name, pin.file)
}

/** @param {string} folder @param {PinnedPackage} pin */
function stampOf(folder, pin) {
  return stamp(join(folder, `${basename(pin.name)}.installed`))
}

/**
 * The executables when all of them have been installed whole and are the pinned ones.
 * @param {string} root
 * @returns {Toolchain | undefined}
 */
export function findToolchain(root) {
  const folder = toolchainFolder(root)
  const modules = join(folder, 'node_modules')
  const isWhole = wantedPackages().every(
    (pin) => stampOf(folder, pin).matches(pin.version) && existsSync(executable(modules, pin)),
  )
  if (!isWhole) return undefined
  const { node, pnpm } = platformPins()
  return { node: ownNodeSuffices() ? process.execPath : executable(modules, node), pnpm: executable(modules, pnpm) }
}

/**
 * How to call npm without a shell: the npm that runs us, the one beside this Node, or the one on PATH.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ file: string, args: string[] }}
 */
function npmCommand(env) {
  const bin = dirname(process.execPath)
  const candidates = [
    ...(/np[mx]-cli\.js$/.test(env.npm_execpath ?? '') ? [join(dirname(env.npm_execpath ?? ''), 'npm-cli.js')] : []),
    join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(dirname(bin), 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  const script = candidates.find((path) => existsSync(path))
  return script === undefined ? { file: 'npm', args: [] } : { file: process.execPath, args: [script] }
}

/** @param {string} modules @param {PinnedPackage} pin @returns {string | undefined} what is wrong with the package, if anything */
function faultOf(modules, pin) {
  const path = executable(modules, pin)
  if (!existsSync(path)) return `${pin.name} has no ${pin.file}`
  const told = spawnSync(path, ['--version'], { encoding: 'utf8', windowsHide: true })
  const version = told.stdout?.trim().replace(/^v/, '')
  if (version === pin.version) return undefined
  return `${pin.name} says ${version || told.error?.message || told.stderr?.trim()}, not ${pin.version}`
}

/** @param {string} modules @param {PinnedPackage} pin @returns {boolean} */
function isAsPublished(modules, pin) {
  /** @type {{ packages?: Record<string, { integrity?: string }> }} */
  const lock = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'))
  return lock.packages?.[`node_modules/${pin.name}`]?.integrity === pin.integrity
}

/**
 * Brings what the machine lacks into `.toolchain`. Everything is fetched and tried in a folder beside and then moved, so
 * a download that was cut off is never trusted. The caller holds the lock.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @param {(pid: number) => void} nameChild
 * @returns {Promise<Toolchain>}
 */
export async function installToolchain(root, env, nameChild) {
  const folder = toolchainFolder(root)
  const modules = join(folder, 'node_modules')
  for (const name of readdirSync(folder)) {
    if (name.startsWith('incoming-')) rmSync(join(folder, name), { recursive: true, force: true })
  }
  for (const pin of wantedPackages()) {
    if (stampOf(folder, pin).matches(pin.version) && existsSync(executable(modules, pin))) continue
    const incoming = join(folder, `incoming-${process.pid}`)
    try {
      await installPackage({ root, folder, modules, incoming, pin, env, nameChild })
    } finally {
      rmSync(incoming, { recursive: true, force: true })
    }
  }
  const toolchain = findToolchain(root)
  if (toolchain === undefined) throw new RangeError('the toolchain is missing after its installation')
  return toolchain
}

/**
 * @param {{ root: string, folder: string, modules: string, incoming: string, pin: PinnedPackage, env: NodeJS.ProcessEnv,
 *   nameChild: (pid: number) => void }} job
 */
async function installPackage({ root, folder, modules, incoming, pin, env, nameChild }) {
  const npm = npmCommand(env)
  mkdirSync(incoming)
  const args = ['install', `${pin.name}@${pin.version}`, '--prefix', incoming, '--no-save', '--ignore-scripts']
  args.push('--no-audit', '--no-fund', '--no-update-notifier', '--no-package-lock', '--global=false', '--offline=false')
  args.push('--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000', '--loglevel=error')
  const label = `下载 Downloading ${pin.name} ${pin.version}`
  const { code, output } = await withProgress(label, () =>
    runQuietly(npm.file, [...npm.args, ...args], { cwd: incoming, env: npmEnvironment(env), onSpawn: nameChild }),
  ).catch((error) => {
    if (error.code !== 'ENOENT') throw error
    throw new Refusal(
      '找不到 npm；请安装带 npm 的 Node.js 20 或更高版本后再运行。',
      'npm was not found; install Node.js 20 or newer together with npm and run the command again.',
    )
  })
  if (code !== 0) throw explainFailure(output, { root, doing: DOING, isOnline: true })
  const arrived = join(incoming, 'node_modules')
  if (!isAsPublished(arrived, pin)) {
    throw new Refusal(
      `下载的 ${pin.name} 与发布的内容不一致，已弃用；请检查软件源是否可信。`,
      `The downloaded ${pin.name} is not what was published and was thrown away; check whether the package registry can be trusted.`,
    )
  }
  const fault = faultOf(arrived, pin)
  if (fault !== undefined) {
    throw new Refusal(
      `下载的 ${pin.name} 在这台机器上不能运行，请检查此文件夹是否允许执行程序：${fault}。`,
      `The downloaded ${pin.name} does not run on this machine; check whether programs may run from this folder: ${fault}.`,
    )
  }
  const target = join(modules, pin.name)
  stampOf(folder, pin).clear()
  mkdirSync(dirname(target), { recursive: true })
  rmSync(target, { recursive: true, force: true })
  renameSync(join(arrived, pin.name), target)
  stampOf(folder, pin).write(pin.version)
}
