import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Interrupted } from './failure.mjs'

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
const KEPT_OUTPUT = 200_000
const PARENT_CHECK_MS = 500

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
 * Hands the terminal over to a program and returns its exit code. Signals are passed on, except that a terminal gives
 * Ctrl-C to the whole group itself: passing it on as well would look like the second, impatient one.
 * npm asked to end ends only the shell between it and us, so the death of our parent counts as being asked to end, too.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
export function runInForeground(file, args, { cwd, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: 'inherit' })
    const isInTerminal = Boolean(process.stdin.isTTY)

    /** @param {NodeJS.Signals} signal */
    function pass(signal) {
      if (signal !== 'SIGINT' || !isInTerminal) child.kill(signal)
    }
    for (const signal of SIGNALS) process.on(signal, pass)
    const parent = process.ppid
    const parentCheck = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(parentCheck)
      child.kill('SIGTERM')
    }, PARENT_CHECK_MS)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearInterval(parentCheck)
      for (const name of SIGNALS) process.off(name, pass)
      resolve(signal === null ? (code ?? 1) : signalExitCode(signal))
    })
  })
}
