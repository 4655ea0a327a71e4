import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SourceCell } from '@zhidu/contract'
import type { RowSink } from '../reader/messages.ts'
import { readFile } from '../reader/read-file.ts'
import { type ReadOptions, readTable } from '../table/read-table.ts'
import { TABLE_LIMITS, TableError, type TableLimits, type TableRow } from '../table/table.ts'

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

/** Reads in this process, with the same code as the child that `readTable` starts. */
export async function readRows(
  path: string,
  limits: Partial<TableLimits> = {},
  readsWord = false,
): Promise<TableRow[]> {
  const rows: TableRow[] = []
  const sink: RowSink = {
    table: () => Promise.resolve(),
    rows: (batch) => {
      rows.push(...batch)
      return Promise.resolve()
    },
  }
  await readFile(path, { ...TABLE_LIMITS, ...limits }, sink, () => undefined, readsWord)
  return rows
}

export async function readCells(path: string, limits: Partial<TableLimits> = {}): Promise<(readonly SourceCell[])[]> {
  return (await readRows(path, limits)).map(({ cells }) => cells)
}

/** As the server reads: in a child. */
export async function readInChild(path: string, options: ReadOptions = {}): Promise<TableRow[]> {
  const rows: TableRow[] = []
  for await (const batch of (await readTable(path, options)).batches) rows.push(...batch.rows)
  return rows
}

/** Code of the TableError that reading ends with. */
export async function codeOf(reading: Promise<unknown>): Promise<string> {
  try {
    await reading
    return 'accepted'
  } catch (error) {
    if (error instanceof TableError) return error.code
    throw error
  }
}

export function refusalOf(path: string, limits: Partial<TableLimits> = {}): Promise<string> {
  return codeOf(readRows(path, limits))
}
