import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Interrupted } from './failure.mjs'

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
const KEPT_OUTPUT = 200_000
const PARENT_CHECK_MS = 500
const SAME_WISH_MS = 500
const FOLLOW_PARENT = new URL('./follow-parent.mjs', import.meta.url).href

/** @param {NodeJS.Signals} signal @returns {number} the exit code a shell gives to a death by this signal */
export function signalExitCode(signal) {
  return 128 + (constants.signals[signal] ?? 0)
}

/**
 * Runs a program whose output nobody needs to see unless it fails. A signal to us ends the program first.
 * Throws Interrupted then, and the system's error (ENOENT, EACCES) when the program cannot be started.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, onOutput?: (text: string) => void, onSpawn?: (pid: number) => void }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runQuietly(file, args, { cwd, env, onOutput, onSpawn }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    /** @type {NodeJS.Signals | undefined} */
    let stoppedBy
    let output = ''

    /** @param {NodeJS.Signals} signal */
    function stop(signal) {
      stoppedBy = signal
      child.kill(signal)
    }
    function settle() {
      for (const signal of SIGNALS) process.off(signal, stop)
    }
    /** @param {Buffer} chunk */
    function keep(chunk) {
      const text = chunk.toString()
      output = (output + text).slice(-KEPT_OUTPUT)
      onOutput?.(text)
    }

    for (const signal of SIGNALS) process.on(signal, stop)
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', (error) => {
      settle()
      reject(error)
    })
    child.once('spawn', () => onSpawn?.(child.pid ?? 0))
    child.once('close', (code, signal) => {
      settle()
      if (stoppedBy !== undefined) reject(new Interrupted(stoppedBy))
      else resolve({ code: signal === null ? (code ?? 1) : signalExitCode(signal), output })
    })
  })
}

/**
 * Hands stdin, stdout and stderr over to a script of ours and returns its exit code.
 *
 * It gets a process group of its own, and every wish to end exactly once: a terminal, `timeout` or a supervisor signals
 * the whole group, and a program that is asked twice takes it for impatience. The death of our parent is such a wish,
 * too, because npm asked to end ends only the shell between it and us; and should we be killed, the script's process
 * notices by itself (follow-parent.mjs). Windows has no groups and opens a window for them.
 * @param {string} node
 * @param {readonly string[]} args script and arguments
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
export function runInForeground(node, args, { cwd, env }) {
  return new Promise((resolve, reject) => {
    const hasGroups = process.platform !== 'win32'
    const child = spawn(node, ['--import', FOLLOW_PARENT, ...args], { cwd, env, stdio: 'inherit', detached: hasGroups })
    const parent = process.ppid
    let passedAt = Number.NEGATIVE_INFINITY

    /** @param {NodeJS.Signals} signal */
    function pass(signal) {
      const now = performance.now()
      if (now - passedAt < SAME_WISH_MS || !hasGroups) return
      passedAt = now
      child.kill(signal)
    }
    const parentCheck = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(parentCheck)
      if (passedAt === Number.NEGATIVE_INFINITY) pass('SIGTERM')
    }, PARENT_CHECK_MS)

    for (const signal of SIGNALS) process.on(signal, pass)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearInterval(parentCheck)
      for (const name of SIGNALS) process.off(name, pass)
      resolve(signal === null ? (code ?? 1) : signalExitCode(signal))
    })
  })
}
