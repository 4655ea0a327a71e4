import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'

const HEARTBEAT_MS = 2_000
const SILENT_MS = 60_000
const POLL_MS = 200
const STEAL_MS = 10_000

/** @typedef {{ pid: number, child: number | null, host: string }} Holder */

/** @param {unknown} error @param {string} code @returns {boolean} */
function hasCode(error, code) {
  return error instanceof Error && /** @type {NodeJS.ErrnoException} */ (error).code === code
}

/** @param {number} pid @returns {boolean} ended, but kept in the list by a first process that reaps no one, as in containers */
function isDefunct(pid) {
  if (process.platform !== 'linux') return false
  return (
    look(`/proc/${pid}/stat`)
      ?.text.replace(/^.*\) /s, '')
      .startsWith('Z') ?? false
  )
}

/** @param {number} pid @returns {boolean} */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return !isDefunct(pid)
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

/** @param {string} path @returns {{ text: string, touchedAt: number } | undefined} undefined when there is no such file */
function look(path) {
  try {
    return { text: readFileSync(path, 'utf8'), touchedAt: statSync(path).mtimeMs }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** @param {string} text @returns {Holder | undefined} undefined while the file is being written */
function parseHolder(text) {
  try {
    return /** @type {Holder} */ (JSON.parse(text))
  } catch {
    return undefined
  }
}

/**
 * A lock is left over when its holder, and the program its holder had started, are gone; or, where that cannot be asked
 * (another container, a process number used again after a power cut), when nobody has touched it for a minute.
 * @param {{ text: string, touchedAt: number }} seen
 * @returns {boolean}
 */
function isLeftOver({ text, touchedAt }) {
  const holder = parseHolder(text)
  if (Date.now() - touchedAt > SILENT_MS) return true
  if (holder === undefined || holder.host !== hostname()) return false
  return !isAlive(holder.pid) && (holder.child === null || !isAlive(holder.child))
}

/** @param {string} path @param {string} text @returns {boolean} false when the file is there already */
function createOnly(path, text) {
  try {
    writeFileSync(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

/**
 * Removes a left-over lock. Of several that wait, one does it, and only if it is still the one that was judged:
 * otherwise a slow waiter would remove the lock that a quick one has just taken.
 * @param {string} path
 * @param {string} text
 */
function removeLeftOver(path, text) {
  const stealing = `${path}.steal`
  const other = look(stealing)
  if (other !== undefined && Date.now() - other.touchedAt > STEAL_MS) rmSync(stealing, { force: true })
  if (!createOnly(stealing, '')) return
  try {
    if (look(path)?.text === text) rmSync(path, { force: true })
  } finally {
    rmSync(stealing, { force: true })
  }
}

/**
 * Does `work` while no other process of this folder does its own. `work` is told how to name the program it runs, so
 * that a lock outlives a killed holder for as long as that program still writes.
 * @template T
 * @param {string} path
 * @param {(nameChild: (pid: number) => void) => Promise<T>} work
 * @param {(holder: number) => void} [onWait] called once, with the process that is being waited for
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait) {
  /** @type {Holder} */
  const me = { pid: process.pid, child: null, host: hostname() }
  mkdirSync(dirname(path), { recursive: true })
  let isWaiting = false
  while (!createOnly(path, JSON.stringify(me))) {
    const seen = look(path)
    if (seen === undefined) continue
    if (isLeftOver(seen)) {
      removeLeftOver(path, seen.text)
      continue
    }
    if (!isWaiting) onWait?.(parseHolder(seen.text)?.pid ?? 0)
    isWaiting = true
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  const heartbeat = setInterval(() => {
    const now = new Date()
    try {
      utimesSync(path, now, now)
    } catch {
      // Somebody removed the folder; the work will say so itself.
    }
  }, HEARTBEAT_MS)
  try {
    return await work((pid) => writeFileSync(path, JSON.stringify({ ...me, child: pid })))
  } finally {
    clearInterval(heartbeat)
    const seen = look(path)
    if (seen !== undefined && parseHolder(seen.text)?.pid === process.pid) rmSync(path, { force: true })
  }
}
