import {
  type ColumnPlan,
  isBlankRow,
  isExampleRow,
  type Kind,
  matchHeader,
  parseRow,
  type RowIssue,
} from '@zhidu/contract'
import { type CopyValue } from '@zhidu/db'
import { readTable, type Table, TableError, type TableRow } from '@zhidu/documents'
import type { IssueSpool } from './issue-spool.ts'
import { createBreather } from './breather.ts'
import { toStageValues } from './stage-values.ts'

/** The header is wrong: the columns it names cannot be read. */
export class HeaderError extends Error {
  override readonly name = 'HeaderError'
  readonly issues: readonly RowIssue[]

  constructor(issues: readonly RowIssue[]) {
    super(issues.map((issue) => issue.code).join(', '))
    this.issues = issues
  }
}

/** The rows of data of a file, below the header it was opened with. */
export interface OpenRows {
  readonly table: Table
  readonly plan: ColumnPlan
  readonly batches: AsyncIterable<{ readonly rows: readonly TableRow[]; readonly bytesRead: number }>
  /** Ends reading early; frees file and process. */
  close(): Promise<void>
}

function planOf(kind: Kind, table: Table, header: TableRow | undefined): ColumnPlan {
  if (header === undefined || header.row !== 1)
    throw new HeaderError([{ column: null, value: null, code: 'header_missing', params: {} }])
  const { errors, plan } = matchHeader(kind, header.cells)
  const isForeign = table.encoding === 'gb18030' && plan.every((column) => column === null)
  // Anything reads as GB 18030; a header without a single known word shows that it is not.
  if (isForeign) throw new TableError('encoding_unknown', { line: '1' })
  if (errors.length > 0) throw new HeaderError(errors)
  return plan
}

function isData(row: TableRow): boolean {
  return !isBlankRow(row.cells) && !isExampleRow(row.cells)
}

/** Opens a file and reads its header. Throws TableError or HeaderError. */
export async function openRows(kind: Kind, path: string, signal: AbortSignal | undefined): Promise<OpenRows> {
  const table = await readTable(path, { signal })
  const iterator = table.batches[Symbol.asyncIterator]()
  const close = (): Promise<void> => table.close()
  try {
    const first = await iterator.next()
    const head = first.done === true ? undefined : first.value
    const plan = planOf(kind, table, head?.rows[0])
    async function* batches() {
      if (head !== undefined) yield { rows: head.rows.slice(1).filter(isData), bytesRead: head.bytesRead }
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
        yield { rows: next.value.rows.filter(isData), bytesRead: next.value.bytesRead }
      }
    }
    return { table, plan, batches: batches(), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Parses the rows for COPY; what is wrong with them goes to the spool. */
export async function* toStageRows(
  kind: Kind,
  source: OpenRows,
  options: {
    readonly now: number
    readonly spool: IssueSpool
    readonly onBatch: (rowsRead: number, bytesRead: number) => void
    readonly signal: AbortSignal | undefined
  },
): AsyncGenerator<readonly CopyValue[]> {
  const { now, spool } = options
  const breather = createBreather()
  let rowsRead = 0
  for await (const { bytesRead, rows } of source.batches) {
    options.signal?.throwIfAborted()
    for (const { cells, row } of rows) {
      const parsed = parseRow(kind, source.plan, cells, now)
      for (const issue of parsed.errors) spool.add({ ...issue, row, isWarning: false })
      for (const issue of parsed.warnings) spool.add({ ...issue, row, isWarning: true })
      yield toStageValues(kind, row, parsed)
      if (breather.isDue()) await breather.rest()
    }
    rowsRead += rows.length
    await spool.flush()
    options.onBatch(rowsRead, bytesRead)
  }
  await spool.close()
}
