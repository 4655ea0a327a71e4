import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { SourceCell } from '@zhidu/contract'
import { TableError, type TableBatch, type TableLimits, toMegabytes } from '../table/table.ts'
import type { ChildMessage } from './read-child.ts'

const CHILD = fileURLToPath(new URL('read-child.ts', import.meta.url))
/** Megabytes of JavaScript objects the child may hold; past them it ends. */
const CHILD_HEAP_MEGABYTES = 192

/** The rows of the first sheet, read by a child process that waits for its reader. */
export async function* readXlsx(
  path: string,
  options: { readonly limits: TableLimits; readonly bytesTotal: number; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<TableBatch> {
  const { bytesTotal, limits, signal } = options
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${CHILD_HEAP_MEGABYTES}`, CHILD, path, JSON.stringify(limits)],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const ended = new Promise<void>((done) => {
    child.once('close', () => done())
    child.once('error', () => done())
  })
  let isSilent = false
  let watchdog: NodeJS.Timeout | undefined
  const watch = (): void => {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => {
      isSilent = true
      child.kill('SIGKILL')
    }, limits.xlsxSeconds * 1_000)
  }
  const onAbort = (): void => {
    child.kill('SIGKILL')
  }
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    watch()
    for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
      clearTimeout(watchdog)
      const message = JSON.parse(line) as ChildMessage
      if (message.kind === 'end') return
      if (message.kind === 'error') throw new TableError(message.code, message.params)
      // Safe: the child writes what `readSheet` gave it, and SourceCell is made for JSON.
      const rows = message.rows.map(([row, cells]) => ({ row, cells: cells as readonly SourceCell[] }))
      yield { rows, bytesRead: Math.round(message.share * bytesTotal) }
      watch()
    }
    signal?.throwIfAborted()
    if (isSilent) throw new TableError('xlsx_too_slow', { limit: String(limits.xlsxSeconds) })
    // It ended without a word: out of memory.
    throw new TableError('xlsx_expands', { limit: toMegabytes(CHILD_HEAP_MEGABYTES * 1_000_000) })
  } finally {
    clearTimeout(watchdog)
    signal?.removeEventListener('abort', onAbort)
    child.kill('SIGKILL')
    await ended
  }
}
