import { once } from 'node:events'
import { TableError, type TableLimits, type TableRow, toMegabytes } from '../table/table.ts'
import type { Pulse, ReaderMessage, RowSink } from './messages.ts'
import { readFile } from './read-file.ts'

/** Characters of one message: its reader takes it apart in one go, and must not stand still over it. */
const MESSAGE_CHARS = 1 << 18
const ALIVE_EVERY_MS = 1_000
const LOOK_EVERY_MS = 10
/** Bytes read ahead of the parent. */
const AHEAD_BYTES = 1 << 20

let saidAt = performance.now()

async function say(message: ReaderMessage): Promise<void> {
  saidAt = performance.now()
  process.stdout.write(`${JSON.stringify(message)}\n`)
  if (process.stdout.writableLength > AHEAD_BYTES) await once(process.stdout, 'drain')
}

function weigh(cells: TableRow['cells']): number {
  let chars = 16
  for (const cell of cells) chars += typeof cell === 'string' ? cell.length + 3 : 8
  return chars
}

async function sayRows(rows: readonly TableRow[], bytesRead: number): Promise<void> {
  let part: (readonly [number, TableRow['cells']])[] = []
  let chars = 0
  for (const { cells, row } of rows) {
    part.push([row, cells])
    chars += weigh(cells)
    if (chars < MESSAGE_CHARS) continue
    await say({ kind: 'rows', rows: part, bytesRead })
    part = []
    chars = 0
  }
  if (part.length > 0) await say({ kind: 'rows', rows: part, bytesRead })
}

/** `isWorkbook`: only workbooks make much work of few bytes, so only theirs is limited by itself. */
function createPulse(limits: TableLimits, isWorkbook: () => boolean): Pulse {
  let lookedAt = 0
  return async () => {
    const now = performance.now()
    if (now - lookedAt < LOOK_EVERY_MS) return
    lookedAt = now
    // Where the parent cannot see how much this process holds, it looks itself.
    if (process.memoryUsage.rss() > limits.readerBytes)
      throw new TableError('file_reader_memory', { limit: toMegabytes(limits.readerBytes) })
    const { system, user } = process.cpuUsage()
    if (isWorkbook() && system + user > limits.xlsxSeconds * 1_000_000)
      throw new TableError('file_too_slow', { limit: String(limits.xlsxSeconds) })
    if (now - saidAt > ALIVE_EVERY_MS) await say({ kind: 'alive' })
  }
}

/** A process of its own: whatever a file does to its reader, the server stays up. Arguments: path, limits as JSON, `word`. */
async function main(path: string, limits: TableLimits, readsWord: boolean): Promise<void> {
  let isWorkbook = false
  const sink: RowSink = {
    table: (notice) => {
      isWorkbook = notice.format !== 'csv'
      return say({ kind: 'table', ...notice })
    },
    rows: sayRows,
  }
  await readFile(
    path,
    limits,
    sink,
    createPulse(limits, () => isWorkbook),
    readsWord,
  )
  await say({ kind: 'end' })
}

// The parent went away: nobody is left to tell.
process.stdout.on('error', () => process.exit(0))
const [, , path = '', limits = '{}', word = ''] = process.argv
// What is no TableError is a fault of ours: it ends the process without a word, and the parent says so.
await main(path, JSON.parse(limits) as TableLimits, word === 'word').catch(async (error: unknown) => {
  if (!(error instanceof TableError)) process.exit(1)
  await say({ kind: 'error', code: error.code, params: error.params })
})
