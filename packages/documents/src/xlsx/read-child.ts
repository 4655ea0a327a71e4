import { once } from 'node:events'
import type { TableLimits } from '../table/table.ts'
import { TableError } from '../table/table.ts'
import { readSheet } from './read-sheet.ts'
import { readWorkbook } from './workbook-parts.ts'
import { openZip } from './zip.ts'

/** What the process says on its standard output, one JSON text a line. */
export type ChildMessage =
  | {
      readonly kind: 'rows'
      readonly rows: readonly (readonly [row: number, cells: readonly unknown[]])[]
      readonly share: number
    }
  | { readonly kind: 'error'; readonly code: string; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'end' }

async function say(message: ChildMessage): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(message)}\n`)) await once(process.stdout, 'drain')
}

function assertCpuTime(limits: TableLimits): void {
  const { system, user } = process.cpuUsage()
  if (system + user > limits.xlsxSeconds * 1_000_000)
    throw new TableError('xlsx_too_slow', { limit: String(limits.xlsxSeconds) })
}

/** A process of its own: whatever a workbook does to its reader, the server stays up. Arguments: path, limits as JSON. */
async function main(path: string, limits: TableLimits): Promise<void> {
  const zip = await openZip(path)
  try {
    const workbook = await readWorkbook(zip, limits)
    const total = Math.max(zip.sizeOf(workbook.sheetPath), 1)
    await readSheet(zip, workbook, limits, async (rows, inflatedBytes) => {
      assertCpuTime(limits)
      await say({
        kind: 'rows',
        rows: rows.map(({ cells, row }) => [row, cells]),
        share: Math.min(inflatedBytes / total, 1),
      })
    })
    await say({ kind: 'end' })
  } finally {
    zip.close()
  }
}

// The reader went away: nobody is left to tell.
process.stdout.on('error', () => process.exit(0))
const [, , path = '', limits = '{}'] = process.argv
main(path, JSON.parse(limits) as TableLimits).catch(async (error: unknown) => {
  const known = error instanceof TableError ? error : new TableError('xlsx_damaged', { detail: String(error) })
  await say({ kind: 'error', code: known.code, params: known.params })
})
