import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SourceCell } from '@zhidu/contract'
import { startChild, type WatchedChild } from '../reader/watched-child.ts'
import { type Table, TABLE_LIMITS, type TableBatch, TableError, type TableLimits } from './table.ts'

const CHILD = fileURLToPath(new URL('../reader/read-child.ts', import.meta.url))
const BYTES_PER_SECOND = 1_000_000

/** How long a file may be waited for: a minute, and a second more for each megabyte. */
function toTotalSeconds(bytes: number): number {
  return 60 + Math.ceil(bytes / BYTES_PER_SECOND)
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch {
    // Why it cannot be had is what the reader says.
    return 0
  }
}

async function* toBatches(child: WatchedChild): AsyncGenerator<TableBatch> {
  try {
    for (;;) {
      const message = await child.next()
      if (message.kind === 'end') return
      if (message.kind !== 'rows') throw new TableError('file_reader_ended')
      // Safe: the child writes what it read, and SourceCell is made for JSON.
      const rows = message.rows.map(([row, cells]) => ({ row, cells: cells as readonly SourceCell[] }))
      yield { rows, bytesRead: message.bytesRead }
    }
  } finally {
    await child.stop()
  }
}

export interface ReadOptions {
  readonly limits?: Partial<TableLimits>
  readonly signal?: AbortSignal | undefined
  /** Takes Word documents too: the rows of their tables, and each paragraph beside them as a row of one cell. */
  readonly readsWord?: boolean
  /** Told the most memory the reading process ever held, in bytes; never where there is no /proc. */
  readonly onPeak?: (bytes: number) => void
}

/**
 * Opens a CSV or XLSX file by its content, whatever its name; all reading is done by a limited child process that waits
 * for its reader. The first row that is handed over is the header. Close it. Throws TableError for what is no table of
 * ours; reading its rows may throw it too.
 */
export async function readTable(path: string, options: ReadOptions = {}): Promise<Table> {
  const limits: TableLimits = { ...TABLE_LIMITS, ...options.limits }
  options.signal?.throwIfAborted()
  const totalSeconds = Math.min(toTotalSeconds(await sizeOf(path)), limits.totalSeconds)
  const child = await startChild(
    CHILD,
    [resolve(path), JSON.stringify(limits), options.readsWord === true ? 'word' : ''],
    {
      limits: { memoryBytes: limits.readerBytes, stallSeconds: limits.stallSeconds, totalSeconds },
      signal: options.signal,
      onPeak: options.onPeak,
    },
  )
  try {
    const notice = await child.next()
    if (notice.kind !== 'table') throw new TableError('file_reader_ended')
    const { bytesTotal, encoding, format } = notice
    return { format, encoding, bytesTotal, batches: toBatches(child), close: () => child.stop() }
  } catch (error) {
    await child.stop()
    throw error
  }
}
