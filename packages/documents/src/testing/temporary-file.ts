import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SourceCell } from '@zhidu/contract'
import { readTable } from '../table/read-table.ts'
import type { TableLimits, TableRow } from '../table/table.ts'

/** A folder for the files of one test file; `remove` it in `afterAll`. */
export function createFiles(): {
  put(name: string, content: string | Uint8Array): string
  path(name: string): string
  remove(): void
} {
  const folder = mkdtempSync(join(tmpdir(), 'zhidu-documents-'))
  return {
    path: (name) => join(folder, name),
    put: (name, content) => {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export async function readRows(path: string, limits: Partial<TableLimits> = {}): Promise<TableRow[]> {
  const rows: TableRow[] = []
  for await (const batch of (await readTable(path, { limits })).batches) rows.push(...batch.rows)
  return rows
}

export async function readCells(path: string, limits: Partial<TableLimits> = {}): Promise<(readonly SourceCell[])[]> {
  return (await readRows(path, limits)).map(({ cells }) => cells)
}

/** Code of the TableError that reading ends with. */
export async function refusalOf(path: string, limits: Partial<TableLimits> = {}): Promise<unknown> {
  try {
    await readRows(path, limits)
    return 'accepted'
  } catch (error) {
    if (error instanceof Error && 'code' in error) return error.code
    throw error
  }
}
