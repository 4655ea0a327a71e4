import { spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { platformPins } from '../platform.mjs'

const SCRIPTS = fileURLToPath(new URL('../..', import.meta.url))

export interface RunResult {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface FakeClone {
  readonly root: string
  write(path: string, text: string): void
  has(path: string): boolean
  /** Puts a pnpm in place as if the toolchain had been brought; `body` is JavaScript that runs in the root. */
  bringPnpm(body: string): void
  /** A npm that every run of this clone calls from now on. */
  useNpm(body: string): void
  /** How often pnpm or npm were called. */
  calls(): number
  run(
    args: readonly string[],
    options?: { cwd?: string; env?: NodeJS.ProcessEnv; node?: readonly string[]; ownGroup?: boolean },
  ): Running
  remove(): void
}

export interface Running {
  readonly pid: number
  readonly ended: Promise<RunResult>
  kill(signal: NodeJS.Signals): void
  /** Resolves when stdout and stderr together hold the text. */
  says(text: string): Promise<void>
}

/** What pnpm leaves behind as far as the bootstrap looks at it. */
export const LAY_OUT = `fs.mkdirSync('node_modules', { recursive: true }); fs.writeFileSync('node_modules/.modules.yaml', '')`

/**
 * A clone with the real scripts, a command line that says how it was called, and programs in place of npm and pnpm
 * that count their calls: the whole bootstrap without a network. The Node of the tests is new enough to be used.
 */
export function createFakeClone(): FakeClone {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'zhidu-clone-')))
  const counter = join(root, 'calls.log')
  const npm = join(root, 'fake-npm', 'npm-cli.js')

  function write(path: string, text: string) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }

  function program(body: string): string {
    const count = `fs.appendFileSync(${JSON.stringify(counter)}, 'x')`
    return `#!/usr/bin/env node\nconst fs = require('node:fs')\n;(async () => { ${count}; ${body} })()\n`
  }

  cpSync(join(SCRIPTS, 'bootstrap.mjs'), join(root, 'scripts', 'bootstrap.mjs'))
  cpSync(join(SCRIPTS, 'zhidu.mjs'), join(root, 'scripts', 'zhidu.mjs'))
  cpSync(join(SCRIPTS, 'bootstrap'), join(root, 'scripts', 'bootstrap'), { recursive: true })
  write('package.json', '{ "name": "zhidu", "type": "module" }')
  write('pnpm-lock.yaml', 'lockfileVersion: 9')
  write('pnpm-workspace.yaml', 'packages: [apps/*]')
  write('apps/cli/package.json', '{ "name": "@zhidu/cli", "type": "module" }')
  write('fake-npm/package.json', '{}')
  write(
    'apps/cli/src/main.ts',
    `const said: string[] = process.argv.slice(2)\nconsole.log(JSON.stringify({ said, cwd: process.cwd(), npm: Object.keys(process.env).filter((name) => /^npm_/i.test(name)) }))\n` +
      `if (said.includes('exit-7')) process.exit(7)\n` +
      `if (said.includes('wait')) { process.on('SIGTERM', () => process.exit(8)); process.on('SIGINT', () => process.exit(9)); setInterval(() => {}, 1000) }\n`,
  )

  return {
    root,
    write,
    has: (path) => existsSync(join(root, path)),
    bringPnpm(body) {
      const { pnpm } = platformPins()
      const path = join('.toolchain', 'node_modules', pnpm.name, pnpm.file)
      write(path, program(body))
      write(join(dirname(path), 'package.json'), '{ "type": "commonjs" }')
      chmodSync(join(root, path), 0o755)
      write(`.toolchain/${pnpm.name.split('/').at(-1)}.installed`, pnpm.version)
    },
    useNpm: (body) => write('fake-npm/npm-cli.js', program(body)),
    calls: () => (existsSync(counter) ? readFileSync(counter, 'utf8').length : 0),
    run(args, { cwd = root, env = {}, node = [], ownGroup = false } = {}) {
      const child = spawn(process.execPath, [...node, join(root, 'scripts', 'bootstrap.mjs'), ...args], {
        cwd,
        env: { PATH: process.env['PATH'], HOME: root, npm_execpath: npm, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: ownGroup,
      })
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
      child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
      const ended = new Promise<RunResult>((resolve) => {
        child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
      })
      return {
        pid: child.pid ?? 0,
        ended,
        kill: (signal) => child.kill(signal),
        async says(text) {
          while (!(stdout + stderr).includes(text)) {
            if (child.exitCode !== null) throw new Error(`ended without "${text}": ${stdout}${stderr}`)
            await new Promise((resolve) => setTimeout(resolve, 20))
          }
        },
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
